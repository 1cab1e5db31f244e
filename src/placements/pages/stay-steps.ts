import { plannedFits, reasonWords } from "../../episodes/episode.ts";
import { addDays, type Day } from "../../kernel/day.ts";
import type { By } from "../../storage/database.ts";
import { done, refuseField } from "../../web/form.tsx";
import { type FormVisit, noSuchPage } from "../../web/guard.ts";
import {
  allOrNothing,
  arrive,
  bookBed,
  cancelBookings,
  expectUntil,
  leaveBed,
} from "../bed-store.ts";
import { type Clash, clashWords } from "../clash.ts";
import { findNeeds } from "../match-store.ts";
import { moveToUnit } from "../place-store.ts";
import {
  changePlacement,
  comeBackFromLeave,
  endPlacement,
  goOnLeave,
  type Parts,
  type PlacementRow,
} from "../store.ts";
import { fitsWords, goesOnTo } from "../unit.ts";
import { findUnit } from "../unit-store.ts";
import { stopAsking } from "./ask-elsewhere.ts";
import { type Choice, chosenBed, findChoices, findOnward } from "./bed-choices.ts";
import { comeInto, goFrom } from "./enrolled.ts";
import type { GivenOf } from "./placement-action.ts";

export type About = {
  visit: FormVisit;
  by: By;
  placement: PlacementRow;
  parts: Parts;
  here: string;
};

const ENDED = "This stay has ended or was withdrawn.";

export async function book(about: About, given: GivenOf<"book">) {
  const { visit, by, placement, parts, here } = about;
  const { db, form, today, consumerId } = visit;
  if (over(placement)) return no(form, "form", ENDED);
  if (given.starts_on < today) return no(form, "starts_on", "Choose today or a later day.");
  if (given.ends_on && given.ends_on <= given.starts_on) {
    return no(form, "ends_on", "They leave after they come.");
  }
  const chosen = chosenBed(await findChoices(db, today), given.bed_id);
  if (!chosen) throw noSuchPage();
  const reach = placement.admitted_on && goesOnTo(await findUnit(db, placement.at_unit_id));
  if (reach && !reach.includes(chosen.unit.id)) {
    return no(form, "bed_id", "This stay cannot go on there. End it, and ask for a new place.");
  }
  const fits = await whyNotFit(visit, chosen.unit, given.fits);
  if (fits) return no(form, "fits", fits);
  const standing = bookingOf(placement, parts);
  const clash = await allOrNothing(db, async () => {
    if (standing) {
      const of = { consumerId, placementId: placement.id, stayId: standing.id };
      await cancelBookings(db, of, { on: today, reason: "Another bed or other days were booked" });
    }
    return bookBed(db, by, today, {
      ...{ placementId: placement.id, consumerId, bedId: given.bed_id },
      span: { from: given.starts_on, until: given.ends_on ?? null },
    });
  });
  if (clash) return tell(visit, clash, chosen.name);
  return done(here, "Bed booked");
}

export async function cancel({ visit, placement, here }: About, given: GivenOf<"cancel">) {
  const { db, consumerId, today } = visit;
  const of = { consumerId, placementId: placement.id, stayId: given.id };
  await cancelBookings(db, of, { on: today, reason: given.reason });
  return done(here, "Booking cancelled");
}

export async function admit(about: About, given: GivenOf<"admit">) {
  const { visit, by, placement, parts, here } = about;
  const { db, form, today, consumerId } = visit;
  if (over(placement) || placement.admitted_on) {
    return no(form, "form", "They were admitted, or this has ended.");
  }
  if (given.admitted_on > today) return no(form, "admitted_on", "Choose today or an earlier day.");
  const until = given.expected_to ?? null;
  if (until && until < given.admitted_on) {
    return no(form, "expected_to", "They leave after they come.");
  }
  const choices = await findChoices(db, today);
  const chosen = given.bed_id ? chosenBed(choices, given.bed_id) : null;
  if (given.bed_id && !chosen) throw noSuchPage();
  const unit = await findUnit(db, placement.unit_id);
  if (!chosen && choices.some(({ id }) => id === unit?.id)) {
    return no(form, "bed_id", "Choose the bed they came into.");
  }
  if (chosen) {
    const fits = await whyNotFit(visit, chosen.unit, given.fits);
    if (fits) return no(form, "fits", fits);
    const booked = bookingOf(placement, parts);
    const ids = { consumerId, placementId: placement.id, bedId: chosen.bed.id };
    const span = { from: given.admitted_on, until };
    const clash = await allOrNothing(db, async () => {
      if (booked?.bed_id === ids.bedId) return arrive(db, today, { ...ids, id: booked.id, span });
      if (booked) {
        const of = { ...ids, stayId: booked.id };
        await cancelBookings(db, of, { on: today, reason: "They came into another bed" });
      }
      return bookBed(db, by, today, { ...ids, span, arrivedOn: given.admitted_on });
    });
    if (clash) return tell(visit, clash, chosen.name);
  }
  await changePlacement(db, consumerId, placement.id, {
    admitted_on: given.admitted_on,
    expected_to: until,
  });
  const programId = chosen?.unit.programId ?? unit?.program_id ?? null;
  await comeInto(visit, { programId, episodeId: placement.episode_id, on: given.admitted_on });
  return done(here, "Admitted");
}

