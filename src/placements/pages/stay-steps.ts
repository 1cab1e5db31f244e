import { plannedFits, reasonWords } from "../../episodes/episode.ts";
import { addDays, type Day } from "../../kernel/day.ts";
import type { By } from "../../storage/database.ts";
import { done, refuseField } from "../../web/form.tsx";
import { type FormVisit, noSuchPage } from "../../web/guard.ts";
import type { Span } from "../bed.ts";
import {
  allOrNothing,
  arrive,
  bookBed,
  cancelBookings,
  expectUntil,
  leaveBed,
  lockBeds,
} from "../bed-store.ts";
import { standsFor } from "../child.ts";
import { expectChildren, releaseChildPlaces, takeChildPlaces } from "../child-store.ts";
import { type Clash, clashWords } from "../clash.ts";
import { moveToUnit } from "../place-store.ts";
import { changePlacement, endPlacement, type Parts, type PlacementRow } from "../store.ts";
import { goesOnTo } from "../unit.ts";
import { findUnit } from "../unit-store.ts";
import { stopAsking } from "./ask-elsewhere.ts";
import { type Choice, chosenBed, findChoices, findOnward, placeElsewhere } from "./bed-choices.ts";
import { comeInto, goFrom } from "./enrolled.ts";
import { whyNotFit } from "./fits.ts";
import { lookAgain, whereWords } from "./look-again.ts";
import type { GivenOf } from "./placement-action.ts";

export type About = {
  visit: FormVisit;
  by: By;
  placement: PlacementRow;
  parts: Parts;
  here: string;
};

export const ENDED = "This stay has ended or was withdrawn.";

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
  const wrong = placeElsewhere(chosen.unit, given.child_places);
  if (wrong) return no(form, "child_places", wrong);
  const asked = await whyNotFit(about, chosen.unit, given);
  if (asked.refusal !== null) return no(form, "fits", asked.refusal);
  const standing = bookingOf(placement, parts);
  const of = { consumerId, placementId: placement.id };
  const span = { from: given.starts_on, until: given.ends_on ?? null };
  const why = "Another bed or other days were booked";
  const refusal = await allOrNothing(db, async () => {
    await lockBeds(db, consumerId, [given.bed_id, ...given.child_places]);
    if (standing)
      await cancelBookings(db, { ...of, stayId: standing.id }, { on: today, reason: why });
    const booking = { ...of, bedId: given.bed_id, span, fits: asked.fits };
    const clash = await bookBed(db, by, today, booking);
    return clash
      ? tell(visit, clash, chosen.name)
      : children(about, chosen.unit, given, { span, comes: false, why });
  });
  return refusal ?? done(here, "Bed booked");
}

export async function cancel(about: About, given: GivenOf<"cancel">) {
  const { visit, placement, parts, here } = about;
  const { db, consumerId, today } = visit;
  const of = { consumerId, placementId: placement.id, stayId: given.id };
  await cancelBookings(db, of, { on: today, reason: given.reason });
  const booked = childrenOf(placement, parts).filter((one) => one.arrived_on === null);
  await releaseChildPlaces(
    db,
    today,
    { consumerId, stays: booked },
    { on: today, reason: given.reason },
  );
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
    const wrong = placeElsewhere(chosen.unit, given.child_places);
    if (wrong) return no(form, "child_places", wrong);
    const asked = await whyNotFit(about, chosen.unit, given);
    if (asked.refusal !== null) return no(form, "fits", asked.refusal);
    const booked = bookingOf(placement, parts);
    const { fits } = asked;
    const ids = { consumerId, placementId: placement.id, bedId: chosen.bed.id };
    const span = { from: given.admitted_on, until };
    const take = async () => {
      if (booked?.bed_id === ids.bedId)
        return arrive(db, today, { ...ids, id: booked.id, span, fits });
      if (booked) {
        const of = { ...ids, stayId: booked.id };
        await cancelBookings(db, of, { on: today, reason: "They came into another bed" });
      }
      return bookBed(db, by, today, { ...ids, span, arrivedOn: given.admitted_on, fits });
    };
    const refusal = await allOrNothing(db, async () => {
      await lockBeds(db, consumerId, [ids.bedId, ...given.child_places]);
      const clash = await take();
      const why = "The parent came without";
      return clash
        ? tell(visit, clash, chosen.name)
        : children(about, chosen.unit, given, { span, comes: true, why });
    });
    if (refusal) return refusal;
  }
  await changePlacement(db, consumerId, placement.id, {
    admitted_on: given.admitted_on,
    expected_to: until,
  });
  const programId = chosen?.unit.program_id ?? unit?.program_id ?? null;
  await comeInto(visit, { programId, episodeId: placement.episode_id, on: given.admitted_on });
  return done(here, "Admitted");
}

