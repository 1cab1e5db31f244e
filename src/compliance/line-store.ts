import { sql } from "kysely";
import type { Acting } from "../storage/database.ts";

export type CorrectedFact = {
  id: string;
  fact: string;
  was: string | null;
  becomes: string | null;
  at: Date;
  state: string;
  changesPayment: boolean;
  by: string;
  decidedBy: string | null;
};

/** Corrections of a service's facts, the newest first: what stood, what stands, by whom; not why. */
export async function findCorrections(db: Acting, serviceId: string): Promise<CorrectedFact[]> {
  const { rows } = await sql<CorrectedFact>`
    SELECT id, fact, was #>> '{}' AS was, becomes #>> '{}' AS becomes, at, state,
      changes_payment AS "changesPayment", by, decided_by AS "decidedBy"
    FROM access.corrected_facts(${serviceId})`.execute(db);
  return rows;
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
