import { BarChart } from "@mantine/charts";
import { Box } from "@mantine/core";
import { useMounted } from "@mantine/hooks";
import { useDates } from "../../web/use-me.ts";

const HEIGHT = 140;

/** Two parts of each month, one on the other; the table beside it says the same in numbers. */
export function MonthBars({
  rows,
  labels: [first, second],
  most,
}: {
  rows: readonly { month: string; first: number; second: number }[];
  labels: [string, string | null];
  /** The top of the axis, where it has one: 100 of percents. */
  most?: number;
}) {
  const dates = useDates();
  const mounted = useMounted();
  return (
    <Box h={HEIGHT} my="xs" aria-hidden>
      {mounted && (
        <BarChart
          h={HEIGHT}
          type="stacked"
          dataKey="name"
          data={rows.map((row) => ({
            name: dates.month(row.month),
            [first]: row.first,
            ...(second && { [second]: row.second }),
          }))}
          series={[
            { name: first, color: "tide.6" },
            ...(second ? [{ name: second, color: "gray.5" }] : []),
          ]}
          withLegend={second !== null}
          legendProps={{ verticalAlign: "top", height: 24 }}
          gridAxis="x"
          tickLine="none"
          yAxisProps={{ width: 32, allowDecimals: false, ...(most && { domain: [0, most] }) }}
          // The table beside it is what the keyboard and a screen reader get.
          barChartProps={{ accessibilityLayer: false }}
          barProps={{ isAnimationActive: false }}
        />
      )}
    </Box>
  );
}
