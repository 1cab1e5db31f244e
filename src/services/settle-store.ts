import { sql } from "kysely";
import type { Acting } from "../storage/database.ts";
import type { AppointmentStatus } from "./appointment.ts";
import type { By } from "./booking-store.ts";

/** Says how an appointment ended; false when somebody settled it meanwhile. */
export async function settle(
  db: Acting,
  by: By,
  appointmentId: string,
  status: Exclude<AppointmentStatus, "scheduled" | "held">,
  reason: string | null,
): Promise<boolean> {
  const settled = await db
    .updateTable("appointment")
    .set({
      status,
      status_reason: reason,
      status_at: sql<Date>`clock_timestamp()`,
      status_by: by.staffId,
    })
    .where("id", "=", appointmentId)
    .where("status", "=", "scheduled")
    .returning("id")
    .executeTakeFirst();
  return settled !== undefined;
}

/**
 * Says what came of an appointment that they missed; false when it is not open to that. A new time or
 * a later contact needs no such word.
 */
export async function followUp(
  db: Acting,
  by: By,
  appointmentId: string,
  how: "reached" | "not-needed",
): Promise<boolean> {
  const said = await db
    .updateTable("appointment")
    .set({
      follow_up: how,
      followed_up_at: sql<Date>`clock_timestamp()`,
      followed_up_by: by.staffId,
    })
    .where("id", "=", appointmentId)
    .where("status", "=", "did-not-come")
    .where("followed_up_at", "is", null)
    .returning("id")
    .executeTakeFirst();
  return said !== undefined;
}

/** No discharge conference says that it was this meeting, which then stays settled. */
const isNamedByNone = sql<boolean>`
  NOT EXISTS (SELECT FROM discharge_conference d WHERE d.appointment_id = appointment.id)`;

/** Whether a settled appointment may still be taken back, as far as what was recorded since says. */
export async function isTakenBackStill(db: Acting, appointmentId: string): Promise<boolean> {
  const still = await db
    .selectFrom("appointment")
    .select("id")
    .where("id", "=", appointmentId)
    .where(isNamedByNone)
    .executeTakeFirst();
  return still !== undefined;
}

/**
 * Takes back that an appointment was missed or cancelled, within a day and by whoever said so; false
 * when it is too late for that.
 */
export async function takeBack(db: Acting, by: By, appointmentId: string): Promise<boolean> {
  const open = await db
    .updateTable("appointment")
    .set({ status: "scheduled", status_reason: null, status_at: null, status_by: null })
    .where("id", "=", appointmentId)
    .where("status", "in", ["did-not-come", "cancelled"])
    .where("status_by", "=", by.staffId)
    .where("followed_up_at", "is", null)
    .where(sql<boolean>`status_at > now() - interval '1 day'`)
    .where(isNamedByNone)
    .returning("id")
    .executeTakeFirst();
  return open !== undefined;
}
