import { useNavigate } from "react-router";
import { Bars } from "../../web/bars.tsx";
import { useDates } from "../../web/use-me.ts";

/** Two parts of each month, one on the other; the table beside it says the same in numbers. */
export function MonthBars({
  rows,
  labels: [first, second],
  most,
  to,
}: {
  rows: readonly { month: string; first: number; second: number }[];
  labels: [string, string | null];
  /** The top of the axis, where it has one: 100 of percents. */
  most?: number;
  /** Where a month's bar leads. */
  to: (month: string) => string;
}) {
  const dates = useDates();
  const navigate = useNavigate();
  return (
    <Bars
      height={140}
      type="stacked"
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
      onBar={(name) => {
        const row = rows.find(({ month }) => dates.month(month) === name);
        if (row) navigate(to(row.month));
      }}
      axis={{ width: 32, ...(most && { domain: [0, most] }) }}
    />
  );
}
