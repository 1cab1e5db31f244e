import { type Bulletin, type LimitClause, limitsOf } from "./bulletin.ts";
import { type Condition, everyCondition } from "./condition.ts";
import { getFact, SUBJECTS } from "./facts.ts";
import {
  conditionSql,
  heldCodes,
  heldKey,
  overlapServices,
  type SqlContext,
} from "./sql-condition.ts";
import { identifier } from "./sql-dialect.ts";
import {
  appliesSql,
  type ConditionRule,
  conditionRules,
  conditionsOf,
  contextOf,
  overlapPairs,
  overlapTests,
  relationName,
  ruleSql,
  verdictColumn,
  withRelations,
} from "./sql-judged.ts";
import { allowance, type Relation, sayLimit, takingTurns } from "./sql-limit.ts";
import { outcomeSql } from "./to-sql.ts";

export interface AuditSqlOptions {
  /** The relation of lines, with `key` and the facts but for held codes. */
  readonly lines: string;
  /** The same with held codes: a column for each of `heldColumns`, and in words. */
  readonly facts: string;
  /** A number that tells lines apart. */
  readonly key: string;
  /** A column that rises as the ids of lines do; a number is sorted faster than an id. */
  readonly tie: string;
  /** Facts that the exceptions are to have beside what is said of them. */
  readonly carry: readonly string[];
  /** Types that some of those may be kept in, which take less room than their own. */
  readonly narrow: Readonly<Record<string, string>>;
}

/** Boolean columns that a relation of facts must have, so that no list is searched for each line. */
export function heldColumns(bulletin: Bulletin): readonly {
  readonly column: string;
  readonly fact: string;
  readonly codes: readonly string[];
}[] {
  return heldCodes(bulletin.about, [bulletin.applies, ...conditionsOf(bulletin)]).map(
    (held, index) => ({
      ...held,
      column: `held_${index + 1}`,
    }),
  );
}

/** What an audit's expressions over lines `l` are compiled with. */
export function auditContext(
  bulletin: Bulletin,
  { key }: Pick<AuditSqlOptions, "key">,
): SqlContext {
  return {
    ...contextOf(bulletin, "duckdb", { lines: "l", key }),
    held: new Map(heldColumns(bulletin).map((held) => [heldKey(held), held.column])),
    heldWords: new Map(
      Object.entries(SUBJECTS[bulletin.about].facts)
        .filter(([, { kind }]) => kind === "held-codes")
        .map(([fact]) => [fact, `l.${fact}_words`]),
    ),
  };
}

/**
 * Whether the bulletin applies to a line `l` of an audit. As a filter the reader of a file can skip by it; as
 * a column DuckDB asks a function once for each code of a dictionary, but compares each line.
 */
export function auditAppliesSql(bulletin: Bulletin, as: "filter" | "column"): string {
  const context = auditContext(bulletin, { key: "line_id" });
  return appliesSql(bulletin, { ...context, lookUp: as === "column" });
}

/** The columns of a limit that a line crossed: what lines before it took, what it asked and what it got. */
export function crossingColumns({ clause }: LimitClause): readonly string[] {
  const column = verdictColumn({ clause, kind: "limit" });
  return ["before", "asked", "taken"].map((what) => `${column}_${what}`);
}

/** The columns that say of an exception what `overlapping` does: a column apiece takes the least room. */
export function overlapColumns(name: string): readonly [string, string] {
  return [`${name}_holds`, `${name}_others`];
}

/**
 * A bulletin for the audit of many lines, as a SELECT for DuckDB. It says what `toSql` says, but gives
 * exceptions only: a line that is not among them is payable in full if the bulletin applies to it. So each
 * line is read once, straight from its file, and no table is as long as the file.
 *
 * The exceptions have the key, what is to be carried, outcome, units and units_payable; for each limit its
 * `crossingColumns`, null where the line does not cross it; and for each service that rules look for overlaps
 * with its `overlapColumns`, null where none does or may. Needs `EXPLAIN_MACROS`.
 */
