import { sql } from "kysely";
import { type Bench, judgeAgain, lockConsumer } from "../compliance/judge.ts";
import type { Day } from "../kernel/day.ts";
import type { Acting } from "../storage/database.ts";
import { type CosignStanding, mayCosign, mayVoid } from "./note.ts";

type By = { staffId: string; supervisor: boolean };
type Which = { consumerId: string; conferenceId: string };

/** A conference's note with the names on it; null when there is none such for this consumer. */
export async function findNote(db: Acting, { consumerId, conferenceId }: Which, lock = false) {
  const row = await db
    .selectFrom("conference as c")
    .innerJoin("appointment as a", "a.id", "c.appointment_id")
    .innerJoin("room as r", "r.id", "a.room_id")
    .innerJoin("staff as lead", "lead.id", "c.lead_id")
    .innerJoin("program as p", "p.id", "c.program_id")
    .innerJoin("consumer as who", "who.id", "c.consumer_id")
    .leftJoin("staff as signer", "signer.id", "c.signed_by")
    .leftJoin("staff as cosigner", "cosigner.id", "c.cosign_by")
    .leftJoin("staff as voider", "voider.id", "c.voided_by")
    .leftJoin("service as s", "s.conference_id", "c.id")
    .leftJoin("private_word as w", "w.conference_id", "c.id")
    .leftJoin("need_assessment as n", "n.conference_id", "c.id")
    .select(["c.id", "c.agency_id", "c.consumer_id", "c.lead_id", "c.purposes", "c.note"])
    .select(["c.plan_discussed", "c.held_from", "c.held_to", "c.signed_at", "c.signed_by"])
    .select(sql<boolean>`access.cosigner_lost(c.id)`.as("cosigner_lost"))
    .select(["c.cosign_by", "c.cosigned_at", "c.cosign_remark", "c.voided_at", "c.void_reason"])
    .select(["c.agreed_approved_at", "c.agreed_approved_how"])
    .select([
      "a.day",
      "a.starts",
      "a.ends",
      "a.status",
      "r.name as room",
      "r.setting as room_setting",
    ])
    .select(["lead.name as lead", "signer.name as signer", "cosigner.name as cosigner"])
    .select(["voider.name as voider", "p.name as program"])
    .select(["who.given_name", "who.preferred_name"])
    .select(["s.id as service_id", "s.awaits_cosign", "s.voided_at as service_voided_at"])
    .select(["w.held as word_held", "w.minutes as word_minutes", "w.safe_to_go_on"])
    .select(["w.not_to_be_said", "w.ended_quietly", "n.result as need", "n.remark as need_remark"])
    .where("c.id", "=", conferenceId)
    .where("c.consumer_id", "=", consumerId)
    .$if(lock, (query) => query.forUpdate("c"))
    .executeTakeFirst();
  if (!row) return null;
  return { ...row, day: row.day as Day, called: row.preferred_name ?? row.given_name };
}

type Note = NonNullable<Awaited<ReturnType<typeof findNote>>>;

/** As much of it as decides what may be done with it. */
export function standingOf(note: Note): CosignStanding {
  return {
    signedBy: note.signed_by,
    voided: note.voided_at !== null,
    cosignBy: note.cosign_by,
    cosignerLost: note.cosigner_lost,
    cosigned: note.cosigned_at !== null,
    remark: note.cosign_remark,
    serviceWaits: note.awaits_cosign ?? false,
  };
}

/** Who was there and who else was expected, with what was agreed and added since. */
export async function findNoteParts(db: Acting, conferenceId: string) {
  const supports = await db
    .selectFrom("conference_support as cs")
    .innerJoin("support as s", "s.id", "cs.support_id")
    .select(["s.id", "s.name", "s.relation", "cs.came", "cs.remote"])
    .where("cs.conference_id", "=", conferenceId)
    .orderBy("s.name")
    .execute();
  const attendance = await db
    .selectFrom("conference_attendance as a")
    .leftJoin("staff", "staff.id", "a.staff_id")
    .select(["a.id", "a.part"])
    .select((eb) => eb.fn.coalesce("staff.name", "a.name").as("name"))
    .where("a.conference_id", "=", conferenceId)
    .orderBy("a.id")
    .execute();
  const agreements = await db
    .selectFrom("agreement")
    .select(["id", "who", "support_id", "what", "due_on", "done_on"])
    .where("conference_id", "=", conferenceId)
    .orderBy("id")
    .execute();
  const addenda = await db
    .selectFrom("addendum")
    .innerJoin("staff", "staff.id", "addendum.by")
    .select(["addendum.id", "addendum.text", "addendum.at", "staff.name as author"])
    .where("conference_id", "=", conferenceId)
    .orderBy("addendum.at")
    .orderBy("addendum.id")
    .limit(200)
    .execute();
  return { supports, attendance, agreements, addenda };
}