/**
 * To another bed, or from the detox into the rehab it is attached to: the stay goes on (MC B2).
 * Where no beds are kept here, the unit itself is chosen.
 */
export async function move(about: About, given: GivenOf<"move">) {
  const { visit, by, placement, parts, here } = about;
  const { db, form, today, consumerId } = visit;
  const now = inBed(placement, parts);
  if (!placement.admitted_on || over(placement)) {
    return no(form, "form", "They were not admitted, or this has ended.");
  }
  if (given.moved_on > today) return no(form, "moved_on", "Choose today or an earlier day.");
  if (given.moved_on < (placement.at_since ?? "")) {
    return no(form, "moved_on", `They came into ${now ? "this bed" : "this unit"} after that day.`);
  }
  const until = given.expected_to ?? null;
  if (until && until < given.moved_on) {
    return no(form, "expected_to", "They leave after they move.");
  }
  const before = await findUnit(db, placement.at_unit_id);
  const choices = await findChoices(db, today, goesOnTo(before));
  const chosen = chosenBed(choices, given.bed_id);
  const onward = await findOnward(db, before, choices);
  const to = chosen?.unit ?? (onward?.id === given.bed_id ? onward : null);
  if (!to || (chosen && chosen.bed.id === now?.bed_id)) throw noSuchPage();
  const fits = await whyNotFit(visit, to, given.fits);
  if (fits) return no(form, "fits", fits);
  const of = { consumerId, placementId: placement.id };
  // Out of the old bed and into the new one are one step: if the new one is taken, neither is done.
  const clash = await allOrNothing(db, async () => {
    await cancelBookings(db, of, { on: today, reason: "Moved" });
    if (now) await leaveBed(db, { id: now.id, consumerId, bedId: now.bed_id, on: given.moved_on });
    if (!chosen) return moveToUnit(db, by, of, { unitId: to.id, on: given.moved_on });
    const span = { from: given.moved_on, until };
    return bookBed(db, by, today, { ...of, bedId: given.bed_id, span, arrivedOn: span.from });
  });
  if (clash) return tell(visit, clash, chosen?.name ?? to.name);
  await changePlacement(db, consumerId, placement.id, { expected_to: until });
  if (to.id !== before?.id && to.programId !== before?.program_id) {
    const last = { last: addDays(given.moved_on, -1), reason: "transferred", note: null };
    await goFrom(visit, { programId: before?.program_id ?? null, ...last });
    const into = { programId: to.programId, episodeId: placement.episode_id };
    await comeInto(visit, { ...into, on: given.moved_on });
  }
  return done(here, "Moved");
}

export async function expectEnd(about: About, given: GivenOf<"expect">) {
  const { visit, placement, parts, here } = about;
  const { db, form, today, consumerId } = visit;
  const until = given.expected_to ?? null;
  const now = inBed(placement, parts);
  if (over(placement) || !placement.admitted_on) return no(form, "form", ENDED);
  if (until && until < today) return no(form, "expected_to", "Choose today or a later day.");
  if (now) {
    const from = now.arrived_on as Day;
    const stay = { id: now.id, consumerId, placementId: placement.id, bedId: now.bed_id };
    const clash = await expectUntil(db, today, { ...stay, span: { from, until } });
    if (clash?.why === "taken") {
      const words = clashWords(clash, `${now.bed} in ${now.unit}`, visit.me.agency.locale);
      return no(form, "expected_to", `${words} Move that booking to another bed first.`);
    }
    if (clash) return no(form, "expected_to", "They have another bed booked from before that day.");
  }
  await changePlacement(db, consumerId, placement.id, { expected_to: until });
  return done(here, "Saved");
}

export async function leave(about: About, given: GivenOf<"leave">) {
  const { visit, by, placement, parts, here } = about;
  const { db, form, today, consumerId } = visit;
  if (over(placement) || !placement.admitted_on) return no(form, "form", ENDED);
  if (given.from_on < placement.admitted_on) {
    return no(form, "from_on", "They were admitted after that day.");
  }
  if (given.back_by < given.from_on) return no(form, "back_by", "They are back after they go.");
  if (given.back_by < today) return no(form, "back_by", "Choose today or a later day.");
  const open = parts.leaves.some(
    ({ placement_id, returned_on }) => placement_id === placement.id && returned_on === null,
  );
  if (open) return no(form, "form", "A leave is open already. Record that they came back first.");
  const span = { from: given.from_on, backBy: given.back_by, why: given.why ?? null };
  await goOnLeave(db, by, { consumerId, placementId: placement.id }, span);
  return done(here, "Leave recorded; the bed is kept");
}

