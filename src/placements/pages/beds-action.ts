import { z } from "zod";
import { day, done, identifier, parseForm, refuse, refuseField, text } from "../../web/form.tsx";
import { type FormVisit, noSuchPage } from "../../web/guard.ts";
import { paths } from "../../web/paths.ts";
import { allOrNothing } from "../bed-store.ts";
import { findWhose } from "../standing-store.ts";
import { findParts, findPlacement } from "../store.ts";
import { addOverflow, findUnit } from "../unit-store.ts";
import { settled } from "./placement-action.ts";
import * as stay from "./stay-steps.ts";

const steps = z.discriminatedUnion("step", [
  z.object({
    step: z.literal("book"),
    placement_id: identifier("Choose who comes"),
    bed_id: identifier("Choose a bed"),
    starts_on: day(),
    ends_on: day().optional(),
    ...settled,
  }),
  z.object({
    step: z.literal("overflow"),
    unit_id: identifier("Choose a unit"),
    why: text(500),
    placement_id: identifier().optional(),
    ends_on: day().optional(),
    fits: settled.fits,
  }),
]);

/** Booking from the board: somebody who waits into a bed, or into a place made on the spot. */
export async function bedsAction(visit: FormVisit) {
  const { db, by, form, today } = visit;
  const parsed = parseForm(steps, form);
  if (parsed.invalid) return refuse(parsed.invalid);
  const given = parsed.value;
  const here = paths.beds();
  const about = given.placement_id ? await aboutOf(given.placement_id) : null;
  if (given.step === "book") {
    if (!about) throw noSuchPage();
    return stay.book(about, given);
  }
  const unit = await findUnit(db, given.unit_id);
  if (!unit?.active || !unit.program_id) {
    return refuseField(form, "unit_id", "A place is made in one of our own units.");
  }
  if (given.ends_on && given.ends_on <= today) {
    return refuseField(form, "ends_on", "Choose a day after today.");
  }
  const place = { unitId: unit.id, on: today, why: given.why };
  if (!about) {
    await addOverflow(db, by, place);
    return done(here, "Overflow place made");
  }
  // No place is left behind if the person cannot be booked into it.
  const make = async () => {
    const bed_id = await addOverflow(db, by, place);
    const days = { starts_on: today, ends_on: given.ends_on };
    return stay.book(about, { step: "book", bed_id, ...days, fits: given.fits, child_places: [] });
  };
  return allOrNothing(db, make, (answer) => !(answer instanceof Response));

  async function aboutOf(placementId: string) {
    const consumerId = await findWhose(db, placementId);
    const placement = consumerId && (await findPlacement(db, consumerId, placementId));
    if (!placement) throw noSuchPage();
    await visit.listed([consumerId]);
    const parts = await findParts(db, consumerId);
    return { visit: { ...visit, consumerId }, by, placement, parts, here };
  }
}
