import { sql } from "kysely";
import type { Acting, By } from "../storage/database.ts";

/** One release at a time in an agency: the second sees what the first one released. */
export async function takeReleaseLock(db: Acting, agencyId: string): Promise<void> {
  await sql`SELECT pg_advisory_xact_lock(hashtextextended(${agencyId}, 42))`.execute(db);
}

/** A claim to release: the service, the judgement it rests on, and the money. */
export interface NewClaim {
  readonly serviceId: string;
  readonly consumerId: string;
  readonly judgementId: string;
  readonly units: number;
  readonly code: string;
  readonly cents: number;
}

/** What of these services is ready this moment, with the rate of its day. */
export async function findReady(
  db: Acting,
  serviceIds: readonly string[],
): Promise<readonly NewClaim[]> {
  const { rows } = await sql<NewClaim>`
    SELECT service_id AS "serviceId", consumer_id AS "consumerId", judgement_id AS "judgementId",
      units_payable AS units, code, cents_payable AS cents
    FROM claim_line
    WHERE service_id = ANY (${[...serviceIds]}::uuid[]) AND state IN ('payable', 'reduced')
    ORDER BY service_date, service_id`.execute(db);
  return rows;
}

/** Keeps a batch with its claims; its number follows the agency's last. */
export async function insertBatch(db: Acting, by: By, claims: readonly NewClaim[]) {
  const batch = await db
    .insertInto("claim_batch")
    .values((eb) => ({
      agency_id: by.agencyId,
      released_by: by.staffId,
      released_at: sql<Date>`clock_timestamp()`,
      number: eb
        .selectFrom("claim_batch")
        .select(sql<number>`coalesce(max(number), 0) + 1`.as("next"))
        .where("agency_id", "=", by.agencyId),
    }))
    .returning(["id", "number"])
    .executeTakeFirstOrThrow();
  await db
    .insertInto("claim")
    .values(
      claims.map((claim) => ({
        agency_id: by.agencyId,
        consumer_id: claim.consumerId,
        service_id: claim.serviceId,
        judgement_id: claim.judgementId,
        batch_id: batch.id,
        units: claim.units,
        code: claim.code,
        cents: claim.cents,
      })),
    )
    .execute();
  return batch;
}

/** Takes a claim back; its flag, if one stands, is settled by it. Null when none stands. */
export async function reverse(
  db: Acting,
  by: By,
  claimId: string,
  reason: string,
): Promise<{ serviceId: string; consumerId: string } | null> {
  const reversed = await db
    .updateTable("claim")
    .set({ reversed_at: sql`clock_timestamp()`, reversed_by: by.staffId, reversal_reason: reason })
    .where("id", "=", claimId)
    .where("reversed_at", "is", null)
    .returning(["service_id", "consumer_id"])
    .executeTakeFirst();
  if (!reversed) return null;
  await settleWhere(db, by, "claim_id", claimId, `Reversed: ${reason}`);
  return { serviceId: reversed.service_id, consumerId: reversed.consumer_id };
}

/** Somebody looked at a flag and leaves the claim as it is. Null when it does not stand. */
export function settle(db: Acting, by: By, flagId: string, settlement: string) {
  return settleWhere(db, by, "id", flagId, settlement);
}

async function settleWhere(
  db: Acting,
  by: By,
  column: "id" | "claim_id",
  id: string,
  settlement: string,
): Promise<{ consumerId: string } | null> {
  const settled = await db
    .updateTable("claim_flag")
    .set({ settled_at: sql`clock_timestamp()`, settled_by: by.staffId, settlement })
    .where(column, "=", id)
    .where("settled_at", "is", null)
    .returning("consumer_id")
    .executeTakeFirst();
  return settled ? { consumerId: settled.consumer_id } : null;
}

/** Batches, the newest first, with what stands of each and what was reversed. */
export async function findBatches(db: Acting, { offset, most }: { offset: number; most: number }) {
  return batches(db).orderBy("b.number", "desc").limit(most).offset(offset).execute();
}

/** One batch, or null. */
export async function findBatch(db: Acting, id: string) {
  return (await batches(db).where("b.id", "=", id).executeTakeFirst()) ?? null;
}

function batches(db: Acting) {
  const standing = sql`c.reversed_at IS NULL`;
  return db
    .selectFrom("claim_batch as b")
    .innerJoin("staff as s", "s.id", "b.released_by")
    .leftJoin("claim as c", "c.batch_id", "b.id")
    .select([
      "b.id",
      "b.number",
      "b.released_at as releasedAt",
      "s.name as releasedBy",
      sql<number>`count(c.id) FILTER (WHERE ${standing})`.as("lines"),
      sql<number>`coalesce(sum(c.units) FILTER (WHERE ${standing}), 0)`.as("units"),
      sql<number>`coalesce(sum(c.cents::bigint) FILTER (WHERE ${standing}), 0)::bigint`.as("cents"),
      sql<number>`count(c.id) FILTER (WHERE NOT (${standing}))`.as("reversed"),
    ])
    .groupBy(["b.id", "s.name"]);
}

/** Every claim that was ever released for a service, the newest first. */
export async function findClaimsOf(db: Acting, serviceId: string) {
  return db
    .selectFrom("claim as c")
    .innerJoin("claim_batch as b", "b.id", "c.batch_id")
    .innerJoin("staff as s", "s.id", "b.released_by")
    .leftJoin("staff as r", "r.id", "c.reversed_by")
    .select([
      "c.id",
      "c.units",
      "c.code",
      "c.cents",
      "c.batch_id as batchId",
      "b.number as batchNumber",
      "b.released_at as releasedAt",
      "s.name as releasedBy",
      "c.reversed_at as reversedAt",
      "r.name as reversedBy",
      "c.reversal_reason as reversalReason",
    ])
    .where("c.service_id", "=", serviceId)
    .orderBy("b.released_at", "desc")
    .execute();
}

/** The claims of a batch that were taken back, with the reason. */
export async function findReversed(db: Acting, batchId: string) {
  return db
    .selectFrom("claim as c")
    .innerJoin("service as s", "s.id", "c.service_id")
    .innerJoin("consumer as p", "p.id", "c.consumer_id")
    .leftJoin("staff as w", "w.id", "c.reversed_by")
    .select([
      "c.id",
      "c.service_id as serviceId",
      "c.consumer_id as consumerId",
      "p.given_name",
      "p.family_name",
      "p.preferred_name",
      "s.service_date as day",
      "c.units",
      "c.cents",
      "c.reversed_at as reversedAt",
      "w.name as reversedBy",
      "c.reversal_reason as reason",
    ])
    .where("c.batch_id", "=", batchId)
    .where("c.reversed_at", "is not", null)
    .orderBy("c.reversed_at")
    .execute();
}
