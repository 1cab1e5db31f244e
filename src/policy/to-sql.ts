import { type Bulletin, limitsOf, type Rule, readingOf, rulesOf } from "./bulletin.ts";
import type { Condition } from "./condition.ts";
import { type Fact, SUBJECTS } from "./facts.ts";
import { conditionSql, overlapServices, type SqlContext } from "./sql-condition.ts";
import { DIALECTS, type Dialect, identifier, literal } from "./sql-dialect.ts";
import { limitColumns, limitSql, type Relation } from "./sql-limit.ts";

export interface SqlOptions {
  /** The relation with the subject's facts as columns: `service_line`, or `schema.service_line`. */
  readonly lines: string;
  /** Whether it has columns for what only the agency's own records know. Without, they are unknown. */
  readonly facts?: "files" | "own-records";
}

/** The column in which the SELECT gives a rule's verdict: `must_3.2`, `limit_4.1`. */
export function verdictColumn({ kind, clause }: Rule): string {
  return `${kind}_${clause}`;
}

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
  const dialect = DIALECTS[dialectName];
  const lines = options.lines.split(".").map(identifier).join(".");
  const conditions = conditionRules(bulletin);
  const services = overlapServices(conditions.map(({ condition }) => condition));
  const overlaps = new Map(services.map((service, index) => [service, `overlap_${index + 1}`]));
  const context: SqlContext = {
    subject: bulletin.about,
    dialect,
    reading: (name) => readingOf(bulletin, name),
    alias: "l",
    absent: absentFacts(bulletin, options.facts ?? "files"),
    overlaps,
  };
  const limits = limitsOf(bulletin).map((limit, index) => ({
    ...limit,
    name: `limit_${index + 1}`,
  }));

  const relations: Relation[] = [
    applicable(bulletin, lines, context),
    ...services.map((service) => overlap(service, lines, context)),
    judged(bulletin, conditions, context),
    ...limits.flatMap((limit, index) => {
      const before = limits[index - 1];
      return [
        asking(bulletin, `asking_${index + 1}`, before?.name ?? null),
        ...limitSql(bulletin, dialect, limit, limit.name, `asking_${index + 1}`),
      ];
    }),
    settled(limits.map(({ name }) => name)),
  ];
  const verdicts = rulesOf(bulletin).map((rule) => {
    const limit = limits.find(({ clause }) => rule.kind === "limit" && clause === rule.clause);
    return `${verdict(rule, limit?.name ?? null)} AS ${identifier(verdictColumn(rule))}`;
  });
  return `${withRelations(relations)}
SELECT l.line_id,
  CASE
    WHEN s.line_id IS NULL THEN 'not-applicable'
    WHEN s.passes IS NULL THEN 'pended'
    WHEN NOT s.passes OR s.payable = 0 THEN 'denied'
    WHEN s.payable < l.units THEN 'reduced'
    ELSE 'payable'
  END AS outcome,
  CAST(l.units AS integer) AS units_billed,
  CAST(COALESCE(s.payable, 0) AS integer) AS units_payable${verdicts.map((v) => `,\n  ${v}`).join("")}
FROM ${lines} AS l
LEFT JOIN settled AS s ON s.line_id = l.line_id${limits
    .map(({ name }) => `\nLEFT JOIN ${name} ON ${name}.line_id = l.line_id`)
    .join("")}
`;
}

type ConditionRule = Rule & { readonly condition: Condition };

function conditionRules(bulletin: Bulletin): readonly ConditionRule[] {
  return bulletin.clauses.flatMap((clause) =>
    (["must", "should"] as const).flatMap((kind) => {
      const condition = clause[kind];
      return condition === null ? [] : [{ clause: clause.number, kind, condition }];
    }),
  );
}

function absentFacts(bulletin: Bulletin, known: "files" | "own-records"): ReadonlySet<string> {
  const facts: Readonly<Record<string, Fact>> = SUBJECTS[bulletin.about].facts;
  const absent = Object.keys(facts).filter((name) => facts[name]?.source !== "files");
  return new Set(known === "files" ? absent : []);
}

function applicable(bulletin: Bulletin, lines: string, context: SqlContext): Relation {
  const { from, until } = bulletin.effective;
  const date = `l.${SUBJECTS[bulletin.about].dated}`;
  const day = (on: string) => `DATE ${literal(context.dialect, on)}`;
  const ending = until === null ? "" : ` AND ${date} <= ${day(until)}`;
  return {
    name: "applicable",
    comment: "lines that the bulletin is for, on the days it is in force",
    sql: `SELECT l.* FROM ${lines} AS l
WHERE ${conditionSql(bulletin.applies, context)} AND ${date} >= ${day(from)}${ending}`,
  };
}

