import { addDays, type Day, daysBetween } from "../kernel/day.ts";

export type Episode = { opened_on: string; closed_on: string | null };

export type Enrolment = {
  id: string;
  program_id: string;
  requested_on: string;
  valid_from: string | null;
  valid_to: string | null;
};

export type Assignment = {
  id: string;
  staff_id: string;
  part: string;
  valid_from: string;
  valid_to: string | null;
};

/** Why an episode or an enrolment ends. What is stored is the code; other words stand as they are. */
export const endReasons = {
  completed: "Completed",
  "left-early": "Left before the end",
  "lost-contact": "Lost contact",
  transferred: "Went on elsewhere",
  "moved-away": "Moved away",
  custody: "Taken into custody",
  "ended-by-agency": "Ended by the agency",
  died: "Died",
  other: "Another reason",
} as const;
export type EndReason = keyof typeof endReasons;

/** Why a stay ends, where that is none of the reasons of an episode. */
const stayReasons = {
  "moved-on": "Moved on as planned",
  "asked-to-leave": "Asked to leave",
  "did-not-return": "Did not come back from leave",
  hospital: "Taken into hospital",
  "funding-ended": "Funding ended",
} as const;
const allReasons: Record<EndReason | keyof typeof stayReasons, string> = {
  ...endReasons,
  ...stayReasons,
};
export type LeavingReason = keyof typeof allReasons;

const againstThePlan: readonly string[] = [
  ...["left-early", "lost-contact", "custody", "ended-by-agency", "died", "asked-to-leave"],
  "did-not-return",
];
const asPlanned: readonly string[] = ["completed", "moved-on"];

/** Whether an ending for this reason can be called planned, or unplanned; the database asks the same. */
export function plannedFits(planned: boolean, reason: string): boolean {
  return planned ? !againstThePlan.includes(reason) : !asPlanned.includes(reason);
}

/** The words of a stored reason, of whatever ended: an episode, an enrolment or a stay. */
export function reasonWords(stored: string | null): string {
  return allReasons[stored as LeavingReason] ?? stored ?? "";
}

/** The day of the episode it is: 1 on the day it opened; null before that and after it closed. */
export function dayOfEpisode(episode: Episode, on: Day): number | null {
  if (on < episode.opened_on) return null;
  if (episode.closed_on !== null && on > episode.closed_on) return null;
  return daysBetween(episode.opened_on as Day, on) + 1;
}

export type EnrolmentStatus = "waiting" | "withdrawn" | "starts-later" | "in" | "ended";

/** What an enrolment is on a day, from its dates alone. Both its days belong to it. */
export function enrolmentStatus(
  enrolment: { valid_from: string | null; valid_to: string | null },
  on: Day,
): EnrolmentStatus {
  const { valid_from, valid_to } = enrolment;
  if (valid_from === null) return valid_to === null ? "waiting" : "withdrawn";
  if (valid_to !== null && valid_to < on) return "ended";
  return valid_from > on ? "starts-later" : "in";
}

/** Whether it still holds or is still to come: what closing an episode has to end. */
export function isCurrent(enrolment: Enrolment, on: Day): boolean {
  const status = enrolmentStatus(enrolment, on);
  return status === "waiting" || status === "in" || status === "starts-later";
}

/** A refusal in the user's words, beside the field that has to be mended. */
export type Refusal = { field: string; message: string };

const refusal = (field: string, message: string): Refusal => ({ field, message });

/** Why an episode cannot open on a day; null: it can. */
export function whyNotOpen(episodes: readonly Episode[], on: Day, today: Day): Refusal | null {
  if (episodes.some((episode) => episode.closed_on === null)) {
    return refusal("opened_on", "An episode is open already.");
  }
  if (on > today) return refusal("opened_on", "An episode opens today or on an earlier day.");
  const last = episodes
    .map((episode) => episode.closed_on ?? "")
    .sort()
    .at(-1);
  if (last && on < last) {
    return refusal(
      "opened_on",
      "The last episode closed after that day. Choose that day or later.",
    );
  }
  return null;
}

/** Why an episode cannot close on a day; null: it can, and everything in it ends that day. */
export function whyNotClose(
  episode: Episode,
  enrolments: readonly Enrolment[],
  assignments: readonly Assignment[],
  on: Day,
  today: Day,
): Refusal | null {
  if (on > today) return refusal("closed_on", "An episode closes today or on an earlier day.");
  if (on < episode.opened_on) return refusal("closed_on", "The episode opened after that day.");
  const starts = [
    ...enrolments.map((enrolment) => enrolment.valid_from ?? ""),
    ...assignments.map((assignment) => assignment.valid_from),
  ];
  // What was planned for a day after today falls away; what began by today must have begun by then.
  if (starts.some((start) => start > on && start <= today)) {
    return refusal(
      "closed_on",
      "Something in this episode began after that day. Choose a later one.",
    );
  }
  return null;
}

