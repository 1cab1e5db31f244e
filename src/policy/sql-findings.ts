import { type Bulletin, limitsOf } from "./bulletin.ts";
import { auditContext, crossingColumns, overlapColumns } from "./sql-audit.ts";
import { conditionSql } from "./sql-condition.ts";
import { identifier, literal } from "./sql-dialect.ts";
import { explainConditionSql, explainLimitSql } from "./sql-explain.ts";
import { conditionRules, relationName, ruleSql, verdictColumn } from "./sql-judged.ts";

/**
 * What an audit finds, for DuckDB: one row a line and clause that is not met, with bulletin, clause,
 * verdict and explanation. `facts` has the exceptions that `toAuditSql` gave, with their facts beside what
 * it said. Warnings (`should`) are no findings. Needs `EXPLAIN_MACROS`.
 */
export function toFindingsSql(
  bulletin: Bulletin,
  options: { readonly facts: string; readonly key: string },
): string {
  const context = auditContext(bulletin, options);
  const text = (value: string) => literal(context.dialect, value);
  const rules = conditionRules(bulletin).filter(({ kind }) => kind === "must");
  const limits = limitsOf(bulletin);
  if (rules.length + limits.length === 0) return NOTHING;
  const musts = rules.map((rule) => {
    const truth = `l.${identifier(verdictColumn(rule))}`;
    const because = (come: false | null) =>
      explainConditionSql(bulletin, rule.condition, come, context);
    // Where nobody can tell whether the clause is asked, that is what is missing.
    const open =
      rule.when &&
      `WHEN ${conditionSql(rule.when, context)} IS NULL THEN ${explainConditionSql(bulletin, rule.when, null, context)} `;
    return {
      clause: rule.clause,
      when: `${truth} IS NOT TRUE`,
      unknown: `${truth} IS NULL`,
      explanation: `CASE ${open ?? ""}WHEN ${truth} IS NULL THEN ${because(null)} ELSE ${because(false)} END`,
    };
  });
  const crossed = limits.map((limit) => ({
    clause: limit.clause,
    when: `l.${identifier(crossingColumns(limit)[1] ?? "")} IS NOT NULL`,
    unknown: null,
    explanation: explainLimitSql(bulletin, limit, verdictColumn({ ...limit, kind: "limit" })),
  }));
  const found = [...musts, ...crossed];
  const truths = rules.map(
    (rule) => `${ruleSql(rule, context)} AS ${identifier(verdictColumn(rule))}`,
  );
  // What is known of overlaps, under the name that conditions and sentences look for it.
  const overlaps = [...context.overlaps.values()].map((name) => {
    const [holds, others] = overlapColumns(name);
    return `{'${options.key}': l.${others}, 'holds': l.${holds}, 'others': l.${others}} AS ${name}`;
  });
  const columns = ["l.*", ...truths];
  // A few constants are one byte a row as an enumeration; files get their texts.
  const oneOf = (values: readonly string[]) =>
    `ENUM (${[...new Set(values)].map(text).join(", ")})`;
  const clauses = oneOf(found.map(({ clause }) => clause));
  const verdicts = oneOf(["breached", "unknown"]);
  const by = (said: (one: (typeof found)[number]) => string) =>
    `CASE l.place${found.map((one, place) => ` WHEN ${place} THEN ${said(one)}`).join("")} END`;
  const undecided = found.flatMap(({ unknown }, place) =>
    unknown === null ? [] : [`l.place = ${place} AND ${unknown}`],
  );
  return `SELECT l.line_id, CAST(${text(bulletin.number)} AS ${oneOf([bulletin.number])}) AS bulletin,
  ${by(({ clause }) => `CAST(${text(clause)} AS ${clauses})`)} AS clause,
  CASE WHEN ${undecided.join(" OR ") || "FALSE"} THEN CAST('unknown' AS ${verdicts}) ELSE CAST('breached' AS ${verdicts}) END AS verdict,
  ${by(({ explanation }) => `\n  ${explanation}`)} AS explanation
FROM (
  SELECT l.*, unnest(${placesSql(found.map(({ when }) => when))}) AS place
  FROM (
    SELECT ${columns.join(",\n      ")}
    FROM (SELECT ${["l.*", ...overlaps].join(", ")} FROM ${relationName(options.facts)} AS l) AS l
  ) AS l
) AS l
WHERE l.place IS NOT NULL`;
}

/** Of so many rules every choice is written out: most lines have one finding, and searching takes long. */
const MOST_CHOICES = 8;

/** A list of the places of those conditions that are true; it may hold nulls. */
function placesSql(conditions: readonly string[]): string {
  if (conditions.length > MOST_CHOICES) {
    return `[${conditions.map((when, place) => `CASE WHEN ${when} THEN ${place} END`).join(", ")}]`;
  }
  const choice = conditions.map((when, place) => `CASE WHEN ${when} THEN ${1 << place} ELSE 0 END`);
  const choices = Array.from({ length: 1 << conditions.length }, (_, bits) => {
    const places = conditions.flatMap((_, place) => (bits & (1 << place) ? [place] : []));
    return `[${places.join(", ")}]`;
  });
  return `[${choices.join(", ")}][1 + ${choice.join(" + ")}]`;
}

const NOTHING =
  "SELECT '' AS line_id, '' AS bulletin, '' AS clause, '' AS verdict, '' AS explanation WHERE FALSE";
