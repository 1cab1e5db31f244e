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

/** As a query on `appointment as a` says it: a discharge conference, of somebody whose record one can open. */
export const isDischargeInSight = sql<boolean>`
  (a.kind = 'discharge-conference' AND a.consumer_id IN (SELECT access.record_consumers()))`.as(
  "discharge",
);

/**
 * Settles the planned meeting that a discharge conference was; false when it is no such meeting any more.
 * One that was planned for a later day is cancelled, since it was held before it.
 */
export async function heldAsPlanned(
  db: Acting,
  by: { staffId: string },
  consumerId: string,
  { appointmentId, heldOn }: { appointmentId: string; heldOn: Day },
): Promise<boolean> {
  const held = await db
    .updateTable("appointment")
    .set({
      status: sql`CASE WHEN day > ${heldOn}::date THEN 'cancelled' ELSE 'held' END`,
      status_reason: sql`CASE WHEN day > ${heldOn}::date THEN 'It was held earlier' END`,
      status_at: sql<Date>`clock_timestamp()`,
      status_by: by.staffId,
    })
    .where("id", "=", appointmentId)
    .where("consumer_id", "=", consumerId)
    .where("kind", "=", "discharge-conference")
    .where("status", "=", "scheduled")
    .returning("id")
    .executeTakeFirst();
  return held !== undefined;
}
