import { sql } from "kysely";
import type { Day } from "../kernel/day.ts";
import type { Acting } from "../storage/database.ts";

/** What stands at the head of every page of a consumer's record; null when it is not yours. */
export async function findBanner(db: Acting, consumerId: string, today: Day) {
  const consumer = await db
    .selectFrom("consumer")
    .select(["id", "number", "given_name", "family_name", "preferred_name", "pronouns"])
    .select([
      "date_of_birth",
      "born_about",
      "language",
      "interpreter",
      "access_needs",
      "phone",
      "safe_to_call",
    ])
    .where("id", "=", consumerId)
    .executeTakeFirst();
  if (!consumer) return null;
  const episode = await db
    .selectFrom("episode")
    .select(["id", "opened_on", "closed_on"])
    .where("consumer_id", "=", consumerId)
    .orderBy("opened_on", "desc")
    .orderBy("id", "desc")
    .executeTakeFirst();
  const enrolments = await db
    .selectFrom("enrolment")
    .innerJoin("program", "program.id", "enrolment.program_id")
    .select(["program.name", "program.kind", "enrolment.valid_from", "enrolment.valid_to"])
    .where("enrolment.consumer_id", "=", consumerId)
    .where((eb) => eb.or([eb("valid_to", "is", null), eb("valid_to", ">=", today)]))
    .orderBy("valid_from", (order) => order.asc().nullsLast())
    .execute();
  const team = await db
    .selectFrom("assignment")
    .innerJoin("staff", "staff.id", "assignment.staff_id")
    .select(["staff.id", "staff.name", "assignment.part"])
    .where("assignment.consumer_id", "=", consumerId)
    .where(sql<boolean>`assignment.during @> ${today}::date`)
    .orderBy("staff.name")
    .execute();
  return {
    consumer,
    episode: episode ?? null,
    enrolments,
    keyworker: team.find(({ part }) => part === "keyworker") ?? null,
    emergencyUntil: await findEmergencyBasis(db, consumerId),
  };
}

/** Until when emergency access is the only ground on which this record is open; null when it isn't. */
async function findEmergencyBasis(db: Acting, consumerId: string): Promise<Date | null> {
  const basis = await db
    .selectFrom("emergency_access")
    .select("until")
    .where("consumer_id", "=", consumerId)
    .where(sql<boolean>`staff_id = access.staff() AND until > now()`)
    .where(
      sql<boolean>`NOT EXISTS (SELECT FROM enrolment e WHERE e.consumer_id = ${consumerId}
        AND e.program_id IN (SELECT access.my_programs()))`,
    )
    .orderBy("until", "desc")
    .executeTakeFirst();
  return basis?.until ?? null;
}
