import { type Fact, SUBJECTS } from "./facts.ts";
import { MOST_DAYS, READINGS, type ReadingKind } from "./readings.ts";

type Schema = Readonly<Record<string, unknown>>;

const TEXT: Schema = { type: "string", minLength: 1 };
const SLUG: Schema = { type: "string", pattern: "^[a-z0-9]+(-[a-z0-9]+)*$" };
const DAY: Schema = { type: "string", pattern: "^(19|[2-9]\\d)\\d\\d-\\d\\d-\\d\\d$" };
const TIME: Schema = { type: "string", pattern: "^(([01]\\d|2[0-3]):[0-5]\\d|24:00)$" };

/**
 * The JSON Schema of a bulletin's file, from the catalogues of facts and readings, so that an editor
 * completes and checks while someone writes. It knows the form; what only the whole file can show
 * (clauses left out, readings of clauses that don't exist) `loadBulletin` checks.
 */
export function bulletinSchema(): Schema {
  return {
    $schema: "https://json-schema.org/draft/2020-12/schema",
    title: "A bulletin",
    description: "A document's clauses, rules and readings, as data.",
    ...object(
      {
        number: { ...TEXT, description: "The document's own number." },
        title: TEXT,
        issuer: TEXT,
        jurisdiction: { ...SLUG, description: "The name of the folder it lies in." },
        status: SLUG,
        effective: {
          ...object({ from: DAY, until: DAY }, ["from"]),
          description: "First and last day in force, both included.",
        },
        about: { enum: Object.keys(SUBJECTS), description: "Whose facts the rules name." },
        applies: {
          $ref: "#/$defs/condition",
          description: "Which records it is for, by facts that are never missing.",
        },
        readings: {
          ...object(mapValues(READINGS, readingSchema), []),
          description: "What it is taken to mean where it does not say.",
        },
        clauses: {
          type: "object",
          propertyNames: { pattern: "^[A-Za-z0-9]+(\\.[A-Za-z0-9]+)*$", maxLength: 32 },
          additionalProperties: { $ref: "#/$defs/clause" },
          description: "Every clause, its number in quotes.",
        },
      },
      [
        "number",
        "title",
        "issuer",
        "jurisdiction",
        "status",
        "effective",
        "about",
        "applies",
        "clauses",
      ],
    ),
    $defs: { clause: clauseSchema(), condition: conditionSchema() },
  };
}

function clauseSchema(): Schema {
  const condition = (description: string) => ({ $ref: "#/$defs/condition", description });
  return object(
    {
      gist: { ...TEXT, description: "What it says, in our own words." },
      note: { const: true, description: "A statement of aim; nothing to enforce." },
      work: {
        anyOf: [SLUG, { type: "array", minItems: 1, items: SLUG }],
        description: "The part of the product that carries it, or several.",
      },
      when: condition("Which records its rules are asked of; all of them, unless said."),
      must: condition("Breached, it denies a claim; unknown, it pends it."),
      should: condition("Warns, and never changes the outcome."),
      limit: {
        ...object(
          {
            units: { type: "integer", minimum: 1, maximum: 1_000_000 },
            per: { enum: ["day", "week", "month"] },
            each: { const: "consumer" },
          },
          ["units", "per", "each"],
        ),
        description: "Units that lines which pass every must may take in turn.",
      },
    },
    ["gist"],
  );
}

function readingSchema(kind: ReadingKind): Schema {
  const options = Object.entries(kind.options ?? {}).filter(([, { unjudgeable }]) => !unjudgeable);
  const value =
    kind.options === null
      ? { type: "integer", minimum: 0, maximum: MOST_DAYS }
      : { oneOf: options.map(([name, { meaning }]) => ({ const: name, description: meaning })) };
  return {
    ...object({ value, clause: TEXT, because: TEXT }, ["value", "clause", "because"]),
    description: kind.question,
  };
}

function conditionSchema(): Schema {
  const condition = { $ref: "#/$defs/condition" };
  const several = { type: "array", minItems: 1, items: condition };
  const branches = Object.entries(READINGS).flatMap(([name, { options }]) =>
    options === null ? [] : [[name, branchSchema(options)]],
  );
  // Two subjects may each have a fact of one name; which one is meant, loading the file tells.
  const facts = Object.values(SUBJECTS).flatMap(({ facts }) => Object.entries<Fact>(facts));
  const named = [...Map.groupBy(facts, ([name]) => name)].map(([name, of]) => {
    const schemas = of.map(([, fact]) => comparisonSchema(fact));
    return [name, schemas.length === 1 ? schemas[0] : { anyOf: schemas }];
  });
  return {
    type: "object",
    minProperties: 1,
    maxProperties: 1,
    additionalProperties: false,
    properties: {
      allOf: several,
      anyOf: several,
      not: condition,
      noOverlapWith: object({ service: TEXT }, ["service"]),
      byReading: {
        ...one(Object.fromEntries(branches)),
        description: "As the reading's value says.",
      },
      ...Object.fromEntries(named),
    },
  };
}

function branchSchema(options: NonNullable<ReadingKind["options"]>): Schema {
  const names = Object.keys(options).filter((name) => !options[name]?.unjudgeable);
  return object(
    Object.fromEntries(names.map((name) => [name, { $ref: "#/$defs/condition" }])),
    names,
  );
}

function comparisonSchema(fact: Fact): Schema {
  const value = valueSchema(fact);
  const ordered = ["count", "money", "day", "time"].includes(fact.kind);
  const reading = object({ reading: { enum: numberReadings() } }, ["reading"]);
  const bound = fact.kind === "count" ? { anyOf: [value, reading] } : value;
  return {
    ...one({
      is: value,
      isOneOf: { type: "array", minItems: 1, items: value },
      ...(ordered ? { isAtLeast: bound, isAtMost: bound } : {}),
    }),
    description: fact.label,
  };
}

function valueSchema(fact: Fact): Schema {
  const codes = Object.entries(fact.codes ?? {}).map(([code, description]) => ({
    const: code,
    description,
  }));
  switch (fact.kind) {
    case "closed-code":
      return { oneOf: codes };
    case "open-code":
    case "held-codes":
      return { anyOf: [...codes, TEXT] };
    case "count":
    case "money":
      return { type: "integer", minimum: fact.range?.min ?? 0, maximum: fact.range?.max };
    case "flag":
      return { type: "boolean" };
    case "day":
      return DAY;
    case "time":
      return TIME;
  }
}

function numberReadings(): readonly string[] {
  return Object.entries(READINGS).flatMap(([name, { options }]) =>
    options === null ? [name] : [],
  );
}

function object(properties: Schema, required: readonly string[]): Schema {
  return { type: "object", additionalProperties: false, properties, required };
}

function one(properties: Schema): Schema {
  return { ...object(properties, []), minProperties: 1, maxProperties: 1 };
}

function mapValues(map: Readonly<Record<string, ReadingKind>>, to: (kind: ReadingKind) => Schema) {
  return Object.fromEntries(Object.entries(map).map(([name, kind]) => [name, to(kind)]));
}
