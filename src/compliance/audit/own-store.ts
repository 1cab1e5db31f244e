import { type RawBuilder, sql } from "kysely";
import { addDays, type Day } from "../../kernel/day.ts";
import { type Bulletin, rulesOf } from "../../policy/bulletin.ts";
import type { ServiceLine } from "../../policy/facts.ts";
import type { Outcome } from "../../policy/judgement.ts";
import { identifier } from "../../policy/sql-dialect.ts";
import { verdictColumn } from "../../policy/sql-judged.ts";
import { toSql } from "../../policy/to-sql.ts";
import type { Acting } from "../../storage/database.ts";

/** One agency's services of some days, the first and the last included. */
export interface OwnScope {
  readonly agencyId: string;
  readonly from: Day;
  readonly to: Day;
  /** Only what this scope of the acting auditor names; what is around it is judged with it. */
  readonly scopeId?: string | null;
}

/** The longest period of a limit: lines so near to a day may take what its lines ask for. */
const AROUND = 31;

/**
 * The rows of `select` over `judged`, the lines of the scope by the compiled bulletin, and `own_line`, their
 * facts. Lines around the scope are judged too, since they share its weeks and months. Plain reading, so
 * that a replica may do it.
 */
function overOwn(
  bulletin: Bulletin,
  scope: OwnScope,
  select: RawBuilder<unknown>,
): RawBuilder<unknown> {
  const { from, to, scopeId } = scope;
  const named = scopeId
    ? sql`AND l.line_id IN (SELECT service_id::text FROM access.audited(${scopeId}::uuid))`
    : sql``;
  return sql`WITH own_line AS MATERIALIZED (
  SELECT *, CAST(NULL AS bigint) AS amount_cents FROM ${linesAround(scope)} AS around
),
all_judged AS MATERIALIZED (${judgedBy(bulletin)}),
judged AS (
  SELECT j.*, l.consumer_id, l.service_date, l.program, l.agency_id, l.service
  FROM all_judged AS j JOIN own_line AS l ON l.line_id = j.line_id
  WHERE l.service_date BETWEEN ${from}::date AND ${to}::date ${named}
)
${select}`;
}

function judgedBy(bulletin: Bulletin): RawBuilder<unknown> {
  return sql.raw(toSql(bulletin, "postgresql", { lines: "own_line", facts: "own-records" }));
}

/** The lines that judging those of a scope needs. */
function linesAround({ agencyId, from, to, scopeId }: OwnScope): RawBuilder<unknown> {
  const [first, last] = daysAround({ from, to });
  return scopeId
    ? sql`access.audit_lines(${scopeId}::uuid, ${first}::date, ${last}::date)`
    : sql`(SELECT * FROM service_line WHERE agency_id = ${agencyId} AND service_date BETWEEN ${first}::date AND ${last}::date)`;
}

/** The first and the last day of the lines that judging those of some days needs. */
export function daysAround({ from, to }: { from: Day; to: Day }): readonly [Day, Day] {
  return [earlier(from), later(to)];
}

function earlier(day: Day): Day {
  return day < "1900-02-01" ? day : addDays(day, -AROUND);
}

function later(day: Day): Day {
  return day > "9999-11-30" ? day : addDays(day, AROUND);
}

/** Whose services the scope names. */
export async function findOwnPeople(db: Acting, scope: OwnScope): Promise<readonly string[]> {
  const { from, to, scopeId } = scope;
  const named = scopeId
    ? sql`AND line_id IN (SELECT service_id::text FROM access.audited(${scopeId}::uuid))`
    : sql``;
  const { rows } = await sql<{ consumer_id: string }>`
    SELECT DISTINCT consumer_id FROM ${linesAround(scope)} AS around
    WHERE service_date BETWEEN ${from}::date AND ${to}::date ${named}`.execute(db);
  return rows.map(({ consumer_id }) => consumer_id);
}

export interface OwnSum {
  readonly outcome: Outcome;
  readonly program: string | null;
  readonly agency_id: string | null;
  readonly month: string;
  readonly lines: number;
  readonly billed: number;
  readonly payable: number;
  /** What its units not payable come to, by the agency's rates of their days, in cents. */
  readonly risk: number;
  /** Lines with units not payable for which no rate was set on their day. */
  readonly without_rate: number;
}

/** Lines, units and money by what the summary tells apart. */
export async function sumOwn(
  db: Acting,
  bulletin: Bulletin,
  scope: OwnScope,
): Promise<readonly OwnSum[]> {
  const select = sql`SELECT outcome, program, agency_id, to_char(service_date, 'YYYY-MM') AS month,
  COUNT(*) AS lines, SUM(CASE WHEN outcome = 'not-applicable' THEN 0 ELSE units_billed END) AS billed,
  SUM(units_payable) AS payable, COALESCE(SUM(lost * cents_per_unit), 0) AS risk,
  COUNT(*) FILTER (WHERE lost > 0 AND cents_per_unit IS NULL) AS without_rate
FROM (
  SELECT j.*, r.cents_per_unit,
    CASE WHEN outcome IN ('denied', 'pended', 'reduced') THEN units_billed - units_payable ELSE 0 END AS lost
  FROM judged AS j LEFT JOIN rate AS r ON r.agency_id::text = j.agency_id AND r.service = j.service
    AND r.during @> j.service_date AND r.withdrawn_at IS NULL
) AS priced GROUP BY 1, 2, 3, 4 ORDER BY 4, 3, 2, 1`;
  return (await overOwn(bulletin, scope, select).execute(db)).rows as readonly OwnSum[];
}