/** Something that was agreed is done, or is not after all. False when it is not of this note. */
export async function markAgreement(
  db: Acting,
  by: Pick<By, "staffId">,
  which: Which,
  mark: { id: string; doneOn: Day | null },
): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable("agreement")
    .set({ done_on: mark.doneOn, done_by: mark.doneOn ? by.staffId : null })
    .where("id", "=", mark.id)
    .where("conference_id", "=", which.conferenceId)
    .where("consumer_id", "=", which.consumerId)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

/** Adds to a signed note, dated; the note stays as signed. False when there is none to add to. */
export async function addAddendum(
  db: Acting,
  by: Pick<By, "staffId">,
  which: Which,
  text: string,
): Promise<boolean> {
  const note = await findNote(db, which);
  if (!note?.signed_at) return false;
  await db
    .insertInto("addendum")
    .values({
      agency_id: note.agency_id,
      consumer_id: note.consumer_id,
      conference_id: note.id,
      text,
      by: by.staffId,
    })
    .execute();
  return true;
}

/** The supervisor's word on an associate's note: co-signed, or given back with what is asked. */
export async function answerCosign(
  db: Acting,
  bench: Bench,
  by: By,
  which: Which,
  answer: { cosign: boolean; remark: string | null },
): Promise<boolean> {
  await lockConsumer(db, which.consumerId);
  const note = await findNote(db, which, true);
  if (!note || !mayCosign(standingOf(note), by)) return false;
  await db
    .updateTable("conference")
    .set({
      cosign_remark: answer.remark,
      ...(answer.cosign ? { cosigned_at: sql<Date>`now()`, cosign_by: by.staffId } : {}),
    })
    .where("id", "=", note.id)
    .execute();
  if (answer.cosign && note.service_id) {
    await db
      .updateTable("service")
      .set({ awaits_cosign: false })
      .where("id", "=", note.service_id)
      .execute();
    await judgeAgain(db, bench, note.consumer_id, [note.day]);
  }
  return true;
}

/** Voids a note and its service, with the reason; what it put on the plans stays there. */
export async function voidConference(
  db: Acting,
  bench: Bench,
  by: By,
  which: Which,
  reason: string,
): Promise<boolean> {
  await lockConsumer(db, which.consumerId);
  const note = await findNote(db, which, true);
  if (!note || !mayVoid(standingOf(note), by)) return false;
  await db
    .updateTable("conference")
    .set({ voided_at: sql<Date>`now()`, voided_by: by.staffId, void_reason: reason })
    .where("id", "=", note.id)
    .execute();
  if (note.service_id && note.service_voided_at === null) {
    await voidRow(db, bench, by, { ...which, serviceId: note.service_id, day: note.day }, reason);
  }
  return true;
}

/** Voids a service that no conference stands behind. False when it is not theirs to void. */
export async function voidService(
  db: Acting,
  bench: Bench,
  by: By,
  which: { consumerId: string; serviceId: string },
  reason: string,
): Promise<boolean> {
  await lockConsumer(db, which.consumerId);
  const row = await db
    .selectFrom("service")
    .select(["id", "service_date", "recorded_by", "voided_at"])
    .where("id", "=", which.serviceId)
    .where("consumer_id", "=", which.consumerId)
    .where("conference_id", "is", null)
    .forUpdate()
    .executeTakeFirst();
  const signed = row && { signedBy: row.recorded_by, voided: row.voided_at !== null };
  if (!signed || !mayVoid(signed, by)) return false;
  await voidRow(db, bench, by, { ...which, day: row.service_date as Day }, reason);
  return true;
}

async function voidRow(
  db: Acting,
  bench: Bench,
  by: By,
  of: { consumerId: string; serviceId: string; day: Day },
  reason: string,
): Promise<void> {
  await db
    .updateTable("service")
    .set({ voided_at: sql<Date>`now()`, voided_by: by.staffId, void_reason: reason })
    .where("id", "=", of.serviceId)
    .execute();
  await db
    .updateTable("correction")
    .set({
      state: "refused",
      decided_by: by.staffId,
      decided_at: sql<Date>`now()`,
      decision: "The service was voided.",
    })
    .where("service_id", "=", of.serviceId)
    .where("state", "=", "waiting")
    .execute();
  await judgeAgain(db, bench, of.consumerId, [of.day]);
}