export function toAuditSql(bulletin: Bulletin, options: AuditSqlOptions): string {
  const { key, carry, tie } = options;
  const context = auditContext(bulletin, options);
  const limits = limitsOf(bulletin).map((limit, index) => ({
    ...limit,
    ...{ name: `limit_${index + 1}`, full: `full_${index + 1}`, period: `period_${index + 1}` },
  }));
  const overlaps = [...context.overlaps];
  const relations: Relation[] = [
    judged(bulletin, limits, options, context),
    ...overlaps.map(([service, name]) => overlapping(bulletin, service, name, options, context)),
    ...limits.map((limit) => fullPeriods(bulletin, limit, limit, context)),
    flagged(bulletin, limits, options, context),
    ...limits.flatMap((limit, index) => {
      const crowded = `asking_${index + 1}`;
      return [
        asking(bulletin, crowded, limit, limits.slice(0, index), options),
        ...takingTurns(bulletin, context.dialect, limit, {
          ...{ name: limit.name, crowded, by: [limit.period], key, tie },
        }),
      ];
    }),
  ];
  const taken = [...limits.toReversed().map(({ name }) => `${name}.taken`), "f.units"];
  const crossed = limits.flatMap((limit) => {
    const { name } = limit;
    const columns = crossingColumns(limit).map(identifier);
    const type = limit.limit.units < 32_768 ? "smallint" : "integer";
    return ["before", "asked", "taken"].map(
      (what, place) =>
        `CAST(CASE WHEN ${name}.taken < ${name}.asked THEN ${name}.${what} END AS ${type}) AS ${columns[place]}`,
    );
  });
  const joins = limits.map(({ name }) => `\nLEFT JOIN ${name} ON ${name}.${key} = f.${key}`);
  const along = [...overlaps.flatMap(([, name]) => overlapColumns(name)), ...carry].map(
    (column) => `f.${column}, `,
  );
  return `${withRelations(relations)}
SELECT * EXCLUDE (passes), ${outcomeSql("TRUE", "passes", "units_payable", "units")} AS outcome
FROM (
  SELECT f.${key}, f.passes, f.units,
    ${along.join("")}CASE WHEN f.passes THEN CAST(COALESCE(${taken.join(", ")}) AS smallint) ELSE 0 END AS units_payable${crossed.map((c) => `,\n    ${c}`).join("")}
  FROM flagged AS f${joins.join("")}
) AS settled
WHERE passes IS NOT TRUE OR units_payable < units
`;
}

interface CountedLimit extends LimitClause {
  readonly name: string;
  /** The relation of its periods in which more is billed than it allows. */
  readonly full: string;
  /** The column that numbers those. */
  readonly period: string;
}

/** Rules that are asked together with what overlaps, once that is known. */
function looksForOverlaps({ condition, when }: ConditionRule): boolean {
  return overlapServices(when === null ? [condition] : [condition, when]).length > 0;
}

/**
 * The lines that the bulletin is for, read once and kept in narrow columns for all that follows: whether they
 * pass every must that needs no other line, and the facts that are asked for later.
 */
function judged(
  bulletin: Bulletin,
  limits: readonly CountedLimit[],
  { facts, key, carry, narrow, tie }: AuditSqlOptions,
  context: SqlContext,
): Relation {
  const { dated } = SUBJECTS[bulletin.about];
  const musts = conditionRules(bulletin).filter(({ kind }) => kind === "must");
  const alone = musts.filter((rule) => !looksForOverlaps(rule));
  const later = [
    ...musts.filter(looksForOverlaps).flatMap(({ condition, when }) => [condition, when]),
    ...limits.map(({ when }) => when),
  ].filter((condition) => condition !== null);
  const apart = limits.length === 0 ? [] : ["agency_id", "program"];
  const asked = new Set(columnsAsked(later, context));
  const needed = new Set([
    ...["consumer_id", dated, "start_time", "end_time", tie, ...carry, ...apart, ...asked],
  ]);
  for (const written of [key, "units"]) needed.delete(written);
  const columns = [...needed].map((fact) => {
    const type = asked.has(fact) ? undefined : narrow[fact];
    return type === undefined ? `l.${fact}` : `CAST(l.${fact} AS ${type}) AS ${fact}`;
  });
  return {
    name: "judged AS MATERIALIZED",
    comment: "lines that the bulletin is for, and the musts that look at no other line",
    sql: `SELECT l.${key}, CAST(l.units AS smallint) AS units, ${columns.join(", ")},
    ${alone.length === 0 ? "TRUE" : alone.map((rule) => ruleSql(rule, context)).join("\n    AND ")} AS passes_alone
  FROM ${relationName(facts)} AS l
  WHERE ${appliesSql(bulletin, context)}`,
  };
}

/** The columns that conditions look at. */
function columnsAsked(
  conditions: readonly Condition[],
  { subject, absent, held }: SqlContext,
): readonly string[] {
  const codes = heldCodes(subject, conditions).map((asked) => held?.get(heldKey(asked)));
  const facts = conditions
    .flatMap((condition) => [...everyCondition(condition)])
    .flatMap((part) => ("fact" in part ? [part.fact] : []))
    .filter((fact) => !absent.has(fact) && getFact(subject, fact).kind !== "held-codes");
  return [...facts, ...codes.filter((column) => column !== undefined)];
}

/**
 * Lines with others of the service on the day that overlap them or may, and the ids of those, as said: of the
 * ones that overlap, where there are any. Lines without are left out.
 */