/** Why someone cannot wait for a programme, or be in it from a day on (null: waits). */
export function whyNotEnrol(
  episode: Episode | null,
  others: readonly Enrolment[],
  wanted: { program_id: string; from: Day | null },
  today: Day,
): Refusal | null {
  const field = wanted.from ? "valid_from" : "program_id";
  if (!episode || episode.closed_on !== null) {
    return refusal("program_id", "Open an episode first: an enrolment belongs to one.");
  }
  if (wanted.from && wanted.from < episode.opened_on) {
    return refusal(field, "The episode opened after that day.");
  }
  const same = others.filter((other) => other.program_id === wanted.program_id);
  const standing = same.find((other) => isCurrent(other, today) && other.valid_to === null);
  if (standing) {
    const words = { waiting: "waits for", in: "is already in", "starts-later": "is to start in" };
    const status = enrolmentStatus(standing, today) as keyof typeof words;
    return refusal("program_id", `The person ${words[status]} that one.`);
  }
  return wanted.from ? whyOverlaps(same, wanted.from) : null;
}

/** The first day in a programme may not fall into, or before, another stay in it. */
function whyOverlaps(same: readonly Enrolment[], from: Day): Refusal | null {
  const overlapping = same.some(
    (other) => other.valid_from !== null && (other.valid_to === null || other.valid_to >= from),
  );
  return overlapping
    ? refusal("valid_from", "The person was in it on that day or after it. Choose a later day.")
    : null;
}

/** Why somebody who waits cannot start on a day; null: they can. */
export function whyNotStart(
  episode: Episode,
  waiting: Enrolment,
  others: readonly Enrolment[],
  from: Day,
  today: Day,
): Refusal | null {
  if (enrolmentStatus(waiting, today) !== "waiting") {
    return refusal("valid_from", "The person no longer waits for it.");
  }
  if (from < episode.opened_on) return refusal("valid_from", "The episode opened after that day.");
  const same = others.filter(
    (other) => other.program_id === waiting.program_id && other.id !== waiting.id,
  );
  return whyOverlaps(same, from);
}

/** Why an enrolment cannot end with a last day; null: it can. */
export function whyNotEnd(enrolment: Enrolment, last: Day, today: Day): Refusal | null {
  if (!isCurrent(enrolment, today) || (enrolment.valid_to !== null && enrolment.valid_from)) {
    return refusal("valid_to", "This has an end already.");
  }
  if (enrolment.valid_from === null) {
    return last < enrolment.requested_on
      ? refusal("valid_to", "The person asked for it after that day.")
      : null;
  }
  if (last < enrolment.valid_from) {
    return refusal("valid_to", "The first day in it is after that day.");
  }
  return null;
}

/** Moving: the last day in the one programme is the day before the first in the other. */
export function lastDayBefore(first: Day): Day {
  return addDays(first, -1);
}

/** Why somebody cannot be keyworker or peer mentor from a day on; null: they can. */
export function whyNotAssign(
  episode: Episode | null,
  held: readonly Assignment[],
  wanted: { part: "keyworker" | "peer-mentor"; staff_id: string; from: Day },
  today: Day,
): Refusal | null {
  const { part, staff_id, from } = wanted;
  if (from > today) return refusal("valid_from", "This begins today or on an earlier day.");
  if (part === "keyworker" && (!episode || episode.closed_on !== null)) {
    return refusal("staff_id", "Open an episode first.");
  }
  const same = held.filter((other) => other.part === part && (other.valid_to ?? from) >= from);
  if (same.some((other) => other.staff_id === staff_id)) {
    return refusal("staff_id", "They have this part already on that day or after it.");
  }
  // A keyworker hands over: whoever has it now ends the day before, so must have begun before that.
  const blocks =
    part === "keyworker" && same.some((o) => o.valid_from >= from || o.valid_to !== null);
  return blocks
    ? refusal("valid_from", "Somebody else is named from that day or later. Choose a later day.")
    : null;
}

/** What may be done next, for showing one clear step rather than every button. */
export function nextSteps(
  episodes: readonly Episode[],
  enrolments: readonly Enrolment[],
  assignments: readonly Assignment[],
  today: Day,
): { open: boolean; reopen: boolean; close: boolean; enrol: boolean; keyworkerMissing: boolean } {
  const open = episodes.some((episode) => episode.closed_on === null);
  return {
    open: !open && episodes.length === 0,
    reopen: !open && episodes.length > 0,
    close: open,
    enrol: open,
    keyworkerMissing:
      open &&
      enrolments.some((enrolment) => isCurrent(enrolment, today)) &&
      !assignments.some(
        (held) =>
          held.part === "keyworker" &&
          held.valid_from <= today &&
          (held.valid_to === null || held.valid_to >= today),
      ),
  };
}
