import type { Day, DayRange } from "../kernel/day.ts";
import { type Bulletin, type LimitClause, limitsOf } from "../policy/bulletin.ts";
import { periodOf } from "../policy/limit.ts";

/** Which days a change can touch, and which days must be read to judge those. */
export interface Reach {
  /** Lines of these days may be judged otherwise after the change. */
  readonly touched: readonly DayRange[];
  /** Lines of these days decide how those are judged; holds all of `touched`. */
  readonly read: readonly DayRange[];
}

/**
 * How far a change on some days reaches. A limit carries it to its whole period (a week by the
 * bulletin's reading), and a longer period's limit carries on what a shorter one changed. An overlap
 * reaches no further than its day.
 */
export function reachOf(bulletins: readonly Bulletin[], days: readonly Day[]): Reach {
  const changed = days.map((day) => ({ from: day, to: day }));
  const touched = merged(bulletins.flatMap((one) => widened(one, limitsOf(one), changed)));
  const read = bulletins.flatMap((one) => widened(one, limitsOf(one).toReversed(), touched));
  return { touched, read: merged(read) };
}

/** Whether the day lies in one of the ranges. */
export function within(ranges: readonly DayRange[], day: Day): boolean {
  return ranges.some(({ from, to }) => from <= day && day <= to);
}

/** The ranges, each widened to whole periods of one limit after the other. */
function widened(
  bulletin: Bulletin,
  limits: readonly LimitClause[],
  ranges: readonly DayRange[],
): readonly DayRange[] {
  const period = (limit: LimitClause, day: Day) =>
    periodOf(bulletin, limit, { consumer_id: "", service_date: day });
  return limits.reduce(
    (wide, limit) =>
      wide.map(({ from, to }) => ({ from: period(limit, from).from, to: period(limit, to).to })),
    ranges,
  );
}

/** The same days in as few ranges as possible, in order. */
function merged(ranges: readonly DayRange[]): readonly DayRange[] {
  const result: DayRange[] = [];
  for (const { from, to } of ranges.toSorted((a, b) => (a.from < b.from ? -1 : 1))) {
    const last = result.at(-1);
    if (!last || from > last.to) result.push({ from, to });
    else if (to > last.to) result[result.length - 1] = { from: last.from, to };
  }
  return result;
}
