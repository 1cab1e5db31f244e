import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Day } from "../../kernel/day.ts";
import type { Bulletin } from "../../policy/bulletin.ts";
import { EXPLAIN_MACROS } from "../../policy/sql-explain.ts";
import { toFindingsSql } from "../../policy/sql-findings.ts";
import { changedSql, replacesFrom } from "./compare.ts";
import { type Duck, quoted } from "./duck.ts";
import { judgeLines } from "./judge-lines.ts";
import { settledSql } from "./outputs.ts";
import { type Surveyed, viewLines } from "./reading-lines.ts";
import { Refusal } from "./refusal.ts";
import { EXCEPTIONS, FOUND, LINES } from "./tables.ts";
import { compareReadings } from "./try-readings.ts";
import { whatIfReportHtml } from "./what-if-report.ts";
import { readDifference, type WhatIfSummary } from "./what-if-summary.ts";
import { type RunOptions, readFiles, runWhole } from "./whole-run.ts";

export interface WhatIfOptions extends RunOptions {
  readonly draft: Bulletin;
  /** The bulletin in force that the draft is compared with. */
  readonly against: Bulletin;
}

/** The exceptions by the draft; those by the bulletin in force are `EXCEPTIONS`. */
const DRAFTED = "audit_drafted";

/**
 * Judges the same lines by a bulletin and by a draft of another, and writes what changes into the folder
 * `out`, whole or not at all: the changed lines, a summary and a report. Throws a Refusal for what the user
 * can mend.
 */
export function whatIf(options: WhatIfOptions): Promise<WhatIfSummary> {
  const { draft, against, progress, atATime } = options;
  if (draft.about !== "service" || against.about !== "service") {
    throw new Refusal(`${draft.number} and ${against.number} must both be about services`);
  }
  return runWhole(options, async (duck, folder, seconds) => {
    const lines = await readFiles(duck, folder, against, options);
    await judgeLines(duck, lines, against, EXCEPTIONS, {
      atATime,
      progress: (share) => progress(0.35 + share * 0.15, "judging as it is"),
    });
    await judgeLines(duck, lines, draft, DRAFTED, {
      atATime,
      progress: (share) => progress(0.5 + share * 0.15, "judging by the draft"),
    });
    progress(0.65, "comparing");
    const [before, after] = [
      { bulletin: against, exceptions: EXCEPTIONS },
      { bulletin: draft, exceptions: DRAFTED },
    ];
    const from = replacesFrom(draft, against);
    await addUp(duck, against, draft, from);
    await duck.run(
      `CREATE OR REPLACE TEMP TABLE audit_changed AS\n${changedSql(before, after, from)}`,
    );
    await sayClauses(duck, lines, against, EXCEPTIONS, "audit_said_before");
    await sayClauses(duck, lines, draft, DRAFTED, "audit_said_after");
    await gatherChanges(duck);
    await writeChanges(duck, join(folder.draft, `changed.${options.format}`), options.format);
    const difference = await readDifference(duck);
    const readings = await compareReadings(duck, lines, after, {
      atATime,
      progress: (share) => progress(0.75 + share * 0.25, "trying the draft's readings"),
    });
    const named = ({ number, title, contentHash, effective }: Bulletin) => ({
      ...{ number, title, content_hash: contentHash, from: effective.from, until: effective.until },
    });
    const summary: WhatIfSummary = {
      against: named(against),
      draft: named(draft),
      replaces_from: from,
      ...difference,
      draft_readings: readings.toSorted((a, b) => b.lines - a.lines),
      seconds: seconds(),
    };
    await writeFile(join(folder.draft, "summary.json"), `${JSON.stringify(summary, null, 2)}\n`);
    await writeFile(
      join(folder.draft, "report.html"),
      whatIfReportHtml({ against, draft }, summary),
    );
    return summary;
  });
}

/** Every line by what becomes of it either way; needs `LINES`. */
async function addUp(
  duck: Duck,
  against: Bulletin,
  draft: Bulletin,
  from: Day | null,
): Promise<void> {
  const [before, drafted] = [settledSql(against, "a"), settledSql(draft, "b")];
  const since = (then: string, earlier: string) =>
    from === null
      ? then
      : `CASE WHEN l.service_date >= DATE ${quoted(from)} THEN ${then} ELSE ${earlier} END`;
  const after = {
    outcome: since(drafted.outcome, before.outcome),
    payable: since(drafted.payable, before.payable),
  };
  await duck.run(`CREATE OR REPLACE TEMP TABLE audit_flow AS
SELECT outcome_before, outcome_after, program, agency, month, count(*) AS lines,
  COALESCE(SUM(units) FILTER (outcome_before <> 'not-applicable'), 0) AS billed_before,
  COALESCE(SUM(units) FILTER (outcome_after <> 'not-applicable'), 0) AS billed_after,
  SUM(before) AS payable_before, SUM(after) AS payable_after,
  ${GAINS}
FROM (
  SELECT CAST(${before.outcome} AS text) AS outcome_before, ${before.payable} AS before,
    CAST(${after.outcome} AS text) AS outcome_after, ${after.payable} AS after,
    l.program, l.agency_id AS agency, strftime(l.service_date, '%Y-%m') AS month, l.units, l.amount_cents
  FROM ${LINES} AS l LEFT JOIN ${EXCEPTIONS} AS a ON a."row" = l."row"
  LEFT JOIN ${DRAFTED} AS b ON b."row" = l."row"
) AS both_ways GROUP BY ALL`);
}

