import { parseDay } from "../kernel/day.ts";
import { parseEndTime } from "../kernel/time.ts";
import type { Condition, ReadingValue, Value } from "./condition.ts";
import { type Fact, type FactKind, findFact, SUBJECTS, type SubjectName } from "./facts.ts";
import { findReadingKind } from "./readings.ts";

/** Where in the file, as keys and indexes from its top. */
export type Path = readonly (string | number)[];
/** Takes down what is wrong at a place in the file. */
export type Report = (path: Path, message: string) => void;

interface Place {
  readonly subject: SubjectName;
  readonly path: Path;
  readonly report: Report;
}

/** Of keys and indexes, down from the file's top: far more than a person would follow. */
const DEEPEST_PATH = 64;
const ORDERED: readonly FactKind[] = ["count", "money", "day", "time"];
const COMPARISONS = ["is", "isOneOf", "isAtLeast", "isAtMost"] as const;
const COMBINATIONS = ["allOf", "anyOf", "not", "noOverlapWith", "byReading"] as const;

/** Reads a condition as it stands in a bulletin's file. Reports what is wrong and gives null then. */
export function parseCondition(raw: unknown, place: Place): Condition | null {
  if (place.path.length > DEEPEST_PATH) return wrong(place, "is nested too deep");
  const entry = onlyEntry(raw, place, "a condition");
  if (entry === null) return null;
  const [key, value] = entry;
  const inside = within(place, key);
  switch (key) {
    case "allOf":
    case "anyOf": {
      const of = parseList(value, inside, parseCondition);
      return of && Object.freeze({ op: key, of });
    }
    case "not": {
      const of = parseCondition(value, inside);
      return of && Object.freeze({ op: "not", of });
    }
    case "noOverlapWith":
      return parseNoOverlap(value, inside);
    case "byReading":
      return parseByReading(value, inside);
    default:
      return parseComparison(key, value, inside);
  }
}

function parseComparison(name: string, raw: unknown, place: Place): Condition | null {
  const fact = findFact(place.subject, name);
  if (fact === null) {
    const { label } = SUBJECTS[place.subject];
    return wrong(place, `${label} has no fact "${name}", and no operator is called that either`);
  }
  const entry = onlyEntry(raw, place, `the operator on ${name}`);
  if (entry === null) return null;
  const [op, operand] = entry;
  const inside = within(place, op);
  switch (op) {
    case "is": {
      const value = parseValue(operand, name, fact, inside);
      return value === null ? null : Object.freeze({ op, fact: name, value });
    }
    case "isOneOf": {
      const values = parseList(operand, inside, (item, at) => parseValue(item, name, fact, at));
      return values && Object.freeze({ op, fact: name, values });
    }
    case "isAtLeast":
    case "isAtMost": {
      if (!ORDERED.includes(fact.kind)) {
        return wrong(inside, `${name} has no order, so ${op} can't be asked of it`);
      }
      const value = parseBound(operand, name, fact, inside);
      return value === null ? null : Object.freeze({ op, fact: name, value });
    }
    default:
      return wrong(inside, `unknown operator "${op}"; there are ${COMPARISONS.join(", ")}`);
  }
}

function parseBound(
  raw: unknown,
  name: string,
  fact: Fact,
  place: Place,
): Value | ReadingValue | null {
  if (typeof raw !== "object" || raw === null) return parseValue(raw, name, fact, place);
  const entry = onlyEntry(raw, place, "a reading's value");
  if (entry === null) return null;
  const [key, reading] = entry;
  if (key !== "reading" || typeof reading !== "string") {
    return wrong(place, "expected a value, or { reading: its name }");
  }
  const kind = findReadingKind(reading);
  if (kind === null) return wrong(place, `unknown reading "${reading}"`);
  if (kind.options !== null || fact.kind !== "count") {
    return wrong(place, `reading "${reading}" is not a number that ${name} can be compared with`);
  }
  return Object.freeze({ reading });
}

function parseValue(raw: unknown, name: string, fact: Fact, place: Place): Value | null {
  const problem = problemWith(raw, fact);
  return problem === null ? (raw as Value) : wrong(place, `${name} ${problem}`);
}

/**
 * What keeps a value from being recorded for a fact, or null when nothing does. null is not recorded;
 * held codes are a list.
 */
export function problemWithRecorded(
  subject: SubjectName,
  name: string,
  value: unknown,
): string | null {
  const fact = findFact(subject, name);
  if (fact === null) return `${SUBJECTS[subject].label} has no fact "${name}"`;
  if (value === null) return null;
  if (fact.kind === "held-codes" && !Array.isArray(value)) return `${name} is a list of codes`;
  const problems = (Array.isArray(value) && fact.kind === "held-codes" ? value : [value])
    .map((item) => problemWith(item, fact))
    .filter((problem) => problem !== null);
  return problems[0] === undefined ? null : `${name} ${problems[0]}`;
}

