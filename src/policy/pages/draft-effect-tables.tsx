import { Table } from "@mantine/core";
import type { Change, DraftEffect } from "../../compliance/audit/draft-effect.ts";
import { formatMoney } from "../../compliance/money.ts";
import { Bars } from "../../web/bars.tsx";
import { useDates, useMe } from "../../web/use-me.ts";

export const say = (count: number) => count.toLocaleString("en-US");

/** Shows whole cents as money of the agency's country. */
export function useMoney(): (cents: number) => string {
  const { locale } = useMe().agency;
  return (cents) => formatMoney(cents, locale);
}

const outcomes = [
  ["payable", "Payable"],
  ["reduced", "Reduced"],
  ["denied", "Denied"],
  ["pended", "Pended"],
  ["not-applicable", "Not for it"],
] as const;

export function Outcomes({ before, after }: Pick<DraftEffect, "before" | "after">) {
  return (
    <Table.ScrollContainer
      minWidth={260}
      type="native"
      mb="md"
      tabIndex={0}
      role="region"
      aria-label="What the draft would change"
    >
      <Table fz="sm">
        <Table.Thead>
          <Table.Tr>
            <Table.Th>Outcome</Table.Th>
            <Table.Th ta="right">As it is</Table.Th>
            <Table.Th ta="right">By the draft</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {outcomes.map(([name, label]) => (
            <Table.Tr key={name}>
              <Table.Td>{label}</Table.Td>
              <Table.Td ta="right">{say(before.lines[name])}</Table.Td>
              <Table.Td ta="right">{say(after.lines[name])}</Table.Td>
            </Table.Tr>
          ))}
          <Table.Tr>
            <Table.Th>Units payable</Table.Th>
            <Table.Td ta="right">{say(before.units.payable)}</Table.Td>
            <Table.Td ta="right">{say(after.units.payable)}</Table.Td>
          </Table.Tr>
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}

export function Changes({
  title,
  heading,
  rows,
  sayKey = (key) => key,
}: {
  title: string;
  heading: string;
  rows: readonly (Change & { key: string | null })[];
  sayKey?: (key: string) => string;
}) {
  const money = useMoney();
  return (
    <Table.ScrollContainer
      minWidth={420}
      type="native"
      mb="md"
      tabIndex={0}
      role="region"
      aria-label="What the draft would change, part by part"
    >
      <Table fz="sm" aria-label={title}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{heading}</Table.Th>
            <Table.Th ta="right">Services</Table.Th>
            <Table.Th ta="right">Units gained</Table.Th>
            <Table.Th ta="right">Units lost</Table.Th>
            <Table.Th ta="right">Money</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {rows.map(({ key, lines, gained, lost }) => (
            <Table.Tr key={key ?? "none"}>
              <Table.Td>{key === null ? "not recorded" : sayKey(key)}</Table.Td>
              <Table.Td ta="right">{say(lines)}</Table.Td>
              <Table.Td ta="right">{say(gained.units)}</Table.Td>
              <Table.Td ta="right">{say(lost.units)}</Table.Td>
              <Table.Td ta="right" style={{ whiteSpace: "nowrap" }}>
                {gained.cents > 0 && `+${money(gained.cents)}`}
                {gained.cents > 0 && lost.cents > 0 && ", "}
                {lost.cents > 0 && `−${money(lost.cents)}`}
                {gained.cents === 0 && lost.cents === 0 && "–"}
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}

/** Units gained and lost by month; the table below it says the same in numbers. */
export function MonthChart({ rows }: { rows: DraftEffect["byMonth"] }) {
  const dates = useDates();
  return (
    <Bars
      height={180}
      data={rows.map(({ key, gained, lost }) => ({
        name: dates.month(`${key}-01`),
        gained: gained.units,
        lost: lost.units,
      }))}
      series={[
        { name: "gained", label: "Units gained", color: "teal.6" },
        { name: "lost", label: "Units lost", color: "red.6" },
      ]}
      withLegend
    />
  );
}
