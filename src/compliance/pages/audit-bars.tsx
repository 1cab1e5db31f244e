import { Bars } from "../../web/bars.tsx";
import type { Summary } from "../audit/summary.ts";

/** What becomes of a line that a bulletin is for, as charts and tables show it. */
export const outcomeParts = [
  { name: "payable", label: "Payable", color: "teal.6" },
  { name: "reduced", label: "Reduced", color: "blue.5" },
  { name: "denied", label: "Denied", color: "red.6" },
  { name: "pended", label: "Pended", color: "yellow.6" },
] as const;

/** Lines by outcome, one bar a row; the table beside it says the same in numbers. */
export function OutcomeBars({
  rows,
}: {
  rows: readonly { label: string; lines: Summary["lines"] }[];
}) {
  return (
    <Bars
      height={190}
      type="stacked"
      data={rows.map(({ label, lines }) => ({ name: label, ...lines }))}
      series={outcomeParts.map(({ name, label, color }) => ({ name, label, color }))}
      withLegend
    />
  );
}
