import { type Bulletin, type LimitClause, readingOf } from "./bulletin.ts";
import { type Condition, type Dictionary, interpret, type NoOverlapWith } from "./condition.ts";
import { getFact, SUBJECTS, sayValue } from "./facts.ts";
import { columnOf, conditionSql, type SqlContext } from "./sql-condition.ts";
import { identifier, literal } from "./sql-dialect.ts";
import { weekStartSql } from "./sql-limit.ts";
import { sayWanted } from "./words.ts";

/**
 * The sentences of `explain.ts` as DuckDB expressions, so that millions of findings are explained
 * without leaving the database. They read the facts of `l`, and of each overlap relation `holds`,
 * `overlapping` and `undecided` (lists of line ids). A property test holds the two to each other.
 */

/** To be run once on a connection before any of these expressions. */
export const EXPLAIN_MACROS = `
CREATE OR REPLACE TEMP MACRO said_once(items) AS
  list_filter(items, lambda item, place: item IS NOT NULL AND list_position(items, item) = place);
CREATE OR REPLACE TEMP MACRO said_with_and(items) AS CASE WHEN len(items) < 2 THEN items[1]
  ELSE array_to_string(items[1:len(items) - 1], ', ') || ' and ' || items[len(items)] END;
CREATE OR REPLACE TEMP MACRO said_missing(items) AS CASE WHEN len(items) > 0
  THEN said_with_and(items) || CASE WHEN len(items) = 1 THEN ' is not recorded' ELSE ' are not recorded' END END;
CREATE OR REPLACE TEMP MACRO said_as_sentence(words) AS upper(left(words, 1)) || substr(words, 2) || '.';
`;

/** One comparison of a tree: when it decided, and what it says. */
interface Piece {
  /** The conditions under which it is among those that decided. */
  readonly when: readonly string[];
  readonly said: string;
  /** Whether `said` is a fact's label, to be gathered before "not recorded". */
  readonly label: boolean;
}

interface Asked {
  readonly bulletin: Bulletin;
  readonly context: SqlContext;
  /** What the condition came to. */
  readonly truth: boolean | null;
}

/** Why a `must` that came to false is breached, or one that came to null is unknown. */
export function explainConditionSql(
  bulletin: Bulletin,
  condition: Condition,
  truth: false | null,
  context: SqlContext,
): string {
  const pieces = interpret(meaning, condition, { bulletin, context, truth });
  const labels = listOf(pieces.filter(({ label }) => label));
  const others = pieces.filter(({ label }) => !label);
  const all = labels === null ? others : [missing(labels), ...others];
  const [only] = all;
  const said =
    all.length === 1 && only?.when.length === 0
      ? only.said
      : `array_to_string(${listOf(all) ?? "[]"}, '; ')`;
  return `said_as_sentence(${said})`;
}

/** What a line took of a limit that it crosses, from columns named after the limit's. */
export function explainLimitSql(
  bulletin: Bulletin,
  { limit }: LimitClause,
  column: string,
): string {
  const date = `l.${SUBJECTS[bulletin.about].dated}`;
  const value = (what: string) => `l.${identifier(`${column}_${what}`)}`;
  const period = {
    day: `'on ' || ${date}`,
    week: `'from ' || GREATEST(${weekStartSql(bulletin, date)}, DATE '1900-01-01') || ' to ' || LEAST(${weekStartSql(bulletin, date)} + 6, DATE '9999-12-31')`,
    month: `'from ' || CAST(date_trunc('month', ${date}) AS date) || ' to ' || last_day(${date})`,
  }[limit.per];
  const fits = `CASE WHEN ${value("taken")} = 0 THEN 'none' ELSE 'only ' || ${value("taken")} END`;
  return `'Of ${limit.units} units ' || ${period} || ', earlier lines took ' || ${value("before")} || ', so ' || ${fits} || ' of this line''s ' || ${value("asked")} || ' can be paid.'`;
}

function missing(labels: string): Piece {
  return { when: [], said: `said_missing(${labels})`, label: false };
}

/** Each said once, in order, those that did not decide left out. Null when there are none. */
function listOf(pieces: readonly Piece[]): string | null {
  if (pieces.length === 0) return null;
  const items = pieces.map(({ when, said }) =>
    when.length === 0 ? said : `CASE WHEN ${when.join(" AND ")} THEN ${said} END`,
  );
  return `said_once([${items.join(", ")}])`;
}

