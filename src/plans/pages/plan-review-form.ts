import { z } from "zod";
import { day, done, optionalText, refuseField } from "../../web/form.tsx";
import type { FormVisit } from "../../web/guard.ts";
import { paths } from "../../web/paths.ts";
import { agreedText, signerCodes } from "../plan.ts";
import { partCodes, whyNotReview } from "../review.ts";
import { findReviews, recordReview } from "../review-store.ts";
import type { Plan } from "../store.ts";

/** What is typed of a review that was held. */
export const reviewForm = z.object({
  step: z.literal("review"),
  reviewed_on: day(),
  took_part: z.array(z.enum(partCodes)).default([]),
  changed: z.enum(["yes", "no"], "Say whether something changes"),
  changes: optionalText(2000),
  signer: z.enum(signerCodes, "Choose who agreed"),
  more: optionalText(200),
  next_on: day("Choose the day of the next review"),
});

/** Records a review of the plan in force. */
export async function reviewAction(
  { db, by, consumerId, form, today }: FormVisit,
  given: z.output<typeof reviewForm>,
  plan: Pick<Plan, "id" | "agreed_on"> | null,
) {
  if (!plan) return refuseField(form, "form", "There is no plan in force to review.");
  const why = whyNotReview(plan, { ...given, changes: given.changes }, today);
  if (why) return refuseField(form, why.field, why.message);
  if (given.signer === "nobody" && !given.more) {
    return refuseField(form, "more", "Say why nobody has agreed.");
  }
  const reviews = await findReviews(db, consumerId);
  const held = reviews.find(
    (one) => one.plan_id === plan.id && one.reviewed_on === given.reviewed_on,
  );
  if (held) {
    return refuseField(
      form,
      "reviewed_on",
      `${held.author} has recorded the review of that day already. What it left out goes into a new version, or a review of another day.`,
    );
  }
  const changes = given.changed === "yes" ? (given.changes ?? null) : null;
  const recorded = await recordReview(db, by, consumerId, plan.id, {
    ...{ reviewedOn: given.reviewed_on, tookPart: given.took_part, changes },
    ...{ agreedBy: agreedText(given.signer, given.more), nextOn: given.next_on },
  });
  if (!recorded) return refuseField(form, "form", "A new version came into force meanwhile.");
  return done(
    paths.plan(consumerId),
    changes ? "Recorded. Write the change into a new version" : "Review recorded",
  );
}
