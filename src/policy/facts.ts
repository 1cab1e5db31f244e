import type { Day } from "../kernel/day.ts";
import type { TimeOfDay } from "../kernel/time.ts";
import { careFacts } from "./care-facts.ts";
import { serviceFacts } from "./service-facts.ts";

/**
 * What values a fact takes:
 * - `open-code`: any text; the codes listed are the known ones
 * - `closed-code`: one of the codes listed, no other
 * - `held-codes`: the set of codes held on the day; a rule is met when any one held satisfies it, an
 *   empty set fails it, and only null is unknown
 * - `count`: a whole number; `money`: whole cents
 * - `flag`: true or false · `day`: YYYY-MM-DD · `time`: HH:MM
 */
export type FactKind =
  | "open-code"
  | "closed-code"
  | "held-codes"
  | "count"
  | "money"
  | "flag"
  | "day"
  | "time";

/** One thing that can be known about a subject, and that a bulletin's rules may name. */
export interface Fact {
  readonly kind: FactKind;
  /** In plain English, without an article: "plan discussed". */
  readonly label: string;
  /** What to arrange or record when the fact is missing or fails, as an instruction; null: nobody can. */
  readonly arrange: string | null;
  /** `files`: a column of service-line files too. `own-records`: only the agency's own view knows. */
  readonly source: "files" | "own-records";
  /** Never missing: a record without it is unreadable. Only such facts decide whether a bulletin applies. */
  readonly needed: boolean;
  /** For a flag: what it says when true and when false, where "label is yes" would be stiff. */
  readonly says?: { readonly yes: string; readonly no: string };
  /** Codes and what they stand for in plain English. */
  readonly codes?: Readonly<Record<string, string>>;
  /** Smallest and largest value, where the form sets them. */
  readonly range?: { readonly min: number; readonly max: number };
}

/** What rules can be about: the facts known of it, and which of them dates it. */
export interface Subject {
  /** For people: "a service". */
  readonly label: string;
  /** More than one of them: "services". */
  readonly plural: string;
  /** The fact (of kind `day`) on which the rules in force are asked. */
  readonly dated: string;
  /**
   * Whether its lines take units that are claimed. Only such lines can be limited, and only of them
   * an outcome says what may be paid.
   */
  readonly claimed: boolean;
  /** How a `must` is read out, before a colon: "to be paid". */
  readonly must: string;
  readonly facts: Readonly<Record<string, Fact>>;
}

/** Every subject that a bulletin can be `about`. Another one is one more entry here. */
export const SUBJECTS = {
  service: {
    ...{ label: "a service", plural: "services", dated: "service_date" },
    ...{ claimed: true, must: "to be paid" },
    facts: serviceFacts,
  },
  care: {
    ...{ label: "a record of care", plural: "records of care", dated: "on_day" },
    ...{ claimed: false, must: "falls short unless" },
    facts: careFacts,
  },
} as const satisfies Record<string, Subject>;

export type SubjectName = keyof typeof SUBJECTS;

export type FactValue = string | number | boolean | readonly string[] | null;

/** What is known of a consumer's record. A fact that is absent, undefined or null is not recorded. */
export interface Known {
  /** Whose record it is: limits and overlaps are looked for among the same consumer's lines. */
  readonly consumer_id: string;
  readonly [fact: string]: FactValue | undefined;
}

/** A record to judge. */
export interface Line extends Known {
  readonly line_id: string;
}

/** A service line in the columns of service-lines.md, plus what only the agency's own records know. */
export interface ServiceLine extends Line {
  readonly service: string;
  readonly service_date: Day;
  readonly units: number;
  readonly agency_id?: string | null;
  readonly program?: string | null;
  readonly start_time?: TimeOfDay | null;
  readonly end_time?: TimeOfDay | null;
  readonly setting?: string | null;
  readonly consumer_present?: boolean | null;
  readonly supports_present?: number | null;
  readonly plan_discussed?: string | null;
  readonly performer_id?: string | null;
  readonly performer_qualification?: readonly string[] | null;
  readonly amount_cents?: number | null;
  readonly therapy_need_open_days?: number | null;
}

/** The fact of that name, or null when the subject has none such. */
export function findFact(subject: SubjectName, name: string): Fact | null {
  const facts: Readonly<Record<string, Fact>> = SUBJECTS[subject].facts;
  return Object.hasOwn(facts, name) ? (facts[name] ?? null) : null;
}

/** The fact of that name; throws when the subject has none, because a loaded bulletin names no other. */
export function getFact(subject: SubjectName, name: string): Fact {
  const found = findFact(subject, name);
  if (found === null) throw new RangeError(`No fact ${name} of ${subject}`);
  return found;
}

/** The recorded value, or null when it is not recorded. */
export function recorded(line: Known, fact: string): FactValue {
  return line[fact] ?? null;
}

/** A value of a fact in plain English: a code's meaning, yes or no, the number. */
export function sayValue(fact: Fact, value: Exclude<FactValue, null>): string {
  if (typeof value === "boolean") return value ? "yes" : "no";
  if (typeof value === "object") {
    return value.length === 0 ? "none" : value.map((code) => sayValue(fact, code)).join(" and ");
  }
  if (fact.kind === "money") return `${(Number(value) / 100).toFixed(2)}`;
  const codes = fact.codes ?? {};
  return Object.hasOwn(codes, value) ? (codes[value] ?? String(value)) : String(value);
}
