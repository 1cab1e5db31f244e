import { sql } from "kysely";
import type { Day } from "../kernel/day.ts";
import type { TimeOfDay } from "../kernel/time.ts";
import type { Acting } from "../storage/database.ts";
import { type AppointmentStatus, clashesOf, type Slot } from "./appointment.ts";
import { isDischargeInSight } from "./planned-discharge-store.ts";
import { findTaken } from "./schedule-store.ts";
import type { PlanDiscussed, Setting } from "./service.ts";
import { settle } from "./settle-store.ts";

/** Whose doing a booking is. */
export type By = { staffId: string; agency: { id: string } };

/** Hours in which the slot's room or member of staff is taken already. */
export async function findClashes(db: Acting, slot: Slot, except: string | null = null) {
  return clashesOf(slot, await findTaken(db, { from: slot.day, to: slot.day }), except);
}

/** Books a time for somebody. What it is for is planned by those who know them. */
export async function bookAppointment(
  db: Acting,
  by: By,
  consumerId: string,
  slot: Slot,
  { kind = "appointment", movedFrom = null }: { kind?: string; movedFrom?: string | null } = {},
): Promise<string> {
  const { id } = await db
    .insertInto("appointment")
    .values({
      agency_id: by.agency.id,
      consumer_id: consumerId,
      staff_id: slot.staffId,
      room_id: slot.roomId,
      kind,
      day: slot.day,
      starts: slot.starts,
      ends: slot.ends,
      moved_from: movedFrom,
      created_by: by.staffId,
    })
    .returning("id")
    .executeTakeFirstOrThrow();
  return id;
}

export type PlannedBooking = {
  consumerId: string;
  episodeId: string;
  programId: string;
  slot: Slot;
  purposes: readonly string[];
  plan: PlanDiscussed | null;
  supportIds: readonly string[];
  /** An appointment that was booked before anybody planned what it is for. */
  appointment: Appointment | null;
};

/** Books a Family Conference: the appointment, what it is about, and who is expected. */
export async function bookConference(
  db: Acting,
  by: By,
  booking: PlannedBooking,
): Promise<string | null> {
  const { consumerId, slot } = booking;
  const appointmentId = await placeOf(db, by, booking);
  if (appointmentId === null) return null;
  const { id } = await db
    .insertInto("conference")
    .values({
      agency_id: by.agency.id,
      consumer_id: consumerId,
      episode_id: booking.episodeId,
      program_id: booking.programId,
      appointment_id: appointmentId,
      lead_id: slot.staffId,
      purposes: [...booking.purposes],
      plan_discussed: booking.plan,
      created_by: by.staffId,
    })
    .returning("id")
    .executeTakeFirstOrThrow();
  await expectSupports(db, by, { consumerId, conferenceId: id }, booking.supportIds);
  return id;
}

/** The new appointment, or the one that waited for its purpose, moved when the times differ. */
async function placeOf(db: Acting, by: By, booking: PlannedBooking): Promise<string | null> {
  const { appointment, consumerId, slot } = booking;
  const kind = "family-conference";
  if (!appointment) return bookAppointment(db, by, consumerId, slot, { kind });
  if (!sameSlot(appointment, slot)) {
    return moveAppointment(db, by, { ...appointment, kind }, slot, "Moved while it was planned");
  }
  const kept = await db
    .updateTable("appointment")
    .set({ kind })
    .where("id", "=", appointment.id)
    .where("status", "=", "scheduled")
    .returning("id")
    .executeTakeFirst();
  return kept?.id ?? null;
}

export function sameSlot(a: Slot, b: Slot): boolean {
  return (
    a.day === b.day &&
    a.starts === b.starts &&
    a.ends === b.ends &&
    a.roomId === b.roomId &&
    a.staffId === b.staffId
  );
}

