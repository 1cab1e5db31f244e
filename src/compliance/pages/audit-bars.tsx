import { BarChart } from "@mantine/charts";
import { Box } from "@mantine/core";
import { useMounted } from "@mantine/hooks";
import type { Summary } from "../audit/summary.ts";

/** What becomes of a line that a bulletin is for, as charts and tables show it. */
export const outcomeParts = [
  { name: "payable", label: "Payable", color: "teal.6" },
  { name: "reduced", label: "Reduced", color: "blue.5" },
  { name: "denied", label: "Denied", color: "red.6" },
  { name: "pended", label: "Pended", color: "yellow.6" },
] as const;

const HEIGHT = 190;

/** Lines by outcome, one bar a row; the table beside it says the same in numbers. */
export function OutcomeBars({
  rows,
}: {
  rows: readonly { label: string; lines: Summary["lines"] }[];
}) {
  const mounted = useMounted();
  return (
    <Box h={HEIGHT} mb="sm" aria-hidden>
      {mounted && (
        <BarChart
          h={HEIGHT}
          type="stacked"
          dataKey="name"
          data={rows.map(({ label, lines }) => ({ name: label, ...lines }))}
          series={outcomeParts.map(({ name, label, color }) => ({ name, label, color }))}
          withLegend
          legendProps={{ verticalAlign: "top", height: 28 }}
          gridAxis="x"
          tickLine="none"
          yAxisProps={{ width: 44, allowDecimals: false }}
          barProps={{ isAnimationActive: false }}
          // The table says the same: the chart takes no focus.
          barChartProps={{ accessibilityLayer: false }}
        />
      )}
    </Box>
  );
}
