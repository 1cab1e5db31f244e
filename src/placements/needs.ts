import { addDays, type Day } from "../kernel/day.ts";
import type { UnitKind } from "./unit.ts";

/**
 * What is known of the person, from the latest completed assessment and what is recorded beside
 * it. Null where nobody asked or nobody knows.
 */
export type Needs = {
  /** The kind of place that is asked for: by the person, or by whoever put them on a list. */
  askedKind: UnitKind | null;
  preferredApproaches: readonly string[] | null;
  wantsWomenOnly: boolean | null;
  wantsChildWith: boolean | null;
  preferredLocality: string | null;
  pregnant: boolean | null;
  /** When the last answer about a pregnancy was given, where it counts no more; the answer is null then. */
  pregnantSince: Day | null;
  liverDisease: boolean | null;
  severeMentalIllness: boolean | null;
  offendingNow: boolean | null;
  prescribedNow: boolean | null;
  riskToSelf: "none" | "some" | "high" | null;
  riskToOthers: "none" | "some" | "high" | null;
  /** What they need to get in, stay and follow, by the codes of the assessment; the rest in words. */
  access: readonly string[];
  accessWords: string | null;
  /** The language they speak, and whether with an interpreter. */
  language: string;
  interpreter: boolean;
  languageWords: string | null;
  /** Completed years. Null: nobody knows when they were born. */
  age: number | null;
  /** As the person gave them; a hint for units of women or men only, and no more. */
  pronouns: string | null;
  /** Answers that an assessment of an earlier episode gave, and when. */
  old: Partial<Record<Answered, Day>>;
};
/** What an assessment answers. */
export type Answered = Exclude<
  keyof Needs,
  "old" | "age" | "pronouns" | "prescribedNow" | "pregnantSince" | "language" | "interpreter"
>;

/** Weeks for which the answer that somebody is not pregnant counts: our assumption. */
export const NOT_PREGNANT_WEEKS = 8;
/** Weeks after the day a birth was expected, after which what an assessment said of it is over. */
const WEEKS_AFTER_DUE = 6;
/** Days after which a pregnancy whose end nobody wrote down is over. */
const LONGEST_DAYS = 300;

/** Whether somebody is pregnant, as far as an answer of some time ago can tell; null: to be asked. */
export function pregnancyOn(
  told: { is: boolean; due: Day | null; on: Day } | null,
  today: Day,
): { is: boolean | null; since: Day | null } {
  if (!told) return { is: null, since: null };
  const { is, due, on } = told;
  const until = !is
    ? addDays(on, 7 * NOT_PREGNANT_WEEKS)
    : due
      ? addDays(due, 7 * WEEKS_AFTER_DUE)
      : addDays(on, LONGEST_DAYS);
  return today <= until ? { is, since: null } : { is: null, since: on };
}
