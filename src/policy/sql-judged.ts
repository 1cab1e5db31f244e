import { type Bulletin, type LimitClause, limitsOf, type Rule, readingOf } from "./bulletin.ts";
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
  /** The column that tells lines apart; a number joins faster than `line_id`, which it is unless said. */
  readonly key?: string;
}

/** A bulletin's limit with the relation that holds what overfull periods left of its lines. */
export interface NamedLimit extends Rule {
  readonly kind: "limit";
  readonly name: string;
}

/** A bulletin as relations, for a SELECT from `flagged AS f` and `limitJoins`. */
export interface Judged {
  readonly relations: readonly Relation[];
  readonly limits: readonly NamedLimit[];
  readonly limitJoins: string;
  /** Clauses that are not asked of every line; whether they are stands in their `askedColumn`. */
  readonly asked: ReadonlySet<string>;
  readonly key: string;
  readonly context: SqlContext;
}

/** The column in which a rule's verdict stands: `must_3.2`, `limit_4.1`. */
export function verdictColumn({ kind, clause }: Rule): string {
  return `${kind}_${clause}`;
}

/** The column of `flagged` with the truth of a clause's `when`. */
export function askedColumn(clause: string): string {
  return identifier(`when_${clause}`);
}

/**
 * Judges in one pass over the lines: `flagged` has every line once, whether the bulletin applies, each
 * rule true, false or unknown, and whether it passes every must. Limits then see eligible lines only.
 */
export function judgedRelations(
  bulletin: Bulletin,
  dialectName: Dialect["name"],
  options: SqlOptions,
): Judged {
  const { key = "line_id" } = options;
  const lines = relationName(options.lines);
  const conditions = conditionRules(bulletin);
  const context = contextOf(bulletin, dialectName, options);
  const limits = limitsOf(bulletin).map((limit, index) => ({
    ...limit,
    ...{ kind: "limit" as const, name: `limit_${index + 1}` },
  }));
  const relations: Relation[] = [
    ...[...context.overlaps.keys()].map((service) =>
      overlap(bulletin, service, lines, context, key),
    ),
    flagged(bulletin, conditions, lines, context, key),
    ...limits.flatMap((limit, index) => {
      const name = `asking_${index + 1}`;
      const before = limits[index - 1]?.name ?? null;
      const counted = limit.when ? `counted_${index + 1}` : name;
      return [
        asking(bulletin, name, `asking_${index}`, before, key),
        ...(limit.when ? [countedBy(limit, counted, name)] : []),
        ...limitSql(bulletin, context.dialect, limit, limit.name, counted, key),
      ];
    }),
  ];
  return {
    ...{ relations, limits, key, context },
    asked: new Set(bulletin.clauses.filter(({ when }) => when).map(({ number }) => number)),
    limitJoins: limits
      .map(({ name }) => `\nLEFT JOIN ${name} ON ${name}.${key} = f.${key}`)
      .join(""),
  };
}

/** Units payable of a line of `flagged`: what the last limit that cut into it left. */
export function payableSql({ limits }: Judged): string {
  const taken = [...limits.toReversed().map(({ name }) => `${name}.taken`), "f.units"];
  return `CASE WHEN f.applies AND f.passes THEN COALESCE(${taken.join(", ")}) ELSE 0 END`;
}

/**
 * Whether a line of `flagged` asked for units of a limit; false when one before it left nothing, or
 * it does not count such lines.
 */
export function askedSql({ limits, asked }: Judged, { name, clause }: NamedLimit): string {
  const before = limits.slice(
    0,
    limits.findIndex((limit) => limit.name === name),
  );
  const left = before.map((limit) => ` AND COALESCE(${limit.name}.taken, 1) > 0`).join("");
  const counted = asked.has(clause) ? ` AND f.${askedColumn(clause)}` : "";
  return `(f.applies AND COALESCE(f.passes, FALSE)${counted}${left})`;
}

