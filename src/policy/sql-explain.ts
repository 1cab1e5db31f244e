import { type Bulletin, type LimitClause, readingOf } from "./bulletin.ts";
import { type Condition, type Dictionary, interpret, type NoOverlapWith } from "./condition.ts";
import { type Fact, getFact, SUBJECTS, sayValue } from "./facts.ts";
import { columnOf, conditionSql, type SqlContext } from "./sql-condition.ts";
import { DIALECTS, identifier, literal } from "./sql-dialect.ts";
import { weekStartSql } from "./sql-limit.ts";
import { capitalized, listed, sayWanted } from "./words.ts";

/**
 * The sentences of `explain.ts` as DuckDB expressions, so that millions of findings are explained
 * without leaving the database. They read the facts of `l`, and of each overlap relation `holds`
 * and `others` (the ids of the lines, as said). A property test holds the two to each other.
 */

/**
 * To be run once on a database before any of these expressions. What a macro uses twice is a column, or
 * goes through a lambda's parameter: a call written twice the database would take out of its CASE and make
 * for each row. A lambda itself takes as long as a hundred comparisons.
 */
export const EXPLAIN_MACROS = `
CREATE OR REPLACE MACRO said_once(items) AS list_transform([items], lambda every:
  list_filter(every, lambda item, place: item IS NOT NULL AND list_position(every, item) = place))[1];
CREATE OR REPLACE MACRO said_with_and(items) AS CASE WHEN len(items) < 2 THEN items[1]
  ELSE concat(array_to_string(items[1:len(items) - 1], ', '), ' and ', items[len(items)]) END;
CREATE OR REPLACE MACRO said_missing(items) AS list_transform([items], lambda every:
  CASE WHEN len(every) > 0 THEN said_with_and(every) ||
    CASE WHEN len(every) = 1 THEN ' is not recorded' ELSE ' are not recorded' END END)[1];
CREATE OR REPLACE MACRO said_as_sentence(words) AS list_transform([words], lambda said:
  concat(upper(left(said, 1)), substr(said, 2), '.'))[1];
`;

/** One comparison of a tree: when it decided, and what it says. */
interface Piece {
  /** The conditions under which it is among those that decided. */
  readonly when: readonly string[];
  /** How it begins, as a text, and the expressions after it. */
  readonly words: string;
  readonly rest: readonly string[];
  /** Whether it is a fact's label, to be gathered before "not recorded". */
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
  const labels = pieces.filter(({ label }) => label);
  const others = pieces.filter(({ label }) => !label);
  // Alike in words are alike in SQL.
  const distinct = (some: readonly Piece[]) =>
    new Set(some.map((piece) => sayPiece(piece, context))).size === some.length;
  const plain = others.every(({ words }) => words !== "") && labels.length <= MOST_LABELS;
  if (plain && distinct(labels) && distinct(others)) return sentenceOf(labels, others, context);
  const missing =
    labels.length === 0 ? [] : [`said_missing(said_once([${said(labels, context)}]))`];
  const parts = [...missing, ...(others.length === 0 ? [] : [said(others, context)])];
  return `said_as_sentence(array_to_string(said_once([${parts.join(", ")}]), '; '))`;
}

/** Of so many labels every choice is written out; searching lists takes a hundred times as long. */
const MOST_LABELS = 4;

/** Pieces that differ as one sentence: the first of those that decided begins with a capital. */
function sentenceOf(
  labels: readonly Piece[],
  others: readonly Piece[],
  context: SqlContext,
): string {
  const text = (words: string) => literal(context.dialect, words);
  const missing = choicesOf(labels).map(({ when, chosen }) => {
    const words = listed(
      chosen.map((piece) => piece.words),
      "and",
    );
    const said = text(`${capitalized(words)} ${chosen.length === 1 ? "is" : "are"} not recorded`);
    return { when, said };
  });
  const [sure] = missing;
  const parts =
    sure === undefined
      ? []
      : sure.when.length === 0
        ? [sure.said]
        : [
            `CASE${missing.map((one) => ` WHEN ${one.when.join(" AND ")} THEN ${one.said}`).join("")} END`,
          ];
  const earlier = labels.map(({ when }) =>
    when.length === 0 ? "TRUE" : `(${when.join(" AND ")})`,
  );
  for (const piece of others) {
    const first = text(capitalized(piece.words));
    const later = text(`; ${piece.words}`);
    const begins =
      earlier.length === 0
        ? first
        : `CASE WHEN ${earlier.join(" OR ")} THEN ${later} ELSE ${first} END`;
    earlier.push(piece.when.length === 0 ? "TRUE" : `(${piece.when.join(" AND ")})`);
    parts.push(maybe(piece, `concat(${[begins, ...piece.rest].join(", ")})`));
  }
  const [only] = others;
  // The usual sentence, of one piece, is put together at one go.
  return only?.when.length === 0 && others.length + labels.length === 1
    ? `concat(${[text(capitalized(only.words)), ...only.rest, "'.'"].join(", ")})`
    : `concat(${[...parts, "'.'"].join(", ")})`;
}

