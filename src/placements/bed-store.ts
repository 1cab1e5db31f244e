import { type RawBuilder, sql } from "kysely";
import pg from "pg";
import { addDays, type Day } from "../kernel/day.ts";
import type { Acting, By } from "../storage/database.ts";
import {
  clashesOf,
  heldDays,
  nextFree,
  overlaps,
  type Span,
  type Taken,
  takenDays,
} from "./bed.ts";
import type { Clash } from "./clash.ts";

/** How far ahead beds are looked at. */
export const HORIZON = 400;

export type Occupied = Taken & {
  stayId: string | null;
  placementId: string | null;
  consumerId: string | null;
};

/** Who is in which bed, or booked into it, on the days; people of others are only "occupied". */
export async function findOccupied(db: Acting, from: Day, until: Day): Promise<Occupied[]> {
  return occupiedOf(db, sql`access.bed_occupancy(${from}, ${until})`);
}

/** The rows of a function that tells whose places are taken. */
export async function occupiedOf(db: Acting, from: RawBuilder<unknown>): Promise<Occupied[]> {
  const { rows } = await sql<{
    bed_id: string;
    starts_on: Day;
    ends_on: Day | null;
    arrived_on: Day | null;
    left_on: Day | null;
    stay_id: string | null;
    placement_id: string | null;
    consumer_id: string | null;
  }>`SELECT * FROM ${from} LIMIT 5000`.execute(db);
  return rows.map((row) => ({
    bedId: row.bed_id,
    startsOn: row.starts_on,
    endsOn: row.ends_on,
    arrivedOn: row.arrived_on,
    leftOn: row.left_on,
    stayId: row.stay_id,
    placementId: row.placement_id,
    consumerId: row.consumer_id,
  }));
}

export function findOccupiedAhead(db: Acting, today: Day): Promise<Occupied[]> {
  return findOccupied(db, today, addDays(today, HORIZON));
}

/** What spoke against a unit, and why somebody is put there all the same; both or neither. */
export type Fits = { asked: string[]; because: string | null };

/** On which day each of the beds was last left, where that was between the days. */
export async function findLastLeft(
  db: Acting,
  bedIds: readonly string[],
  from: Day,
  until: Day,
): Promise<ReadonlyMap<string, Day>> {
  if (bedIds.length === 0) return new Map();
  const { rows } = await sql<{ bed_id: string; left_on: Day }>`
    SELECT bed_id, max(left_on) AS left_on FROM access.bed_occupancy(${from}, ${until})
    WHERE bed_id = ANY(${bedIds}::uuid[]) AND left_on IS NOT NULL GROUP BY bed_id`.execute(db);
  return new Map(rows.map((row) => [row.bed_id, row.left_on]));
}

type Booking = { placementId: string; consumerId: string; bedId: string; span: Span };

/** Serialises what is decided about one person's beds and about the beds, always in that order. */
export async function lockBeds(
  db: Acting,
  consumerId: string,
  bedIds: readonly string[],
): Promise<void> {
  const keys = [`placements ${consumerId}`, ...bedIds.map((id) => `bed ${id}`).sort()];
  for (const key of keys) {
    await sql`SELECT pg_advisory_xact_lock(hashtextextended(${key}, 0))`.execute(db);
  }
}

/** Books a bed from a day until the day of leaving; what clashes with it is said, and nothing is written. */
export async function bookBed(
  db: Acting,
  by: By,
  today: Day,
  booking: Booking & { arrivedOn?: Day | null; fits?: Fits },
): Promise<Clash | null> {
  const { placementId, consumerId, bedId, span, arrivedOn = null, fits } = booking;
  await lockBeds(db, consumerId, [bedId]);
  return orClash(db, today, booking, () =>
    db
      .insertInto("bed_stay")
      .values({
        ...{ agency_id: by.agencyId, consumer_id: consumerId, placement_id: placementId },
        ...{ bed_id: bedId, starts_on: span.from, ends_on: span.until, arrived_on: arrivedOn },
        ...{ asked: fits?.asked ?? [], fits_because: fits?.because ?? null },
        booked_by: by.staffId,
      })
      .execute(),
  );
}

/** Somebody who was booked comes. */
export async function arrive(
  db: Acting,
  today: Day,
  stay: Booking & { id: string; fits?: Fits },
): Promise<Clash | null> {
  await lockBeds(db, stay.consumerId, [stay.bedId]);
  const { from, until } = stay.span;
  const { fits } = stay;
  return orClash(db, today, stay, () =>
    db
      .updateTable("bed_stay")
      .set({
        ...{ arrived_on: from, starts_on: from, ends_on: until },
        ...(fits?.because && { asked: fits.asked, fits_because: fits.because }),
      })
      .where("id", "=", stay.id)
      .where("consumer_id", "=", stay.consumerId)
      .where("arrived_on", "is", null)
      .where("cancelled_on", "is", null)
      .execute(),
  );
}

