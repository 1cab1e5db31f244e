import { all, any, not, type Truth } from "../kernel/logic.ts";
import { type Interval, intervalOf, overlap, type TimeOfDay } from "../kernel/time.ts";
import {
  type Condition,
  type Dictionary,
  type Is,
  type IsAtLeast,
  type IsAtMost,
  type IsOneOf,
  interpret,
  type NoOverlapWith,
  type ReadingValue,
  type Value,
} from "./condition.ts";
import { type FactValue, type Line, recorded } from "./facts.ts";

/** What a condition comes to for one line, and the comparisons that decided it. */
export interface Evaluation {
  readonly truth: Truth;
  readonly because: readonly Reason[];
}

/** A comparison that decided: its own truth, which is the opposite of the whole's under a `not`. */
export interface Reason {
  readonly condition: Is | IsOneOf | IsAtLeast | IsAtMost | NoOverlapWith;
  readonly truth: Truth;
  /** The facts compared; for an overlap also the ids of the other lines that decided. */
  readonly facts: Readonly<Record<string, FactValue>>;
}

/** What an evaluation may look at. */
export interface Evidence {
  readonly line: Line;
  readonly reading: (name: string) => string | number;
  /** Lines of this service, of the same consumer and date as the line, without the line itself. */
  readonly sameDay: (service: string) => readonly Line[];
}

/** Judges a condition for one line, in three-valued logic. */
export function evaluate(condition: Condition, evidence: Evidence): Evaluation {
  return interpret(meaning, condition, evidence);
}

const meaning: Dictionary<Evidence, Evaluation> = {
  is: (condition, evidence) =>
    compare(condition, evidence, (value) => isAmong(value, [condition.value])),

  isOneOf: (condition, evidence) =>
    compare(condition, evidence, (value) => isAmong(value, condition.values)),

  isAtLeast: (condition, evidence) => {
    const bound = boundOf(condition.value, evidence);
    return compare(condition, evidence, (value) => value >= bound);
  },

  isAtMost: (condition, evidence) => {
    const bound = boundOf(condition.value, evidence);
    return compare(condition, evidence, (value) => value <= bound);
  },

  allOf: (condition, evidence) => {
    const parts = condition.of.map((part) => evaluate(part, evidence));
    return decided(all(parts.map((part) => part.truth)), parts);
  },

  anyOf: (condition, evidence) => {
    const parts = condition.of.map((part) => evaluate(part, evidence));
    return decided(any(parts.map((part) => part.truth)), parts);
  },

  not: (condition, evidence) => {
    const { truth, because } = evaluate(condition.of, evidence);
    return { truth: not(truth), because };
  },

  noOverlapWith: (condition, evidence) => {
    const own = timesOf(evidence.line);
    const others = evidence.sameDay(condition.service);
    const undecided = others.filter((other) => own === null || timesOf(other) === null);
    const overlapping = others.filter((other) => {
      const times = timesOf(other);
      return own !== null && times !== null && overlap(own, times);
    });
    const truth = overlapping.length > 0 ? false : undecided.length > 0 ? null : true;
    const facts = {
      ...factsOf(evidence.line, ["service_date", "start_time", "end_time"]),
      overlapping_lines: idsOf(overlapping),
      undecided_lines: idsOf(undecided),
    };
    return { truth, because: [{ condition, truth, facts }] };
  },

  byReading: (condition, evidence) => {
    const branch = condition.options[evidence.reading(condition.reading)];
    if (branch === undefined) throw new RangeError(`Reading ${condition.reading} has no branch`);
    return evaluate(branch, evidence);
  },
};

function compare(
  condition: Is | IsOneOf | IsAtLeast | IsAtMost,
  { line }: Evidence,
  holds: (value: NonNullable<FactValue>) => boolean,
): Evaluation {
  const value = recorded(line, condition.fact);
  const truth = value === null ? null : holds(value);
  return { truth, because: [{ condition, truth, facts: { [condition.fact]: value } }] };
}

/** The parts that have the truth of the whole are the ones that decided it. */
function decided(truth: Truth, parts: readonly Evaluation[]): Evaluation {
  return {
    truth,
    because: parts.filter((part) => part.truth === truth).flatMap((part) => part.because),
  };
}

function isAmong(value: NonNullable<FactValue>, wanted: readonly Value[]): boolean {
  return typeof value === "object"
    ? value.some((held) => wanted.includes(held))
    : wanted.includes(value);
}

function boundOf(value: Value | ReadingValue, { reading }: Evidence): Value {
  return typeof value === "object" ? reading(value.reading) : value;
}

/** The line's times, or null when they can't be used: one is missing, or the end not after the start. */
function timesOf(line: Line): Interval | null {
  return intervalOf(line.start_time as TimeOfDay | null, line.end_time as TimeOfDay | null);
}

function factsOf(line: Line, names: readonly string[]): Record<string, FactValue> {
  return Object.fromEntries(names.map((name) => [name, recorded(line, name)]));
}

function idsOf(lines: readonly Line[]): readonly string[] {
  return lines.map((line) => line.line_id);
}
