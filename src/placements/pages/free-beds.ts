import { z } from "zod";
import { addDays } from "../../kernel/day.ts";
import { may } from "../../people/access.ts";
import { done, identifier, parseForm, refuse, refuseField } from "../../web/form.tsx";
import { type FormVisit, noSuchPage, type Visit } from "../../web/guard.ts";
import { paths } from "../../web/paths.ts";
import { allOrNothing, findLastLeft } from "../bed-store.ts";
import { askedBefore, rank } from "../match.ts";
import { findNeeds } from "../match-store.ts";
import { FREE_NOW, type Reason } from "../reasons.ts";
import { askFor, findOpenEpisode, findParts, findPlacement, findPlacements } from "../store.ts";
import { briefly } from "../unit.ts";
import { findUnits } from "../unit-store.ts";
import { findChoices } from "./bed-choices.ts";
import { waitFor } from "./enrolled.ts";
import { judgeStay } from "./placement-action.ts";
import { book } from "./stay-steps.ts";

/** So many are named; the page of matching has them all. */
const NAMED = 2;
/** Comes after treatment, drug-free: nothing for somebody who calls because they use again (MC B4). */
const LATER = "second-stage";
/** How far back it is looked when a bed was left. */
const BACK_DAYS = 365;

/**
 * The free beds that suit somebody best, in units of our own: since when each is free, and why it suits.
 * Who lies in a bed already, is booked into one, or is in a stay elsewhere: that is said instead.
 */
export async function findFreeBeds({ db, consumerId, today }: Visit) {
  const { stays, places } = await findParts(db, consumerId);
  const has = stays.find(({ cancelled_on, left_on }) => !cancelled_on && !left_on);
  if (has) {
    const { bed, unit, placement_id: placementId } = has;
    return { has: { bed, unit, placementId, in: has.arrived_on !== null }, free: [] };
  }
  // In a service whose beds are not kept here.
  const elsewhere = places.find(({ until }) => until === null);
  if (elsewhere?.placement_id) {
    const { unit, placement_id: placementId } = elsewhere;
    return { has: { bed: null, unit, placementId, in: true }, free: [] };
  }
  const { needs } = await findNeeds(db, consumerId, today);
  const choices = new Map((await findChoices(db, today)).map((one) => [one.id, one]));
  const free = (id: string) =>
    (choices.get(id)?.beds ?? []).filter(
      ({ overflow, freeFrom }) => !overflow && freeFrom === today,
    );
  const units = (await findUnits(db)).filter(
    ({ id, kind, program_id }) => program_id && kind !== LATER && free(id).length > 0,
  );
  const matches = rank(
    units.map((unit) => {
      const beds = { freeNow: free(unit.id).length, nextFree: today, childPlaces: null };
      return { unit, beds };
    }),
    needs,
  );
  // Where something has to be talked over first, or a child comes along, it is not done with one press.
  const asks = (id: string) => {
    const choice = choices.get(id);
    return !choice || askedBefore(choice, needs, 0).length > 0;
  };
  const first = matches
    .filter(({ suitable, unit }) => suitable && needs.wantsChildWith !== true && !asks(unit.id))
    .slice(0, NAMED);
  const named = first.flatMap(({ unit, reasons }) => {
    const [bed] = free(unit.id);
    return bed ? [{ bed, unit, reasons }] : [];
  });
  const ids = named.map(({ bed }) => bed.id);
  const left = await findLastLeft(db, ids, addDays(today, -BACK_DAYS), today);
  return {
    has: null,
    free: named.map(({ bed, unit, reasons }) => ({
      ...{ bedId: bed.id, bed: bed.name, unitId: unit.id, unit: unit.name },
      what: briefly(unit),
      since: left.get(bed.id) ?? null,
      ...whyOf(reasons),
      until: unit.weeks ? addDays(today, 7 * unit.weeks) : null,
    })),
  };
}

/** For it and against it; that a bed is free is why it is named at all. */
function whyOf(reasons: readonly Reason[]) {
  const of = (weighs: Reason["weighs"]) =>
    reasons.filter((one) => one.weighs === weighs && one.text !== FREE_NOW).map(({ text }) => text);
  return { why: of("for"), against: of("against") };
}

/** One press: the place is asked for and the bed booked from today; if it was just taken, neither is. */
export async function bookFreeBed(visit: FormVisit, here = paths.comeBack(visit.consumerId)) {
  const { db, by, me, form, consumerId, today } = visit;
  if (!may(me.roles, "record.write")) throw noSuchPage();
  const parsed = parseForm(z.object({ bed: identifier() }), form);
  if (parsed.invalid) return refuse(parsed.invalid);
  const { has, free } = await findFreeBeds(visit);
  if (has) {
    const where = [has.bed, has.unit].filter(Boolean).join(", ");
    return refuseField(form, "form", `They ${has.in ? "are in" : "are booked into"} ${where}`);
  }
  const chosen = free.find(({ bedId }) => bedId === parsed.value.bed);
  if (!chosen) return refuseField(form, "form", "That bed was just taken: choose another");
  const episode = await findOpenEpisode(db, consumerId);
  if (!episode) return refuseField(form, "form", "A bed belongs to an episode, and none is open");
  const work = async () => {
    const standing = (await findPlacements(db, consumerId)).find(
      (one) => one.unit_id === chosen.unitId && !one.ended_on && !one.withdrawn_on,
    );
    const id =
      standing?.id ??
      (await askFor(db, by, consumerId, {
        ...{ episodeId: episode.id, unitId: chosen.unitId, on: today },
        ...{ why: "Called for help; the bed was free", childrenWith: 0, jointService: null },
        ...{ jointProviderId: null, jointLead: null, jointWhoDoesWhat: null },
        withoutResidentialReason: null,
      }));
    const unit = (await findUnits(db)).find((one) => one.id === chosen.unitId);
    await waitFor(visit, { programId: unit?.program_id ?? null, episodeId: episode.id });
    const placement = await findPlacement(db, consumerId, id);
    if (!placement) throw new Error("a placement that was just asked for is not there");
    const about = { visit, by, placement, parts: await findParts(db, consumerId), here };
    const days = { starts_on: today, ends_on: chosen.until ?? undefined };
    return book(about, { step: "book", bed_id: chosen.bedId, ...days, child_places: [] });
  };
  const answer = await allOrNothing(db, work, (said) => !(said instanceof Response));
  if (!(answer instanceof Response)) {
    return refuseField(form, "form", `Not booked. ${Object.values(answer.data.errors).join(" ")}`);
  }
  await judgeStay(visit, consumerId);
  return done(here, `Booked from today: ${chosen.bed} in ${chosen.unit}`);
}
