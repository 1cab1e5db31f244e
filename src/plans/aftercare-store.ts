import { sql } from "kysely";
import type { Day } from "../kernel/day.ts";
import type { Acting, By } from "../storage/database.ts";

/** All versions of all episodes' aftercare plans, the newest first; they outlive their episodes. */
export async function findAftercarePlans(db: Acting, consumerId: string) {
  return db
    .selectFrom("aftercare_plan as plan")
    .innerJoin("episode", "episode.id", "plan.episode_id")
    .innerJoin("staff as author", "author.id", "plan.created_by")
    .leftJoin("staff as who", "who.id", "plan.back_who_id")
    .select(["plan.id", "plan.episode_id", "plan.version", "plan.state", "plan.saves"])
    .select(["plan.call_first", "plan.back_where", "plan.back_who_id", "plan.back_phone"])
    .select(["plan.back_within_days", "plan.review_on", "plan.agreed_on", "plan.agreed_by_whom"])
    .select([
      "plan.created_at",
      "plan.activated_at",
      "author.name as author",
      "who.name as back_who",
    ])
    .select(["episode.opened_on", "episode.closed_on"])
    .where("plan.consumer_id", "=", consumerId)
    .orderBy("episode.opened_on", "desc")
    .orderBy("plan.version", "desc")
    .limit(100)
    .execute();
}
export type AftercarePlan = Awaited<ReturnType<typeof findAftercarePlans>>[number];

/**
 * Begins the next version as a copy of the newest; the first one proposes the keyworker, the agency's
 * number and its own target. Null when somebody else has begun one already.
 */
export async function beginAftercare(
  db: Acting,
  by: By,
  consumerId: string,
  episodeId: string,
): Promise<string | null> {
  const { rows } = await sql<{ id: string }>`
    INSERT INTO aftercare_plan (agency_id, consumer_id, episode_id, version, state, created_by,
      call_first, back_where, back_who_id, back_phone, back_within_days, review_on)
    SELECT e.agency_id, e.consumer_id, e.id,
      1 + coalesce((SELECT max(version) FROM aftercare_plan WHERE episode_id = e.id), 0), 'draft', ${by.staffId},
      last.call_first, last.back_where,
      coalesce(last.back_who_id, (SELECT staff_id FROM assignment
        WHERE consumer_id = e.consumer_id AND part = 'keyworker' ORDER BY valid_from DESC LIMIT 1)),
      coalesce(last.back_phone, a.phone), coalesce(last.back_within_days, a.return_target_days),
      CASE WHEN last.review_on >= access.today() THEN last.review_on END
    FROM episode e JOIN agency a ON a.id = e.agency_id
    LEFT JOIN LATERAL (SELECT * FROM aftercare_plan p WHERE p.consumer_id = e.consumer_id
      ORDER BY p.created_at DESC LIMIT 1) last ON true
    WHERE e.id = ${episodeId} AND e.consumer_id = ${consumerId}
    ON CONFLICT DO NOTHING RETURNING id`.execute(db);
  return rows[0]?.id ?? null;
}

export type AftercareFields = {
  callFirst: string | null;
  backWhere: string | null;
  backWhoId: string | null;
  backPhone: string | null;
  backWithinDays: number | null;
  reviewOn: Day | null;
};

/** Saves a draft. False when it was saved or agreed meanwhile: nothing is overwritten. */
export async function saveAftercare(
  db: Acting,
  consumerId: string,
  draft: { id: string; saves: number } & AftercareFields,
): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable("aftercare_plan")
    .set({
      saves: draft.saves + 1,
      call_first: draft.callFirst,
      back_where: draft.backWhere,
      back_who_id: draft.backWhoId,
      back_phone: draft.backPhone,
      back_within_days: draft.backWithinDays,
      review_on: draft.reviewOn,
    })
    .where("id", "=", draft.id)
    .where("consumer_id", "=", consumerId)
    .where("state", "=", "draft")
    .where("saves", "=", draft.saves)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

/** Throws a draft away; what was agreed cannot be. */
export async function discardAftercare(db: Acting, consumerId: string, id: string) {
  await db
    .deleteFrom("aftercare_plan")
    .where("id", "=", id)
    .where("consumer_id", "=", consumerId)
    .where("state", "=", "draft")
    .execute();
}

/**
 * Puts an agreed draft in force; the version before it is superseded in the same transaction. False
 * when the draft was changed or agreed since `saves`.
 */
export async function agreeAftercare(
  db: Acting,
  by: By,
  consumerId: string,
  agreed: { id: string; saves: number; on: Day; withWhom: string },
): Promise<boolean> {
  const draft = await db
    .selectFrom("aftercare_plan")
    .select(["episode_id", "saves"])
    .where("id", "=", agreed.id)
    .where("consumer_id", "=", consumerId)
    .where("state", "=", "draft")
    .forUpdate()
    .executeTakeFirst();
  if (!draft || draft.saves !== agreed.saves) return false;
  await db
    .updateTable("aftercare_plan")
    .set({ state: "superseded" })
    .where("episode_id", "=", draft.episode_id)
    .where("consumer_id", "=", consumerId)
    .where("state", "=", "active")
    .execute();
  await db
    .updateTable("aftercare_plan")
    .set({
      state: "active",
      agreed_on: agreed.on,
      agreed_by_whom: agreed.withWhom,
      activated_at: sql<string>`now()`,
      activated_by: by.staffId,
    })
    .where("id", "=", agreed.id)
    .execute();
  return true;
}

/** What the print needs of the person and the agency besides the plan. */
export async function findHomeFacts(db: Acting, consumerId: string) {
  return db
    .selectFrom("consumer")
    .innerJoin("agency", "agency.id", "consumer.agency_id")
    .select(["consumer.given_name", "consumer.preferred_name", "consumer.language"])
    .select(["agency.crisis_lines", "agency.crisis_lines_es"])
    .where("consumer.id", "=", consumerId)
    .executeTakeFirst();
}