/**
 * To another bed, or from the detox into the rehab it is attached to: the stay goes on (MC B2). So it
 * does back to the detox, with a reason. Where no beds are kept here, the unit itself is chosen.
 */
export async function move(seen: About, given: GivenOf<"move">) {
  const { now: about, meanwhile } = await lookAgain(seen);
  const { visit, by, placement, parts, here } = about;
  const { db, form, today, consumerId } = visit;
  if (meanwhile) return no(form, "form", meanwhile);
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
  if ([now?.bed_id, placement.at_unit_id].includes(given.bed_id)) {
    return no(form, "bed_id", `They are in ${whereWords(about)} already.`);
  }
  const before = await findUnit(db, placement.at_unit_id);
  const choices = await findChoices(db, today, goesOnTo(before));
  const chosen = chosenBed(choices, given.bed_id);
  const onward = await findOnward(db, before, choices);
  const to = chosen?.unit ?? onward.find(({ id }) => id === given.bed_id);
  if (!to) throw noSuchPage();
  const there = parts.places.some(
    (place) =>
      place.placement_id === placement.id &&
      place.unit === to.name &&
      place.since === given.moved_on,
  );
  if (!chosen && there) {
    return no(form, "moved_on", `They came to ${to.name} that day already. Choose a later one.`);
  }
  const wrong = placeElsewhere(to, given.child_places);
  if (wrong) return no(form, "child_places", wrong);
  const back = to.attached_to !== null && to.attached_to === before?.id;
  const besides = back ? [`Back from ${before.name}`] : [];
  const asked = await whyNotFit(about, to, given, besides);
  if (asked.refusal !== null) return no(form, "fits", asked.refusal);
  const of = { consumerId, placementId: placement.id };
  const span = { from: given.moved_on, until };
  // Out of the old bed and into the new one are one step: if the new one is taken, neither is done.
  const refusal = await allOrNothing(db, async () => {
    const left = childrenOf(placement, parts).map(({ bed_id }) => bed_id);
    const beds = [now?.bed_id, chosen?.bed.id].flatMap((id) => id ?? []);
    await lockBeds(db, consumerId, [...beds, ...left, ...given.child_places]);
    await cancelBookings(db, of, { on: today, reason: "Moved" });
    if (now) await leaveBed(db, { id: now.id, consumerId, bedId: now.bed_id, on: given.moved_on });
    const { fits } = asked;
    const clash = chosen
      ? await bookBed(db, by, today, {
          ...{ ...of, bedId: chosen.bed.id, span, arrivedOn: span.from, fits },
        })
      : await moveToUnit(db, by, of, { unitId: to.id, on: given.moved_on, fits });
    return clash
      ? tell(visit, clash, chosen?.name ?? to.name)
      : children(about, to, given, { span, comes: true, why: "Moved" });
  });
  if (refusal) return refusal;
  await changePlacement(db, consumerId, placement.id, { expected_to: until });
  if (to.id !== before?.id && to.program_id !== before?.program_id) {
    const last = { last: addDays(given.moved_on, -1), reason: "transferred", note: null };
    await goFrom(visit, { programId: before?.program_id ?? null, ...last });
    const into = { programId: to.program_id, episodeId: placement.episode_id };
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
    const stays = childrenOf(placement, parts);
    const refusal = await allOrNothing(db, async () => {
      await lockBeds(db, consumerId, [now.bed_id, ...stays.map(({ bed_id }) => bed_id)]);
      const clash = await expectUntil(db, today, { ...stay, span: { from, until } });
      const child = clash ? null : await expectChildren(db, today, { consumerId, stays }, until);
      const place = child && stays.find(({ bed_id }) => bed_id === child.bedId);
      const { locale } = visit.me.agency;
      if (clash?.why === "taken") {
        const words = clashWords(clash, `${now.bed} in ${now.unit}`, locale);
        return no(form, "expected_to", `${words} Move that booking to another bed first.`);
      }
      if (clash)
        return no(form, "expected_to", "They have another bed booked from before that day.");
      if (!child) return null;
      const words = clashWords(child.clash, `The child's place, ${place?.bed},`, locale);
      return no(form, "expected_to", `${words} Move that booking to another place first.`);
    });
    if (refusal) return refusal;
  }
  await changePlacement(db, consumerId, placement.id, { expected_to: until });
  return done(here, "Saved");
}

