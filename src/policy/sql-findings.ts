import { type Bulletin, limitsOf } from "./bulletin.ts";
import { conditionSql, overlapServices, type SqlContext } from "./sql-condition.ts";
import { identifier, literal } from "./sql-dialect.ts";
import { explainConditionSql, explainLimitSql } from "./sql-explain.ts";
import {
  conditionRules,
  contextOf,
  overlapPairs,
  overlapTests,
  relationName,
  type SqlOptions,
  verdictColumn,
  withRelations,
} from "./sql-judged.ts";
import type { Relation } from "./sql-limit.ts";

/**
 * What an audit finds, for DuckDB: one row a line and clause that is not met, with bulletin, clause,
 * verdict and explanation. `judged` is the relation that `toAuditSql` gave over the same lines. Warnings
 * (`should`) are no findings. Needs `EXPLAIN_MACROS`.
 */
export function toFindingsSql(
  bulletin: Bulletin,
  options: SqlOptions & { readonly judged: string },
): string {
  const context = contextOf(bulletin, "duckdb", options);
  const { key = "line_id" } = options;
  const lines = relationName(options.lines);
  const judged = relationName(options.judged);
  const rules = conditionRules(bulletin).filter(({ kind }) => kind === "must");
  const limits = limitsOf(bulletin);
  if (rules.length + limits.length === 0) return NOTHING;
  const flags = [
    ...rules.map((rule) => ({ column: verdictColumn(rule), unmet: "IS NOT TRUE" })),
    ...limits.map(({ clause }) => ({
      column: verdictColumn({ clause, kind: "limit" }),
      unmet: "IS FALSE",
    })),
  ];
  const found: Relation = {
    name: "found AS MATERIALIZED",
    comment: "lines with a clause that is not met, and their facts",
    sql: `SELECT l.*, j.* EXCLUDE (${[...new Set([key, "line_id", "units"])].map(identifier).join(", ")})
FROM ${judged} AS j JOIN ${lines} AS l ON l.${key} = j.${key}
WHERE j.applies AND (${flags.map(({ column, unmet }) => `j.${identifier(column)} ${unmet}`).join(" OR ")})`,
  };
  const conditions = rules.flatMap(({ condition, when }) =>
    when ? [condition, when] : [condition],
  );
  const overlaps = overlapServices(conditions).map((service) =>
    overlapIds(
      bulletin,
      { service, name: context.overlaps.get(service) ?? "", lines, key },
      context,
    ),
  );
  const select = (
    clause: string,
    verdict: string,
    explanation: string,
    where: string,
    services: readonly string[],
  ) => {
    const joins = services
      .map((service) => context.overlaps.get(service))
      .map((name) => `\nLEFT JOIN ${name} ON ${name}.${key} = l.${key}`);
    return `SELECT l.line_id, ${literal(context.dialect, bulletin.number)} AS bulletin,
  ${literal(context.dialect, clause)} AS clause, ${verdict} AS verdict, ${explanation} AS explanation
FROM found AS l${joins.join("")}
WHERE ${where}`;
  };

  const musts = rules.map((rule) => {
    const truth = `l.${identifier(verdictColumn(rule))}`;
    const because = (come: false | null) =>
      explainConditionSql(bulletin, rule.condition, come, context);
    // Where nobody can tell whether the clause is asked, that is what is missing.
    const open =
      rule.when &&
      `WHEN ${conditionSql(rule.when, context)} IS NULL THEN ${explainConditionSql(bulletin, rule.when, null, context)} `;
    return select(
      rule.clause,
      `CASE WHEN ${truth} IS NULL THEN 'unknown' ELSE 'breached' END`,
      `CASE ${open ?? ""}WHEN ${truth} IS NULL THEN ${because(null)} ELSE ${because(false)} END`,
      `${truth} IS NOT TRUE`,
      overlapServices([rule.condition, ...(rule.when ? [rule.when] : [])]),
    );
  });
  const crossed = limits.map((limit) => {
    const column = verdictColumn({ clause: limit.clause, kind: "limit" });
    const said = explainLimitSql(bulletin, limit, column);
    return select(limit.clause, "'breached'", said, `l.${identifier(column)} IS FALSE`, []);
  });
  return `${withRelations([found, ...overlaps])}\n${[...musts, ...crossed].join("\nUNION ALL\n")}`;
}

const NOTHING =
  "SELECT '' AS line_id, '' AS bulletin, '' AS clause, '' AS verdict, '' AS explanation WHERE FALSE";

/** The ids that an overlap's sentence names, by bytes, so that the order of rows changes nothing. */
function overlapIds(
  bulletin: Bulletin,
  { service, name, lines, key }: Record<"service" | "name" | "lines" | "key", string>,
  context: SqlContext,
): Relation {
  const { usable, shares } = overlapTests(context);
  const ids = "LIST(o.line_id ORDER BY o.line_id)";
  return {
    name: `${name} AS MATERIALIZED`,
    comment: "lines with others of the service on the day: which of them overlap",
    sql: `SELECT *, CASE WHEN len(overlapping) > 0 THEN FALSE WHEN undecided IS NULL THEN TRUE END AS holds
FROM (
  SELECT l.${key}, ${ids} FILTER (${usable} AND ${shares}) AS overlapping,
    ${ids} FILTER (NOT COALESCE(${usable}, FALSE)) AS undecided
  ${overlapPairs(bulletin, service, "found", lines, context)}
  GROUP BY l.${key}
) AS others`,
  };
}
