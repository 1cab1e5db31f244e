import { type Day, type DayRange, monthOf, weekOf } from "../kernel/day.ts";
import type { Truth } from "../kernel/logic.ts";
import { compareByBytes } from "../kernel/text.ts";
import { type Bulletin, chosen, type LimitClause, limitsOf, readingOf } from "./bulletin.ts";
import { evaluate } from "./evaluate.ts";
import { type Known, type Line, recorded, SUBJECTS } from "./facts.ts";

/** What one line took of one limit. In units. */
export interface Take {
  readonly line: Line;
  readonly clause: string;
  /** Already taken by the lines before it. */
  readonly before: number;
  /** What the line asks for: its billed units, less what a limit before this one cut. */
  readonly asked: number;
  readonly taken: number;
  readonly limit: number;
  readonly period: DayRange;
}

/**
 * Counts every limit over the eligible lines: in turn, each line takes of its period what is left
 * (`over: cutback`), or all it asks for or nothing (`over: deny-line`). A limit counts what the
 * limits before it left, and doesn't see a line of which they left nothing.
 */
export function countLimits(bulletin: Bulletin, eligible: readonly Line[]): readonly Take[] {
  let standing = eligible.map((line) => ({ line, units: Number(line.units) }));
  return limitsOf(bulletin).flatMap((limit) => {
    const counted = standing.filter(({ line }) => counts(bulletin, limit, line) === true);
    const takes = countLimit(bulletin, limit, counted);
    const taken = new Map(takes.map((take) => [take.line, take.taken]));
    standing = standing
      .map(({ line, units }) => ({ line, units: taken.get(line) ?? units }))
      .filter(({ units }) => units > 0);
    return takes;
  });
}

/** Whether a limit counts a line; unknown only of one that is no whole line yet. */
export function counts(bulletin: Bulletin, { when }: LimitClause, line: Known): Truth {
  if (when === null) return true;
  const reading = (name: string) => readingOf(bulletin, name);
  return evaluate(when, { line: line as Line, reading, sameDay: () => [] }).truth;
}

/** The days in which a line counts towards a limit. */
export function periodOf(bulletin: Bulletin, { limit }: LimitClause, line: Known): DayRange {
  const day = line[SUBJECTS[bulletin.about].dated] as Day;
  if (limit.per === "day") return { from: day, to: day };
  return limit.per === "week" ? weekOf(day, chosen(bulletin, "week")) : monthOf(day);
}

/** Lines with the same key share one allowance: consumer, period and what the scope sets apart. */
export function allowanceKey(bulletin: Bulletin, limit: LimitClause, line: Known): string {
  const scope = chosen(bulletin, "scope");
  const apart = { everywhere: null, agency: "agency_id", program: "program" }[scope];
  const { from } = periodOf(bulletin, limit, line);
  return JSON.stringify([line.consumer_id, from, apart && recorded(line, apart)]);
}

function countLimit(
  bulletin: Bulletin,
  limit: LimitClause,
  standing: readonly { readonly line: Line; readonly units: number }[],
): readonly Take[] {
  const used = new Map<string, number>();
  const byTurn = turnOf(bulletin);
  return standing
    .toSorted((a, b) => byTurn(a.line, b.line))
    .map(({ line, units }) => {
      const key = allowanceKey(bulletin, limit, line);
      const before = used.get(key) ?? 0;
      const left = limit.limit.units - before;
      const taken =
        chosen(bulletin, "over") === "cutback" ? Math.min(units, left) : units <= left ? units : 0;
      used.set(key, before + taken);
      return {
        line,
        clause: limit.clause,
        before,
        asked: units,
        taken,
        limit: limit.limit.units,
        period: periodOf(bulletin, limit, line),
      };
    });
}

/** The order in which lines take units: date, start time (not recorded last), line id. All by bytes. */
function turnOf(bulletin: Bulletin): (a: Line, b: Line) => number {
  const { dated } = SUBJECTS[bulletin.about];
  const byTime = chosen(bulletin, "order") === "time";
  return (a, b) =>
    compareNullsLast(a[dated], b[dated]) ||
    (byTime ? compareNullsLast(a.start_time, b.start_time) : 0) ||
    compareByBytes(a.line_id, b.line_id);
}

function compareNullsLast(a: Line[string], b: Line[string]): number {
  if (a == null || b == null) return Number(a == null) - Number(b == null);
  return compareByBytes(String(a), String(b));
}
