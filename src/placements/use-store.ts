import type { Day } from "../kernel/day.ts";
import type { Acting, By } from "../storage/database.ts";

export async function addUse(
  db: Acting,
  by: By,
  of: { consumerId: string; episodeId: string; placementId: string | null },
  use: { on: Day; what: string; reviewDue: Day },
): Promise<void> {
  await db
    .insertInto("use_event")
    .values({
      ...{ agency_id: by.agencyId, consumer_id: of.consumerId, episode_id: of.episodeId },
      ...{ placement_id: of.placementId, happened_on: use.on, what: use.what },
      ...{ review_due: use.reviewDue, recorded_by: by.staffId },
    })
    .execute();
}

export async function reviewUse(
  db: Acting,
  by: By,
  of: { consumerId: string; id: string },
  review: { on: Day; text: string },
): Promise<void> {
  await db
    .updateTable("use_event")
    .set({ reviewed_on: review.on, review: review.text, reviewed_by: by.staffId })
    .where("id", "=", of.id)
    .where("consumer_id", "=", of.consumerId)
    .where("reviewed_on", "is", null)
    .execute();
}

/** The agency's working days from a return to use to its review. */
export async function findReviewDays(db: Acting): Promise<number> {
  const { use_review_days } = await db
    .selectFrom("agency")
    .select("use_review_days")
    .executeTakeFirstOrThrow();
  return use_review_days;
}
