import type { Day } from "../kernel/day.ts";

export const needs = ["family-therapy", "other"] as const;
export type Need = (typeof needs)[number];

export const referralStatuses = ["open", "arranged", "provided", "declined", "closed"] as const;
export type ReferralStatus = (typeof referralStatuses)[number];

/** A need stands until it was met, declined or closed. */
export function stands(status: string): boolean {
  return status === "open" || status === "arranged";
}

/** Past its date with nothing arranged. */
export function isOverdue(referral: { status: string; due_on: string }, today: Day): boolean {
  return referral.status === "open" && referral.due_on < today;
}

const next: Record<ReferralStatus, readonly ReferralStatus[]> = {
  open: ["arranged", "provided", "declined", "closed"],
  arranged: ["provided", "open", "declined", "closed"],
  provided: [],
  declined: ["open"],
  closed: ["open"],
};

/** What a referral may become: forward; back when an arrangement fell through or minds changed. */
export function nextStatuses(status: string): readonly ReferralStatus[] {
  return next[status as ReferralStatus] ?? [];
}

/** Whose dates follow a status: arranged keeps its day while provided, and is lost when reopened. */
export function datesAfter(
  referral: { arranged_on: string | null },
  step: { status: ReferralStatus; on: Day },
): { arranged_on: string | null; ended_on: Day | null } {
  switch (step.status) {
    case "open":
      return { arranged_on: null, ended_on: null };
    case "arranged":
      return { arranged_on: step.on, ended_on: null };
    case "provided":
      return { arranged_on: referral.arranged_on ?? step.on, ended_on: step.on };
    default:
      return { arranged_on: referral.arranged_on, ended_on: step.on };
  }
}