function overlapping(
  bulletin: Bulletin,
  service: string,
  name: string,
  { lines, key }: AuditSqlOptions,
  context: SqlContext,
): Relation {
  const { usable, shares } = overlapTests(context);
  const ids = "LIST(line_id ORDER BY line_id)";
  return {
    name: `${name} AS MATERIALIZED`,
    comment: "lines with others of the service on the day that overlap them or may",
    sql: `SELECT ${key}, CASE WHEN BOOL_OR(usable) THEN FALSE END AS holds,
  said_with_and(COALESCE(${ids} FILTER (usable), ${ids})) AS others
FROM (
  SELECT l.${key}, o.line_id, COALESCE(${usable}, FALSE) AS usable, ${shares} AS shares
  ${overlapPairs(bulletin, service, "judged", relationName(lines), context)}
) AS pairs
WHERE NOT usable OR shares
GROUP BY ${key}`,
  };
}

/**
 * Periods in which more is billed than the limit allows, by lines that may pass: whatever lies outside them is
 * payable as far as the limit goes.
 */
function fullPeriods(
  bulletin: Bulletin,
  limit: LimitClause,
  { full }: CountedLimit,
  context: SqlContext,
): Relation {
  const shares = allowance(bulletin, limit, "l");
  // What hangs on overlaps is not known yet; to count more lines finds more periods, and exactness costs nothing.
  const counted =
    limit.when && overlapServices([limit.when]).length === 0
      ? ` AND ${conditionSql(limit.when, context)}`
      : "";
  return {
    name: full,
    comment: `${sayLimit(limit)}: periods in which more is billed`,
    sql: `SELECT ${shares.map(({ sql }, index) => `${sql} AS share_${index}`).join(", ")}, ROW_NUMBER() OVER () AS period
FROM judged AS l
WHERE l.passes_alone${counted}
GROUP BY ${shares.map(({ sql }) => sql).join(", ")}
HAVING SUM(l.units) > ${limit.limit.units}`,
  };
}

/** Lines that don't pass, and those of full periods; others need no further look. */
function flagged(
  bulletin: Bulletin,
  limits: readonly CountedLimit[],
  { key, carry, tie }: AuditSqlOptions,
  context: SqlContext,
): Relation {
  const { dated } = SUBJECTS[bulletin.about];
  const overlaps = [...context.overlaps.values()];
  const musts = conditionRules(bulletin)
    .filter((rule) => rule.kind === "must" && looksForOverlaps(rule))
    .map((rule) => ` AND ${ruleSql(rule, context)}`);
  const periods = limits.map((limit) => {
    const same = allowance(bulletin, limit, "l").map(({ sql, mayMiss }, index) => {
      const share = `${limit.full}.share_${index}`;
      return mayMiss ? `${share} IS NOT DISTINCT FROM ${sql}` : `${share} = ${sql}`;
    });
    return `\n  LEFT JOIN ${limit.full} ON ${same.join(" AND ")}`;
  });
  const numbers = limits.map(({ full, period, when }) =>
    when
      ? `, CASE WHEN ${conditionSql(when, context)} THEN ${full}.period END AS ${period}`
      : `, ${full}.period AS ${period}`,
  );
  const crowded = limits.map(({ period }) => ` OR ${period} IS NOT NULL`);
  const needed = [...new Set([dated, "start_time", tie, ...carry])].filter(
    (column) => column !== key,
  );
  const joins = overlaps.map((name) => `\n  LEFT JOIN ${name} ON ${name}.${key} = l.${key}`);
  const others = overlaps.map((name) => {
    const [holds, ids] = overlapColumns(name);
    return `, ${name}.holds AS ${holds}, ${name}.others AS ${ids}`;
  });
  return {
    name: "flagged AS MATERIALIZED",
    comment:
      "lines that don't pass every must (false, or null where it is unknown), or of full periods",
    sql: `SELECT *
FROM (
  SELECT l.${key}, ${[...needed, "units"].map((fact) => `l.${fact}`).join(", ")}${others.join("")}${numbers.join("")},
    l.passes_alone${musts.join("\n    ")} AS passes
  FROM judged AS l${joins.join("")}${periods.join("")}
) AS truths
WHERE passes IS NOT TRUE${crowded.join("")}`,
  };
}

/** Eligible lines of full periods, and what the limits before this one left of their units. */
function asking(
  bulletin: Bulletin,
  name: string,
  { period, ...limit }: CountedLimit,
  before: readonly CountedLimit[],
  { key, tie }: AuditSqlOptions,
): Relation {
  const { dated } = SUBJECTS[bulletin.about];
  const left = [...before.toReversed().map((one) => `${one.name}.taken`), "f.units"].join(", ");
  const joins = before.map((one) => `\nLEFT JOIN ${one.name} ON ${one.name}.${key} = f.${key}`);
  return {
    name,
    comment: `${sayLimit(limit)}: the lines that ask for units of a full period`,
    sql: `SELECT f.${key}${tie === key ? "" : `, f.${tie}`}, f.${dated}, f.start_time, f.${period}, COALESCE(${left}) AS asked
FROM flagged AS f${joins.join("")}
WHERE f.passes AND f.${period} IS NOT NULL AND COALESCE(${left}) > 0`,
  };
}
