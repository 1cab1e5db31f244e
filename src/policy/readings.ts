/**
 * The readings: what Throughcare takes a document to mean where the document does not say. A bulletin's
 * file sets them, each with its clause and a reason; every verdict that leans on one names it.
 */
export interface ReadingKind {
  /** The question that the document leaves open. */
  readonly question: string;
  /** The values that can be chosen, each with its meaning; or null when the value is a number of days. */
  readonly options: Readonly<Record<string, ReadingOption>> | null;
  /** What a number of days means, with # for the number; "within # days" unless said. */
  readonly days?: string;
  readonly default: string | number;
}

export interface ReadingOption {
  readonly meaning: string;
  /** Why nothing recorded lets us judge by this one. It is told as an alternative and can't be chosen. */
  readonly unjudgeable?: string;
}

export const READINGS = {
  unit: {
    question: "How long is a unit?",
    options: {
      "5-minutes": { meaning: "a unit is 5 minutes" },
      "10-minutes": { meaning: "a unit is 10 minutes" },
      "15-minutes": { meaning: "a unit is 15 minutes" },
      "30-minutes": { meaning: "a unit is 30 minutes" },
      "60-minutes": { meaning: "a unit is an hour" },
    },
    default: "15-minutes",
  },
  rounding: {
    question: "When does a part of a unit count?",
    options: {
      completed: { meaning: "only whole units that were completed count, session by session" },
      "more-than-half": {
        meaning:
          "a last unit counts once more than half of it is done (with 15-minute units, the 8-minute rule)",
      },
    },
    default: "completed",
  },
  week: {
    question: "When does a week start?",
    options: {
      sunday: { meaning: "a week is Sunday to Saturday" },
      monday: { meaning: "a week is Monday to Sunday" },
    },
    default: "sunday",
  },
  over: {
    question: "What becomes of a line that crosses the limit?",
    options: {
      cutback: { meaning: "the units that fit are payable and the excess is cut" },
      "deny-line": {
        meaning: "a line that does not fit whole is denied, and a later, smaller one may still fit",
      },
    },
    default: "cutback",
  },
  scope: {
    question: "Over which records is the limit counted?",
    options: {
      everywhere: { meaning: "units count over every program and agency in the records" },
      agency: { meaning: "each agency's units are counted apart" },
      program: { meaning: "each program's units are counted apart" },
    },
    default: "everywhere",
  },
  order: {
    question: "Which line takes the units first?",
    options: {
      time: { meaning: "the earlier date, then the earlier start, then the line id comes first" },
      "line-id": { meaning: "the earlier date, then the line id comes first" },
    },
    default: "time",
  },
  overlap: {
    question: "How much overlap is too much?",
    options: {
      "any-minute": { meaning: "one shared minute is an overlap" },
      "take-off-minutes": {
        meaning: "shared minutes are taken off the units",
        unjudgeable: "units are taken as billed and never recomputed from the times",
      },
    },
    default: "any-minute",
  },
  plan: {
    question: "Must one session discuss both plans?",
    options: {
      either: { meaning: "either plan is enough in one session" },
      both: { meaning: "both plans must be discussed in one session" },
    },
    default: "either",
  },
  support: {
    question: "Who is a support?",
    options: {
      any: { meaning: "a referral source alone is enough" },
      "family-or-significant-other": {
        meaning: "a family member or significant other must be among them",
        unjudgeable: "a line counts the supports who came and does not say who they were",
      },
    },
    default: "any",
  },
  "arranged-within": {
    question: "Within how many days is a need to be arranged?",
    options: null,
    default: 30,
  },
  "prescribing-alone": {
    question: "For how long at the start may prescribing stand alone?",
    options: null,
    days: "for the first # days, prescribing may stand alone",
    default: 14,
  },
  "care-package": {
    question: "What makes a package of care of prescribing?",
    options: {
      "plan-and-more": {
        meaning: "an agreed care plan that holds something besides the prescribing",
      },
      plan: { meaning: "an agreed care plan, whatever it holds" },
    },
    default: "plan-and-more",
  },
  "withdrawal-in-community": {
    question: "Is withdrawal in the community judged too?",
    options: {
      "not-judged": { meaning: "withdrawal in the community is recorded, and not judged by this" },
      judged: { meaning: "withdrawal in the community is judged like any other" },
    },
    default: "not-judged",
  },
  "support-range": {
    question: "How many supports make a range of both kinds?",
    options: {
      "one-of-each": { meaning: "one support of each kind at least" },
      "two-of-each": { meaning: "two supports of each kind at least" },
    },
    default: "one-of-each",
  },
  "aftercare-supports": {
    question: "Which supports does an aftercare plan name?",
    options: {
      "one-of-each": { meaning: "one support of each kind at least" },
      either: { meaning: "one support at least, of whichever kind" },
    },
    default: "one-of-each",
  },
  "relapse-measures": {
    question: "Which measures cover possible relapse?",
    options: {
      "signs-and-steps": {
        meaning: "a trigger or early sign is named, and something to do about it",
      },
      steps: { meaning: "something to do is enough, without triggers or early signs" },
    },
    default: "signs-and-steps",
  },
  "swift-access": {
    question: "What ensures a swift way back?",
    options: {
      "where-who-soon": { meaning: "the plan says where to come back, whom to ask for, how soon" },
      "where-who": { meaning: "the plan says where to come back and whom to ask for" },
    },
    default: "where-who-soon",
  },
} as const satisfies Record<string, ReadingKind>;

export type ReadingName = keyof typeof READINGS;

/** The longest that a reading in days may be. */
export const MOST_DAYS = 366;

/** The kind of reading of that name, or null. */
export function findReadingKind(name: string): ReadingKind | null {
  return Object.hasOwn(READINGS, name) ? READINGS[name as ReadingName] : null;
}

/** What a value of a reading means, in plain English. */
export function sayReading(name: string, value: string | number): string {
  const kind = findReadingKind(name);
  const option = kind?.options?.[value];
  const inDays = kind?.days ?? "within # days";
  return option === undefined ? inDays.replace("#", String(value)) : option.meaning;
}
