import { sql } from "kysely";
import type { Day } from "../kernel/day.ts";
import type { Acting } from "../storage/database.ts";

/** Asks the signer of a service; null when the service is not to be seen. */
export async function ask(
  db: Acting,
  question: {
    agencyId: string;
    serviceId: string;
    clause: string | null;
    text: string;
    by: string;
  },
): Promise<string | null> {
  const service = await db
    .selectFrom("service")
    .select(["consumer_id", "recorded_by"])
    .where("id", "=", question.serviceId)
    .executeTakeFirst();
  if (!service) return null;
  const { id } = await db
    .insertInto("question")
    .values({
      agency_id: question.agencyId,
      consumer_id: service.consumer_id,
      service_id: question.serviceId,
      to_staff: service.recorded_by,
      clause: question.clause,
      text: question.text,
      asked_by: question.by,
    })
    .returning("id")
    .executeTakeFirstOrThrow();
  return id;
}

/** The questions about a service, the newest first. */
export function findQuestions(db: Acting, serviceId: string) {
  return questions(db)
    .where("q.service_id", "=", serviceId)
    .orderBy("q.asked_at", "desc")
    .execute();
}

/** What was asked of somebody: what is open first, then the newest. */
export function findQuestionsTo(db: Acting, staffId: string, most = 100) {
  return questions(db)
    .where("q.to_staff", "=", staffId)
    .orderBy(sql`q.answered_at IS NOT NULL`)
    .orderBy("q.asked_at", "desc")
    .limit(most)
    .execute();
}

/** One question, or null when there is none such or it is not to be seen. */
export async function findQuestion(db: Acting, id: string) {
  return (await questions(db).where("q.id", "=", id).executeTakeFirst()) ?? null;
}

function questions(db: Acting) {
  return db
    .selectFrom("question as q")
    .innerJoin("staff as a", "a.id", "q.asked_by")
    .innerJoin("staff as t", "t.id", "q.to_staff")
    .leftJoin("service as s", "s.id", "q.service_id")
    .leftJoin("consumer as c", "c.id", "q.consumer_id")
    .select([
      "q.id",
      "q.consumer_id as consumerId",
      "q.service_id as serviceId",
      "q.clause",
      "q.text",
      "q.asked_at as askedAt",
      "a.name as askedBy",
      "q.to_staff as toStaff",
      "t.name as toName",
      "q.answer",
      "q.answered_at as answeredAt",
      sql<Day | null>`s.service_date`.as("day"),
      "s.kind as service",
      "s.conference_id as conferenceId",
      "c.given_name",
      "c.family_name",
      "c.preferred_name",
    ]);
}

/** Answers a question that was asked of `by` and is open; false when there is none such. */
export async function answer(
  db: Acting,
  { id, by, text }: { id: string; by: string; text: string },
): Promise<boolean> {
  const answered = await db
    .updateTable("question")
    .set({ answer: text, answered_by: by, answered_at: sql`clock_timestamp()` })
    .where("id", "=", id)
    .where("to_staff", "=", by)
    .where("answered_at", "is", null)
    .returning("id")
    .executeTakeFirst();
  return answered !== undefined;
}
