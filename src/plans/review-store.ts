import type { Day } from "../kernel/day.ts";
import type { Acting, By } from "../storage/database.ts";

export type NewReview = {
  reviewedOn: Day;
  /** Besides whoever records it: codes of `review.ts`. */
  tookPart: readonly string[];
  /** What is to change; null: no change. */
  changes: string | null;
  /** Who agreed, as `agreedText` says it. */
  agreedBy: string;
  nextOn: Day;
};

/**
 * Records that the plan in force was looked at again; the day of its next review moves with it.
 * False when it is not the plan in force any more.
 */
export async function recordReview(
  db: Acting,
  by: By,
  consumerId: string,
  planId: string,
  review: NewReview,
): Promise<boolean> {
  const plan = await db
    .selectFrom("care_plan")
    .select("review_on")
    .where("id", "=", planId)
    .where("consumer_id", "=", consumerId)
    .where("state", "=", "active")
    .forUpdate()
    .executeTakeFirst();
  if (!plan) return false;
  await db
    .insertInto("plan_review")
    .values({
      agency_id: by.agencyId,
      consumer_id: consumerId,
      plan_id: planId,
      reviewed_on: review.reviewedOn,
      due_on: plan.review_on,
      took_part: [...review.tookPart],
      changes: review.changes,
      agreed_by: review.agreedBy,
      next_on: review.nextOn,
      recorded_by: by.staffId,
    })
    .execute();
  return true;
}

/** The reviews of all versions, the newest first. */
export async function findReviews(db: Acting, consumerId: string) {
  return db
    .selectFrom("plan_review as review")
    .innerJoin("care_plan as plan", "plan.id", "review.plan_id")
    .innerJoin("staff as author", "author.id", "review.recorded_by")
    .select(["review.id", "review.plan_id", "review.reviewed_on", "review.due_on"])
    .select(["review.took_part", "review.changes", "review.agreed_by", "review.next_on"])
    .select(["plan.version", "author.name as author"])
    .where("review.consumer_id", "=", consumerId)
    .orderBy("review.reviewed_on", "desc")
    .orderBy("review.id", "desc")
    .limit(100)
    .execute();
}
export type Review = Awaited<ReturnType<typeof findReviews>>[number];
