import { type Bulletin, type Rule, rulesOf } from "../../policy/bulletin.ts";
import { type Duck, quoted } from "./duck.ts";
import { settledSql } from "./outputs.ts";
import { EXCEPTIONS, LINES, OUTCOME, OUTCOMES, REJECTS } from "./tables.ts";

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

/** Adds up the judged lines, and the findings that were written to a Parquet file. */
export async function tally(duck: Duck, bulletin: Bulletin, findings: string) {
  await addUp(duck, bulletin);
  const [total] = await duck.rows(
    "SELECT SUM(risk) AS risk, SUM(without_amount) AS without_amount FROM audit_tally",
  );
  const all = await sharesBy(duck, "NULL");
  const clauses =
    await duck.rows(`SELECT clause, count(*) FILTER (verdict = 'breached') AS breached,
  count(*) FILTER (verdict = 'unknown') AS unknown FROM ${quoted(findings)} GROUP BY clause`);
  const numbers = [...new Set(findingRules(bulletin).map(({ clause }) => clause))];
  const [rejected] = await duck.rows(`SELECT count(*) AS count FROM ${REJECTS}`);
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

/** Rules that make findings. */
function findingRules(bulletin: Bulletin): readonly Rule[] {
  return rulesOf(bulletin).filter(({ kind }) => kind !== "should");
}

async function addUp(duck: Duck, bulletin: Bulletin): Promise<void> {
  const { outcome, payable } = settledSql(bulletin, "j");
  const lost = "(j.units - j.units_payable)";
  // Rounded half up, in whole numbers.
  const risk = `(2 * l.amount_cents * ${lost} + j.units) // (2 * j.units)`;
  await duck.run(`CREATE OR REPLACE TEMP TABLE audit_tally AS
SELECT outcome, program, agency,
  lpad(CAST(month // 12 AS text), 4, '0') || '-' || lpad(CAST(month % 12 + 1 AS text), 2, '0') AS month,
  lines, billed, payable, risk, without_amount
FROM (
  SELECT outcome, program, agency, month, count(*) AS lines,
    SUM(units) FILTER (outcome <> CAST('not-applicable' AS ${OUTCOME})) AS billed, SUM(payable) AS payable,
    SUM(risk) AS risk, count(*) FILTER (without_amount) AS without_amount
  FROM (
    SELECT ${outcome} AS outcome, l.program, l.agency_id AS agency,
      year(l.service_date) * 12 + month(l.service_date) - 1 AS month, l.units, ${payable} AS payable,
      CASE WHEN j.units IS NOT NULL THEN ${risk} END AS risk,
      j.units IS NOT NULL AND l.amount_cents IS NULL AS without_amount
    FROM ${LINES} AS l LEFT JOIN ${EXCEPTIONS} AS j ON j."row" = l."row"
  ) AS settled GROUP BY outcome, program, agency, month
) AS months`);
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
