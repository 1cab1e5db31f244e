import { Anchor, Box, Button, Group, NativeSelect, Paper, Text } from "@mantine/core";
import { Form as GetForm, Link, useLoaderData } from "react-router";
import { fullName } from "../../people/consumer.ts";
import { judge } from "../../policy/judge.ts";
import { page } from "../../web/guard.ts";
import { Pager, readPage } from "../../web/pager.tsx";
import { Empty, LinkButton, PageHead, Section } from "../../web/parts.tsx";
import { paths } from "../../web/paths.ts";
import { useDates, useWords } from "../../web/use-me.ts";
import { capital } from "../../web/words.ts";
import type { CareKind } from "../care-record.ts";
import { findOwnPrograms, findShortFalls, type ShortFall } from "../care-short-store.ts";
import { type Bench, benchOf } from "../judge.ts";
import { sayCare } from "./care-said.ts";
import { CareShort } from "./care-verdicts.tsx";

const AT_ONCE = 25;

export const meta = () => [{ title: "What falls short · Throughcare" }];

export const loader = page("record.read", async ({ db, me, services, url, listed }) => {
  const bench = benchOf(me, services.shelf);
  const clauses = clausesOf(bench);
  const asked = url.searchParams.get("clause");
  const clause = clauses.find(({ value }) => value === asked) ?? null;
  const programs = await findOwnPrograms(db);
  const program = programs.find(({ id }) => id === url.searchParams.get("program")) ?? null;
  const at = readPage(url.searchParams);
  const { rows, total } = await findShortFalls(db, bench.care, {
    ...{ bulletin: clause?.bulletin ?? null, clause: clause?.number ?? null },
    programId: program?.id ?? null,
    skip: (at - 1) * AT_ONCE,
    most: AT_ONCE,
  });
  await listed([...new Set(rows.map(({ consumer }) => consumer.id))]);
  return {
    ...{ clauses, programs, total, at, pages: Math.max(1, Math.ceil(total / AT_ONCE)) },
    filter: { clause: clause?.value ?? "", program: program?.id ?? "" },
    bulletins: [
      ...new Map(bench.care.map(({ number, title }) => [number, { number, title }])).values(),
    ],
    rows: rows.flatMap((row) => sayShort(row, bench)),
  };
});

/** The clauses of the bulletins in force that are judged, to narrow the list by. */
function clausesOf({ care }: Bench) {
  const all = care.flatMap(({ number: bulletin, title, clauses }) =>
    clauses
      .filter(({ must, should }) => must ?? should)
      .map(({ number, gist }) => ({
        ...{ value: `${bulletin}/${number}`, bulletin, number },
        label: `${title} ${number}: ${gist.length > 60 ? `${gist.slice(0, 57).trimEnd()}…` : gist}`,
      })),
  );
  return [...new Map(all.map((one) => [one.value, one])).values()];
}

/** A row of the list in words: judged once more by itself, for why it falls short. */
function sayShort(row: ShortFall, { care }: Bench) {
  const { record, consumer, onDay, programs, bulletin } = row;
  return care
    .filter(({ number }) => number === bulletin)
    .flatMap((one) => judge(one, [record.line]))
    .flatMap((judged) => sayCare(judged, care))
    .filter(({ clause, advises }) => clause === row.clause && advises === (row.kind === "should"))
    .map((said) => ({
      key: `${record.id} ${bulletin} ${row.clause} ${row.kind}`,
      ...{ said, name: fullName(consumer), onDay, programs, kind: record.kind },
      to: PLACES[record.kind](consumer.id, record.id),
    }))
    .slice(0, 1);
}

const PLACES: Readonly<Record<CareKind, (consumerId: string, id: string) => string>> = {
  prescribing: paths.prescribing,
  placement: paths.placement,
  "aftercare-plan": paths.aftercare,
};

const KINDS: Readonly<Record<CareKind, string>> = {
  prescribing: "Prescribing",
  placement: "Placement",
  "aftercare-plan": "Aftercare plan",
};

export default function ShortFalls() {
  const { rows, total, bulletins, pages, at, filter } = useLoaderData<typeof loader>();
  const words = useWords();
  return (
    <>
      <PageHead
        title="What falls short"
        about={`Prescribing, placements and aftercare plans of your ${words.programs} as they stand today, held against the bulletins in force. Treatment never waits for any of this.`}
        actions={bulletins.map(({ number, title }) => (
          <LinkButton key={number} to={paths.bulletin(number)} variant="default" size="xs">
            {title}
          </LinkButton>
        ))}
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
                {filter.clause || filter.program
                  ? "Nothing of this falls short."
                  : "Nothing falls short."}
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
          {KINDS[row.kind]} since {dates.day(row.onDay)}
        </Text>
        {row.programs && (
          <Text size="xs" c="dimmed">
            {row.programs}
          </Text>
        )}
      </div>
      <div style={{ flex: "3 1 min(24rem, 100%)" }}>
        <CareShort said={row.said} />
      </div>
    </Box>
  );
}

/** Narrows the list; it stands in the address, so it holds no name. */
function Filter() {
  const { clauses, programs, filter } = useLoaderData<typeof loader>();
  const words = useWords();
  return (
    <Paper mb="sm" p="sm" component="section" aria-label="Narrow the list">
      <GetForm method="get" action={paths.shortFalls()}>
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
          <Button type="submit" size="xs" variant="light">
            Show
          </Button>
          {(filter.clause || filter.program) && (
            <Anchor component={Link} to={paths.shortFalls()} size="sm" pb={4}>
              Show all
            </Anchor>
          )}
        </Group>
      </GetForm>
    </Paper>
  );
}

function query(filter: { clause: string; program: string }, at: number): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(filter)) if (value) search.set(name, value);
  if (at > 1) search.set("page", String(at));
  return search.size === 0 ? "" : `?${search}`;
}
