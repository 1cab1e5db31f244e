import type { TimelineEntry, TimelineKind } from "./timeline.ts";

/** A badge's words, and whether it marks something finished, open, wanting attention, or undone. */
export type Badge = { label: string; tone: "done" | "open" | "attention" | "undone" };

const badges: Partial<Record<TimelineKind, Record<string, Badge>>> = {
  "come-back": {
    seen: { label: "Seen", tone: "done" },
    waits: { label: "Not seen yet", tone: "attention" },
  },
  "duty-alert": {
    open: { label: "Nobody has taken it up", tone: "attention" },
    taken: { label: "Taken up", tone: "open" },
    closed: { label: "Closed", tone: "done" },
  },
  "concern-call": {
    open: { label: "To follow up", tone: "attention" },
    closed: { label: "Closed", tone: "done" },
  },
  "referral-in": {
    emergency: { label: "Emergency", tone: "attention" },
    urgent: { label: "Urgent", tone: "attention" },
  },
  triage: { priority: { label: "Priority", tone: "attention" } },
  assessment: {
    draft: { label: "Draft", tone: "attention" },
    high: { label: "High risk", tone: "attention" },
  },
  "start-offer": { open: { label: "Not answered", tone: "open" } },
  appointment: {
    scheduled: { label: "Scheduled", tone: "open" },
    "came-or-not": { label: "Did they come?", tone: "attention" },
    draft: { label: "Draft", tone: "attention" },
    "awaits-cosign": { label: "Signed, awaits co-signature", tone: "attention" },
    signed: { label: "Signed", tone: "done" },
    held: { label: "Held", tone: "attention" },
    cancelled: { label: "Cancelled", tone: "undone" },
    "did-not-come": { label: "Did not take place", tone: "undone" },
    "family-only": { label: "Family came alone", tone: "undone" },
    voided: { label: "Voided", tone: "undone" },
  },
  service: {
    recorded: { label: "Recorded", tone: "done" },
    voided: { label: "Voided", tone: "undone" },
  },
  "discharge-conference": {
    there: { label: "With family", tone: "done" },
    "family-conference": { label: "With a Family Conference", tone: "done" },
    none: { label: "Without family", tone: "done" },
  },
  "placement-ended": {
    planned: { label: "Planned", tone: "done" },
    unplanned: { label: "Unplanned", tone: "attention" },
  },
  "use-event": {
    open: { label: "To be reviewed", tone: "attention" },
    reviewed: { label: "Reviewed", tone: "done" },
  },
  left: {
    planned: { label: "Planned", tone: "done" },
    unplanned: { label: "Unplanned", tone: "attention" },
  },
  "left-contact": {
    reached: { label: "Reached", tone: "done" },
    "not-reached": { label: "Not reached", tone: "attention" },
  },
  "aftercare-plan": {
    active: { label: "Agreed, in force", tone: "done" },
    superseded: { label: "Agreed, superseded", tone: "undone" },
  },
  "support-answered": {
    accepted: { label: "Accepted", tone: "done" },
    ended: { label: "Accepted", tone: "done" },
    declined: { label: "Declined", tone: "attention" },
  },
  "gain-looked": {
    kept: { label: "Kept", tone: "done" },
    "at-risk": { label: "At risk", tone: "attention" },
    lost: { label: "Lost", tone: "undone" },
  },
  plan: {
    draft: { label: "Draft", tone: "attention" },
    active: { label: "Agreed, in force", tone: "done" },
    superseded: { label: "Agreed, superseded", tone: "undone" },
  },
  correction: {
    applied: { label: "Applied", tone: "done" },
    waiting: { label: "Waits for the supervisor", tone: "attention" },
    refused: { label: "Refused", tone: "undone" },
  },
};

export function badgeOf({ kind, state }: TimelineEntry): Badge | null {
  return (state && badges[kind]?.[state]) || null;
}
