import { type Bulletin, limitsOf } from "./bulletin.ts";
import type { SqlContext } from "./sql-condition.ts";
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
  const unmet = conditionRules(bulletin)
    .filter(({ kind }) => kind === "must")
    .map((rule) => `j.${identifier(verdictColumn(rule))} IS NOT TRUE`);
  const found = `(SELECT j.${key} FROM ${judged} AS j WHERE j.applies AND (${unmet.join(" OR ")}))`;
  // With no must that asks for them, nobody reads them.
  const overlaps =
    unmet.length === 0
      ? []
      : [...context.overlaps].map(([service, name]) =>
          overlapIds(bulletin, { service, name, lines, key, found }, context),
        );
  const joins =
    overlaps.length === 0
      ? []
      : [...context.overlaps.values()].map(
          (name) => `\nLEFT JOIN ${name} ON ${name}.${key} = l.${key}`,
        );
  const select = (clause: string, verdict: string, explanation: string, where: string) =>
    `SELECT l.line_id, ${literal(context.dialect, bulletin.number)} AS bulletin,
  ${literal(context.dialect, clause)} AS clause, ${verdict} AS verdict, ${explanation} AS explanation
FROM ${judged} AS j JOIN ${lines} AS l ON l.${key} = j.${key}${joins.join("")}
WHERE j.applies AND ${where}`;

  const musts = conditionRules(bulletin)
    .filter(({ kind }) => kind === "must")
    .map((rule) => {
      const truth = `j.${identifier(verdictColumn(rule))}`;
      const because = (come: false | null) =>
        explainConditionSql(bulletin, rule.condition, come, context);
      return select(
        rule.clause,
        `CASE WHEN ${truth} IS NULL THEN 'unknown' ELSE 'breached' END`,
        `CASE WHEN ${truth} IS NULL THEN ${because(null)} ELSE ${because(false)} END`,
        `${truth} IS NOT TRUE`,
      );
    });
  const limits = limitsOf(bulletin).map((limit) => {
    const column = verdictColumn({ clause: limit.clause, kind: "limit" });
    const said = explainLimitSql(bulletin, limit, column);
    return select(limit.clause, "'breached'", said, `j.${identifier(column)} IS FALSE`);
  });
  const selects = [...musts, ...limits];
  if (selects.length === 0) {
    const nothing = ["line_id", "bulletin", "clause", "verdict", "explanation"];
    return `SELECT ${nothing.map((name) => `'' AS ${name}`).join(", ")} WHERE FALSE`;
  }
  const relations = overlaps.length === 0 ? "" : `${withRelations(overlaps)}\n`;
  return `${relations}${selects.join("\nUNION ALL\n")}`;
}

/** The ids that an overlap's sentence names, by bytes, so that the order of rows changes nothing. */
function overlapIds(
  bulletin: Bulletin,
  {
    service,
    name,
    lines,
    key,
    found,
  }: Record<"service" | "name" | "lines" | "key" | "found", string>,
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
  ${overlapPairs(bulletin, service, lines, context)} AND l.${key} IN ${found}
  GROUP BY l.${key}
) AS others`,
  };
}
