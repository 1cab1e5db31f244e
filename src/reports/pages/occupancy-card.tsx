import { Anchor, Paper, Table, Text, Title } from "@mantine/core";
import { Link } from "react-router";
import { paths } from "../../web/paths.ts";
import type { Occupancy } from "../measure-store.ts";
import { MonthBars } from "./month-bars.tsx";

/** How full the beds were: bed days taken of bed days there were. */
export function OccupancyCard({
  months,
  rows,
}: {
  months: readonly string[];
  rows: readonly Occupancy[];
}) {
  const full = (of: readonly Occupancy[]) => {
    const beds = of.reduce((sum, row) => sum + Number(row.beds), 0);
    const taken = of.reduce((sum, row) => sum + Number(row.taken), 0);
    return { beds, taken, percent: beds === 0 ? null : Math.round((100 * taken) / beds) };
  };
  const whole = full(rows);
  const units = [...new Map(rows.map((row) => [row.unit_id, row.unit]))];
  return (
    <Paper component="section" aria-label="Occupancy">
      <div style={{ display: "flex", justifyContent: "space-between" }}>
        <div>
          <Title order={2} size="h4">
            Occupancy
          </Title>
          <Text size="xs" c="dimmed">
            bed days taken of bed days there were; overflow places count as taken only
          </Text>
        </div>
        {whole.percent !== null && (
          <Text fw={700} size="xl" lh={1.1}>
            {whole.percent}%
          </Text>
        )}
      </div>
      {rows.length === 0 ? (
        <Text size="sm" my="md">
          None of these has beds of its own.
        </Text>
      ) : (
        <>
          <MonthBars
            labels={["percent of beds taken", null]}
            most={100}
            rows={months.map((month) => ({
              month,
              first: full(rows.filter((row) => row.month === month)).percent ?? 0,
              second: 0,
            }))}
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
                    <Table.Td ta="right">{taken}</Table.Td>
                    <Table.Td ta="right">{beds}</Table.Td>
                    <Table.Td ta="right">{percent === null ? "–" : `${percent}%`}</Table.Td>
                  </Table.Tr>
                );
              })}
            </Table.Tbody>
          </Table>
        </>
      )}
    </Paper>
  );
}