/** Another day of leaving is expected. */
export async function expectUntil(
  db: Acting,
  today: Day,
  stay: Booking & { id: string },
): Promise<Clash | null> {
  await lockBeds(db, stay.consumerId, [stay.bedId]);
  return orClash(db, today, stay, () =>
    db
      .updateTable("bed_stay")
      .set({ ends_on: stay.span.until })
      .where("id", "=", stay.id)
      .where("consumer_id", "=", stay.consumerId)
      .execute(),
  );
}

/** Somebody leaves the bed. That is never refused: whoever was booked for it comes later. */
export async function leaveBed(
  db: Acting,
  stay: { id: string; consumerId: string; bedId: string; on: Day },
): Promise<void> {
  await lockBeds(db, stay.consumerId, [stay.bedId]);
  await sql`SELECT access.make_way(${stay.id}, ${stay.on})`.execute(db);
  await db
    .updateTable("bed_stay")
    .set({ left_on: stay.on })
    .where("id", "=", stay.id)
    .where("consumer_id", "=", stay.consumerId)
    .where("arrived_on", "is not", null)
    .where("left_on", "is", null)
    .execute();
}

/** Gives bookings up that nobody came for. */
export async function cancelBookings(
  db: Acting,
  of: { consumerId: string; placementId: string; stayId?: string },
  { on, reason }: { on: Day; reason: string },
): Promise<void> {
  await db
    .updateTable("bed_stay")
    .set({ cancelled_on: on, cancelled_reason: reason })
    .where("placement_id", "=", of.placementId)
    .where("consumer_id", "=", of.consumerId)
    .$if(of.stayId !== undefined, (query) => query.where("id", "=", of.stayId as string))
    .where("arrived_on", "is", null)
    .where("cancelled_on", "is", null)
    .execute();
}

/** Does all of it, or, when it failed, none of it. */
export async function allOrNothing<T>(
  db: Acting,
  work: () => Promise<T>,
  failed: (result: T) => boolean = (result) => result !== null,
): Promise<T> {
  await sql`SAVEPOINT attempt`.execute(db);
  const result = await work();
  await sql`${sql.raw(failed(result) ? "ROLLBACK TO" : "RELEASE")} SAVEPOINT attempt`.execute(db);
  return result;
}

const REFUSALS = new Set(["23P01", "23505"]);

type FindTaken = (db: Acting, from: Day, until: Day) => Promise<Occupied[]>;
type Wanted = { bedId: string; span: Span; id?: string };

/** Writes, or undoes it and says what stands in the way. */
export async function orClash(
  db: Acting,
  today: Day,
  wanted: Wanted,
  write: () => Promise<unknown>,
  findTaken: FindTaken = findOccupied,
): Promise<Clash | null> {
  await sql`SAVEPOINT bed`.execute(db);
  try {
    await write();
    await sql`RELEASE SAVEPOINT bed`.execute(db);
    return null;
  } catch (error) {
    if (!(error instanceof pg.DatabaseError) || !REFUSALS.has(error.code ?? "")) throw error;
    await sql`ROLLBACK TO SAVEPOINT bed`.execute(db);
    return clashOf(db, today, wanted, error.constraint ?? "", findTaken);
  }
}

const ELSEWHERE = ["one_person_one_bed", "one_bed_a_person"];
const NOT_LEFT = ["bed_not_left", "one_in_bed", "child_not_left", "one_child_in_place"];

async function clashOf(
  db: Acting,
  today: Day,
  wanted: Wanted,
  constraint: string,
  findTaken: FindTaken,
): Promise<Clash> {
  if (ELSEWHERE.includes(constraint)) return { why: "elsewhere" };
  if (NOT_LEFT.includes(constraint)) return { why: "not-left" };
  const { from } = wanted.span;
  const first = from < today ? from : today;
  const all = (await findTaken(db, first, addDays(first, HORIZON))).filter(
    ({ stayId }) => stayId === null || stayId !== wanted.id,
  );
  const [taken] = clashesOf(all, wanted.bedId, wanted.span, today);
  if (!taken) return { why: "not-left" };
  const held = heldDays(taken);
  const start = from > today ? from : today;
  const later = all.filter((one) => overlaps(takenDays(one, today), { from: start, until: null }));
  return {
    why: "taken",
    from: held.from,
    until: held.until,
    freeFrom: nextFree(later, wanted.bedId, start),
  };
}
