import { sql } from "kysely";
import type { Day } from "../kernel/day.ts";
import type { TimeOfDay } from "../kernel/time.ts";
import type { Acting } from "../storage/database.ts";

/** The discharge conferences that are planned and not settled, the soonest first (FC 3.1.1.3). */
export async function findPlannedDischarges(db: Acting, consumerId: string) {
  const rows = await db
    .selectFrom("appointment as a")
    .innerJoin("staff as s", "s.id", "a.staff_id")
    .innerJoin("room as r", "r.id", "a.room_id")
    .select(["a.id", "a.day", "a.starts", "a.ends", "s.name as staff", "r.name as room"])
    .where("a.consumer_id", "=", consumerId)
    .where("a.kind", "=", "discharge-conference")
    .where("a.status", "=", "scheduled")
    .orderBy("a.day")
    .orderBy("a.starts")
    .limit(20)
    .execute();
  return rows.map((row) => ({
    ...row,
    ...{ day: row.day as Day, starts: row.starts as TimeOfDay, ends: row.ends as TimeOfDay },
  }));
}
export type PlannedDischarge = Awaited<ReturnType<typeof findPlannedDischarges>>[number];

/**
 * Settles what was planned for the day on which a discharge conference is recorded as held; gives the
 * meeting as which it was, or null where none was planned.
 */
export async function heldAsPlanned(
  db: Acting,
  by: { staffId: string },
  consumerId: string,
  day: Day,
): Promise<string | null> {
  const held = await db
    .updateTable("appointment")
    .set({ status: "held", status_at: sql<Date>`clock_timestamp()`, status_by: by.staffId })
    .where("consumer_id", "=", consumerId)
    .where("kind", "=", "discharge-conference")
    .where("status", "=", "scheduled")
    .where("day", "=", day)
    .returning(["id", "starts"])
    .execute();
  const [first] = held.toSorted((a, b) => (a.starts < b.starts ? -1 : 1));
  return first?.id ?? null;
}
