import { type Bulletin, type Rule, rulesOf } from "./bulletin.ts";
import { type Dialect, identifier } from "./sql-dialect.ts";
import {
  askedColumn,
  askedSql,
  type Judged,
  judgedRelations,
  payableSql,
  type SqlOptions,
  verdictColumn,
  withRelations,
} from "./sql-judged.ts";

/**
 * The bulletin as one SELECT over all lines of a relation: line_id, outcome, units_billed,
 * units_payable, and for each rule a column with its verdict (`verdictColumn`). It says what `judge`
 * says; a property test holds them to each other. Rows come in no order.
 */
export function toSql(
  bulletin: Bulletin,
  dialectName: Dialect["name"],
  options: SqlOptions,
): string {
  const judged = judgedRelations(bulletin, dialectName, options);
  const verdicts = rulesOf(bulletin).map(
    (rule) => `${verdict(judged, rule)} AS ${identifier(verdictColumn(rule))}`,
  );
  return `${withRelations(judged.relations)}
SELECT line_id, ${outcomeSql("applies", "passes", "payable", "units")} AS outcome,
  CAST(units AS integer) AS units_billed,
  CAST(payable AS integer) AS units_payable${columns(rulesOf(bulletin))}
FROM (
  SELECT f.line_id, f.applies, f.passes, f.units,
    ${payableSql(judged)} AS payable${verdicts.map((v) => `,\n    ${v}`).join("")}
  FROM flagged AS f${judged.limitJoins}
) AS settled
`;
}

/** What becomes of a line, from SQL expressions. */
export function outcomeSql(
  applies: string,
  passes: string,
  payable: string,
  units: string,
): string {
  return `CASE
    WHEN NOT ${applies} THEN 'not-applicable'
    WHEN ${passes} IS NULL THEN 'pended'
    WHEN NOT ${passes} OR (${payable} = 0 AND ${units} > 0) THEN 'denied'
    WHEN ${payable} < ${units} THEN 'reduced'
    ELSE 'payable'
  END`;
}

function columns(rules: readonly Rule[]): string {
  return rules.map((rule) => `,\n  ${identifier(verdictColumn(rule))}`).join("");
}

function verdict(judged: Judged, rule: Rule): string {
  const limit = judged.limits.find(({ clause }) => rule.kind === "limit" && clause === rule.clause);
  if (limit !== undefined) {
    const { name } = limit;
    return `CASE WHEN NOT ${askedSql(judged, limit)} THEN 'not-applicable' WHEN COALESCE(${name}.taken = ${name}.asked, TRUE) THEN 'met' ELSE 'breached' END`;
  }
  const truth = `f.${identifier(verdictColumn(rule))}`;
  const asked = judged.asked.has(rule.clause)
    ? `f.applies AND ${askedColumn(rule.clause)} IS NOT FALSE`
    : "f.applies";
  return `CASE WHEN NOT (${asked}) THEN 'not-applicable' WHEN ${truth} THEN 'met' WHEN NOT ${truth} THEN 'breached' ELSE 'unknown' END`;
}
