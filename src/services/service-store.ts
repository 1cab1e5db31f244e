import { sql } from "kysely";
import { type Bench, judgeAgain, lockConsumer } from "../compliance/judge.ts";
import type { Standing } from "../compliance/standing.ts";
import type { Acting } from "../storage/database.ts";
import { type ServiceFacts, unitsOf } from "./service.ts";
import { isContact } from "./service-kinds.ts";

/** A service that was written, and what stands for every service that it can touch. */
export type Inserted = {
  serviceId: string;
  units: number;
  standing: Standing;
  /** By service id: the new one, and those of the same week and day that were judged again. */
  standings: ReadonlyMap<string, Standing>;
};

/**
 * Writes a service and judges all that it touches; the one way in which a service row comes to be.
 * Null when its times come to no whole unit: then there is nothing to claim, and no row; but a contact
 * of which nothing is claimed anyway is recorded however short it was.
 */
export async function insertService(
  db: Acting,
  bench: Bench,
  facts: ServiceFacts,
): Promise<Inserted | null> {
  await lockConsumer(db, facts.consumerId);
  const units = unitsOf(facts, bench.bulletins);
  if (units < 1 && !isContact(facts.kind)) return null;
  const { id: serviceId } = await db
    .insertInto("service")
    .values({
      agency_id: bench.agencyId,
      consumer_id: facts.consumerId,
      program_id: facts.programId,
      kind: facts.kind,
      service_date: facts.day,
      start_time: facts.starts,
      end_time: facts.ends,
      private_minutes: facts.privateMinutes,
      units,
      setting: facts.setting,
      consumer_present: facts.consumerPresent,
      supports_present: facts.supportsPresent,
      plan_discussed: facts.planDiscussed,
      performer_id: facts.performerId,
      conference_id: facts.conferenceId,
      awaits_cosign: facts.awaitsCosign,
      recorded_by: facts.recordedBy,
    })
    .returning("id")
    .executeTakeFirstOrThrow();
  const standings = await judgeAgain(db, bench, facts.consumerId, [facts.day]);
  const standing = standings.get(serviceId) ?? {
    serviceId,
    outcome: "not-applicable" as const,
    unitsBilled: units,
    unitsPayable: 0,
    judgements: [],
  };
  return { serviceId, units, standing, standings };
}

/** What `insertService` would do and say: it is done, and taken back before anyone sees it. */
export async function previewService(
  db: Acting,
  bench: Bench,
  facts: ServiceFacts,
): Promise<Inserted | null> {
  await sql`SAVEPOINT preview`.execute(db);
  try {
    return await insertService(db, bench, facts);
  } finally {
    await sql`ROLLBACK TO SAVEPOINT preview`.execute(db);
    await sql`RELEASE SAVEPOINT preview`.execute(db);
  }
}