/** Every choice of some of the pieces, the larger first, each with what must hold of its own. */
function choicesOf(
  pieces: readonly Piece[],
): readonly { readonly when: readonly string[]; readonly chosen: readonly Piece[] }[] {
  const choices: (readonly Piece[])[] = [[]];
  for (const piece of pieces) choices.push(...choices.map((chosen) => [...chosen, piece]));
  return choices
    .filter((chosen) => chosen.length > 0)
    .toSorted((a, b) => b.length - a.length)
    .map((chosen) => ({ when: chosen.flatMap(({ when }) => when), chosen }));
}

/** The pieces as items of a list, null where one did not decide. */
function said(pieces: readonly Piece[], context: SqlContext): string {
  return pieces.map((piece) => maybe(piece, sayPiece(piece, context))).join(", ");
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
    day: `'on ', ${date}`,
    week: `'from ', GREATEST(${weekStartSql(bulletin, date)}, DATE '1900-01-01'), ' to ', LEAST(${weekStartSql(bulletin, date)} + 6, DATE '9999-12-31')`,
    month: `'from ', CAST(date_trunc('month', ${date}) AS date), ' to ', last_day(${date})`,
  }[limit.per];
  const fits = `CASE WHEN ${value("taken")} = 0 THEN 'none' ELSE concat('only ', ${value("taken")}) END`;
  return `concat('Of ${limit.units} units ', ${period}, ', earlier lines took ', ${value("before")}, ', so ', ${fits}, ' of this line''s ', ${value("asked")}, ' can be paid.')`;
}

function sayPiece({ words, rest }: Piece, { dialect }: SqlContext): string {
  return `concat(${[literal(dialect, words), ...rest].join(", ")})`;
}

/** Null where the piece did not decide. */
function maybe({ when }: Piece, said: string): string {
  return when.length === 0 ? said : `CASE WHEN ${when.join(" AND ")} THEN ${said} END`;
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
    { when: [], ...sayOverlap(condition, asked), label: false },
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
  if (truth === null) return [{ when: [], words: fact.label, rest: [], label: true }];
  if (fact.says)
    return [{ when: [], ...sayFlag(fact.says, condition, truth, context), label: false }];
  const wanted = sayWanted(condition, fact, (name) => readingOf(bulletin, name));
  const rest = [
    valueSql(condition.fact, context),
    text(` and must ${truth ? "not be" : "be"} ${wanted}`),
  ];
  return [{ when: [], words: `${fact.label} is `, rest, label: false }];
}

/** A flag in words of its own; a comparison with one value tells which it is without looking. */
function sayFlag(
  says: NonNullable<Fact["says"]>,
  condition: Extract<Condition, { fact: string }>,
  truth: boolean,
  context: SqlContext,
): Pick<Piece, "words" | "rest"> {
  if (condition.op === "is") {
    return { words: (condition.value === true) === truth ? says.yes : says.no, rest: [] };
  }
  const [yes, no] = [literal(context.dialect, says.yes), literal(context.dialect, says.no)];
  const said = `CASE WHEN ${columnOf(condition.fact, context)} THEN ${yes} ELSE ${no} END`;
  return { words: "", rest: [said] };
}

/** A fact's value in the words of `sayValue`. */
function valueSql(name: string, context: SqlContext): string {
  const fact = getFact(context.subject, name);
  const column = columnOf(name, context);
  switch (fact.kind) {
    case "flag":
      return `(CASE WHEN ${column} THEN 'yes' ELSE 'no' END)`;
    case "money":
      return `printf('%d.%02d', ${column} // 100, ${column} % 100)`;
    case "held-codes":
      return context.heldWords?.get(name) ?? heldWordsSql(fact, column);
    case "open-code":
    case "closed-code":
      return `(${codeSql(fact, column)})`;
    default:
      return `CAST(${column} AS text)`;
  }
}

/** A code in words. */
function codeSql(fact: Fact, value: string): string {
  const text = (words: string) => literal(DIALECTS.duckdb, words);
  const codes = Object.keys(fact.codes ?? {}).map(
    (code) => ` WHEN ${text(code)} THEN ${text(sayValue(fact, code))}`,
  );
  return codes.length === 0 ? value : `CASE ${value}${codes.join("")} ELSE ${value} END`;
}

/** A list of held codes in words. */
export function heldWordsSql(fact: Fact, list: string): string {
  const each = `list_transform(${list}, lambda code: ${codeSql(fact, "code")})`;
  return `(CASE len(${list}) WHEN 0 THEN 'none' WHEN 1 THEN ${codeSql(fact, `${list}[1]`)} ELSE array_to_string(${each}, ' and ') END)`;
}

function sayOverlap(
  condition: NoOverlapWith,
  { bulletin, context, truth }: Asked,
): Pick<Piece, "words" | "rest"> {
  const service = sayValue(getFact(bulletin.about, "service"), condition.service);
  const relation = context.overlaps.get(condition.service);
  if (truth === true) {
    const words = `no ${service} of that day overlaps its start time and end time`;
    return { words, rest: [] };
  }
  return truth === null
    ? {
        words: `a usable start time and end time are not recorded for this line or for ${service} `,
        rest: [`${relation}.others`],
      }
    : { words: `start time and end time overlap ${service} `, rest: [`${relation}.others`] };
}
