import { type Day, formatDay } from "../../kernel/day.ts";
import { noSuchPage } from "../../web/guard.ts";
import { lockBeds } from "../bed-store.ts";
import { findParts, findPlacement } from "../store.ts";
import { type About, inBed, over } from "./stay-steps.ts";

/**
 * Waits for whoever else records something of this person's stay, and looks again: what is there now,
 * and what they recorded meanwhile that this form did not know of; null: nothing that matters.
 */
export async function lookAgain(before: About): Promise<{ now: About; meanwhile: string | null }> {
  const { visit, placement } = before;
  await lockBeds(visit.db, visit.consumerId, []);
  const again = await findPlacement(visit.db, visit.consumerId, placement.id);
  if (!again) throw noSuchPage();
  const now = {
    ...before,
    placement: again,
    parts: await findParts(visit.db, visit.consumerId),
  };
  const same =
    over(again) === over(placement) &&
    again.at_unit_id === placement.at_unit_id &&
    again.at_since === placement.at_since &&
    inBed(again, now.parts)?.bed_id === inBed(placement, before.parts)?.bed_id;
  if (same) return { now, meanwhile: null };
  const words = over(again)
    ? "Somebody recorded meanwhile that this stay has ended."
    : `Somebody recorded meanwhile that they are in ${whereWords(now)}. Nothing was changed now.`;
  return { now, meanwhile: words };
}

/** Where they are and since when: "Room 10 in Alder House since 3 Nov 2026". */
export function whereWords({ visit, placement, parts }: About): string {
  const bed = inBed(placement, parts);
  const place = bed ? `${bed.bed} in ${bed.unit}` : placement.unit;
  const since = placement.at_since as Day | null;
  return since ? `${place} since ${formatDay(since, visit.me.agency.locale)}` : place;
}
