/**
 * A condition over named facts: a small frozen tree that is judged (`evaluate.ts`), compiled to SQL
 * (`sql-condition.ts`) and put in English (`to-english.ts`). Each of these is a dictionary with one
 * function an operator, so that they can be read side by side.
 */
export type Condition =
  | Is
  | IsOneOf
  | IsAtLeast
  | IsAtMost
  | AllOf
  | AnyOf
  | Not
  | NoOverlapWith
  | ByReading;

/** What a fact is compared with. */
export type Value = string | number | boolean;

/** A number that a named reading of the bulletin sets. */
export interface ReadingValue {
  readonly reading: string;
}

/** The fact is this value; for held codes, it is among those held. */
export interface Is {
  readonly op: "is";
  readonly fact: string;
  readonly value: Value;
}

/** The fact is one of these values; for held codes, any of them is held. */
export interface IsOneOf {
  readonly op: "isOneOf";
  readonly fact: string;
  readonly values: readonly Value[];
}

/** The number, day or time is this or more. */
export interface IsAtLeast {
  readonly op: "isAtLeast";
  readonly fact: string;
  readonly value: Value | ReadingValue;
}

/** The number, day or time is this or less. */
export interface IsAtMost {
  readonly op: "isAtMost";
  readonly fact: string;
  readonly value: Value | ReadingValue;
}

/** Every one holds. Never empty. */
export interface AllOf {
  readonly op: "allOf";
  readonly of: readonly Condition[];
}

/** At least one holds. Never empty. */
export interface AnyOf {
  readonly op: "anyOf";
  readonly of: readonly Condition[];
}

export interface Not {
  readonly op: "not";
  readonly of: Condition;
}

/**
 * No other line of this service, of the same consumer on the same date, shares a minute with this
 * line. One that does makes it false, whatever the others are; else one for which either line lacks
 * a usable start or end leaves it unknown. Touching ends don't overlap. An end that is not after its
 * start makes that line's times unusable. A line never overlaps itself.
 */
export interface NoOverlapWith {
  readonly op: "noOverlapWith";
  readonly service: string;
}

/** The condition that stands under the value which the bulletin gives to a reading. */
export interface ByReading {
  readonly op: "byReading";
  readonly reading: string;
  readonly options: Readonly<Record<string, Condition>>;
}

/** A meaning for each operator. */
export type Dictionary<Context, Result> = {
  readonly [Op in Condition["op"]]: (
    condition: Extract<Condition, { op: Op }>,
    context: Context,
  ) => Result;
};

/** What the dictionary makes of the condition. */
export function interpret<Context, Result>(
  dictionary: Dictionary<Context, Result>,
  condition: Condition,
  context: Context,
): Result {
  const meaning = dictionary[condition.op] as (c: Condition, context: Context) => Result;
  return meaning(condition, context);
}

/** The condition and every condition inside it, outermost first; all branches of a reading included. */
export function* everyCondition(condition: Condition): Generator<Condition> {
  yield condition;
  for (const child of childrenOf(condition)) yield* everyCondition(child);
}

/** Names of the readings that the condition names. */
export function readingsIn(condition: Condition): readonly string[] {
  const names = [...everyCondition(condition)].flatMap((part) => {
    if (part.op === "byReading") return [part.reading];
    if (part.op === "noOverlapWith") return ["overlap"];
    if ("value" in part && typeof part.value === "object") return [part.value.reading];
    return [];
  });
  return [...new Set(names)];
}

function childrenOf(condition: Condition): readonly Condition[] {
  switch (condition.op) {
    case "allOf":
    case "anyOf":
      return condition.of;
    case "not":
      return [condition.of];
    case "byReading":
      return Object.values(condition.options);
    default:
      return [];
  }
}