const MONEY = "(2 * amount_cents * abs(after - before) + units) // (2 * units)";

/** Sums over lines of what they would gain or lose, money rounded half up line by line. */
const GAINS = `count(*) FILTER (before <> after OR outcome_before <> outcome_after) AS changed,
  count(*) FILTER (after > before) AS lines_gained, count(*) FILTER (after < before) AS lines_lost,
  COALESCE(SUM(after - before) FILTER (after > before), 0) AS units_gained,
  COALESCE(SUM(before - after) FILTER (after < before), 0) AS units_lost,
  COALESCE(SUM(${MONEY}) FILTER (after > before), 0) AS cents_gained,
  COALESCE(SUM(${MONEY}) FILTER (after < before), 0) AS cents_lost,
  count(*) FILTER (before <> after AND amount_cents IS NULL) AS without_amount`;

/** The clauses that a changed line does not meet, one way. */
async function sayClauses(
  duck: Duck,
  lines: Surveyed,
  bulletin: Bulletin,
  exceptions: string,
  table: string,
): Promise<void> {
  const changed = `${exceptions}_changed`;
  await duck.run(
    `CREATE OR REPLACE TEMP TABLE ${changed} AS SELECT * FROM ${exceptions} SEMI JOIN audit_changed USING ("row")`,
  );
  await viewLines(duck, lines, bulletin, { from: null, to: null }, changed);
  await duck.run(EXPLAIN_MACROS);
  const findings = toFindingsSql(bulletin, {
    ...{ facts: FOUND, key: "row" },
  });
  await duck.run(`CREATE OR REPLACE TEMP TABLE ${table} AS
SELECT line_id, LIST(DISTINCT CAST(clause AS text) ORDER BY CAST(clause AS text)) AS clauses
FROM (${findings}) AS found GROUP BY line_id`);
}

/**
 * The changed lines with their facts and clauses. Those that decide are the ones not met one way only, or,
 * where there are none, those not met either way.
 */
async function gatherChanges(duck: Duck): Promise<void> {
  await duck.run(`CREATE OR REPLACE TEMP TABLE audit_difference AS
SELECT *, CASE WHEN clauses_before = clauses_after THEN clauses_before ELSE
    list_sort(list_concat(list_filter(clauses_before, lambda c: NOT list_contains(clauses_after, c)),
      list_filter(clauses_after, lambda c: NOT list_contains(clauses_before, c)))) END AS clauses
FROM (
  SELECT l.line_id, l.consumer_id, c.outcome_before, c.outcome_after, c.units, c.before, c.after, l.amount_cents,
    COALESCE(x.clauses, CAST([] AS text[])) AS clauses_before,
    COALESCE(y.clauses, CAST([] AS text[])) AS clauses_after
  FROM audit_changed AS c JOIN ${LINES} AS l ON l."row" = c."row"
  LEFT JOIN audit_said_before AS x ON x.line_id = l.line_id
  LEFT JOIN audit_said_after AS y ON y.line_id = l.line_id
) AS changes;
CREATE OR REPLACE TEMP TABLE audit_by_clause AS
SELECT clause, ${GAINS} FROM (SELECT *, unnest(clauses) AS clause FROM audit_difference) AS each_clause GROUP BY clause;
CREATE OR REPLACE TEMP TABLE audit_by_person AS
SELECT consumer_id, SUM(after - before) AS units, SUM(CASE WHEN after > before THEN ${MONEY} ELSE -(${MONEY}) END) AS cents
FROM audit_difference GROUP BY consumer_id HAVING SUM(after - before) <> 0`);
}

async function writeChanges(duck: Duck, file: string, format: "csv" | "parquet"): Promise<void> {
  const said = (list: string) => `array_to_string(${list}, '; ')`;
  await duck.run(`COPY (
SELECT line_id, outcome_before, outcome_after, CAST(units AS integer) AS units_billed,
  CAST(before AS integer) AS units_payable_before, CAST(after AS integer) AS units_payable_after, ${said("clauses")} AS clauses,
  ${said("clauses_before")} AS clauses_not_met_before, ${said("clauses_after")} AS clauses_not_met_after
FROM audit_difference
) TO ${quoted(file)} (${format === "csv" ? "FORMAT csv, HEADER true" : "FORMAT parquet"})`);
}
