import { addDays, type Day, monthOf } from "../kernel/day.ts";

/**
 * What the service dashboard shows. Each measure is a relation of cases (measure-store.ts): who, in
 * which programme, on which day, its value, and whether it counts. The charts add up those rows and
 * the lists show them, so that every number opens exactly what is behind it.
 */
export const measures = {
  waiting: {
    title: "Waiting for a start",
    /** What one case is, and what those that count have in common. */
    cases: "people who were offered a start",
    counts: "within the target",
    value: "days from referral to the start offered",
    on: "the day of the start",
  },
  stay: {
    title: "Length of stay",
    cases: "stays that ended",
    counts: null,
    value: "days, first and last included",
    on: "the last day",
    about:
      "A stay in beds counts once, from admission, where it ended. Time enrolled without a bed counts beside it. No day counts twice: the day of a change, or a day in two at once, counts where they came last.",
  },
  endings: {
    title: "Planned endings",
    cases: "endings",
    counts: "planned",
    value: null,
    on: "the day of leaving",
  },
  completion: {
    title: "Completion",
    cases: "episodes closed",
    counts: "completed",
    value: "days of the episode",
    on: "the day it closed",
  },
  returns: {
    title: "Return within six months",
    cases: "completed episodes",
    counts: "came back within 183 days",
    value: "days until the return",
    on: "the day of completion",
  },
  "seen-again": {
    title: "From coming back to being seen",
    cases: "people who came back",
    counts: "seen within the target",
    value: "days until they were seen",
    on: "the day they asked",
  },
  "relapse-seen": {
    title: "From using again to being seen",
    cases: "people who said since when, and were seen",
    counts: null,
    value: "days from using again until they were seen",
    on: "the day they were seen",
  },
  conferences: {
    title: "Family Conferences",
    cases: "conferences held",
    counts: "payable, in full or reduced",
    value: null,
    on: "the day held",
  },
  "open-access": {
    title: "Open access",
    cases: "contacts without a plan or an episode",
    counts: "had completed treatment",
    value: null,
    on: "the day they came",
    none: "Not known from care",
  },
} as const satisfies Record<string, Measured>;

export type Measured = {
  title: string;
  cases: string;
  counts: string | null;
  value: string | null;
  on: string;
  /** What it rests on, where the title does not say. */
  about?: string;
  /** What the cases of no programme are called, where it is not that they were before a start. */
  none?: string;
};
export type Measure = keyof typeof measures;
export const measureNames = Object.keys(measures) as Measure[];

/** Stands for a programme's id where people left before they were in any. */
export const NO_PROGRAM = "none";

/** What the line of those cases is called that are of no programme. */
export function noneOf(measure: Measure): string {
  const { none }: Measured = measures[measure];
  return none ?? "Before a start";
}

/** A month's, a programme's or the whole period's cases of one measure. `median` is of their values. */
export type Total = {
  cases: number;
  counting: number;
  median: number | null;
  /** How many of the cases have a value: what the median rests on. All of them where it is not said. */
  valued?: number;
};

/** A month's or a whole period's cases of one measure, in one programme or in all of them. */
export type TotalRow = Total & {
  measure: Measure;
  /** The first day of a month; null for the whole period. */
  month: Day | null;
  /** Of one programme's line: its id, null before a start. */
  program_id: string | null;
  /** Whether this is one programme's line; false: of them all. */
  by_program: boolean;
};

/** The months that a period has, the earliest first, each as its first day. */
export function monthsOf(period: { from: Day; to: Day }): Day[] {
  const months: Day[] = [];
  for (let at = monthOf(period.from).from; at <= period.to; at = addDays(monthOf(at).to, 1)) {
    months.push(at);
  }
  return months;
}

/** The last so many whole months and the one that runs: what the dashboard opens with is twelve. */
export function periodOf(months: number, today: Day): { from: Day; to: Day } {
  let from = monthOf(today).from;
  for (let n = 1; n < months; n++) from = monthOf(addDays(from, -1)).from;
  return { from, to: today };
}

/** Whole percent; null when there is nothing to take a share of. */
export function share({ cases, counting }: Total): number | null {
  return cases === 0 ? null : Math.round((100 * counting) / cases);
}
