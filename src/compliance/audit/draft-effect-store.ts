import { type RawBuilder, sql } from "kysely";
import type { Day } from "../../kernel/day.ts";
import { type Bulletin, rulesOf } from "../../policy/bulletin.ts";
import { identifier } from "../../policy/sql-dialect.ts";
import { verdictColumn } from "../../policy/sql-judged.ts";
import { toSql } from "../../policy/to-sql.ts";
import type { Acting } from "../../storage/database.ts";
import { replacesFrom } from "./compare.ts";
import { type DraftEffect, effectOf, type Flow, type Moved } from "./draft-effect.ts";
import { daysAround } from "./own-store.ts";

/** A comparison that takes longer is given up: somebody waits for it, and others for the database. */
const MOST_SECONDS = 20;

/**
 * What a draft would change of an agency's services of some days, by facts that name nobody. Null when
 * it took too long. Both are judged in PostgreSQL, in one query over the same lines.
 */
export async function findDraftEffect(
  db: Acting,
  { against, draft }: { readonly against: Bulletin; readonly draft: Bulletin },
  days: { readonly from: Day; readonly to: Day },
): Promise<DraftEffect | null> {
  await sql`SAVEPOINT trying`.execute(db);
  await sql`SELECT set_config('statement_timeout', ${`${MOST_SECONDS}s`}, true)`.execute(db);
  try {
    const { rows } = await compared(against, draft, days).execute(db);
    const { flows, moved } = rows[0] as { flows: Flow[] | null; moved: Moved[] | null };
    return effectOf(flows ?? [], moved ?? []);
  } catch (error) {
    await sql`ROLLBACK TO SAVEPOINT trying`.execute(db);
    if ((error as { code?: string }).code === TIMED_OUT) return null;
    throw error;
  } finally {
    await sql`SET LOCAL statement_timeout = 0`.execute(db);
  }
}

const TIMED_OUT = "57014";

function compared(
  against: Bulletin,
  draft: Bulletin,
  { from, to }: { readonly from: Day; readonly to: Day },
): RawBuilder<unknown> {
  const judged = (bulletin: Bulletin) =>
    sql.raw(toSql(bulletin, "postgresql", { lines: "own_line", facts: "own-records" }));
  const [first, last] = daysAround({ from, to });
  const replaces = replacesFrom(draft, against);
  const after = (drafted: RawBuilder<unknown>, earlier: RawBuilder<unknown>) =>
    replaces === null
      ? drafted
      : sql`CASE WHEN l.service_date >= ${replaces}::date THEN ${drafted} ELSE ${earlier} END`;
  const payable = after(sql`a.units_payable`, sql`b.units_payable`);
  const said = unmet(against, "b");
  return sql`WITH own_line AS MATERIALIZED (
  SELECT l.*, CAST(NULL AS bigint) AS amount_cents, r.cents_per_unit
  FROM access.nameless_lines(${first}::date, ${last}::date) AS l
  LEFT JOIN rate r ON r.agency_id::text = l.agency_id AND r.service = l.service AND r.during @> l.service_date
    AND r.withdrawn_at IS NULL
),
was AS MATERIALIZED (${judged(against)}),
will AS MATERIALIZED (${judged(draft)}),
both_ways AS MATERIALIZED (
  SELECT l.consumer_id AS person, l.program, to_char(l.service_date, 'YYYY-MM') AS month, l.cents_per_unit,
    CAST(l.units AS integer) AS billed, b.outcome AS outcome_before,
    ${after(sql`a.outcome`, sql`b.outcome`)} AS outcome_after, b.units_payable AS payable_before,
    ${payable} AS payable_after, ${payable} - b.units_payable AS units,
    ${said} AS clauses_before, ${after(unmet(draft, "a"), said)} AS clauses_after
  FROM own_line AS l JOIN was AS b ON b.line_id = l.line_id JOIN will AS a ON a.line_id = l.line_id
  WHERE l.service_date BETWEEN ${from}::date AND ${to}::date
),
flow AS (
  SELECT outcome_before, outcome_after, COUNT(*) AS lines, SUM(billed) AS billed,
    SUM(payable_before) AS payable_before, SUM(payable_after) AS payable_after
  FROM both_ways GROUP BY 1, 2
),
moved AS (
  SELECT person, program, month, clauses_before, clauses_after, COUNT(*) AS lines, SUM(units) AS units,
    COALESCE(SUM(units * cents_per_unit), 0) AS cents,
    COUNT(*) FILTER (WHERE units <> 0 AND cents_per_unit IS NULL) AS without_rate
  FROM both_ways WHERE units <> 0 OR outcome_before <> outcome_after
  GROUP BY person, program, month, clauses_before, clauses_after, SIGN(units)
)
SELECT (SELECT json_agg(flow) FROM flow) AS flows, (SELECT json_agg(moved) FROM moved) AS moved`;
}

/** The clauses that a line does not meet by a bulletin, as an array in the order of its file. */
function unmet(bulletin: Bulletin, alias: string): RawBuilder<unknown> {
  const rules = rulesOf(bulletin).filter(({ kind }) => kind !== "should");
  const rows = rules.map(
    (rule, place) =>
      sql`(${sql.lit(place)}, ${sql.lit(rule.clause)}, ${sql.raw(`${alias}.${identifier(verdictColumn(rule))}`)})`,
  );
  if (rows.length === 0) return sql`CAST('{}' AS text[])`;
  return sql`ARRAY(SELECT clause FROM (VALUES ${sql.join(rows)}) AS said (place, clause, verdict)
    WHERE verdict IN ('breached', 'unknown') GROUP BY clause ORDER BY MIN(place))`;
}
