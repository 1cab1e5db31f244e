import { sql } from "kysely";
import type { Day } from "../kernel/day.ts";
import type { Acting, By } from "../storage/database.ts";

export type NewContact = {
  /** The day it was, where that is not now; `at` the time of that day, where it is known. */
  on?: Day | null;
  at?: string | null;
  consumerId: string | null;
  nickname: string | null;
  kinds: readonly string[];
  completedTreatment: boolean | null;
  naloxoneGiven: boolean;
  overdoseAdvice: boolean;
  note: string | null;
};

/** Writes a contact down: now, or of an earlier day. */
export async function keepContact(db: Acting, by: By, contact: NewContact): Promise<void> {
  await db
    .insertInto("open_contact")
    .values({
      agency_id: by.agencyId,
      recorded_by: by.staffId,
      consumer_id: contact.consumerId,
      nickname: contact.nickname,
      kinds: [...contact.kinds],
      completed_treatment: contact.completedTreatment,
      naloxone_given: contact.naloxoneGiven,
      overdose_advice: contact.overdoseAdvice,
      note: contact.note,
      ...(contact.on && {
        at: sql<Date>`((${contact.on}::date + ${contact.at ?? "12:00"}::time)
          AT TIME ZONE (SELECT time_zone FROM agency WHERE id = ${by.agencyId}))`,
        day_only: !contact.at,
      }),
    })
    .execute();
}

/** The contacts of one day that the asker may read, the newest first. */
export async function findContacts(db: Acting, on: Day) {
  return db
    .selectFrom("open_contact as o")
    .innerJoin("agency as a", "a.id", "o.agency_id")
    .innerJoin("staff as s", "s.id", "o.recorded_by")
    .leftJoin("consumer as p", "p.id", "o.consumer_id")
    .select([
      "o.id",
      "o.at",
      "o.day_only",
      "o.nickname",
      "o.kinds",
      "o.naloxone_given",
      "o.overdose_advice",
    ])
    .select(["o.note", "o.completed_treatment", "o.referral_in_id", "s.name as by"])
    .select(["p.id as consumer_id", "p.given_name", "p.family_name", "p.preferred_name"])
    .where(sql<boolean>`o.at >= ${on}::date AT TIME ZONE a.time_zone`)
    .where(sql<boolean>`o.at < (${on}::date + 1) AT TIME ZONE a.time_zone`)
    .orderBy("o.at", "desc")
    .limit(100)
    .execute();
}

/** How many a week, by kind, of the whole agency. */
export async function countContacts(db: Acting, from: Day) {
  const { rows } = await sql<{ week: string; kind: string; contacts: number }>`
    SELECT week::text, kind, contacts FROM access.open_contact_counts(${from}::date)`.execute(db);
  return rows;
}

/** People a contact may be written down for: whose record, or whose mentor, the asker is. */
export async function findKnown(db: Acting, ids: readonly string[]) {
  if (ids.length === 0) return [];
  return db
    .selectFrom("consumer")
    .select("id")
    .where("id", "in", ids)
    .where(
      sql<boolean>`(id IN (SELECT access.record_consumers()) OR id IN (SELECT access.mentored()))`,
    )
    .execute();
}

/** What was written down at open access, for the referral that it becomes; null when it is not theirs to read. */
export async function findContact(db: Acting, id: string) {
  return (
    (await db
      .selectFrom("open_contact")
      .select(["consumer_id", "nickname", "kinds", "naloxone_given", "overdose_advice", "note"])
      .where("id", "=", id)
      .where("referral_in_id", "is", null)
      .executeTakeFirst()) ?? null
  );
}

/** A contact that became the referral just taken is that person's from then on. */
export async function becomeReferral(
  db: Acting,
  contactId: string,
  consumerId: string,
): Promise<boolean> {
  const { rows } = await sql<{ done: boolean }>`
    SELECT access.contact_became_referral(${contactId}::uuid, ${consumerId}::uuid) AS done`.execute(
    db,
  );
  return rows[0]?.done ?? false;
}
