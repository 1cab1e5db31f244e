import type { Day } from "../../kernel/day.ts";
import type { Bulletin } from "../../policy/bulletin.ts";
import { auditAppliesSql } from "../../policy/sql-audit.ts";
import { quoted } from "./duck.ts";
import { settledSql } from "./outputs.ts";
import { LINES, OUTCOME } from "./tables.ts";

/** A bulletin and the table of its exceptions. */
export interface Judging {
  readonly bulletin: Bulletin;
  readonly exceptions: string;
}

/**
 * A SELECT of the lines of which two bulletins, or two readings of one, say otherwise: `row`, units,
 * outcome and payable units `before` and `after`. `from`: of lines from this day on, the others stay.
 */
export function changedSql(a: Judging, b: Judging, from: Day | null = null): string {
  const [before, after] = [settledSql(a.bulletin, "a"), settledSql(b.bulletin, "b")];
  // For the same lines, those that neither excepts are payable in full by both.
  const changed =
    from === null && auditAppliesSql(a.bulletin, "filter") === auditAppliesSql(b.bulletin, "filter")
      ? `SELECT COALESCE(a."row", b."row") AS "row", COALESCE(a.units, b.units) AS units,
  COALESCE(a.outcome, CAST('payable' AS ${OUTCOME})) AS outcome_before, COALESCE(a.units_payable, b.units) AS before,
  COALESCE(b.outcome, CAST('payable' AS ${OUTCOME})) AS outcome_after, COALESCE(b.units_payable, a.units) AS after
FROM ${a.exceptions} AS a FULL JOIN ${b.exceptions} AS b ON b."row" = a."row"`
      : `SELECT l."row", l.units, ${before.outcome} AS outcome_before, ${before.payable} AS before,
  ${after.outcome} AS outcome_after, ${after.payable} AS after
FROM ${LINES} AS l LEFT JOIN ${a.exceptions} AS a ON a."row" = l."row"
LEFT JOIN ${b.exceptions} AS b ON b."row" = l."row"${from === null ? "" : `\nWHERE l.service_date >= DATE ${quoted(from)}`}`;
  return `SELECT * FROM (\n${changed}\n) AS both_ways WHERE before <> after OR outcome_before <> outcome_after`;
}

/**
 * The day from which a draft takes the place of a bulletin of another number: what is before it stays as it
 * is judged, so its lines neither gain nor lose. A draft of the same number is that bulletin rewritten, from
 * its first line on: null. Lines take their turn by date, so none before that day depends on one after it.
 */
export function replacesFrom(draft: Bulletin, against: Bulletin): Day | null {
  return draft.number === against.number ? null : draft.effective.from;
}
