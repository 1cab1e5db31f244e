import { sql } from "kysely";
import { addDays, type Day } from "../kernel/day.ts";
import type { Acting, By } from "../storage/database.ts";
import type { Span } from "./bed.ts";
import { HORIZON, lockBeds, type Occupied, occupiedOf, orClash } from "./bed-store.ts";
import { type ChildStay, changesTo, standsFor } from "./child.ts";
import type { Clash } from "./clash.ts";

/** Which children's places are taken on the days, and with whom; of others' people only that they are. */
export async function findChildren(db: Acting, from: Day, until: Day): Promise<Occupied[]> {
  return occupiedOf(db, sql`access.child_occupancy(${from}, ${until})`);
}

export function findChildrenAhead(db: Acting, today: Day): Promise<Occupied[]> {
  return findChildren(db, today, addDays(today, HORIZON));
}

type Of = { consumerId: string; placementId: string };
type Stay = ChildStay & { starts_on: string; arrived_on: string | null };
/** The child's place that cannot be had, and why. */
export type ChildClash = { clash: Clash; bedId: string };

/**
 * Makes the wanted places those of a stay: with a booking from a day on, or with somebody who comes
 * or moves that day. What clashes is said; whoever calls undoes the rest.
 */
export async function takeChildPlaces(
  db: Acting,
  by: By,
  today: Day,
  of: Of & { stays: readonly Stay[]; wanted: readonly string[] },
  { span, comes, why }: { span: Span; comes: boolean; why: string },
): Promise<ChildClash | null> {
  const { consumerId, placementId } = of;
  const change = changesTo(of.stays, of.wanted, comes);
  for (const one of change.cancel) await cancelChildPlace(db, consumerId, one.id, today, why);
  for (const one of change.leave) await leaveChildPlace(db, consumerId, one, span.from);
  for (const one of change.stay) {
    const clash = await expectChild(db, today, consumerId, one, span.until);
    if (clash) return { clash, bedId: one.bed_id };
  }
  for (const one of change.come) {
    const clash = await childComes(db, today, consumerId, one, span);
    if (clash) return { clash, bedId: one.bed_id };
  }
  for (const bedId of change.take) {
    const place = { consumerId, placementId, bedId, span };
    const clash = await bookChildPlace(db, by, today, { ...place, came: comes });
    if (clash) return { clash, bedId };
  }
  return null;
}

/** One child's place for a stay, from a day on. */
export async function bookChildPlace(
  db: Acting,
  by: By,
  today: Day,
  place: Of & { bedId: string; span: Span; came: boolean },
): Promise<Clash | null> {
  const { consumerId, placementId, bedId, span, came } = place;
  await lockBeds(db, consumerId, [bedId]);
  const write = () =>
    db
      .insertInto("child_stay")
      .values({
        ...{ agency_id: by.agencyId, consumer_id: consumerId, placement_id: placementId },
        ...{ bed_id: bedId, starts_on: span.from, ends_on: span.until, booked_by: by.staffId },
        arrived_on: came ? span.from : null,
      })
      .execute();
  return orClash(db, today, { bedId, span }, write, findChildren);
}

/** The child who was booked comes. */
export async function childComes(
  db: Acting,
  today: Day,
  consumerId: string,
  stay: Stay,
  span: Span,
): Promise<Clash | null> {
  const { from, until } = span;
  await lockBeds(db, consumerId, [stay.bed_id]);
  const write = () =>
    db
      .updateTable("child_stay")
      .set({ arrived_on: from, starts_on: from, ends_on: until })
      .where("id", "=", stay.id)
      .where("consumer_id", "=", consumerId)
      .where("arrived_on", "is", null)
      .where("cancelled_on", "is", null)
      .execute();
  return orClash(db, today, { bedId: stay.bed_id, span, id: stay.id }, write, findChildren);
}

/** Another day of leaving is expected, of the parent and so of the child. */
async function expectChild(
  db: Acting,
  today: Day,
  consumerId: string,
  stay: Stay,
  until: Day | null,
): Promise<Clash | null> {
  await lockBeds(db, consumerId, [stay.bed_id]);
  const from = (stay.arrived_on ?? stay.starts_on) as Day;
  const ends = until !== null && until < from ? from : until;
  const span = { from, until: ends };
  const write = () =>
    db
      .updateTable("child_stay")
      .set({ ends_on: ends })
      .where("id", "=", stay.id)
      .where("consumer_id", "=", consumerId)
      .execute();
  return orClash(db, today, { bedId: stay.bed_id, span, id: stay.id }, write, findChildren);
}

/** The children who are there stay as long as their parent. */
export async function expectChildren(
  db: Acting,
  today: Day,
  of: { consumerId: string; stays: readonly Stay[] },
  until: Day | null,
): Promise<ChildClash | null> {
  for (const stay of of.stays) {
    if (!standsFor(stay) || stay.arrived_on === null) continue;
    const clash = await expectChild(db, today, of.consumerId, stay, until);
    if (clash) return { clash, bedId: stay.bed_id };
  }
  return null;
}

/** A child leaves; that is never refused: whoever was booked for the place comes later. */
export async function leaveChildPlace(
  db: Acting,
  consumerId: string,
  stay: Stay,
  on: Day,
): Promise<void> {
  await lockBeds(db, consumerId, [stay.bed_id]);
  const arrived = stay.arrived_on as Day;
  const left = on < arrived ? arrived : on;
  await sql`SELECT access.make_child_way(${stay.id}, ${left})`.execute(db);
  await db
    .updateTable("child_stay")
    .set({ left_on: left })
    .where("id", "=", stay.id)
    .where("consumer_id", "=", consumerId)
    .where("arrived_on", "is not", null)
    .where("left_on", "is", null)
    .execute();
}

/** Gives up a place that no child came into. */
export async function cancelChildPlace(
  db: Acting,
  consumerId: string,
  id: string,
  on: Day,
  reason: string,
): Promise<void> {
  await db
    .updateTable("child_stay")
    .set({ cancelled_on: on, cancelled_reason: reason })
    .where("id", "=", id)
    .where("consumer_id", "=", consumerId)
    .where("arrived_on", "is", null)
    .where("cancelled_on", "is", null)
    .execute();
}

/** The parent goes, or comes no more: their children's places are free for others. */
export async function releaseChildPlaces(
  db: Acting,
  today: Day,
  of: { consumerId: string; stays: readonly Stay[] },
  { on, reason }: { on: Day; reason: string },
): Promise<void> {
  for (const stay of of.stays.filter(standsFor)) {
    if (stay.arrived_on === null) await cancelChildPlace(db, of.consumerId, stay.id, today, reason);
    else await leaveChildPlace(db, of.consumerId, stay, on);
  }
}
