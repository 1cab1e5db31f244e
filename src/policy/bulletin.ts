import type { Day } from "../kernel/day.ts";
import type { Condition } from "./condition.ts";
import type { SubjectName } from "./facts.ts";
import { READINGS, type ReadingName } from "./readings.ts";

/** A document's rules as data, loaded and checked. Frozen. */
export interface Bulletin {
  readonly number: string;
  readonly title: string;
  readonly issuer: string;
  readonly jurisdiction: string;
  readonly status: string;
  /** First and last day in force; `until` is included, and null while no end is known. */
  readonly effective: { readonly from: Day; readonly until: Day | null };
  /** Whose facts the rules name. */
  readonly about: SubjectName;
  /** Which records it is for. Names only facts that are never missing, so it is true or false. */
  readonly applies: Condition;
  /** Those stated in the file and those that its rules lean on without saying so. */
  readonly readings: readonly Reading[];
  /** In the order of the file. */
  readonly clauses: readonly Clause[];
  /** SHA-256 of the file's bytes, in hexadecimal. */
  readonly contentHash: string;
}

/** What the document is taken to mean where it does not say. */
export interface Reading {
  readonly name: ReadingName;
  readonly value: string | number;
  /** The clause that leaves the question open. */
  readonly clause: string;
  readonly because: string;
}

export interface Clause {
  /** As in the document: "3.1.1.2". */
  readonly number: string;
  /** What it says, in our own words. */
  readonly gist: string;
  /** A statement of aim, with nothing to enforce. */
  readonly note: boolean;
  /** The parts of the product that carry it, by name. */
  readonly work: readonly string[];
  /**
   * Which lines its rules are asked of; null asks them of every line the bulletin is for. Where it is
   * false they are not applicable; where a fact that it names is missing they are unknown.
   */
  readonly when: Condition | null;
  /** Breached, it denies a claim; unknown, it pends it. */
  readonly must: Condition | null;
  /** Warns, and never changes the outcome. */
  readonly should: Condition | null;
  readonly limit: Limit | null;
}

/** At most so many units in a period, taken in turn by the lines that pass every `must`. */
export interface Limit {
  readonly units: number;
  readonly per: Period;
  readonly each: "consumer";
}

export type Period = "day" | "week" | "month";

export type RuleKind = "must" | "should" | "limit";

/** One rule of a clause. A clause may carry several, of different kinds. */
export interface Rule {
  readonly clause: string;
  readonly kind: RuleKind;
}

/** Every rule that is judged, in the order of the file: must, should and limit of each clause. */
export function rulesOf(bulletin: Bulletin): readonly Rule[] {
  const kinds: readonly RuleKind[] = ["must", "should", "limit"];
  return bulletin.clauses.flatMap((clause) =>
    kinds.filter((kind) => clause[kind] !== null).map((kind) => ({ clause: clause.number, kind })),
  );
}

/** A clause with its limit. */
export interface LimitClause {
  readonly clause: string;
  /** Which lines it counts; a line is always in or out, as the facts it names are never missing. */
  readonly when: Condition | null;
  readonly limit: Limit;
}

/**
 * The limits in the order in which they are counted: the shorter period first, so that what a day's
 * limit cuts does not use up the week; then the order of the file. Each counts what the ones before
 * it left payable.
 */
export function limitsOf(bulletin: Bulletin): readonly LimitClause[] {
  const periods: readonly Period[] = ["day", "week", "month"];
  return bulletin.clauses
    .flatMap(({ number, when, limit }) => (limit ? [{ clause: number, when, limit }] : []))
    .toSorted((a, b) => periods.indexOf(a.limit.per) - periods.indexOf(b.limit.per));
}

/** The value of a reading: the bulletin's, or Throughcare's default. */
export function readingOf(bulletin: Bulletin, name: string): string | number {
  const stated = bulletin.readings.find((reading) => reading.name === name);
  return stated?.value ?? READINGS[name as ReadingName].default;
}

/** The same as `readingOf` for the readings that have named values. */
export function chosen<Name extends ReadingName>(
  bulletin: Bulletin,
  name: Name,
): keyof NonNullable<(typeof READINGS)[Name]["options"]> {
  return readingOf(bulletin, name) as keyof NonNullable<(typeof READINGS)[Name]["options"]>;
}

/** The bulletin read otherwise: what would be judged if these readings had these values. */
export function withReadings(
  bulletin: Bulletin,
  values: Readonly<Partial<Record<ReadingName, string | number>>>,
): Bulletin {
  const kept = bulletin.readings.filter(({ name }) => !(name in values));
  const changed = Object.entries(values).map(([name, value]): Reading => {
    const stated = bulletin.readings.find((reading) => reading.name === name);
    return Object.freeze({
      name: name as ReadingName,
      value,
      clause: stated?.clause ?? "",
      because: stated?.because ?? "",
    });
  });
  return Object.freeze({ ...bulletin, readings: Object.freeze([...kept, ...changed]) });
}

/** Whether the bulletin is in force on a day. */
export function inForce(bulletin: Bulletin, on: Day): boolean {
  const { from, until } = bulletin.effective;
  return on >= from && (until === null || on <= until);
}
