import { type Bulletin, type Rule, rulesOf } from "../../policy/bulletin.ts";
import { identifier } from "../../policy/sql-dialect.ts";
import { verdictColumn } from "../../policy/sql-judged.ts";
import { type Duck, quoted } from "./duck.ts";
import { LINES } from "./reading-lines.ts";

/** The table of the judged lines of a chunk, as `toAuditSql` gives them. */
export const JUDGED = "audit_judged";

/** What becomes of a line, best first. */
export const OUTCOMES = ["payable", "reduced", "denied", "pended", "not-applicable"] as const;

export type ByOutcome = Readonly<Record<(typeof OUTCOMES)[number], number>>;

/** Units billed and payable of the lines that the bulletin is for. */
export interface Units {
  readonly billed: number;
  readonly payable: number;
}

/** What came of the lines of one program, agency or month; null is not recorded. */
export interface Share {
  readonly key: string | null;
  readonly lines: ByOutcome;
  readonly units: Units;
}

/** Rules that make findings, one column of `JUDGED` each. */
export function findingRules(bulletin: Bulletin): readonly Rule[] {
  return rulesOf(bulletin).filter(({ kind }) => kind !== "should");
}

/** Makes the empty tables that the chunks add to. */
export async function prepareTally(duck: Duck): Promise<void> {
  await duck.run(`CREATE OR REPLACE TEMP TABLE audit_tally (outcome text, program text, agency text,
  month text, lines bigint, billed bigint, payable bigint, risk hugeint, without_amount bigint);
CREATE OR REPLACE TEMP TABLE audit_clause (clause text, breached bigint, unknown bigint)`);
}

/** Adds up the chunk that was just judged. */
export async function addToTally(duck: Duck, bulletin: Bulletin): Promise<void> {
  const lost = "(j.units - j.units_payable)";
  const atRisk = `(j.applies AND ${lost} > 0)`;
  // Rounded half up, in whole numbers.
  const risk = `(2 * l.amount_cents * ${lost} + j.units) // (2 * j.units)`;
  await duck.run(`INSERT INTO audit_tally
SELECT outcome, program, agency_id, strftime(service_date, '%Y-%m'), SUM(lines),
  SUM(billed), SUM(payable), SUM(risk), SUM(without_amount)
FROM (
  SELECT j.outcome, l.program, l.agency_id, l.service_date, count(*) AS lines,
    SUM(CASE WHEN j.applies THEN j.units ELSE 0 END) AS billed, SUM(j.units_payable) AS payable,
    COALESCE(SUM(CASE WHEN ${atRisk} THEN ${risk} END), 0) AS risk,
    SUM(CASE WHEN ${atRisk} AND l.amount_cents IS NULL THEN 1 ELSE 0 END) AS without_amount
  FROM ${JUDGED} AS j JOIN ${LINES} AS l ON l."row" = j."row" GROUP BY ALL
) AS days GROUP BY ALL`);
  const rules = findingRules(bulletin);
  if (rules.length === 0) return;
  const counts = rules.map((rule) => {
    const truth = identifier(verdictColumn(rule));
    const unknown = rule.kind === "limit" ? "0" : `count(*) FILTER (${truth} IS NULL)`;
    return `[count(*) FILTER (${truth} IS FALSE), ${unknown}]`;
  });
  const clauses = rules.map(({ clause }) => quoted(clause));
  await duck.run(`INSERT INTO audit_clause
SELECT clause, counts[1], counts[2] FROM (
  SELECT unnest([${clauses.join(", ")}]) AS clause, unnest([${counts.join(", ")}]) AS counts
  FROM ${JUDGED} WHERE applies
) AS counted`);
}

/** What all chunks together came to. */
export async function readTally(duck: Duck, bulletin: Bulletin) {
  const [total] = await duck.rows(
    `SELECT SUM(risk) AS risk, SUM(without_amount) AS without_amount FROM audit_tally`,
  );
  const all = await sharesBy(duck, "NULL");
  const clauses = await duck.rows(
    "SELECT clause, SUM(breached) AS breached, SUM(unknown) AS unknown FROM audit_clause GROUP BY clause",
  );
  const numbers = [...new Set(findingRules(bulletin).map(({ clause }) => clause))];
  const [rejected] = await duck.rows("SELECT count(*) AS count FROM audit_reject");
  return {
    lines: all[0]?.lines ?? noLines(),
    units: all[0]?.units ?? { billed: 0, payable: 0 },
    clauses: Object.fromEntries(
      numbers.map((number) => {
        const found = clauses.find(({ clause }) => clause === number);
        return [number, { breached: count(found?.breached), unknown: count(found?.unknown) }];
      }),
    ),
    amount_at_risk_cents: count(total?.risk),
    lines_without_amount: count(total?.without_amount),
    by_program: await sharesBy(duck, "program"),
    by_agency: await sharesBy(duck, "agency"),
    by_month: await sharesBy(duck, "month"),
    rejected: count(rejected?.count),
  };
}

async function sharesBy(duck: Duck, column: string): Promise<readonly Share[]> {
  const outcomes = OUTCOMES.map(
    (outcome) => `COALESCE(SUM(lines) FILTER (outcome = '${outcome}'), 0) AS "${outcome}"`,
  );
  const rows = await duck.rows(`SELECT ${column} AS key, ${outcomes.join(", ")},
  SUM(billed) AS units_billed, SUM(payable) AS units_payable
FROM audit_tally GROUP BY ${column} ORDER BY key NULLS LAST`);
  return rows.map((row) => ({
    key: row.key == null ? null : String(row.key),
    lines: Object.fromEntries(OUTCOMES.map((name) => [name, count(row[name])])) as ByOutcome,
    units: { billed: count(row.units_billed), payable: count(row.units_payable) },
  }));
}

function noLines(): ByOutcome {
  return Object.fromEntries(OUTCOMES.map((name) => [name, 0])) as ByOutcome;
}

/** A sum as a number. Cents of ten digits need a million lines of the highest amount to pass 2^53. */
function count(sum: unknown): number {
  return Number(sum ?? 0);
}
