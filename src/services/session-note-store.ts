import { sql } from "kysely";
import type { Acting, By } from "../storage/database.ts";

/** What was written about one service, the note first, and what a group's register says of it. */
export async function findSessionNotes(db: Acting, consumerId: string, serviceId: string) {
  return db
    .selectFrom("session_note as n")
    .innerJoin("staff as s", "s.id", "n.recorded_by")
    .select(["n.id", "n.text", "n.goals", "n.recorded_at", "s.name as author"])
    .where("n.service_id", "=", serviceId)
    .where("n.consumer_id", "=", consumerId)
    .orderBy("n.recorded_at")
    .orderBy("n.id")
    .limit(100)
    .execute();
}

/** The group in which a service took place, with this person's own note on its register. */
export async function findGroupOf(db: Acting, consumerId: string, serviceId: string) {
  const row = await db
    .selectFrom("group_attendance as a")
    .innerJoin("group_meeting as m", "m.id", "a.meeting_id")
    .innerJoin("support_group as g", "g.id", "m.group_id")
    .select(["g.id as group_id", "m.id as meeting_id", "g.name", "m.topic", "a.note"])
    .where("a.service_id", "=", serviceId)
    .where("a.consumer_id", "=", consumerId)
    .executeTakeFirst();
  return row ?? null;
}

/** Writes a note, or adds to what stands; nothing is ever changed. */
export async function addSessionNote(
  db: Acting,
  by: By,
  of: { consumerId: string; serviceId: string },
  note: { text: string | null; goals: readonly string[] },
): Promise<void> {
  if (note.text === null && note.goals.length === 0) return;
  await db
    .insertInto("session_note")
    .values({
      agency_id: by.agencyId,
      consumer_id: of.consumerId,
      service_id: of.serviceId,
      text: note.text,
      goals: [...note.goals],
      recorded_by: by.staffId,
    })
    .execute();
}

/** The open goals of the plan in force, that a session can be about. */
export async function findOpenGoals(db: Acting, consumerId: string) {
  return db
    .selectFrom("goal as g")
    .innerJoin("care_plan as p", "p.id", "g.plan_id")
    .select(["g.lineage", "g.text", "g.domain"])
    .where("g.consumer_id", "=", consumerId)
    .where("p.state", "=", "active")
    .where("g.status", "=", "open")
    .orderBy("g.position")
    .limit(50)
    .execute();
}

/** Goals by lineage in their latest wording, for saying what a session was about. */
export async function findGoalTexts(db: Acting, consumerId: string, lineages: readonly string[]) {
  if (lineages.length === 0) return new Map<string, string>();
  const rows = await db
    .selectFrom("goal as g")
    .innerJoin("care_plan as p", "p.id", "g.plan_id")
    .select(["g.lineage", "g.text"])
    .where("g.consumer_id", "=", consumerId)
    .where("g.lineage", "in", [...lineages])
    .orderBy("p.version")
    .limit(500)
    .execute();
  return new Map(rows.map(({ lineage, text }) => [lineage, text]));
}

/** Marks an appointment as held, now that what took place is recorded. */
export async function holdAppointment(
  db: Acting,
  by: By,
  consumerId: string,
  appointmentId: string,
): Promise<void> {
  await db
    .updateTable("appointment")
    .set({ status: "held", status_at: sql<Date>`clock_timestamp()`, status_by: by.staffId })
    .where("id", "=", appointmentId)
    .where("consumer_id", "=", consumerId)
    .where("status", "=", "scheduled")
    .execute();
}
