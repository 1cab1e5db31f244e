import { sql } from "kysely";
import type { Topic } from "../people/consent.ts";
import type { Acting } from "../storage/database.ts";
import type { ApprovalWay } from "./agreed.ts";

type Which = { consumerId: string; conferenceId: string };

/** Keeps how the consumer approved the page, or takes that back. False when it cannot be approved. */
export async function approveAgreed(
  db: Acting,
  { consumerId, conferenceId }: Which,
  how: ApprovalWay | null,
): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable("conference")
    .set({ agreed_approved_at: how ? sql<Date>`now()` : null, agreed_approved_how: how })
    .where("id", "=", conferenceId)
    .where("consumer_id", "=", consumerId)
    .where("signed_at", "is not", null)
    .where("voided_at", "is", null)
    .where("agreed_approved_at", how ? "is" : "is not", null)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

/** The consent that somebody's copy rests on: what the accounting says of it. */
export function getConsent(db: Acting, consentId: string) {
  return db
    .selectFrom("consent")
    .select(["id", "recipient", "purpose"])
    .where("id", "=", consentId)
    .executeTakeFirstOrThrow();
}

/** When it was talked over: what tells one page of a consumer from another. */
type When = { day: string; time: string };

/** What the accounting calls the page. */
function pageName({ day, time }: When): string {
  return `What we agreed, ${day} ${time}`;
}

/** Who was given this page already, and when. */
export function findHandedOver(db: Acting, consumerId: string, when: When) {
  return db
    .selectFrom("disclosure")
    .select(["support_id", "at"])
    .where("consumer_id", "=", consumerId)
    .where("what", "=", pageName(when))
    .orderBy("at")
    .execute();
}

/** Writes into the accounting that the page went out; once for each support. */
export async function handOver(
  db: Acting,
  by: { staffId: string; agencyId: string },
  consumerId: string,
  copy: {
    supportId: string;
    consent: Awaited<ReturnType<typeof getConsent>>;
    when: When;
    /** What stands on the page, as consents name it. */
    topics: readonly Topic[];
  },
): Promise<boolean> {
  await sql`SELECT pg_advisory_xact_lock(hashtextextended(${copy.supportId}, 52))`.execute(db);
  const before = await findHandedOver(db, consumerId, copy.when);
  if (before.some(({ support_id }) => support_id === copy.supportId)) return false;
  await db
    .insertInto("disclosure")
    .values({
      agency_id: by.agencyId,
      consumer_id: consumerId,
      support_id: copy.supportId,
      recipient: copy.consent.recipient,
      basis: "consent",
      consent_id: copy.consent.id,
      what: pageName(copy.when),
      topics: [...copy.topics],
      purpose: copy.consent.purpose,
      disclosed_by: by.staffId,
    })
    .execute();
  return true;
}
