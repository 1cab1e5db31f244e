import { sql } from "kysely";
import type { Day } from "../kernel/day.ts";
import type { Acting } from "../storage/database.ts";

/** A service as whoever audits reads it; null when it is out of sight. */
export async function findAuditedService(db: Acting, serviceId: string) {
  const row = await db
    .selectFrom("service as s")
    .innerJoin("consumer as c", "c.id", "s.consumer_id")
    .innerJoin("staff as r", "r.id", "s.recorded_by")
    .leftJoin("staff as w", "w.id", "s.performer_id")
    .leftJoin("program as p", "p.id", "s.program_id")
    .select(["s.id", "s.consumer_id", "s.kind", "s.service_date", "s.units", "s.conference_id"])
    .select(["s.start_time", "s.end_time", "s.setting"])
    .select(["c.number", "c.given_name", "c.family_name", "c.preferred_name"])
    .select(["p.name as program", "w.name as performer", "r.name as recorder", "s.recorded_at"])
    .where("s.id", "=", serviceId)
    .executeTakeFirst();
  return row ? { ...row, day: row.service_date as Day } : null;
}

/** What was claimed for it, the newest first. */
export async function findAuditedClaims(db: Acting, serviceId: string) {
  return db
    .selectFrom("claim")
    .select(["id", "units", "code", "cents", "reversed_at", "reversal_reason"])
    .where("service_id", "=", serviceId)
    .orderBy("id", "desc")
    .execute();
}

/** What was written of a session, the note first, or of this person in a group's register. */
export async function findAuditedSession(db: Acting, serviceId: string) {
  const notes = await db
    .selectFrom("session_note as n")
    .innerJoin("staff as s", "s.id", "n.recorded_by")
    .select(["n.id", "n.text", "n.recorded_at as at", "s.name as by"])
    .where("n.service_id", "=", serviceId)
    .where("n.text", "is not", null)
    .orderBy("n.recorded_at")
    .orderBy("n.id")
    .limit(100)
    .execute();
  const line = await db
    .selectFrom("group_attendance")
    .select("note")
    .where("service_id", "=", serviceId)
    .where("note", "is not", null)
    .executeTakeFirst();
  return { notes, register: line?.note ?? null };
}

/** The signed note behind it with what was added to it; null where there is none. */
export async function findAuditedNote(db: Acting, conferenceId: string) {
  const note = await db
    .selectFrom("conference as c")
    .leftJoin("staff as signer", "signer.id", "c.signed_by")
    .leftJoin("staff as cosigner", "cosigner.id", "c.cosign_by")
    .select(["c.id", "c.note", "c.purposes", "c.signed_at", "signer.name as signer"])
    .select(["cosigner.name as cosigner", "c.cosigned_at"])
    .where("c.id", "=", conferenceId)
    .where("c.signed_at", "is not", null)
    .executeTakeFirst();
  if (!note) return null;
  const { rows: addenda } = await sql<{ id: string; text: string; at: Date; by: string }>`
    SELECT a.id, a.text, a.at, s.name AS by FROM addendum a JOIN staff s ON s.id = a.by
    WHERE a.conference_id = ${conferenceId} ORDER BY a.at LIMIT 100`.execute(db);
  return { ...note, addenda };
}
