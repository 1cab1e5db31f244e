import { BarChart, type BarChartProps } from "@mantine/charts";
import { Box } from "@mantine/core";
import { useMounted } from "@mantine/hooks";

/**
 * Bars beside a table that says the same in numbers: they are drawn in a browser alone, and neither
 * the keyboard nor a screen reader stops at them. Each row of the data is called by its `name`.
 */
export function Bars({
  height,
  axis = {},
  onBar,
  ...chart
}: Pick<BarChartProps, "data" | "series" | "type" | "withLegend"> & {
  /** In pixels. */
  height: number;
  axis?: BarChartProps["yAxisProps"];
  /** Opens what is behind the bars of a name; the table beside has the same as links. */
  onBar?: (name: string) => void;
}) {
  const mounted = useMounted();
  return (
    <Box h={height} my="xs" aria-hidden>
      {mounted && (
        <BarChart
          h={height}
          dataKey="name"
          legendProps={{ verticalAlign: "top", height: 28 }}
          gridAxis="x"
          tickLine="none"
          yAxisProps={{ width: 44, allowDecimals: false, ...axis }}
          barProps={{ isAnimationActive: false }}
          barChartProps={{
            accessibilityLayer: false,
            ...(onBar && {
              style: { cursor: "pointer" },
              onClick: ({ activeLabel }) => activeLabel !== undefined && onBar(String(activeLabel)),
            }),
          }}
          {...chart}
        />
      )}
    </Box>
  );
}