/** The relations as a WITH. The text is not indented: that would change a literal with a line break. */
export function withRelations(relations: readonly Relation[]): string {
  const written = relations.map(({ name, comment, sql }) => {
    const head = name.includes(" AS ") ? name : `${name} AS`;
    return `-- ${comment.replaceAll(/\s+/g, " ")}\n${head} (\n${sql}\n)`;
  });
  return `WITH RECURSIVE\n${written.join(",\n")}`;
}

/** A relation's name, quoted; a dot stands between schema and name. */
export function relationName(name: string): string {
  return name.split(".").map(identifier).join(".");
}

export type ConditionRule = Rule & {
  readonly condition: Condition;
  /** The clause's `when`. */
  readonly when: Condition | null;
};

/** The rules that are conditions, in the order of the file. */
export function conditionRules(bulletin: Bulletin): readonly ConditionRule[] {
  return bulletin.clauses.flatMap((clause) =>
    (["must", "should"] as const).flatMap((kind) => {
      const condition = clause[kind];
      const { number, when } = clause;
      return condition === null ? [] : [{ clause: number, kind, condition, when }];
    }),
  );
}

/** Every condition that a line's judgement asks: whether a clause is asked of it, and its rules. */
export function conditionsOf(bulletin: Bulletin): readonly Condition[] {
  return bulletin.clauses
    .flatMap(({ when, must, should }) => [when, must, should])
    .filter((condition) => condition !== null);
}

/**
 * A rule's truth for line `l`: true too where its clause is not asked of the line, and unknown where
 * nobody can tell whether it is.
 */
export function ruleSql({ condition, when }: ConditionRule, context: SqlContext): string {
  const truth = conditionSql(condition, context);
  if (when === null) return truth;
  const asked = conditionSql(when, context);
  return `CASE WHEN ${asked} THEN ${truth} WHEN NOT ${asked} THEN TRUE END`;
}

/** What the conditions of a bulletin are compiled with; the lines' alias is `l`. */
export function contextOf(
  bulletin: Bulletin,
  dialectName: Dialect["name"],
  options: SqlOptions,
): SqlContext {
  const services = overlapServices(conditionsOf(bulletin));
  const facts: Readonly<Record<string, Fact>> = SUBJECTS[bulletin.about].facts;
  const absent = Object.keys(facts).filter((name) => facts[name]?.source !== "files");
  return {
    subject: bulletin.about,
    dialect: DIALECTS[dialectName],
    reading: (name) => readingOf(bulletin, name),
    key: options.key ?? "line_id",
    alias: "l",
    absent: new Set((options.facts ?? "files") === "files" ? absent : []),
    overlaps: new Map(services.map((service, index) => [service, `overlap_${index + 1}`])),
  };
}

/** Whether a line `l` is one that the bulletin is for, on a day it is in force. */
export function appliesSql(bulletin: Bulletin, context: SqlContext): string {
  const { from, until } = bulletin.effective;
  const date = `l.${SUBJECTS[bulletin.about].dated}`;
  const day = (on: string) => `DATE ${literal(context.dialect, on)}`;
  const ending = until === null ? "" : ` AND ${date} <= ${day(until)}`;
  return `${conditionSql(bulletin.applies, context)} AND ${date} >= ${day(from)}${ending}`;
}

/** Whether line `l` and another, `o`, have usable times, and whether they share a minute. */
export function overlapTests({ dialect }: SqlContext): { usable: string; shares: string } {
  const before = (a: string, b: string) => `${dialect.byBytes(a)} < ${b}`;
  return {
    usable: `${before("l.start_time", "l.end_time")} AND ${before("o.start_time", "o.end_time")}`,
    shares: `${before("l.start_time", "o.end_time")} AND ${before("o.start_time", "l.end_time")}`,
  };
}

