import type { Day } from "../kernel/day.ts";
import { leftOut, type Sum } from "./left-out.ts";
import { type Measure, measureNames, measures, type TotalRow } from "./measure.ts";

/** What stands in the file instead of a count that is left out. */
export const LEFT_OUT = "*";

/** A cell as it may leave the agency: numbers, `LEFT_OUT`, or nothing where there is nothing to say. */
export type Leaving = {
  cases: number | string;
  counting: number | string | null;
  median: number | null;
};

/** Periods that the dashboard offers, in months: whatever was exported of one says nothing of another. */
const PERIODS = [3, 12, 36] as const;
export const LONGEST = 36;
const ALL = "all";

/**
 * Says of a cell what may leave the agency. It is decided over all months and programmes and over
 * each period that can be exported, so that two files give away no more than one.
 *
 * @param cells each month by programme, of the longest period
 * @param months all of them, the earliest first
 */
export function leavingOf(
  cells: readonly TotalRow[],
  months: readonly Day[],
  small: number,
): (cell: TotalRow, period: number) => Leaving {
  const { counts, sums } = addUp(cells, months);
  const out = leftOut(counts, sums, small);
  return (cell, period) => {
    const row = cell.month ?? periodKey(period);
    const column = cell.by_program ? String(cell.program_id) : ALL;
    const hides = (kind: Kind) => out.has(key(cell.measure, row, column, kind));
    const few = (cell.valued ?? cell.cases) > 0 && (cell.valued ?? cell.cases) < small;
    // That none or all of a few did something is said of each of them.
    const counting = hides("counting") || hides("cases") ? LEFT_OUT : cell.counting;
    return {
      cases: hides("cases") ? LEFT_OUT : cell.cases,
      counting: measures[cell.measure].counts ? counting : null,
      median: hides("cases") || few ? null : cell.median,
    };
  };
}

type Kind = "cases" | "counting" | "rest";
const KINDS: readonly Kind[] = ["cases", "counting", "rest"];
const key = (measure: Measure, row: string, column: string, kind: Kind) =>
  [measure, row, column, kind].join(" ");
const periodKey = (period: number) => `last ${period}`;
const stretchKey = (from: number, to: number) => `${from} to ${to}`;

/** Every count that is or can be known, and what adds up to what. */
function addUp(cells: readonly TotalRow[], months: readonly Day[]) {
  const newest = months.toReversed();
  const columns = [...new Set(cells.map(({ program_id }) => String(program_id)))];
  // A longer period is a shorter one and the stretch before it: each row is months, or other rows.
  const stretches = PERIODS.map((period, at) => ({
    from: at ? (PERIODS[at - 1] ?? 0) : 0,
    to: period,
  }));
  const made = stretches.flatMap(({ from, to }) => {
    const own = newest.slice(from, to);
    if (from === 0) return [{ row: periodKey(to), of: own }];
    const stretch = stretchKey(from, to);
    return [
      { row: stretch, of: own },
      { row: periodKey(to), of: [periodKey(from), stretch] },
    ];
  });
  const counts = new Map<string, number>();
  const sums: Sum[] = [];
  const sum = (whole: string, parts: readonly string[]) => {
    counts.set(
      whole,
      parts.reduce((all, part) => all + (counts.get(part) ?? 0), 0),
    );
    sums.push({ whole, parts });
  };
  for (const { measure, month, program_id, cases, counting } of cells) {
    const put = (kind: Kind, n: number) =>
      counts.set(key(measure, month ?? "", String(program_id), kind), n);
    put("cases", cases);
    put("counting", counting);
    put("rest", cases - counting);
  }
  for (const measure of measureNames) {
    for (const kind of measures[measure].counts ? KINDS : KINDS.slice(0, 1)) {
      const at = (row: string, column: string) => key(measure, row, column, kind);
      for (const month of months)
        sum(
          at(month, ALL),
          columns.map((column) => at(month, column)),
        );
      for (const { row, of } of made) {
        for (const column of columns)
          sum(
            at(row, column),
            of.map((part) => at(part, column)),
          );
        sum(
          at(row, ALL),
          columns.map((column) => at(row, column)),
        );
        sums.push({ whole: at(row, ALL), parts: of.map((part) => at(part, ALL)) });
      }
    }
    if (!measures[measure].counts) continue;
    for (const row of [...months, ...made.map((one) => one.row)]) {
      for (const column of [...columns, ALL]) {
        const [whole = "", ...parts] = KINDS.map((kind) => key(measure, row, column, kind));
        sums.push({ whole, parts });
      }
    }
  }
  // Who completed is what returns are counted of: the same number under two names.
  for (const row of [...months, ...made.map((one) => one.row)]) {
    for (const column of [...columns, ALL]) {
      const parts = [key("completion", row, column, "counting")];
      sums.push({ whole: key("returns", row, column, "cases"), parts });
    }
  }
  return { counts, sums };
}