export async function back({ visit, placement, parts, here }: About, given: GivenOf<"back">) {
  const { db, form, today, consumerId } = visit;
  const open = parts.leaves.find(
    ({ id, placement_id }) => id === given.id && placement_id === placement.id,
  );
  if (!open) throw noSuchPage();
  if (given.returned_on > today) return no(form, "returned_on", "Choose today or an earlier day.");
  if (given.returned_on < open.from_on) return no(form, "returned_on", "They left after that day.");
  await comeBackFromLeave(db, consumerId, open.id, given.returned_on);
  return done(here, "Back from leave");
}

export async function end(about: About, given: GivenOf<"end">) {
  const { visit, by, placement, parts, here } = about;
  const { db, form, today, consumerId } = visit;
  if (over(placement) || !placement.admitted_on) return no(form, "form", ENDED);
  if (given.ended_on > today) return no(form, "ended_on", "Choose today or an earlier day.");
  if (given.ended_on < placement.admitted_on) {
    return no(form, "ended_on", "They were admitted after that day.");
  }
  const now = inBed(placement, parts);
  if (now && given.ended_on < (now.arrived_on ?? "")) {
    return no(form, "ended_on", "They came into this bed after that day.");
  }
  if (given.reason === "other" && !given.note) return no(form, "note", "Say what the reason was.");
  const planned = given.end_planned === "yes";
  if (!plannedFits(planned, given.reason)) {
    const words = reasonWords(given.reason);
    return no(form, "end_planned", `“${words}” is no ${planned ? "planned" : "unplanned"} ending.`);
  }
  const of = { consumerId, placementId: placement.id };
  await cancelBookings(db, of, { on: today, reason: "The stay ended" });
  if (now) await leaveBed(db, { id: now.id, consumerId, bedId: now.bed_id, on: given.ended_on });
  await endPlacement(
    db,
    by,
    { ...of, episodeId: placement.episode_id },
    {
      ...{ on: given.ended_on, planned, reason: given.reason },
      ...{ note: given.note ?? null, now: new Date(visit.services.clock().epochMilliseconds) },
    },
  );
  await goFrom(visit, {
    ...{ programId: placement.program_id, last: given.ended_on },
    ...{ reason: given.reason, note: given.note ?? null },
  });
  const asks = given.reason === "died" ? "" : ". It is on the list of those who left";
  return done(here, `Ending recorded${asks}`);
}

export async function withdraw(about: About, given: GivenOf<"withdraw">) {
  const { visit, placement, here } = about;
  const { db, form, today, consumerId } = visit;
  if (over(placement) || placement.admitted_on) {
    return no(form, "form", "They were admitted: end the stay instead.");
  }
  const of = { consumerId, placementId: placement.id };
  await cancelBookings(db, of, { on: today, reason: "No longer asked for" });
  const withdrawn = { withdrawn_on: today, withdrawn_reason: given.reason };
  await changePlacement(db, consumerId, placement.id, withdrawn);
  await stopAsking(visit, placement.id, given.reason);
  const ending = { last: today, reason: "other", note: given.reason };
  await goFrom(visit, { programId: placement.program_id, ...ending });
  return done(here, "Withdrawn");
}

function over(placement: PlacementRow): boolean {
  return placement.ended_on !== null || placement.withdrawn_on !== null;
}

/** The booking that stands and that nobody came for yet. */
function bookingOf({ id }: PlacementRow, { stays }: Parts) {
  return stays.find(
    (stay) => stay.placement_id === id && stay.cancelled_on === null && stay.arrived_on === null,
  );
}

/** The bed they are in now. */
function inBed({ id }: PlacementRow, { stays }: Parts) {
  return stays.find(
    (stay) => stay.placement_id === id && stay.arrived_on !== null && stay.left_on === null,
  );
}

/** A unit for women or for men only refuses nobody silently: it asks to be sure. */
export async function whyNotFit(
  visit: FormVisit,
  unit: Pick<Choice, "name" | "womenOnly" | "menOnly">,
  ticked: boolean,
): Promise<string | null> {
  if (ticked || (!unit.womenOnly && !unit.menOnly)) return null;
  const { needs } = await findNeeds(visit.db, visit.consumerId, visit.today);
  return unit.womenOnly && needs.wantsWomenOnly === true ? null : fitsWords(unit);
}

function tell(visit: FormVisit, clash: Clash, bed: string) {
  return refuseField(visit.form, "bed_id", clashWords(clash, bed, visit.me.agency.locale));
}

function no(form: FormData, field: string, message: string) {
  return refuseField(form, field, message);
}
