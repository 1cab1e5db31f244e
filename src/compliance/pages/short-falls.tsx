import { Anchor, Box, Button, Group, NativeSelect, Paper, Text } from "@mantine/core";
import { Form as GetForm, Link, useLoaderData, useSubmit } from "react-router";
import { page } from "../../web/guard.ts";
import { Pager, readPage } from "../../web/pager.tsx";
import { Empty, LinkButton, PageHead, Section } from "../../web/parts.tsx";
import { paths } from "../../web/paths.ts";
import { useDates, useWords } from "../../web/use-me.ts";
import { capital } from "../../web/words.ts";
import { findShortFalls, NOBODY, SHORT_ORDERS } from "../care-short-store.ts";
import { CareShort } from "./care-verdicts.tsx";
import {
  careKinds,
  readShortAsked,
  type ShortFilter,
  sayShort,
  shortOrders,
} from "./short-asked.ts";

const AT_ONCE = 25;

export const meta = () => [{ title: "What falls short · Throughcare" }];

export const loader = page("record.read", async (visit) => {
  const { bench, of, ...asked } = await readShortAsked(visit);
  const at = readPage(visit.url.searchParams);
  const page = { skip: (at - 1) * AT_ONCE, most: AT_ONCE };
  const { rows, total } = await findShortFalls(visit.db, bench.care, { ...of, ...page });
  await visit.listed([...new Set(rows.map(({ consumer }) => consumer.id))]);
  return {
    ...{ ...asked, total, at, pages: Math.max(1, Math.ceil(total / AT_ONCE)) },
    bulletins: [
      ...new Map(bench.care.map(({ number, title }) => [number, { number, title }])).values(),
    ],
    rows: rows.flatMap((row) => sayShort(row, bench)),
  };
});

export default function ShortFalls() {
  const { rows, total, bulletins, pages, at, filter } = useLoaderData<typeof loader>();
  const words = useWords();
  return (
    <>
      <PageHead
        title="What falls short"
        about={`Prescribing, placements and aftercare plans of your ${words.programs} as they stand today, held against the bulletins in force. Treatment never waits for any of this. The file names people by their number.`}
        actions={
          <>
            {total > 0 && (
              <Button
                component="a"
                href={`${paths.shortFallsExport()}${query(filter, 1)}`}
                variant="default"
                size="xs"
              >
                Export as CSV
              </Button>
            )}
            {bulletins.map(({ number, title }) => (
              <LinkButton key={number} to={paths.bulletin(number)} variant="default" size="xs">
                {title}
              </LinkButton>
            ))}
          </>
        }
      />
      {bulletins.length === 0 ? (
        <Paper>
          <Empty>No bulletin about care is in force for your agency.</Empty>
        </Paper>
      ) : (
        <>
          <Filter />
          <Section
            title={
              total === 1 ? "1 thing to mend" : `${total.toLocaleString("en-US")} things to mend`
            }
          >
            {rows.length === 0 && (
              <Empty>
                {narrowed(filter) ? "Nothing of this falls short." : "Nothing falls short."}
              </Empty>
            )}
            <Box component="ul" p={0} m={0} style={{ listStyle: "none" }}>
              {rows.map((row) => (
                <Row key={row.key} row={row} />
              ))}
            </Box>
            <Pager
              page={at}
              pages={pages}
              to={(to) => `${paths.shortFalls()}${query(filter, to)}`}
            />
          </Section>
        </>
      )}
    </>
  );
}

type Row = Awaited<ReturnType<typeof loader>>["rows"][number];

function Row({ row }: { row: Row }) {
  const dates = useDates();
  const words = useWords();
  return (
    <Box
      component="li"
      py="sm"
      style={{
        borderTop: "1px solid var(--mantine-color-default-border)",
        display: "flex",
        flexWrap: "wrap",
        gap: "0.5rem 1.5rem",
      }}
    >
      <div style={{ flex: "1 1 14rem" }}>
        <Anchor component={Link} to={row.to} fw={600}>
          {row.name}
        </Anchor>
        <Text size="sm">
          {careKinds[row.kind]} since {dates.day(row.onDay)}
        </Text>
        <Text size="xs" c="dimmed">
          {[row.keyworker ?? `no ${words.keyworker}`, row.programs].filter(Boolean).join(" · ")}
        </Text>
      </div>
      <div style={{ flex: "3 1 min(24rem, 100%)" }}>
        <CareShort said={row.said} />
      </div>
    </Box>
  );
}

/** Narrows the list; it stands in the address, so it holds no name. */
function Filter() {
  const { clauses, programs, keyworkers, filter } = useLoaderData<typeof loader>();
  const words = useWords();
  const submit = useSubmit();
  return (
    <Paper mb="sm" p="sm" component="section" aria-label="Narrow the list">
      <GetForm
        method="get"
        action={paths.shortFalls()}
        onChange={(event) => submit(event.currentTarget)}
        key={JSON.stringify(filter)}
      >
        <Group align="flex-end" gap="sm">
          <NativeSelect
            label="Clause"
            name="clause"
            size="xs"
            maw="100%"
            defaultValue={filter.clause}
            data={[
              { value: "", label: "All clauses" },
              ...clauses.map(({ value, label }) => ({ value, label })),
            ]}
          />
          <NativeSelect
            label={capital(words.program)}
            name="program"
            size="xs"
            defaultValue={filter.program}
            data={[
              { value: "", label: `All ${words.programs}` },
              ...programs.map(({ id, name }) => ({ value: id, label: name })),
            ]}
          />
          <NativeSelect
            label={capital(words.keyworker)}
            name="keyworker"
            size="xs"
            defaultValue={filter.keyworker}
            data={[
              { value: "", label: "Everybody" },
              { value: NOBODY, label: `No ${words.keyworker}` },
              ...keyworkers.map(({ id, name }) => ({ value: id, label: name })),
            ]}
          />
          <NativeSelect
            label="Order"
            name="order"
            size="xs"
            defaultValue={filter.order}
            data={SHORT_ORDERS.map((order) => ({
              value: order === "weight" ? "" : order,
              label: shortOrders[order].replace("keyworker", words.keyworker),
            }))}
          />
          <noscript>
            <Button type="submit" size="xs" variant="light">
              Show
            </Button>
          </noscript>
          {narrowed(filter) && (
            <Anchor component={Link} to={paths.shortFalls()} size="sm" pb={4}>
              Show all
            </Anchor>
          )}
        </Group>
      </GetForm>
    </Paper>
  );
}

function narrowed({ clause, program, keyworker }: ShortFilter): boolean {
  return Boolean(clause || program || keyworker);
}

function query(filter: ShortFilter, at: number): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(filter)) if (value) search.set(name, value);
  if (at > 1) search.set("page", String(at));
  return search.size === 0 ? "" : `?${search}`;
}
