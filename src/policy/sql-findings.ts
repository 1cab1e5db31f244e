import { type Bulletin, limitsOf } from "./bulletin.ts";
import { auditContext, crossingColumns } from "./sql-audit.ts";
import { identifier, literal } from "./sql-dialect.ts";
import { explainConditionSql, explainLimitSql } from "./sql-explain.ts";
import { conditionRules, relationName, ruleSql, verdictColumn } from "./sql-judged.ts";

/**
 * What an audit finds, for DuckDB: one row a line and clause that is not met, with bulletin, clause,
 * verdict and explanation. `exceptions` is the relation that `toAuditSql` gave over the lines of
 * `facts`, and its tables of overlaps are as they were. Warnings (`should`) are no findings. Needs
 * `EXPLAIN_MACROS`.
 */
export function toFindingsSql(
  bulletin: Bulletin,
  options: { readonly facts: string; readonly exceptions: string; readonly key: string },
): string {
  const { key } = options;
  const context = auditContext(bulletin, key);
  const text = (value: string) => literal(context.dialect, value);
  const rules = conditionRules(bulletin).filter(({ kind }) => kind === "must");
  const limits = limitsOf(bulletin);
  if (rules.length + limits.length === 0) return NOTHING;
  const found = (when: string, clause: string, verdict: string, explanation: string) =>
    `CASE WHEN ${when} THEN {clause: ${text(clause)}, verdict: ${verdict}, explanation: ${explanation}} END`;

  const musts = rules.map((rule) => {
    const truth = `l.${identifier(verdictColumn(rule))}`;
    const because = (come: false | null) =>
      explainConditionSql(bulletin, rule.condition, come, context);
    return found(
      `${truth} IS NOT TRUE`,
      rule.clause,
      `CASE WHEN ${truth} IS NULL THEN 'unknown' ELSE 'breached' END`,
      `CASE WHEN ${truth} IS NULL THEN ${because(null)} ELSE ${because(false)} END`,
    );
  });
  const crossed = limits.map((limit) => {
    const column = verdictColumn({ clause: limit.clause, kind: "limit" });
    const asked = `l.${identifier(crossingColumns(limit)[1] ?? "")}`;
    const said = explainLimitSql(bulletin, limit, column);
    return found(`${asked} IS NOT NULL`, limit.clause, "'breached'", said);
  });
  const truths = rules.map(
    (rule) => `${ruleSql(rule, context)} AS ${identifier(verdictColumn(rule))}`,
  );
  const crossings = limits.flatMap((limit) =>
    crossingColumns(limit).map((column) => `j.${identifier(column)}`),
  );
  // Each overlap's row goes along as one column of its name, so that sentences find the ids in it.
  const overlaps = [...context.overlaps.values()];
  const columns = ["l.*", ...overlaps, ...truths, ...crossings];
  const joins = overlaps.map((name) => `\n  LEFT JOIN ${name} ON ${name}.${key} = l.${key}`);
  return `SELECT line_id, ${text(bulletin.number)} AS bulletin, found.clause AS clause,
  found.verdict AS verdict, found.explanation AS explanation
FROM (
SELECT l.line_id, unnest([
${[...musts, ...crossed].join(",\n")}
]) AS found
FROM (
  SELECT ${columns.join(",\n    ")}
  FROM ${relationName(options.facts)} AS l
  JOIN ${relationName(options.exceptions)} AS j ON j.${key} = l.${key}${joins.join("")}
) AS l
) AS asked
WHERE found IS NOT NULL`;
}

const NOTHING =
  "SELECT '' AS line_id, '' AS bulletin, '' AS clause, '' AS verdict, '' AS explanation WHERE FALSE";
