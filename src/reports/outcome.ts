import { addDays, type Day } from "../kernel/day.ts";

/** When in a journey somebody is asked. */
export const stages = {
  start: "At the start",
  review: "During care",
  exit: "On leaving",
  after: "After leaving",
} as const;
export type Stage = keyof typeof stages;

/** `days`: of the last 28. `scale`: 0 to 20, as the person sees it. `flag`: yes or no. */
type Kind = "days" | "scale" | "flag";

/** What is asked, in its four sections; the names are the columns'. */
export const questions = {
  alcohol_days: { section: "Substance use", label: "Alcohol", kind: "days" },
  opiate_days: { section: "Substance use", label: "Opiates", kind: "days" },
  crack_days: { section: "Substance use", label: "Crack", kind: "days" },
  cocaine_days: { section: "Substance use", label: "Cocaine", kind: "days" },
  amphetamine_days: { section: "Substance use", label: "Amphetamines", kind: "days" },
  cannabis_days: { section: "Substance use", label: "Cannabis", kind: "days" },
  other_days: { section: "Substance use", label: "Anything else", kind: "days" },
  tobacco_days: { section: "Substance use", label: "Tobacco", kind: "days" },
  injecting_days: { section: "Injecting", label: "Injecting", kind: "days" },
  sharing: {
    section: "Injecting",
    label: "Shared a needle, syringe, spoon or filter",
    kind: "flag",
  },
  shoplifting_days: { section: "Crime", label: "Shoplifting", kind: "days" },
  selling_days: { section: "Crime", label: "Selling drugs", kind: "days" },
  other_theft_days: { section: "Crime", label: "Other theft", kind: "days" },
  violence: { section: "Crime", label: "Hurt or threatened somebody", kind: "flag" },
  work_days: { section: "Health and daily life", label: "Paid work", kind: "days" },
  education_days: { section: "Health and daily life", label: "School or college", kind: "days" },
  housing_problem: { section: "Health and daily life", label: "Nowhere fit to live", kind: "flag" },
  eviction_risk: {
    section: "Health and daily life",
    label: "At risk of losing the home",
    kind: "flag",
  },
  psychological_health: {
    section: "Health and daily life",
    label: "Psychological health",
    kind: "scale",
  },
  physical_health: { section: "Health and daily life", label: "Physical health", kind: "scale" },
  quality_of_life: { section: "Health and daily life", label: "Quality of life", kind: "scale" },
} as const satisfies Record<string, { section: string; label: string; kind: Kind }>;
export type Question = keyof typeof questions;
export type Answer = number | boolean | null;
/** An answer to each question; null: not told. */
export type Answers = {
  [Name in Question]: (typeof questions)[Name]["kind"] extends "flag"
    ? boolean | null
    : number | null;
};

export const sections = [...new Set(Object.values(questions).map(({ section }) => section))];
export const questionsIn = (section: string) =>
  (Object.keys(questions) as Question[]).filter((name) => questions[name].section === section);

/** The largest answer there is: days of the last 28, or 20 of 20. */
export function mostOf(question: Question): number {
  return { days: 28, scale: 20, flag: 1 }[questions[question].kind];
}

/** Less is better of what is used or done to others; more is better of work, school, health and life. */
export function moreIsBetter(question: Question): boolean {
  return questions[question].kind === "scale" || /^(work|education)_/.test(question);
}

export type Measured = { stage: string; measured_on: string };

/** Days after the first day of care by which the start is asked: usual, as we recall; an assumption. */
export const START_WITHIN_DAYS = 14;
/** Days between two measures: about three months. */
export const BETWEEN_DAYS = 91;

/**
 * What is to be asked next in an episode, and by when; null when nothing more is. A start that was
 * never asked is not asked after the end.
 */
export function nextMeasure(
  episode: { opened_on: string; closed_on: string | null },
  measures: readonly Measured[],
): { stage: Stage; due: Day } | null {
  const last = (stage: Stage) =>
    measures
      .filter((one) => one.stage === stage)
      .map((one) => one.measured_on)
      .sort()
      .at(-1);
  if (episode.closed_on !== null) {
    const exit = last("exit");
    if (!exit) return { stage: "exit", due: episode.closed_on as Day };
    if (last("after")) return null;
    return { stage: "after", due: addDays(episode.closed_on as Day, BETWEEN_DAYS) };
  }
  const start = last("start");
  if (!start) {
    return { stage: "start", due: addDays(episode.opened_on as Day, START_WITHIN_DAYS) };
  }
  const latest = [start, last("review") ?? start].sort().at(-1) ?? start;
  return { stage: "review", due: addDays(latest as Day, BETWEEN_DAYS) };
}

/** Why an answer set cannot stand, by field; empty: it can. */
export function whyNot(answers: Partial<Answers>): Partial<Record<Question, string>> {
  const wrong: Partial<Record<Question, string>> = {};
  const asked = Object.keys(answers) as Question[];
  if (asked.length === 0 || asked.every((name) => answers[name] === null)) {
    return { quality_of_life: "Nothing is answered yet. Record what the person told." };
  }
  if (answers.injecting_days === 0 && answers.sharing === true) {
    wrong.sharing = "Shared, and no day of injecting: check one of the two.";
  }
  return wrong;
}