/** Lines of which another reading of the bulletin says otherwise, and the units that come and go. */
export async function countOwnChanges(
  db: Acting,
  bulletin: Bulletin,
  other: Bulletin,
  scope: OwnScope,
): Promise<{ lines: number; gained: number; lost: number }> {
  const select = sql`, other AS MATERIALIZED (${judgedBy(other)})
SELECT COUNT(*) AS lines, COALESCE(SUM(GREATEST(o.units_payable - j.units_payable, 0)), 0) AS gained,
  COALESCE(SUM(GREATEST(j.units_payable - o.units_payable, 0)), 0) AS lost
FROM judged AS j JOIN other AS o ON o.line_id = j.line_id
WHERE o.outcome <> j.outcome OR o.units_payable <> j.units_payable`;
  const { rows } = await overOwn(bulletin, scope, select).execute(db);
  const [found] = rows as readonly Record<"lines" | "gained" | "lost", unknown>[];
  return {
    lines: Number(found?.lines),
    gained: Number(found?.gained),
    lost: Number(found?.lost),
  };
}

export interface OwnVerdict {
  readonly line_id: string;
  readonly consumer_id: string;
  readonly service_date: Day;
  readonly clause: string;
  readonly verdict: "breached" | "unknown";
}

/** Every judged line's unmet clauses, as a relation `found`. */
function foundSql(bulletin: Bulletin): RawBuilder<unknown> {
  const rules = rulesOf(bulletin).filter(({ kind }) => kind !== "should");
  const rows = rules.map(
    (rule, place) =>
      sql`(${sql.lit(place)}, ${sql.lit(rule.clause)}, ${sql.raw(`j.${identifier(verdictColumn(rule))}`)})`,
  );
  const none = sql`(0, '', 'met')`;
  return sql`judged AS j CROSS JOIN LATERAL (VALUES ${sql.join(rows.length > 0 ? rows : [none])}) AS found (place, clause, verdict)`;
}

/** How often each clause is not met. */
export async function countOwnClauses(
  db: Acting,
  bulletin: Bulletin,
  scope: OwnScope,
): Promise<readonly { clause: string; breached: number; unknown: number }[]> {
  const select = sql`SELECT found.clause, COUNT(*) FILTER (WHERE verdict = 'breached') AS breached,
  COUNT(*) FILTER (WHERE verdict = 'unknown') AS unknown
FROM ${foundSql(bulletin)} GROUP BY found.clause`;
  const { rows } = await overOwn(bulletin, scope, select).execute(db);
  return rows as readonly { clause: string; breached: number; unknown: number }[];
}

/** A page of what is not met, by date, line and clause, after the place where the last page ended. */
export async function findOwnVerdicts(
  db: Acting,
  bulletin: Bulletin,
  scope: OwnScope,
  { after, most }: { after: readonly [Day, string, number] | null; most: number },
): Promise<readonly (OwnVerdict & { readonly place: number })[]> {
  const [day, line, place] = after ?? ["1900-01-01", "", -1];
  const select = sql`SELECT j.line_id, j.consumer_id, j.service_date, found.place, found.clause, found.verdict
FROM ${foundSql(bulletin)}
WHERE found.verdict IN ('breached', 'unknown')
  AND (j.service_date, j.line_id COLLATE "C", found.place) > (${day}::date, ${line}, ${place}::integer)
ORDER BY j.service_date, j.line_id COLLATE "C", found.place LIMIT ${most}`;
  const { rows } = await overOwn(bulletin, scope, select).execute(db);
  return rows as readonly (OwnVerdict & { readonly place: number })[];
}

/** All that is known of some consumers' services around the scope. */
export async function findOwnLines(
  db: Acting,
  scope: OwnScope,
  consumerIds: readonly string[],
): Promise<readonly ServiceLine[]> {
  const { rows } = await sql`SELECT * FROM ${linesAround(scope)} AS around
WHERE consumer_id = ANY(${consumerIds})`.execute(db);
  return rows as readonly ServiceLine[];
}

export interface OwnOutcome {
  readonly line_id: string;
  readonly outcome: Outcome;
  readonly units_billed: number;
  readonly units_payable: number;
}

/** Every line of the scope, a few thousand at a time, through a cursor. */
export async function* streamOwnOutcomes(
  db: Acting,
  bulletin: Bulletin,
  scope: OwnScope,
): AsyncGenerator<readonly OwnOutcome[]> {
  const select = sql`SELECT line_id, outcome, units_billed, units_payable FROM judged`;
  yield* streamed<OwnOutcome>(db, overOwn(bulletin, scope, select));
}

/** Every unmet clause of the scope, a consumer's together. */
export async function* streamOwnVerdicts(
  db: Acting,
  bulletin: Bulletin,
  scope: OwnScope,
): AsyncGenerator<readonly OwnVerdict[]> {
  const select = sql`SELECT j.line_id, j.consumer_id, j.service_date, found.clause, found.verdict
FROM ${foundSql(bulletin)} WHERE found.verdict IN ('breached', 'unknown') ORDER BY j.consumer_id, j.line_id`;
  yield* streamed<OwnVerdict>(db, overOwn(bulletin, scope, select));
}

async function* streamed<Row>(
  db: Acting,
  query: RawBuilder<unknown>,
): AsyncGenerator<readonly Row[]> {
  await sql`DECLARE audit_own NO SCROLL CURSOR FOR ${query}`.execute(db);
  for (;;) {
    const { rows } = await sql`FETCH 2000 FROM audit_own`.execute(db);
    if (rows.length === 0) break;
    yield rows as readonly Row[];
  }
  await sql`CLOSE audit_own`.execute(db);
}
