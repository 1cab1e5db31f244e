import { type Bulletin, type LimitClause, limitsOf } from "./bulletin.ts";
import { SUBJECTS } from "./facts.ts";
import { conditionSql, heldCodes, heldKey, type SqlContext } from "./sql-condition.ts";
import { identifier } from "./sql-dialect.ts";
import {
  appliesSql,
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

/**
 * A bulletin for the audit of many lines, in DuckDB. It says what `toSql` says, but keeps exceptions only:
 * a line that is not among them is payable in full if the bulletin applies to it. So each line is read
 * straight from its file, a few columns at a time, and no table is as long as the file.
 */
export interface AuditSql {
  /** For each service that rules look for overlaps with: a table, and what fills it from the lines. */
  readonly overlaps: readonly { readonly create: string; readonly fill: string }[];
  /** A SELECT of the exceptions; the tables of overlaps must have been filled from the same lines. */
  readonly exceptions: string;
}

export interface AuditSqlOptions {
  /** The relation of lines, with `key` and the facts but for held codes. */
  readonly lines: string;
  /** The same with held codes, and a column for each of `heldColumns`. */
  readonly facts: string;
  /** A number that tells lines apart. */
  readonly key: string;
  /** A column that rises as the ids of lines do; a number is sorted faster than an id. */
  readonly tie: string;
  /** Facts that the exceptions are to have beside what is said of them. */
  readonly carry: readonly string[];
  /** Before the names of the tables of overlaps, to keep two bulletins' apart. */
  readonly prefix: string;
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
  { key, prefix }: Pick<AuditSqlOptions, "key" | "prefix">,
): SqlContext {
  const context = contextOf(bulletin, "duckdb", { lines: "l", key });
  return {
    ...context,
    overlaps: new Map(
      [...context.overlaps].map(([service, name]) => [service, `${prefix}${name}`]),
    ),
    held: new Map(heldColumns(bulletin).map((held) => [heldKey(held), held.column])),
  };
}

/** Whether the bulletin applies to a line `l` of an audit. */
export function auditAppliesSql(bulletin: Bulletin): string {
  return appliesSql(bulletin, auditContext(bulletin, { key: "line_id", prefix: "" }));
}

/** The columns of a limit that a line crossed: what lines before it took, what it asked and what it got. */
export function crossingColumns({ clause }: LimitClause): readonly string[] {
  const column = verdictColumn({ clause, kind: "limit" });
  return ["before", "asked", "taken"].map((what) => `${column}_${what}`);
}

/**
 * The exceptions have the key, what is to be carried, outcome, units and units_payable, and for each limit its
 * `crossingColumns`, null where the line does not cross it. `applies` keeps out the other lines.
 */
export function toAuditSql(bulletin: Bulletin, options: AuditSqlOptions): AuditSql {
  const { key, carry, tie } = options;
  const context = auditContext(bulletin, options);
  const limits = limitsOf(bulletin).map((limit, index) => ({
    ...limit,
    ...{ name: `limit_${index + 1}`, full: `full_${index + 1}`, period: `period_${index + 1}` },
  }));
  const relations: Relation[] = [
    ...limits.map((limit) => fullPeriods(bulletin, limit, limit, options, context)),
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
    return ["before", "asked", "taken"].map(
      (what, place) =>
        `CAST(CASE WHEN ${name}.taken < ${name}.asked THEN ${name}.${what} END AS integer) AS ${columns[place]}`,
    );
  });
  const joins = limits.map(({ name }) => `\nLEFT JOIN ${name} ON ${name}.${key} = f.${key}`);
  return {
    overlaps: [...context.overlaps].map(([service, name]) =>
      overlapTable(bulletin, service, name, options, context),
    ),
    exceptions: `${withRelations(relations)}
SELECT * EXCLUDE (passes), ${outcomeSql("TRUE", "passes", "units_payable", "units")} AS outcome
FROM (
  SELECT f.${key}, f.passes, f.units,
    ${carry.map((fact) => `f.${fact}, `).join("")}CASE WHEN f.passes THEN CAST(COALESCE(${taken.join(", ")}) AS integer) ELSE 0 END AS units_payable${crossed.map((c) => `,\n    ${c}`).join("")}
  FROM flagged AS f${joins.join("")}
) AS settled
WHERE passes IS NOT TRUE OR units_payable < units
`,
  };
}

