import { type Bulletin, type Clause, chosen, type Limit, readingOf } from "./bulletin.ts";
import {
  type Condition,
  type Dictionary,
  type Is,
  type IsAtLeast,
  type IsAtMost,
  type IsOneOf,
  interpret,
} from "./condition.ts";
import { getFact, SUBJECTS, type SubjectName, sayValue } from "./facts.ts";
import { sayReading } from "./readings.ts";
import { capitalized, listed, sayWanted } from "./words.ts";

interface EnglishContext {
  readonly subject: SubjectName;
  readonly reading: (name: string) => string | number;
}

/** What a clause asks, one sentence for each of its rules; none for a clause with no rule. */
export function clauseInEnglish(bulletin: Bulletin, clause: Clause): readonly string[] {
  const context = contextOf(bulletin);
  const where = clause.when && `where ${interpret(meaning, clause.when, context)}`;
  const sentence = (asks: string) => capitalized(where ? `${where}, ${asks}` : asks);
  const condition = (verb: string, asked: Condition | null) =>
    asked ? [sentence(`${verb}: ${interpret(meaning, asked, context)}.`)] : [];
  return [
    ...condition(SUBJECTS[bulletin.about].must, clause.must),
    ...condition("warns unless", clause.should),
    ...(clause.limit === null ? [] : [sentence(sayLimit(bulletin, clause.limit))]),
  ];
}

/** Which records the bulletin is for, as a sentence. */
export function appliesInEnglish(bulletin: Bulletin): string {
  return `${capitalized(interpret(meaning, bulletin.applies, contextOf(bulletin)))}.`;
}

/** A condition as words that follow a colon. */
export function conditionInEnglish(condition: Condition, bulletin: Bulletin): string {
  return interpret(meaning, condition, contextOf(bulletin));
}

const meaning: Dictionary<EnglishContext, string> = {
  is: sayComparison,

  isOneOf: sayComparison,

  isAtLeast: sayComparison,

  isAtMost: sayComparison,

  allOf: ({ of }, context) => joined(of, "and", context),

  anyOf: ({ of }, context) => joined(of, "or", context),

  not: ({ of }, context) => {
    if (of.op !== "is" && of.op !== "isOneOf") return `it is not so that ${grouped(of, context)}`;
    const fact = getFact(context.subject, of.fact);
    if (of.op === "is" && typeof of.value === "boolean") {
      return sayComparison({ ...of, value: !of.value }, context);
    }
    return `${fact.label} is not ${sayWanted(of, fact, context.reading)}`;
  },

  noOverlapWith: ({ service }, { subject }) => {
    const said = sayValue(getFact(subject, "service"), service);
    return `it shares no minute with ${said} for the same consumer on the same day`;
  },

  byReading: ({ reading, options }, context) => {
    const branch = options[context.reading(reading)];
    if (branch === undefined) throw new RangeError(`Reading ${reading} has no branch`);
    return interpret(meaning, branch, context);
  },
};

function sayComparison(
  condition: Is | IsOneOf | IsAtLeast | IsAtMost,
  { subject, reading }: EnglishContext,
): string {
  const fact = getFact(subject, condition.fact);
  if (fact.says !== undefined && condition.op === "is") {
    return condition.value === true ? fact.says.yes : fact.says.no;
  }
  return `${fact.label} is ${sayWanted(condition, fact, reading)}`;
}

function joined(of: readonly Condition[], last: "and" | "or", context: EnglishContext): string {
  return listed(
    of.map((part) => grouped(part, context)),
    last,
  );
}

/** In brackets where and/or would run into each other. */
function grouped(condition: Condition, context: EnglishContext): string {
  const said = interpret(meaning, condition, context);
  const read = asRead(condition, context);
  const several = (read.op === "allOf" || read.op === "anyOf") && read.of.length > 1;
  return several ? `(${said})` : said;
}

/** The condition that stands where a reading decides between several. */
function asRead(condition: Condition, context: EnglishContext): Condition {
  if (condition.op !== "byReading") return condition;
  const branch = condition.options[context.reading(condition.reading)];
  return branch ? asRead(branch, context) : condition;
}

function sayLimit(bulletin: Bulletin, limit: Limit): string {
  const week = limit.per === "week" ? [sayReading("week", chosen(bulletin, "week"))] : [];
  const details = [
    sayReading("unit", chosen(bulletin, "unit")),
    ...week,
    sayReading("scope", chosen(bulletin, "scope")),
    sayReading("over", chosen(bulletin, "over")),
  ];
  return `at most ${limit.units} units a ${limit.per} for each ${limit.each}; ${details.join("; ")}.`;
}

function contextOf(bulletin: Bulletin): EnglishContext {
  return { subject: bulletin.about, reading: (name) => readingOf(bulletin, name) };
}
