import { sql } from "kysely";
import type { Acting } from "../storage/database.ts";

/** Corrections of a service's facts, the newest first: what stood, what stands, who and why. */
export function findCorrections(db: Acting, serviceId: string) {
  return db
    .selectFrom("correction as c")
    .innerJoin("staff as s", "s.id", "c.by")
    .leftJoin("staff as d", "d.id", "c.decided_by")
    .select([
      "c.id",
      "c.fact",
      sql<string | null>`c.was #>> '{}'`.as("was"),
      sql<string | null>`c.becomes #>> '{}'`.as("becomes"),
      "c.reason",
      "c.at",
      "c.state",
      "c.changes_payment as changesPayment",
      "s.name as by",
      "d.name as decidedBy",
      "c.decision",
    ])
    .where("c.service_id", "=", serviceId)
    .orderBy("c.at", "desc")
    .execute();
}

/** Who signed a service, its program and whether a note stands behind it; null when out of sight. */
export async function findSigner(db: Acting, serviceId: string) {
  const found = await db
    .selectFrom("service as s")
    .innerJoin("staff as w", "w.id", "s.recorded_by")
    .select(["w.name", "s.recorded_at as at", "s.consumer_id as consumerId"])
    .where("s.id", "=", serviceId)
    .executeTakeFirst();
  return found ?? null;
}
