import { addDays, type Day } from "../../kernel/day.ts";
import { done } from "../../web/form.tsx";
import { noSuchPage } from "../../web/guard.ts";
import { allOrNothing } from "../bed-store.ts";
import { bookChildPlace, cancelChildPlace, childComes, leaveChildPlace } from "../child-store.ts";
import { changePlacement } from "../store.ts";
import { findChoices } from "./bed-choices.ts";
import type { GivenOf } from "./placement-action.ts";
import { type About, bookingOf, childrenOf, ENDED, inBed, no, over, tell } from "./stay-steps.ts";

/** A child's place for a stay that is booked or lived in already. */
export async function bringAlong(about: About, given: GivenOf<"child">) {
  const { visit, by, placement, parts, here } = about;
  const { db, form, today, consumerId } = visit;
  if (over(placement)) return no(form, "form", ENDED);
  const choices = await findChoices(db, today);
  const unit = choices.find((one) => one.childPlaces.some(({ id }) => id === given.bed_id));
  const place = unit?.childPlaces.find(({ id }) => id === given.bed_id);
  if (!unit || !place) throw noSuchPage();
  const now = inBed(placement, parts);
  const parent = [now, bookingOf(placement, parts)].find((one) => one?.unit_id === unit.id);
  if (!parent) return no(form, "bed_id", `Book the parent's bed in ${unit.name} first.`);
  const from = given.from_on;
  if (from < (parent.arrived_on ?? parent.starts_on)) {
    return no(form, "from_on", "The parent comes after that day.");
  }
  const until = parent.ends_on as Day | null;
  const overdue = until !== null && until <= from;
  if (overdue && from > today) return no(form, "from_on", "The parent leaves before that day.");
  const have = childrenOf(placement, parts).length + 1;
  const came = parent.arrived_on !== null && from <= today;
  const clash = await allOrNothing(db, () =>
    bookChildPlace(db, by, today, {
      ...{ consumerId, placementId: placement.id, bedId: place.id, came },
      span: { from, until: overdue ? addDays(from, 1) : until },
    }),
  );
  if (clash) return tell(visit, clash, `${place.name} in ${unit.name}`);
  if (have > placement.children_with) {
    await changePlacement(db, consumerId, placement.id, { children_with: have });
  }
  return done(here, came ? "The child has the place" : "Child's place booked");
}

/** The child who was booked comes to the parent. */
export async function came(about: About, given: GivenOf<"child-came">) {
  const { visit, placement, parts, here } = about;
  const { db, form, today, consumerId } = visit;
  const stay = childrenOf(placement, parts).find(({ id }) => id === given.id);
  if (!stay || stay.arrived_on) throw noSuchPage();
  if (given.came_on > today) return no(form, "came_on", "Choose today or an earlier day.");
  const now = inBed(placement, parts);
  if (now?.unit_id !== stay.unit_id || given.came_on < (now.arrived_on ?? "")) {
    return no(form, "came_on", "The parent was not there yet on that day.");
  }
  const ends = stay.ends_on as Day | null;
  const until = ends !== null && ends < given.came_on ? given.came_on : ends;
  const span = { from: given.came_on, until };
  const clash = await childComes(db, today, consumerId, stay, span);
  if (clash) return tell(visit, clash, `${stay.bed} in ${stay.unit}`, "came_on");
  return done(here, "The child came");
}

/** The child goes before the parent does, or does not come: the place is free. */
export async function giveBack(about: About, given: GivenOf<"child-off">) {
  const { visit, placement, parts, here } = about;
  const { db, form, today, consumerId } = visit;
  const stay = childrenOf(placement, parts).find(({ id }) => id === given.id);
  if (!stay) throw noSuchPage();
  if (!stay.arrived_on) {
    await cancelChildPlace(db, consumerId, stay.id, today, "No child comes along");
    return done(here, "The child's place is free");
  }
  if (!given.left_on) return no(form, "left_on", "Choose a day");
  if (given.left_on > today) return no(form, "left_on", "Choose today or an earlier day.");
  if (given.left_on < stay.arrived_on) return no(form, "left_on", "The child came after that day.");
  await leaveChildPlace(db, consumerId, stay, given.left_on);
  return done(here, "The child's place is free");
}
