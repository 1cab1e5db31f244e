import { sql } from "kysely";
import type { Day } from "../kernel/day.ts";
import { logAccess } from "../storage/access-log.ts";
import type { Acting } from "../storage/database.ts";
import type { Basis, NewDisclosure } from "./disclosure.ts";

/** What left the agency since a day, or ever, the newest first: in the US the accounting of 42 CFR 2.25. */
export async function findDisclosures(
  db: Acting,
  consumerId: string,
  { since, skip, most }: { since: Day | null; skip: number; most: number },
) {
  const rows = await db
    .selectFrom("disclosure as d")
    .innerJoin("staff as s", "s.id", "d.disclosed_by")
    .select(["d.id", "d.at", "d.recipient", "d.what", "d.topics", "d.purpose", "d.consent_id"])
    .select("s.name as disclosed_by")
    .select(sql<Basis>`d.basis`.as("basis"))
    .select(sql<number>`count(*) OVER ()`.as("total"))
    .where("d.consumer_id", "=", consumerId)
    .$if(since !== null, (query) => query.where(sql<boolean>`d.at >= ${since}::date`))
    .orderBy("d.at", "desc")
    .orderBy("d.id", "desc")
    .offset(skip)
    .limit(most)
    .execute();
  return rows;
}

/** Live consents that a disclosure can rest on, each with whom it lets be told. */
export async function findLiveConsents(db: Acting, consumerId: string) {
  return db
    .selectFrom("live_consent as l")
    .innerJoin("consent as c", "c.id", "l.id")
    .select(["c.id", "c.recipient", "c.support_id", "c.provider_id", "c.topics"])
    .where("l.consumer_id", "=", consumerId)
    .orderBy("c.recipient")
    .limit(100)
    .execute();
}

/** Records what was told, to whom and on what ground; it is never edited afterwards. Gives its id. */
export async function recordDisclosure(
  db: Acting,
  by: { staffId: string; agency: { id: string } },
  consumerId: string,
  told: NewDisclosure,
): Promise<string> {
  const { id } = await db
    .insertInto("disclosure")
    .values({
      agency_id: by.agency.id,
      consumer_id: consumerId,
      support_id: told.supportId,
      provider_id: told.providerId ?? null,
      consent_id: told.consentId,
      recipient: told.recipient,
      basis: told.basis,
      what: told.what,
      topics: told.topics.length > 0 ? [...told.topics] : null,
      purpose: told.purpose,
      at: sql`(${told.day}::date + ${told.time}::time) AT TIME ZONE (SELECT time_zone FROM agency)`,
      disclosed_by: by.staffId,
    })
    .returning("id")
    .executeTakeFirstOrThrow();
  await logAccess(db, by, {
    action: "disclosed",
    room: "record.write /consumers/:id/disclosures",
    consumerIds: [consumerId],
    reason: told.basis,
  });
  return id;
}