/** Pairs of a line `l` of `own` and another line `o` of the service on its day. */
export function overlapPairs(
  bulletin: Bulletin,
  service: string,
  own: string,
  lines: string,
  context: SqlContext,
): string {
  const { dated } = SUBJECTS[bulletin.about];
  return `FROM ${own} AS l
JOIN ${lines} AS o ON o.consumer_id = l.consumer_id AND o.${dated} = l.${dated}
  AND o.service = ${literal(context.dialect, service)} AND o.${context.key} <> l.${context.key}`;
}

/** See NoOverlapWith in condition.ts: one that overlaps decides; else one with unusable times. */
function overlap(
  bulletin: Bulletin,
  service: string,
  lines: string,
  context: SqlContext,
  key: string,
): Relation {
  const { usable, shares } = overlapTests(context);
  return {
    name: context.overlaps.get(service) ?? "",
    comment: "lines with others of the service on the day: whether none shares a minute",
    sql: `SELECT l.${key}, CASE
  WHEN BOOL_OR(COALESCE(${usable} AND ${shares}, FALSE)) THEN FALSE
  WHEN BOOL_AND(COALESCE(${usable}, FALSE)) THEN TRUE
END AS holds
${overlapPairs(bulletin, service, lines, lines, context)}
WHERE ${appliesSql(bulletin, context)}
GROUP BY l.${key}`,
  };
}

function flagged(
  bulletin: Bulletin,
  rules: readonly ConditionRule[],
  lines: string,
  context: SqlContext,
  key: string,
): Relation {
  const verdicts = rules.map(
    (rule) => `${ruleSql(rule, context)} AS ${identifier(verdictColumn(rule))}`,
  );
  const whens = bulletin.clauses.flatMap(({ number, when }) =>
    when ? [`${conditionSql(when, context)} AS ${askedColumn(number)}`] : [],
  );
  const musts = rules
    .filter(({ kind }) => kind === "must")
    .map((rule) => identifier(verdictColumn(rule)));
  const columns = [
    ...limitColumns(bulletin, key).map((column) => `l.${column}`),
    SUBJECTS[bulletin.about].claimed ? "l.units" : "0 AS units",
  ];
  const joins = [...context.overlaps.values()].map(
    (name) => `\n  LEFT JOIN ${name} ON ${name}.${key} = l.${key}`,
  );
  return {
    name: "flagged",
    comment: "each rule true, false or unknown; a line passes when every must is true",
    sql: `SELECT *, ${musts.length === 0 ? "TRUE" : musts.join(" AND ")} AS passes
FROM (
  SELECT ${columns.join(", ")},
    (${appliesSql(bulletin, context)}) AS applies${[...whens, ...verdicts].map((v) => `,\n    ${v}`).join("")}
  FROM ${lines} AS l${joins.join("")}
) AS truths`,
  };
}

/** Those of the lines that a limit counts; the others keep what they ask for. */
function countedBy(limit: LimitClause, name: string, asking: string): Relation {
  return {
    name,
    comment: `${limit.clause}: the lines that it counts`,
    sql: `SELECT * FROM ${asking} WHERE ${askedColumn(limit.clause)}`,
  };
}

/** A limit sees what the one before it left. */
function asking(
  bulletin: Bulletin,
  name: string,
  previous: string,
  cut: string | null,
  key: string,
): Relation {
  const whens = limitsOf(bulletin).flatMap(({ clause, when }) =>
    when ? [askedColumn(clause)] : [],
  );
  const columns = [...limitColumns(bulletin, key), ...whens];
  if (cut === null) {
    const sql = `SELECT ${columns.join(", ")}, units AS asked FROM flagged WHERE applies AND passes`;
    return { name, comment: "eligible lines and the units they bill", sql };
  }
  const own = columns.map((column) => `a.${column}`).join(", ");
  return {
    name,
    comment: "what the limit before this one left",
    sql: `SELECT ${own}, COALESCE(t.taken, a.asked) AS asked
FROM ${previous} AS a LEFT JOIN ${cut} AS t ON t.${key} = a.${key}
WHERE COALESCE(t.taken, a.asked) > 0`,
  };
}