/** What keeps a value from being one of the fact's, or null when nothing does. */
function problemWith(raw: unknown, fact: Fact): string | null {
  const shown = JSON.stringify(raw) ?? String(raw);
  switch (fact.kind) {
    case "flag":
      return typeof raw === "boolean" ? null : `is true or false, not ${shown}`;
    case "count":
    case "money": {
      const { min, max } = fact.range ?? { min: 0, max: Number.MAX_SAFE_INTEGER };
      const fits = Number.isSafeInteger(raw) && Number(raw) >= min && Number(raw) <= max;
      return fits ? null : `is a whole number from ${min} to ${max}, not ${shown}`;
    }
    case "day":
      return typeof raw === "string" && parseDay(raw) ? null : `is a date YYYY-MM-DD, not ${shown}`;
    case "time":
      return typeof raw === "string" && parseEndTime(raw)
        ? null
        : `is a time "HH:MM" in quotes, not ${shown}`;
    case "closed-code": {
      const codes = Object.keys(fact.codes ?? {});
      const known = typeof raw === "string" && codes.includes(raw);
      return known ? null : `is one of ${codes.join(", ")}, not ${shown}`;
    }
    case "open-code":
    case "held-codes":
      return typeof raw === "string" && isCode(raw) ? null : `is a code in text, not ${shown}`;
  }
}

function parseNoOverlap(raw: unknown, place: Place): Condition | null {
  if (findFact(place.subject, "service") === null) {
    return wrong(place, "only services can overlap");
  }
  const entry = onlyEntry(raw, place, "noOverlapWith");
  if (entry === null) return null;
  const [key, service] = entry;
  if (key !== "service" || typeof service !== "string" || !isCode(service)) {
    return wrong(place, "expected { service: its code }");
  }
  return Object.freeze({ op: "noOverlapWith", service });
}

function parseByReading(raw: unknown, place: Place): Condition | null {
  const entry = onlyEntry(raw, place, "byReading");
  if (entry === null) return null;
  const [reading, branches] = entry;
  const inside = within(place, reading);
  const kind = findReadingKind(reading);
  if (kind === null) return wrong(inside, `unknown reading "${reading}"`);
  const values = Object.entries(kind.options ?? {})
    .filter(([, option]) => option.unjudgeable === undefined)
    .map(([value]) => value);
  if (!isMap(branches) || Object.keys(branches).toSorted().join() !== values.toSorted().join()) {
    return wrong(inside, `expected a condition for each of ${values.join(", ")}`);
  }
  const parsed = Object.entries(branches).map(
    ([value, branch]) => [value, parseCondition(branch, within(inside, value))] as const,
  );
  const options = parsed.flatMap(([value, branch]) => (branch === null ? [] : [[value, branch]]));
  if (options.length < parsed.length) return null;
  return Object.freeze({
    op: "byReading",
    reading,
    options: Object.freeze(Object.fromEntries(options)),
  });
}

function parseList<Item>(
  raw: unknown,
  place: Place,
  parse: (item: unknown, place: Place) => Item | null,
): readonly Item[] | null {
  if (!Array.isArray(raw) || raw.length === 0)
    return wrong(place, "expected a list of one or more");
  const items = raw.map((item, index) => parse(item, within(place, index)));
  const good = items.filter((item) => item !== null);
  return good.length === items.length ? Object.freeze(good) : null;
}

function onlyEntry(raw: unknown, place: Place, what: string): [string, unknown] | null {
  const entries = isMap(raw) ? Object.entries(raw) : [];
  const [first] = entries;
  if (first !== undefined && entries.length === 1) return first;
  const joined = entries.length > 1 ? "; join several with allOf or anyOf" : "";
  const known = what === "a condition" ? `a fact or one of ${COMBINATIONS.join(", ")}` : "one key";
  return wrong(place, `${what} has exactly one key, ${known}${joined}`);
}

function isMap(raw: unknown): raw is Record<string, unknown> {
  return typeof raw === "object" && raw !== null && !Array.isArray(raw);
}

/** Any text but the empty one (which means not recorded), without the NUL that databases refuse. */
function isCode(text: string): boolean {
  return text !== "" && !text.includes("\0") && text.isWellFormed();
}

function within(place: Place, key: string | number): Place {
  return { ...place, path: [...place.path, key] };
}

function wrong(place: Place, message: string): null {
  place.report(place.path, message);
  return null;
}
