import type { Fits } from "../bed-store.ts";
import { askedBefore } from "../match.ts";
import { findNeeds } from "../match-store.ts";
import { fitsWords } from "../unit.ts";
import type { Choice } from "./bed-choices.ts";
import type { About } from "./stay-steps.ts";

/**
 * What speaks against a unit where a place is looked for is asked where a bed is booked, too. A word
 * why it is right all the same is enough, once for a stay; it is kept with the booking.
 */
export async function whyNotFit(
  { visit, placement, parts }: About,
  unit: Choice,
  given: { fits?: string | undefined; child_places: readonly string[] },
  /** What is asked each time, besides. */
  besides: readonly string[] = [],
): Promise<{ refusal: string } | { refusal: null; fits: Fits }> {
  const { needs } = await findNeeds(visit.db, visit.consumerId, visit.today);
  const children = Math.max(placement.children_with, given.child_places.length);
  const answered = parts.stays
    .filter((stay) => stay.placement_id === placement.id && stay.unit_id === unit.id)
    .flatMap((stay) => stay.asked);
  const against = askedBefore(unit, needs, children).filter((one) => !answered.includes(one));
  const asked = [...besides, ...against];
  if (asked.length === 0) return { refusal: null, fits: { asked: [], because: null } };
  if (!given.fits) return { refusal: fitsWords(unit.name, asked) };
  return { refusal: null, fits: { asked, because: given.fits } };
}
