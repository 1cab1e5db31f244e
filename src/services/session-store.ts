import { type ExpressionBuilder, sql } from "kysely";
import type { Day } from "../kernel/day.ts";
import type { Acting } from "../storage/database.ts";
import type { DB } from "../storage/schema.ts";

/** A service or a conference of a consumer, as one line of their sessions. */
export type SessionLine = Awaited<ReturnType<typeof findSessions>>[number];

/** Conferences, planned and held, and other services, the newest first. */
export async function findSessions(
  db: Acting,
  consumerId: string,
  { most, skip }: { most: number; skip: number },
) {
  const conferences = db
    .selectFrom("conference as c")
    .innerJoin("appointment as a", "a.id", "c.appointment_id")
    .innerJoin("staff as lead", "lead.id", "c.lead_id")
    .leftJoin("service as s", "s.conference_id", "c.id")
    .where("c.consumer_id", "=", consumerId)
    .where("a.status", "<>", "moved")
    .select(["c.id as conference_id", "s.id as service_id", "a.day"])
    .select((eb) => eb.fn.coalesce("s.start_time", "c.held_from", "a.starts").as("starts"))
    .select((eb) => eb.fn.coalesce("s.end_time", "c.held_to", "a.ends").as("ends"))
    .select([sql<string>`'family-conference'`.as("kind"), "lead.name as lead", "s.units"])
    .select(["a.status", "c.signed_by", "c.voided_at", "c.cosign_by", "c.cosigned_at"])
    .select(["c.cosign_remark", "s.awaits_cosign", "c.draft_saved_at", waiting("s.id")]);
  const others = db
    .selectFrom("service as s")
    .leftJoin("staff as lead", "lead.id", "s.performer_id")
    .where("s.consumer_id", "=", consumerId)
    .where("s.conference_id", "is", null)
    .select([sql<string | null>`NULL::uuid`.as("conference_id"), "s.id as service_id"])
    .select(["s.service_date as day", "s.start_time as starts", "s.end_time as ends", "s.kind"])
    .select(["lead.name as lead", "s.units", sql<string>`'held'`.as("status")])
    .select(["s.recorded_by as signed_by", "s.voided_at"])
    .select([sql<string | null>`NULL::uuid`.as("cosign_by")])
    .select([sql<Date | null>`NULL::timestamptz`.as("cosigned_at")])
    .select([sql<string | null>`NULL::text`.as("cosign_remark"), "s.awaits_cosign"])
    .select([sql<Date | null>`NULL::timestamptz`.as("draft_saved_at"), waiting("s.id")]);
  return db
    .selectFrom(conferences.unionAll(others as never).as("line"))
    .selectAll()
    .orderBy("day", "desc")
    .orderBy("starts", (order) => order.desc().nullsLast())
    .orderBy("conference_id")
    .orderBy("service_id")
    .limit(most)
    .offset(skip)
    .execute();
}

function waiting(service: "s.id") {
  return (eb: ExpressionBuilder<DB & { s: DB["service"] }, "s">) =>
    eb
      .exists(
        eb
          .selectFrom("correction")
          .select("correction.id")
          .whereRef("correction.service_id", "=", service)
          .where("correction.state", "=", "waiting"),
      )
      .as("correction_waits");
}

/** A service with the names on it; null when there is none such for this consumer. */
export async function findService(db: Acting, consumerId: string, serviceId: string) {
  const row = await db
    .selectFrom("service as s")
    .leftJoin("program as p", "p.id", "s.program_id")
    .leftJoin("staff as performer", "performer.id", "s.performer_id")
    .innerJoin("staff as recorder", "recorder.id", "s.recorded_by")
    .leftJoin("staff as voider", "voider.id", "s.voided_by")
    .leftJoin("conference as c", "c.id", "s.conference_id")
    .selectAll("s")
    .select(["p.name as program", "performer.name as performer", "recorder.name as recorder"])
    .select(["voider.name as voider", "c.signed_by as conference_signed_by"])
    .where("s.id", "=", serviceId)
    .where("s.consumer_id", "=", consumerId)
    .executeTakeFirst();
  if (!row) return null;
  return {
    ...row,
    service_date: row.service_date as Day,
    signed_by: row.conference_signed_by ?? row.recorded_by,
  };
}

/** Which services these are, for saying what changed: kind, day and page. */
export async function findServicesBriefly(db: Acting, consumerId: string, ids: readonly string[]) {
  if (ids.length === 0) return [];
  return db
    .selectFrom("service")
    .select(["id", "kind", "service_date", "start_time", "conference_id"])
    .where("consumer_id", "=", consumerId)
    .where("id", "in", ids)
    .execute();
}

/** The programmes a consumer was in on some day or another, each once, the latest first. */
export function findEnrolledPrograms(db: Acting, consumerId: string) {
  return db
    .selectFrom("enrolment")
    .innerJoin("program", "program.id", "enrolment.program_id")
    .select(["program.id", "program.name"])
    .where("enrolment.consumer_id", "=", consumerId)
    .where("enrolment.valid_from", "is not", null)
    .groupBy("program.id")
    .orderBy((eb) => eb.fn.max("enrolment.valid_from"), "desc")
    .limit(50)
    .execute();
}

/** Who of the agency held a qualification, and from when to when. */
export function findHolders(db: Acting, qualifications: readonly string[]) {
  return db
    .selectFrom("credential")
    .select(["staff_id", "qualification", "valid_from", "valid_to"])
    .where("qualification", "in", qualifications)
    .execute();
}