/** See NoOverlapWith in condition.ts: one that overlaps decides; else one with unusable times. */
function overlap(service: string, lines: string, context: SqlContext): Relation {
  const { dialect, overlaps, subject } = context;
  const { dated } = SUBJECTS[subject];
  const before = (a: string, b: string) => `${dialect.byBytes(a)} < ${b}`;
  const usable = `${before("l.start_time", "l.end_time")} AND ${before("o.start_time", "o.end_time")}`;
  const shares = `${before("l.start_time", "o.end_time")} AND ${before("o.start_time", "l.end_time")}`;
  return {
    name: overlaps.get(service) ?? "",
    comment: "lines with others of the service on the day: whether none shares a minute",
    sql: `SELECT l.line_id, CASE
  WHEN BOOL_OR(COALESCE(${usable} AND ${shares}, FALSE)) THEN FALSE
  WHEN BOOL_AND(COALESCE(${usable}, FALSE)) THEN TRUE
END AS holds
FROM applicable AS l
JOIN ${lines} AS o ON o.consumer_id = l.consumer_id AND o.${dated} = l.${dated}
  AND o.service = ${literal(dialect, service)} AND o.line_id <> l.line_id
GROUP BY l.line_id`,
  };
}

function judged(
  bulletin: Bulletin,
  rules: readonly ConditionRule[],
  context: SqlContext,
): Relation {
  const verdicts = rules.map(
    (rule) => `${conditionSql(rule.condition, context)} AS ${identifier(verdictColumn(rule))}`,
  );
  const musts = rules
    .filter(({ kind }) => kind === "must")
    .map((rule) => identifier(verdictColumn(rule)));
  const columns = [...limitColumns(bulletin), "units"].map((column) => `l.${column}`).join(", ");
  const joins = [...context.overlaps.values()].map(
    (name) => `\n  LEFT JOIN ${name} ON ${name}.line_id = l.line_id`,
  );
  return {
    name: "judged",
    comment: "each rule true, false or unknown; a line passes when every must is true",
    sql: `SELECT *, ${musts.length === 0 ? "TRUE" : musts.join(" AND ")} AS passes
FROM (
  SELECT ${columns}${verdicts.map((v) => `,\n    ${v}`).join("")}
  FROM applicable AS l${joins.join("")}
) AS truths`,
  };
}

/** A limit sees what the one before it left. */
function asking(bulletin: Bulletin, name: string, before: string | null): Relation {
  const columns = limitColumns(bulletin).join(", ");
  return before === null
    ? {
        name,
        comment: "eligible lines and the units they bill",
        sql: `SELECT ${columns}, units AS asked FROM judged WHERE passes`,
      }
    : {
        name,
        comment: "what the limit before this one left",
        sql: `SELECT ${columns}, taken AS asked FROM ${before} WHERE taken > 0`,
      };
}

function settled(limits: readonly string[]): Relation {
  const taken = [...limits.toReversed().map((name) => `${name}.taken`), "j.units"];
  return {
    name: "settled",
    comment: "units payable: what the last limit that saw the line left of it",
    sql: `SELECT j.*, CASE WHEN j.passes THEN COALESCE(${taken.join(", ")}) ELSE 0 END AS payable
FROM judged AS j${limits.map((name) => `\nLEFT JOIN ${name} ON ${name}.line_id = j.line_id`).join("")}`,
  };
}

function verdict(rule: Rule, limit: string | null): string {
  if (limit !== null) {
    return `CASE WHEN ${limit}.line_id IS NULL THEN 'not-applicable' WHEN ${limit}.taken = ${limit}.asked THEN 'met' ELSE 'breached' END`;
  }
  const truth = `s.${identifier(verdictColumn(rule))}`;
  return `CASE WHEN s.line_id IS NULL THEN 'not-applicable' WHEN ${truth} THEN 'met' WHEN NOT ${truth} THEN 'breached' ELSE 'unknown' END`;
}

function withRelations(relations: readonly Relation[]): string {
  const written = relations.map(({ name, comment, sql }) => {
    const head = name.includes(" AS ") ? name : `${name} AS`;
    // The text is not indented: that would change a literal with a line break in it.
    return `-- ${comment.replaceAll(/\s+/g, " ")}\n${head} (\n${sql}\n)`;
  });
  return `WITH RECURSIVE\n${written.join(",\n")}`;
}
