import { sql } from "kysely";
import type { Topic } from "../people/consent.ts";
import type { Acting, By } from "../storage/database.ts";
import type { Letter } from "./letter.ts";
import type { SentHow } from "./referral.ts";

export type Sending = NonNullable<Awaited<ReturnType<typeof findSending>>>;

/** The last letter that was prepared for a referral, sent or not; null when there is none. */
export async function findSending(db: Acting, consumerId: string, referralId: string) {
  const row = await db
    .selectFrom("referral_sending as s")
    .innerJoin("provider as p", "p.id", "s.provider_id")
    .innerJoin("staff as writer", "writer.id", "s.recorded_by")
    .leftJoin("staff as sender", "sender.id", "s.sent_by")
    .leftJoin("disclosure as d", "d.id", "s.disclosure_id")
    .select(["s.id", "s.referral_id", "s.provider_id", "s.basis", "s.purpose", "s.topics"])
    .select(["s.letter", "s.recorded_at", "s.sent_at", "s.sent_how", "d.consent_id"])
    .select(["p.name as provider", "p.address", "p.phone", "p.times", "p.open_access"])
    .select(["writer.name as writer", "writer.title as writer_title", "sender.name as sender"])
    .where("s.consumer_id", "=", consumerId)
    .where("s.referral_id", "=", referralId)
    .where("s.dropped_at", "is", null)
    .orderBy("s.recorded_at", "desc")
    .orderBy("s.id", "desc")
    .limit(1)
    .executeTakeFirst();
  return row ?? null;
}

/** The referrals of a person for which a letter or a slip stands, by what became of it. */
export async function findSendingsOf(db: Acting, consumerId: string) {
  return db
    .selectFrom("referral_sending")
    .select(["referral_id", "basis", "sent_at"])
    .where("consumer_id", "=", consumerId)
    .where("dropped_at", "is", null)
    .orderBy("recorded_at")
    .limit(500)
    .execute();
}

export type NewSending = {
  referralId: string;
  providerId: string;
  basis: string;
  purpose: string | null;
  topics: readonly Topic[];
  letter: Letter | null;
};

/** Keeps a letter as it was written; one that waited to be sent makes way. */
export async function prepareSending(
  db: Acting,
  by: By,
  consumerId: string,
  sending: NewSending,
): Promise<string> {
  await db
    .updateTable("referral_sending")
    .set({ dropped_at: sql<Date>`now()`, dropped_by: by.staffId })
    .where("referral_id", "=", sending.referralId)
    .where("consumer_id", "=", consumerId)
    .where("sent_at", "is", null)
    .where("dropped_at", "is", null)
    .execute();
  const { id } = await db
    .insertInto("referral_sending")
    .values({
      agency_id: by.agencyId,
      consumer_id: consumerId,
      referral_id: sending.referralId,
      provider_id: sending.providerId,
      basis: sending.basis,
      purpose: sending.purpose,
      topics: [...sending.topics],
      letter: sending.letter && JSON.stringify(sending.letter),
      recorded_by: by.staffId,
    })
    .returning("id")
    .executeTakeFirstOrThrow();
  return id;
}

/** Says that it left, with the disclosure that this was; once. False when it had left or was dropped. */
export async function markSent(
  db: Acting,
  by: By,
  consumerId: string,
  id: string,
  sent: { how: SentHow; disclosureId: string | null },
): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable("referral_sending")
    .set({
      sent_at: sql<Date>`now()`,
      sent_by: by.staffId,
      sent_how: sent.how,
      disclosure_id: sent.disclosureId,
    })
    .where("id", "=", id)
    .where("consumer_id", "=", consumerId)
    .where("sent_at", "is", null)
    .where("dropped_at", "is", null)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

/** Who somebody is, for the head of a letter. */
export async function findLetterPerson(db: Acting, consumerId: string) {
  const row = await db
    .selectFrom("consumer")
    .select(["given_name", "family_name", "date_of_birth", "phone", "safe_to_call"])
    .where("id", "=", consumerId)
    .executeTakeFirst();
  return row ?? null;
}

/** From where a letter comes. */
export async function findLetterhead(db: Acting) {
  return db.selectFrom("agency").select(["name", "phone", "address"]).executeTakeFirstOrThrow();
}
