import { type Bulletin, type Rule, rulesOf } from "../../policy/bulletin.ts";
import { type Duck, quoted } from "./duck.ts";
import { DAYS, EXCEPTIONS, OUTCOMES, REJECTS } from "./tables.ts";

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
  await addUp(duck);
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

/** Every line that a bulletin is for counts as payable in full; then the exceptions are set right. */
async function addUp(duck: Duck): Promise<void> {
  const month = (day: string) => `year(${day}) * 12 + month(${day}) - 1`;
  const lost = "(units - units_payable)";
  // Rounded half up, in whole numbers.
  const risk = `(2 * amount_cents * ${lost} + units) // (2 * units)`;
  const inFull = "CASE WHEN applies THEN units ELSE 0 END";
  await duck.run(`CREATE OR REPLACE TEMP TABLE audit_tally AS
SELECT * REPLACE (lpad(CAST(month // 12 AS text), 4, '0') || '-' || lpad(CAST(month % 12 + 1 AS text), 2, '0') AS month)
FROM (
  SELECT CASE WHEN applies THEN 'payable' ELSE 'not-applicable' END AS outcome, program, agency_id AS agency,
    ${month("day")} AS month, SUM(rows) AS lines, SUM(${inFull}) AS billed, SUM(${inFull}) AS payable,
    0 AS risk, 0 AS without_amount
  FROM ${DAYS} GROUP BY ALL
  UNION ALL
  SELECT unnest(['payable', CAST(outcome AS text)]), CAST(program AS text), CAST(agency AS text), month, unnest([-lines, lines]),
    unnest([-billed, billed]), unnest([-billed, payable]), unnest([0, risk]), unnest([0, without_amount])
  FROM (
    SELECT outcome, program, agency_id AS agency, ${month("service_date")} AS month, count(*) AS lines,
      SUM(units) AS billed, SUM(units_payable) AS payable, COALESCE(SUM(${risk}), 0) AS risk,
      count(*) FILTER (amount_cents IS NULL) AS without_amount
    FROM ${EXCEPTIONS} GROUP BY ALL
  ) AS exceptions
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
