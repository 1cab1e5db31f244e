import { Anchor, Group, Table } from "@mantine/core";
import { Link, useLoaderData } from "react-router";
import { contactWords } from "../../liaison/open-contact.ts";
import { fullName } from "../../people/consumer.ts";
import { noSuchPage, page } from "../../web/guard.ts";
import { Pager, readPage } from "../../web/pager.tsx";
import { LinkButton } from "../../web/parts.tsx";
import { paths } from "../../web/paths.ts";
import { useDates, useWords } from "../../web/use-me.ts";
import { capital } from "../../web/words.ts";
import { type Measure, type Measured, measures, NO_PROGRAM, noneOf } from "../measure.ts";
import { findCases } from "../measure-store.ts";
import { findSaid } from "../said-store.ts";
import { readAsked } from "./asked.ts";
import { Behind } from "./behind.tsx";
import { casesAt, type Part } from "./cases-at.ts";
import { Who } from "./who.tsx";

export const meta = () => [{ title: "Behind the number · Throughcare" }];

const SHOWN = 50;

export const loader = page("report.read", async (visit) => {
  const measure = visit.params.measure as Measure;
  if (!Object.hasOwn(measures, measure)) throw noSuchPage();
  const { asked, program, months, month } = await readAsked(visit);
  const wanted = visit.url.searchParams.get("part");
  const part: Part | null = wanted === "counting" || wanted === "rest" ? wanted : null;
  const byValue = measures[measure].value !== null && visit.url.searchParams.get("by") === "value";
  const at = readPage(visit.url.searchParams);
  const found = await findCases(visit.db, measure, asked, {
    part: part === null ? null : part === "counting",
    offset: (at - 1) * SHOWN,
    most: SHOWN + 1,
    byValue,
  });
  const shown = found.slice(0, SHOWN);
  await visit.listed([...new Set(shown.flatMap(({ consumer_id }) => consumer_id ?? []))]);
  const said = new Map(
    (
      await findSaid(
        visit.db,
        measure,
        shown.map(({ id }) => id),
      )
    ).map((one) => [one.id, one]),
  );
  const rows = shown.map(({ given_name, family_name, preferred_name, ...row }) => ({
    ...row,
    who:
      given_name && family_name
        ? fullName({ given_name, family_name, preferred_name })
        : (said.get(row.id)?.nickname ?? "no name"),
    said: said.get(row.id)?.said ?? [],
  }));
  const { from, to } = asked;
  return {
    ...{ measure, rows, more: found.length > SHOWN, at, part, byValue },
    ...{ program, months, month, from, to },
  };
});

export default function Cases() {
  const data = useLoaderData<typeof loader>();
  const { measure, rows, more, at, part, byValue, program, months, month, from, to } = data;
  const dates = useDates();
  const words = useWords();
  const says: Measured = measures[measure];
  const here = { months, program: program?.id ?? null, month, byValue };
  const among =
    program?.id === NO_PROGRAM
      ? `: ${noneOf(measure).toLowerCase()}`
      : ` in ${program?.name ?? `all your ${words.programs}`}`;
  const parts: { label: string; part?: Part }[] = says.counts
    ? [
        { label: "All" },
        { label: capital(says.counts), part: "counting" },
        { label: "The rest", part: "rest" },
      ]
    : [];
  const detail = { stay: "Where", "open-access": "What it was" }[measure as string];
  return (
    <Behind
      title={says.title}
      about={`${capital(says.cases)}${among}, ${dates.day(from)} to ${dates.day(to)}, by ${byValue ? says.value : says.on}. ${says.about ?? ""}`}
      of={{ months, program: program?.id ?? null }}
      parts={
        parts.length > 0 && (
          <Group component="nav" aria-label="Which" gap={6} mb="sm">
            {parts.map((one) => {
              const current = (one.part ?? null) === part;
              return (
                <LinkButton
                  key={one.label}
                  to={casesAt(measure, { ...here, ...(one.part && { part: one.part }) })}
                  size="compact-sm"
                  radius="xl"
                  variant={current ? "light" : "subtle"}
                  {...(current ? { "aria-current": "page" } : {})}
                >
                  {one.label}
                </LinkButton>
              );
            })}
          </Group>
        )
      }
      heads={
        <>
          <Table.Th>Name</Table.Th>
          {detail && <Table.Th>{detail}</Table.Th>}
          <Table.Th>{capital(words.program)}</Table.Th>
          <Table.Th>{capital(says.on.replace(/^the /, ""))}</Table.Th>
          {says.value && <Table.Th ta="right">{capital(says.value)}</Table.Th>}
          {says.counts && <Table.Th>{capital(says.counts)}</Table.Th>}
        </>
      }
      rows={rows.map((row) => (
        <Table.Tr key={row.id}>
          <Table.Td>
            <Who id={row.consumer_id} name={row.who} number={row.number} />
          </Table.Td>
          {detail && (
            <Table.Td>
              {measure === "stay"
                ? row.said.join(" → ") || "–"
                : row.said.map(contactWords).join(", ")}
            </Table.Td>
          )}
          <Table.Td>{row.program ?? "–"}</Table.Td>
          <Table.Td>
            {measure === "open-access" ? (
              <Anchor component={Link} to={paths.openAccessOf(row.on_day)} inherit>
                {dates.day(row.on_day)}
              </Anchor>
            ) : (
              dates.day(row.on_day)
            )}
          </Table.Td>
          {says.value && <Table.Td ta="right">{row.value ?? "not yet"}</Table.Td>}
          {says.counts && <Table.Td>{row.counts ? "yes" : "no"}</Table.Td>}
        </Table.Tr>
      ))}
      pager={
        <Pager
          page={at}
          more={more}
          to={(other) => casesAt(measure, { ...here, ...(part && { part }), page: other })}
        />
      }
    />
  );
}