const meaning: Dictionary<Asked, readonly Piece[]> = {
  is: sayComparison,

  isOneOf: sayComparison,

  isAtLeast: sayComparison,

  isAtMost: sayComparison,

  allOf: ({ of }, asked) => ofParts(of, asked),

  anyOf: ({ of }, asked) => ofParts(of, asked),

  not: ({ of }, asked) =>
    interpret(meaning, of, { ...asked, truth: asked.truth === null ? null : !asked.truth }),

  noOverlapWith: (condition, asked) => [
    { when: [], said: sayOverlap(condition, asked), label: false },
  ],

  byReading: ({ reading, options }, asked) => {
    const branch = options[asked.context.reading(reading)];
    if (branch === undefined) throw new RangeError(`Reading ${reading} has no branch`);
    return interpret(meaning, branch, asked);
  },
};

/** The parts that have the truth of the whole are the ones that decided it. */
function ofParts(of: readonly Condition[], asked: Asked): readonly Piece[] {
  const is = { true: "IS TRUE", false: "IS FALSE", null: "IS NULL" }[`${asked.truth}`];
  return of.flatMap((part) => {
    const when = of.length === 1 ? [] : [`${conditionSql(part, asked.context)} ${is}`];
    return interpret(meaning, part, asked).map((piece) => ({
      ...piece,
      when: [...when, ...piece.when],
    }));
  });
}

function sayComparison(
  condition: Extract<Condition, { fact: string }>,
  { bulletin, context, truth }: Asked,
): readonly Piece[] {
  const fact = getFact(bulletin.about, condition.fact);
  const text = (words: string) => literal(context.dialect, words);
  if (truth === null) return [{ when: [], said: text(fact.label), label: true }];
  if (fact.says) {
    const { yes, no } = fact.says;
    const said = `CASE WHEN ${columnOf(condition.fact, context)} THEN ${text(yes)} ELSE ${text(no)} END`;
    return [{ when: [], said, label: false }];
  }
  const wanted = sayWanted(condition, fact, (name) => readingOf(bulletin, name));
  const said = `${text(`${fact.label} is `)} || ${valueSql(condition.fact, context)} || ${text(` and must ${truth ? "not be" : "be"} ${wanted}`)}`;
  return [{ when: [], said: `(${said})`, label: false }];
}

/** A fact's value in the words of `sayValue`. */
function valueSql(name: string, context: SqlContext): string {
  const fact = getFact(context.subject, name);
  const column = columnOf(name, context);
  const coded = (value: string) => {
    const codes = Object.keys(fact.codes ?? {}).map(
      (code) =>
        ` WHEN ${literal(context.dialect, code)} THEN ${literal(context.dialect, sayValue(fact, code))}`,
    );
    return codes.length === 0 ? value : `CASE ${value}${codes.join("")} ELSE ${value} END`;
  };
  switch (fact.kind) {
    case "flag":
      return `CASE WHEN ${column} THEN 'yes' ELSE 'no' END`;
    case "money":
      return `printf('%d.%02d', ${column} // 100, ${column} % 100)`;
    case "held-codes":
      return `CASE WHEN len(${column}) = 0 THEN 'none' ELSE array_to_string(list_transform(${column}, lambda code: ${coded("code")}), ' and ') END`;
    case "open-code":
    case "closed-code":
      return `(${coded(column)})`;
    default:
      return `CAST(${column} AS text)`;
  }
}

function sayOverlap(condition: NoOverlapWith, { bulletin, context, truth }: Asked): string {
  const service = sayValue(getFact(bulletin.about, "service"), condition.service);
  const relation = context.overlaps.get(condition.service);
  const text = (words: string) => literal(context.dialect, words);
  const ids = (list: string) => `said_with_and(${relation}.${list})`;
  if (truth === true) return text(`no ${service} of that day overlaps its start time and end time`);
  return truth === null
    ? `(${text(`a usable start time and end time are not recorded for this line or for ${service} `)} || ${ids("undecided")})`
    : `(${text(`start time and end time overlap ${service} `)} || ${ids("overlapping")})`;
}
