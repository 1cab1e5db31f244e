import type { LeavingReason } from "../episodes/episode.ts";
import { type Day, daysBetween } from "../kernel/day.ts";

/** The dates of a placement, as they are recorded; nothing else says what it is. */
export type PlacementDates = {
  requested_on: string;
  admitted_on: string | null;
  expected_to: string | null;
  ended_on: string | null;
  end_planned: boolean | null;
  withdrawn_on: string | null;
};

export type BedStay = {
  starts_on: string;
  ends_on: string | null;
  arrived_on: string | null;
  left_on: string | null;
  cancelled_on: string | null;
};

export type Leave = { from_on: string; back_by: string; returned_on: string | null };
export type Funding = { state: string; panel_on: string | null };

export type PlacementStatus =
  | "asked"
  | "funding-pending"
  | "funding-refused"
  | "booked"
  | "in"
  | "on-leave"
  | "ended-planned"
  | "ended-unplanned"
  | "withdrawn";

export type Standing = {
  status: PlacementStatus;
  /** Something that somebody has to see to now. */
  late: "leaving" | "return" | "admission" | "panel" | null;
  /** Day of the stay: 1 on the day of admission; null before it. */
  day: number | null;
  /** Nights from admission to the end or to today; a move to the attached rehab does not begin anew. */
  nights: number | null;
};

/** What a placement is on a day, folded from what was recorded of it, in whatever order. */
export function standingOf(
  placement: PlacementDates,
  parts: { stays: readonly BedStay[]; leaves: readonly Leave[]; funding: readonly Funding[] },
  on: Day,
): Standing {
  const { admitted_on, ended_on, withdrawn_on, end_planned } = placement;
  if (admitted_on) {
    const until = (ended_on ?? on) as Day;
    const nights = Math.max(0, daysBetween(admitted_on as Day, until));
    const length = { nights, day: nights + 1 };
    if (ended_on) {
      const status = end_planned ? "ended-planned" : "ended-unplanned";
      return { status, late: null, ...length };
    }
    const away = parts.leaves.find((leave) => leave.returned_on === null && leave.from_on <= on);
    if (away) return { status: "on-leave", late: away.back_by < on ? "return" : null, ...length };
    const late = placement.expected_to !== null && placement.expected_to < on ? "leaving" : null;
    return { status: "in", late, ...length };
  }
  const before = { day: null, nights: null };
  if (withdrawn_on) return { status: "withdrawn", late: null, ...before };
  const booked = parts.stays.find((stay) => stay.cancelled_on === null && stay.arrived_on === null);
  if (booked)
    return { status: "booked", late: booked.starts_on < on ? "admission" : null, ...before };
  const { funding } = parts;
  if (funding.some(({ state }) => state === "pending")) {
    const late = funding.some(
      ({ state, panel_on }) => state === "pending" && panel_on !== null && panel_on < on,
    );
    return { status: "funding-pending", late: late ? "panel" : null, ...before };
  }
  if (funding.length > 0 && funding.every(({ state }) => state === "refused")) {
    return { status: "funding-refused", late: null, ...before };
  }
  return { status: "asked", late: null, ...before };
}

export const statusWords: Record<PlacementStatus, { label: string; color: string }> = {
  asked: { label: "Asked for", color: "blue" },
  "funding-pending": { label: "Waits for funding", color: "orange" },
  "funding-refused": { label: "Funding refused", color: "red" },
  booked: { label: "Bed booked", color: "blue" },
  in: { label: "There now", color: "teal" },
  "on-leave": { label: "On leave", color: "violet" },
  "ended-planned": { label: "Ended as planned", color: "gray" },
  "ended-unplanned": { label: "Ended unplanned", color: "gray" },
  withdrawn: { label: "Withdrawn", color: "gray" },
};

/** Why a stay ends. What is stored is the code; `reasonWords` says it. */
export const endReasons = [
  ...(["completed", "moved-on", "left-early", "asked-to-leave", "did-not-return"] as const),
  ...(["hospital", "custody", "funding-ended", "died", "other"] as const),
] as const satisfies readonly LeavingReason[];
export type EndReason = (typeof endReasons)[number];

/** Whether a stay of this status still waits, is booked or lived in. */
export function stands(status: PlacementStatus): boolean {
  return !/^(ended|withdrawn)/.test(status);
}

export function waits(status: PlacementStatus): boolean {
  return ["asked", "funding-pending", "funding-refused"].includes(status);
}

/**
 * `12 nights`, `1 night`: the length of a stay. In and out within a day is no night: the bed was
 * never taken for one, on the board and in the reports as little as here.
 */
export function nightsWords(nights: number): string {
  if (nights === 0) return "The same day";
  return nights === 1 ? "1 night" : `${nights} nights`;
}
