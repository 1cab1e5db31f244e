import { Anchor, Badge, Group, Table, Text } from "@mantine/core";
import { Link, useLoaderData } from "react-router";
import { addDays } from "../../kernel/day.ts";
import { fullName } from "../../people/consumer.ts";
import { isId } from "../../storage/id.ts";
import { page } from "../../web/guard.ts";
import { Pager, readPage } from "../../web/pager.tsx";
import { paths } from "../../web/paths.ts";
import { useDates, useWords } from "../../web/use-me.ts";
import { findBedDays, findOccupancy } from "../occupancy-store.ts";
import { readAsked } from "./asked.ts";
import { Behind } from "./behind.tsx";
import { occupancyAt } from "./cases-at.ts";
import { Who } from "./who.tsx";

export const meta = () => [{ title: "Occupancy · Throughcare" }];

const SHOWN = 50;

export const loader = page("report.read", async (visit) => {
  const { asked, program, months, month } = await readAsked(visit);
  const wanted = visit.url.searchParams.get("unit") ?? "";
  const unit = isId(wanted) ? wanted : null;
  const at = readPage(visit.url.searchParams);
  const found = await findBedDays(visit.db, asked, {
    ...{ unit, offset: (at - 1) * SHOWN, most: SHOWN + 1 },
  });
  const shown = found.slice(0, SHOWN);
  await visit.listed([...new Set(shown.flatMap(({ consumer_id }) => consumer_id ?? []))]);
  const counted = (await findOccupancy(visit.db, asked)).filter(
    ({ unit_id }) => unit === null || unit_id === unit,
  );
  const { from, to } = asked;
  return {
    ...{ more: found.length > SHOWN, at, program, months, month, from, to },
    taken: counted.reduce((sum, row) => sum + Number(row.taken), 0),
    unit: unit && counted[0] ? { id: unit, name: counted[0].unit } : null,
    rows: shown.map(({ given_name, family_name, preferred_name, until, ...row }) => ({
      ...row,
      last: addDays(until, -1),
      who:
        given_name && family_name
          ? fullName({ given_name, family_name, preferred_name })
          : "Not in your records",
    })),
  };
});

/** The stays in beds that make up the days taken. */
export default function OccupancyBehind() {
  const data = useLoaderData<typeof loader>();
  const { rows, more, at, program, months, month, from, to, taken, unit } = data;
  const dates = useDates();
  const words = useWords();
  const where = unit?.name ?? program?.name ?? `all your ${words.programs}`;
  return (
    <Behind
      title="Occupancy"
      about={`The stays that made up ${taken} bed days taken in ${where}, ${dates.day(from)} to ${dates.day(to)}. Only nights of these days are shown; whoever is still there counts up to today.`}
      of={{ months, program: program?.id ?? null }}
      heads={
        <>
          <Table.Th>Name</Table.Th>
          <Table.Th>Bed</Table.Th>
          <Table.Th>First night</Table.Th>
          <Table.Th>Last night</Table.Th>
          <Table.Th ta="right">Nights in this period</Table.Th>
        </>
      }
      rows={rows.map((row) => (
        <Table.Tr key={row.stay_id}>
          <Table.Td>
            <Who id={row.consumer_id} name={row.who} number={row.number} />
          </Table.Td>
          <Table.Td>
            <Group gap="xs">
              {row.consumer_id && row.placement_id ? (
                <Anchor
                  component={Link}
                  to={paths.placement(row.consumer_id, row.placement_id)}
                  inherit
                >
                  {row.bed}, {row.unit}
                </Anchor>
              ) : (
                <Text size="sm">
                  {row.bed}, {row.unit}
                </Text>
              )}
              {row.overflow && <Badge color="orange">Overflow</Badge>}
            </Group>
          </Table.Td>
          <Table.Td>{dates.day(row.since)}</Table.Td>
          <Table.Td>{dates.day(row.last)}</Table.Td>
          <Table.Td ta="right">{row.nights}</Table.Td>
        </Table.Tr>
      ))}
      pager={
        <Pager
          page={at}
          more={more}
          to={(other) =>
            occupancyAt({
              ...{ months, program: program?.id ?? null, month, unit: unit?.id ?? null },
              page: other,
            })
          }
        />
      }
    />
  );
}