/** Puts supports on the list of those expected. */
export async function expectSupports(
  db: Acting,
  by: By,
  { consumerId, conferenceId }: { consumerId: string; conferenceId: string },
  supportIds: readonly string[],
): Promise<void> {
  if (supportIds.length === 0) return;
  await db
    .insertInto("conference_support")
    .values(
      supportIds.map((support_id) => ({
        agency_id: by.agency.id,
        consumer_id: consumerId,
        conference_id: conferenceId,
        support_id,
      })),
    )
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

/** Takes a support off the list, unless they were told of the meeting already. */
export async function expectNoLonger(
  db: Acting,
  { consumerId, conferenceId }: { consumerId: string; conferenceId: string },
  supportId: string,
): Promise<boolean> {
  const gone = await db
    .deleteFrom("conference_support")
    .where("conference_id", "=", conferenceId)
    .where("consumer_id", "=", consumerId)
    .where("support_id", "=", supportId)
    .where("invited_at", "is", null)
    .where("came", "is", null)
    .returning("support_id")
    .executeTakeFirst();
  return gone !== undefined;
}

/** An appointment as it stands. */
export type Appointment = Slot & {
  id: string;
  consumerId: string;
  kind: string;
  /** A discharge conference, which only whoever can open the record may know. */
  discharge: boolean;
  status: AppointmentStatus;
  reason: string | null;
  statusAt: Date | null;
  statusBy: string | null;
  followUp: "reached" | "not-needed" | null;
  createdAt: Date;
  movedFrom: string | null;
  staff: string;
  room: string;
  setting: Setting;
};

/** One appointment that the acting member of staff may see. */
export async function findAppointment(db: Acting, id: string): Promise<Appointment | null> {
  const row = await db
    .selectFrom("appointment as a")
    .innerJoin("staff as s", "s.id", "a.staff_id")
    .innerJoin("room as r", "r.id", "a.room_id")
    .select(["a.id", "a.consumer_id", "a.day", "a.starts", "a.ends", "a.room_id", "a.staff_id"])
    .select(["a.kind", "a.status", "a.status_at", "a.created_at", "a.moved_from"])
    .select(["a.status_by", "a.follow_up"])
    .select(sql<string | null>`access.status_reason(a.id)`.as("status_reason"))
    .select(["s.name as staff", "r.name as room", "r.setting"])
    .select(isDischargeInSight)
    .where("a.id", "=", id)
    .executeTakeFirst();
  if (!row) return null;
  return {
    id: row.id,
    consumerId: row.consumer_id,
    day: row.day as Day,
    starts: row.starts as TimeOfDay,
    ends: row.ends as TimeOfDay,
    roomId: row.room_id,
    staffId: row.staff_id,
    kind: row.kind,
    discharge: row.discharge,
    status: row.status as AppointmentStatus,
    reason: row.status_reason,
    statusAt: row.status_at,
    statusBy: row.status_by,
    followUp: row.follow_up as Appointment["followUp"],
    createdAt: row.created_at,
    movedFrom: row.moved_from,
    staff: row.staff,
    room: row.room,
    setting: row.setting as Setting,
  };
}

/**
 * Moves an appointment: the old row stays, with the reason, and a new one takes its place; its
 * conference follows. Null when somebody settled the appointment meanwhile.
 */
export async function moveAppointment(
  db: Acting,
  by: By,
  appointment: Pick<Appointment, "id" | "consumerId" | "kind">,
  slot: Slot,
  reason: string,
): Promise<string | null> {
  if (!(await settle(db, by, appointment.id, "moved", reason))) return null;
  return bookAppointment(db, by, appointment.consumerId, slot, {
    kind: appointment.kind,
    movedFrom: appointment.id,
  });
}

/** An earlier time of the same appointment, and why it was given up. */
export type EarlierTime = { day: Day; starts: TimeOfDay; ends: TimeOfDay; reason: string | null };

/** The times an appointment had before, the newest first. */
export async function findEarlierTimes(
  db: Acting,
  movedFrom: string | null,
): Promise<EarlierTime[]> {
  if (movedFrom === null) return [];
  const { rows } = await sql<EarlierTime>`
    WITH RECURSIVE chain AS (
      SELECT a.id, a.day, a.starts, a.ends, a.moved_from, 1 AS back FROM appointment a WHERE a.id = ${movedFrom}
      UNION ALL
      SELECT a.id, a.day, a.starts, a.ends, a.moved_from, back + 1 FROM appointment a JOIN chain ON a.id = chain.moved_from WHERE back < 50
    ) SELECT day, starts, ends, access.status_reason(id) AS reason FROM chain ORDER BY back`.execute(
    db,
  );
  return rows;
}

/** Family came and the consumer did not: what they said is kept, and nothing was told. */
export async function recordFamilyContact(
  db: Acting,
  by: By,
  contact: {
    consumerId: string;
    appointmentId: string | null;
    supportId: string | null;
    who: string;
    heard: string;
  },
): Promise<void> {
  await db
    .insertInto("family_contact")
    .values({
      agency_id: by.agency.id,
      consumer_id: contact.consumerId,
      appointment_id: contact.appointmentId,
      support_id: contact.supportId,
      who: contact.who,
      heard: contact.heard,
      by: by.staffId,
    })
    .execute();
}
