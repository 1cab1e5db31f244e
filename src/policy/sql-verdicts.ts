import { type Bulletin, rulesOf } from "./bulletin.ts";
import { DIALECTS, type Dialect, identifier, literal } from "./sql-dialect.ts";
import { type SqlOptions, verdictColumn } from "./sql-judged.ts";
import { toSql } from "./to-sql.ts";

/**
 * What bulletins say of the lines of a relation that they are for, as one SELECT with a row for each
 * line and rule: line_id, bulletin, clause, kind, place (the rule's in its bulletin) and verdict. It may
 * stand where a relation does. Null when there is no rule to ask.
 */
export function toVerdictsSql(
  bulletins: readonly Bulletin[],
  dialectName: Dialect["name"],
  options: SqlOptions,
): string | null {
  const text = (value: string) => literal(DIALECTS[dialectName], value);
  const arms = bulletins.flatMap((bulletin) => {
    const rules = rulesOf(bulletin).map(
      (rule, place) =>
        `(${place}, ${text(rule.clause)}, ${text(rule.kind)}, j.${identifier(verdictColumn(rule))})`,
    );
    if (rules.length === 0) return [];
    return [
      `SELECT j.line_id, ${text(bulletin.number)} AS bulletin, v.clause, v.kind, v.place, v.verdict
FROM (
${toSql(bulletin, dialectName, options)}
) AS j CROSS JOIN LATERAL (VALUES ${rules.join(", ")}) AS v (place, clause, kind, verdict)
WHERE j.outcome <> 'not-applicable'`,
    ];
  });
  return arms.length === 0 ? null : arms.join("\nUNION ALL\n");
}
