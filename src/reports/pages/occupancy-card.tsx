import { Anchor, Group, Paper, Table, Text, Title } from "@mantine/core";
import { Link } from "react-router";
import { paths } from "../../web/paths.ts";
import { useDates } from "../../web/use-me.ts";
import type { Occupancy } from "../occupancy-store.ts";
import { occupancyAt } from "./cases-at.ts";
import { Headlined } from "./headlined.tsx";
import { MonthBars } from "./month-bars.tsx";
import styles from "./reports.module.css";

const WORDS = "bed days taken of bed days there were; overflow places count as taken only";

type At = { months: string; program: string | null };

/** How full the beds were: bed days taken of bed days there were, each opening the stays. */
export function OccupancyCard({
  months,
  rows,
  at,
}: {
  months: readonly string[];
  rows: readonly Occupancy[];
  at: At;
}) {
  const whole = full(rows);
  const units = [...new Map(rows.map((row) => [row.unit_id, row.unit]))];
  const of = (month: string) => full(rows.filter((row) => row.month === month));
  return (
    <Paper component="section" aria-label="Occupancy">
      <Group justify="space-between" align="flex-start" wrap="nowrap">
        <div>
          <Title order={2} size="h4">
            Occupancy
          </Title>
          <Text size="xs" c="dimmed">
            {WORDS}
          </Text>
        </div>
        {whole.percent !== null && (
          <Headlined to={occupancyAt(at)}>{`${whole.percent}%`}</Headlined>
        )}
      </Group>
      {rows.length === 0 ? (
        <Text size="sm" my="md">
          None of these has beds of its own.
        </Text>
      ) : (
        <>
          <MonthBars
            labels={["percent of beds taken", null]}
            most={100}
            rows={months.map((month) => ({ month, first: of(month).percent ?? 0, second: 0 }))}
            to={(month) => occupancyAt({ ...at, month })}
          />
          <Table verticalSpacing={4} horizontalSpacing={5} fz={{ base: "xs", sm: "sm" }}>
            <Table.Thead>
              <Table.Tr>
                <Table.Th>By unit</Table.Th>
                <Table.Th ta="right">Days taken</Table.Th>
                <Table.Th ta="right">of</Table.Th>
                <Table.Th ta="right">Full</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {units.map(([id, unit]) => {
                const { beds, taken, percent } = full(rows.filter((row) => row.unit_id === id));
                return (
                  <Table.Tr key={id}>
                    <Table.Td>
                      <Anchor component={Link} to={paths.unit(id)} inherit underline="always">
                        {unit}
                      </Anchor>
                    </Table.Td>
                    <Table.Td ta="right">
                      <Opens to={occupancyAt({ ...at, unit: id })} stays={taken}>
                        {taken}
                      </Opens>
                    </Table.Td>
                    <Table.Td ta="right">{beds}</Table.Td>
                    <Table.Td ta="right">
                      <Opens to={occupancyAt({ ...at, unit: id })} stays={taken}>
                        {percent === null ? "–" : `${percent}%`}
                      </Opens>
                    </Table.Td>
                  </Table.Tr>
                );
              })}
            </Table.Tbody>
          </Table>
          <Months {...{ months, of, at }} />
        </>
      )}
    </Paper>
  );
}

/** The bars in numbers. */
function Months({
  months,
  of,
  at,
}: {
  months: readonly string[];
  of: (month: string) => ReturnType<typeof full>;
  at: At;
}) {
  const dates = useDates();
  return (
    <details className={styles.details}>
      <summary>Month by month</summary>
      <table className={styles.months}>
        <thead>
          <tr>
            <th scope="col">Month</th>
            <th scope="col">Days taken</th>
            <th scope="col">of</th>
            <th scope="col">Full</th>
          </tr>
        </thead>
        <tbody>
          {months.map((month) => {
            const { beds, taken, percent } = of(month);
            return (
              <tr key={month}>
                <th scope="row">{dates.month(month)}</th>
                <td>
                  <Opens to={occupancyAt({ ...at, month })} stays={taken}>
                    {taken}
                  </Opens>
                </td>
                <td>{beds}</td>
                <td>
                  <Opens to={occupancyAt({ ...at, month })} stays={taken}>
                    {percent === null ? "–" : `${percent}%`}
                  </Opens>
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </details>
  );
}

/** A number that opens the stays behind it; where there were none it stands by itself. */
function Opens({ to, stays, children }: { to: string; stays: number; children: React.ReactNode }) {
  if (stays === 0) return children;
  return (
    <Anchor component={Link} to={to} inherit underline="always">
      {children}
    </Anchor>
  );
}

function full(of: readonly Occupancy[]) {
  const beds = of.reduce((sum, row) => sum + Number(row.beds), 0);
  const taken = of.reduce((sum, row) => sum + Number(row.taken), 0);
  return { beds, taken, percent: beds === 0 ? null : Math.round((100 * taken) / beds) };
}
