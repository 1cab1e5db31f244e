import type { Day } from "../kernel/day.ts";
import type { ProviderKind } from "./provider.ts";

/** What may be needed from others (FC 3.1.1.4, MC A2); family therapy is the one that FC 3.2 watches. */
export const needs = {
  "family-therapy": "Family therapy",
  medical: "Medical care",
  psychiatric: "Mental health care",
  "child-care": "Child care",
  "social-care": "Social care",
  housing: "Housing",
  benefits: "Benefits and money",
  legal: "Legal help",
  "domestic-abuse": "Safety from domestic abuse",
  education: "Education",
  employment: "Work",
  other: "Something else",
} as const;
/** What is asked of others for a stay, from its own page. */
const forStays = {
  placement: "A place to stay",
  "joint-work": "Working on it together",
  funding: "Funding of a stay",
} as const;
export type StayNeed = keyof typeof forStays;
export type Need = keyof typeof needs | StayNeed;
export const needCodes = Object.keys(needs) as [keyof typeof needs, ...(keyof typeof needs)[]];

/** What a need is called; a code of an earlier day stands as it is. */
export function sayNeed(need: string): string {
  return { ...needs, ...forStays }[need as Need] ?? need;
}

/** The kind of the directory under which help with a need is found, when it has one of its own. */
export function kindForNeed(need: string): ProviderKind | null {
  if (need === "family-therapy") return "family-service";
  return need === "other" || !Object.hasOwn(needs, need) ? null : (need as ProviderKind);
}

/** What whoever is asked is told it for, in the accounting. */
export function purposeOf(need: string): string {
  if (need === "funding") return "So that they can decide whether they pay for the stay";
  return "So that they can help with what the person is referred for";
}

/**
 * `handed`: the person took it along and nothing was told · `refused`: the service that was asked
 * declined, so the need stands · `declined`: the person does not want it · `provided`: it was given.
 */
export const referralStatuses = [
  ...(["open", "handed", "sent", "accepted", "refused", "attended"] as const),
  ...(["arranged", "provided", "declined", "closed"] as const),
] as const;
export type ReferralStatus = (typeof referralStatuses)[number];

/** Of these nothing is to be done any more. */
export const endedStatuses: readonly ReferralStatus[] = ["provided", "declined", "closed"];
const awaiting: readonly string[] = ["handed", "sent"];

/** A need stands until it was met, declined or closed. */
export function stands(status: string): boolean {
  return !(endedStatuses as readonly string[]).includes(status);
}

/** Those in which its owner does something next: `nextDay` says when. */
export const waitingStatuses: readonly ReferralStatus[] = referralStatuses.filter(stands);

/** Somebody was asked and has not answered. */
export function awaitsAnswer(status: string): boolean {
  return awaiting.includes(status);
}

type Dated = { status: string; due_on: string; chase_on: string | null };

/**
 * The day on which its owner does something next: asks somebody, asks again, or hears what came of it.
 * Null where nothing is waited for.
 */
export function nextDay({ status, due_on, chase_on }: Dated): string | null {
  if (status === "open") return due_on;
  return stands(status) ? (chase_on ?? due_on) : null;
}

/** Past the day on which something was to be done about it. */
export function isOverdue(referral: Dated, today: Day): boolean {
  const day = nextDay(referral);
  return day !== null && day < today;
}

const next: Record<ReferralStatus, readonly ReferralStatus[]> = {
  open: ["arranged", "provided", "declined", "closed"],
  handed: ["accepted", "attended", "refused", "open", "declined", "closed"],
  sent: ["accepted", "attended", "refused", "open", "declined", "closed"],
  accepted: ["attended", "provided", "refused", "open", "declined", "closed"],
  refused: ["open", "declined", "closed"],
  attended: ["provided", "open"],
  arranged: ["provided", "open", "declined", "closed"],
  provided: [],
  declined: ["open"],
  closed: ["open"],
};

/**
 * What a referral may become by saying so: forward; back when an arrangement fell through or minds
 * changed. It is sent or handed over by sending it, with a ground (`maySend`).
 */
export function nextStatuses(status: string): readonly ReferralStatus[] {
  return next[status as ReferralStatus] ?? [];
}

/** Whether somebody may be asked now: nothing is arranged, and nobody has been asked and not answered. */
export function maySend(status: string): boolean {
  return status === "open" || status === "refused";
}

/** What has to be said with it: why it is open again, declined or closed, and what came of what was given. */
export function needsWords(from: string, to: ReferralStatus): boolean {
  return ["open", "declined", "closed", "refused"].includes(to) || closesWithOutcome(from, to);
}

/** Whether this step ends what others gave: then it says what came of it. */
export function closesWithOutcome(from: string, to: string): boolean {
  return to === "provided" && (from === "accepted" || from === "attended");
}

/** Whether the owner asks again on a day after this step. */
export function asksForChase(to: ReferralStatus): boolean {
  return to === "accepted" || to === "attended" || to === "refused" || to === "arranged";
}

type Dates = { arranged_on: string | null };

/**
 * Whose dates follow a status. What FC 3.2 reads is `arranged_on`: the day on which somebody took it
 * on, or gave it. It is kept while that stands and lost when it falls through.
 */
export function datesAfter(
  referral: Dates,
  step: { status: ReferralStatus; on: Day },
): { arranged_on: string | null; ended_on: Day | null } {
  switch (step.status) {
    case "open":
    case "handed":
    case "sent":
    case "refused":
      return { arranged_on: null, ended_on: null };
    case "arranged":
    case "accepted":
      return { arranged_on: step.on, ended_on: null };
    case "attended":
      return { arranged_on: referral.arranged_on ?? step.on, ended_on: null };
    case "provided":
      return { arranged_on: referral.arranged_on ?? step.on, ended_on: step.on };
    default:
      return { arranged_on: referral.arranged_on, ended_on: step.on };
  }
}

/** How a letter left, or how it was told. */
export const sentHow = {
  letter: "By post",
  "secure-message": "By secure message",
  telephone: "By telephone",
  "in-person": "In person",
} as const;
export type SentHow = keyof typeof sentHow;