export async function end(seen: About, given: GivenOf<"end">) {
  const { now: about, meanwhile } = await lookAgain(seen);
  const { visit, by, placement, parts, here } = about;
  const { db, form, today, consumerId } = visit;
  if (meanwhile) return no(form, "form", meanwhile);
  if (over(placement) || !placement.admitted_on) return no(form, "form", ENDED);
  if (given.ended_on > today) return no(form, "ended_on", "Choose today or an earlier day.");
  if (given.ended_on < placement.admitted_on) {
    return no(form, "ended_on", "They were admitted after that day.");
  }
  // Since the last transfer they are here: the stay did not end before it.
  if (given.ended_on < (placement.at_since ?? "")) {
    return no(
      form,
      "ended_on",
      `They are in ${whereWords(about)}. Choose that day or a later one.`,
    );
  }
  const now = inBed(placement, parts);
  if (given.reason === "other" && !given.note) return no(form, "note", "Say what the reason was.");
  const planned = given.end_planned === "yes";
  if (!plannedFits(planned, given.reason)) {
    const words = reasonWords(given.reason);
    return no(form, "end_planned", `“${words}” is no ${planned ? "planned" : "unplanned"} ending.`);
  }
  const of = { consumerId, placementId: placement.id };
  const ending = { on: given.ended_on, reason: "The stay ended" };
  await cancelBookings(db, of, { on: today, reason: ending.reason });
  const stays = childrenOf(placement, parts);
  await lockBeds(
    db,
    consumerId,
    [now, ...stays].flatMap((one) => one?.bed_id ?? []),
  );
  await releaseChildPlaces(db, today, { consumerId, stays }, ending);
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
  const { visit, placement, parts, here } = about;
  const { db, form, today, consumerId } = visit;
  if (over(placement) || placement.admitted_on) {
    return no(form, "form", "They were admitted: end the stay instead.");
  }
  const of = { consumerId, placementId: placement.id };
  const reason = "No longer asked for";
  await cancelBookings(db, of, { on: today, reason });
  const stays = childrenOf(placement, parts);
  await releaseChildPlaces(db, today, { consumerId, stays }, { on: today, reason });
  const withdrawn = { withdrawn_on: today, withdrawn_reason: given.reason };
  await changePlacement(db, consumerId, placement.id, withdrawn);
  await stopAsking(visit, placement.id, given.reason);
  const ending = { last: today, reason: "other", note: given.reason };
  await goFrom(visit, { programId: placement.program_id, ...ending });
  return done(here, "Withdrawn");
}

export function over(placement: PlacementRow): boolean {
  return placement.ended_on !== null || placement.withdrawn_on !== null;
}

/** The booking that stands and that nobody came for yet. */
export function bookingOf({ id }: PlacementRow, { stays }: Parts) {
  return stays.find(
    (stay) => stay.placement_id === id && stay.cancelled_on === null && stay.arrived_on === null,
  );
}

/** The bed they are in now. */
export function inBed({ id }: PlacementRow, { stays }: Parts) {
  return stays.find(
    (stay) => stay.placement_id === id && stay.arrived_on !== null && stay.left_on === null,
  );
}

/** The children's places of the stay that are booked or lived in. */
export function childrenOf({ id }: PlacementRow, { children }: Parts) {
  return children.filter((one) => one.placement_id === id && standsFor(one));
}

/** Makes the chosen children's places theirs, as the bed is; null: done. */
async function children(
  { visit, by, placement, parts }: About,
  unit: Choice,
  given: { child_places: string[] },
  how: { span: Span; comes: boolean; why: string },
) {
  const { db, today, consumerId } = visit;
  const wanted = given.child_places;
  const of = { consumerId, placementId: placement.id, stays: childrenOf(placement, parts), wanted };
  const clash = await takeChildPlaces(db, by, today, of, how);
  if (clash) {
    const place = unit.childPlaces.find(({ id }) => id === clash.bedId);
    return tell(visit, clash.clash, `${place?.name} in ${unit.name}`, "child_places");
  }
  // Whoever has a place comes along.
  if (wanted.length > placement.children_with) {
    await changePlacement(db, consumerId, placement.id, { children_with: wanted.length });
  }
  return null;
}

export function tell(visit: FormVisit, clash: Clash, bed: string, field = "bed_id") {
  return refuseField(visit.form, field, clashWords(clash, bed, visit.me.agency.locale));
}

export function no(form: FormData, field: string, message: string) {
  return refuseField(form, field, message);
}