interface CountedLimit extends LimitClause {
  readonly name: string;
  /** The relation of its periods in which more is billed than it allows. */
  readonly full: string;
  /** The column that numbers those. */
  readonly period: string;
}

/** Lines with others of the service on the day that overlap them or may: those that don't are left out. */
function overlapTable(
  bulletin: Bulletin,
  service: string,
  name: string,
  { lines, key }: AuditSqlOptions,
  context: SqlContext,
) {
  const { usable, shares } = overlapTests(context);
  const ids = "LIST(line_id ORDER BY line_id)";
  return {
    create: `CREATE OR REPLACE TEMP TABLE ${name} (${key} bigint, holds boolean, overlapping text[], undecided text[])`,
    fill: `INSERT INTO ${name}
SELECT ${key}, CASE WHEN BOOL_OR(usable) THEN FALSE END AS holds,
  ${ids} FILTER (usable) AS overlapping, ${ids} FILTER (NOT usable) AS undecided
FROM (
  SELECT l.${key}, o.line_id, COALESCE(${usable}, FALSE) AS usable, ${shares} AS shares
  ${overlapPairs(bulletin, service, relationName(lines), relationName(lines), context)}
) AS pairs
WHERE NOT usable OR shares
GROUP BY ${key}`,
  };
}

/**
 * Periods in which more is billed than the limit allows, counting lines that will not pass: whatever lies
 * outside them is payable as far as the limit goes.
 */
function fullPeriods(
  bulletin: Bulletin,
  limit: LimitClause,
  { full }: CountedLimit,
  { lines }: AuditSqlOptions,
  context: SqlContext,
): Relation {
  const shares = allowance(bulletin, limit, "l");
  return {
    name: full,
    comment: `${sayLimit(limit)}: periods in which more is billed`,
    sql: `SELECT ${shares.map(({ sql }, index) => `${sql} AS share_${index}`).join(", ")}, ROW_NUMBER() OVER () AS period
FROM ${relationName(lines)} AS l
WHERE ${appliesSql(bulletin, context)}${limit.when ? ` AND ${conditionSql(limit.when, context)}` : ""}
GROUP BY ${shares.map(({ sql }) => sql).join(", ")}
HAVING SUM(l.units) > ${limit.limit.units}`,
  };
}

/** Lines that don't pass, and those of full periods; others need no further look. */
function flagged(
  bulletin: Bulletin,
  limits: readonly CountedLimit[],
  { facts, key, carry, tie }: AuditSqlOptions,
  context: SqlContext,
): Relation {
  const { dated } = SUBJECTS[bulletin.about];
  const musts = conditionRules(bulletin)
    .filter(({ kind }) => kind === "must")
    .map((rule) => ruleSql(rule, context));
  const overlaps = [...context.overlaps.values()].map(
    (name) => `\n  LEFT JOIN ${name} ON ${name}.${key} = l.${key}`,
  );
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
  return {
    name: "flagged AS MATERIALIZED",
    comment:
      "lines that don't pass every must (false, or null where it is unknown), or of full periods",
    sql: `SELECT ${key}, units, passes, ${needed.join(", ")}${limits.map(({ period }) => `, ${period}`).join("")}
FROM (
  SELECT l.${key}, ${needed.map((fact) => `l.${fact}`).join(", ")}, l.units${numbers.join("")},
    ${musts.length === 0 ? "TRUE" : musts.join("\n    AND ")} AS passes
  FROM ${relationName(facts)} AS l${overlaps.join("")}${periods.join("")}
  WHERE ${appliesSql(bulletin, context)}
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
