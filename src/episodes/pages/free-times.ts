import { now } from "../../kernel/clock.ts";
import { findBookable, findRooms, findSighted, findTaken } from "../../services/schedule-store.ts";
import type { Visit } from "../../web/guard.ts";
import { type FreeSlot, firstFree, lastDayAhead } from "../come-back-slots.ts";
import { findIntakeColleagues } from "../intake-store.ts";
import { type FreeTime, timeKey } from "./first-time.tsx";

/** The first free hours with some colleagues, with the names of who and where. */
export async function findFreeTimes(
  { db, me, services, today }: Visit,
  who: { first: string | null; others: readonly string[]; each?: number },
): Promise<FreeTime[]> {
  const staff = new Map((await findBookable(db, today)).map(({ id, name }) => [id, name]));
  const rooms = (await findRooms(db)).filter(({ setting }) => setting === "office");
  const free = firstFree({
    now: now(services.clock, me.agency.timeZone),
    taken: await findTaken(db, { from: today, to: lastDayAhead(today) }),
    first: who.first && staff.has(who.first) ? who.first : null,
    others: who.others.filter((id) => staff.has(id)),
    rooms: rooms.map(({ id }) => id),
    ...(who.each ? { each: who.each } : {}),
  });
  return free.map((slot: FreeSlot) => ({
    ...slot,
    staff: staff.get(slot.staffId) ?? "",
    room: rooms.find(({ id }) => id === slot.roomId)?.name ?? "",
  }));
}

/**
 * Hours for a first appointment, with those who will be able to open the record: the team that has
 * the person, and clinicians of the programmes that the referral may go to.
 */
export async function findFirstTimes(
  visit: Visit,
  /** Null: the agency's intake programme. */
  programIds: readonly string[] | null,
  consumerId: string | null,
): Promise<FreeTime[]> {
  const known = consumerId
    ? await findSighted(visit.db, consumerId)
    : { ids: [] as string[], keyworker: null };
  const team = await findIntakeColleagues(visit.db, programIds);
  return findFreeTimes(visit, {
    first: known.keyworker,
    others: [...new Set([...known.ids, ...team])],
    each: 3,
  });
}

/** Why the hour that was chosen cannot be booked; the hour when it can, null when none was chosen. */
export async function readFirstTime(
  visit: Visit,
  chosen: string | undefined,
  { programId, consumerId }: { programId: string | null; consumerId: string | null },
): Promise<{ slot: FreeTime | null } | { refused: { field: string; message: string } }> {
  if (!chosen) return { slot: null };
  const offered = await findFirstTimes(visit, programId ? [programId] : null, consumerId);
  const slot = offered.find((one) => timeKey(one) === chosen);
  if (slot) return { slot };
  const message = "That time was just taken, or is with another team: choose another";
  return { refused: { field: "first_time", message } };
}
