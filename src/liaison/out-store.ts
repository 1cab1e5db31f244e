import type { Day } from "../kernel/day.ts";
import type { Acting, By } from "../storage/database.ts";
import { awaitsAnswer, datesAfter, maySend, waitingStatuses } from "./referral.ts";
import { addStep, lockReferral } from "./store.ts";

/** Whose referrals a list shows: one's own, or those of everybody whose record one may open. */
export type Whose = "mine" | "programs";

export type OutLine = Awaited<ReturnType<typeof findReferralsOut>>[number];

/**
 * Referrals that wait, over people, the longest overdue first: to be sent, without an answer, or
 * without what came of it. Row security keeps them to the people of one's own programmes.
 */
export async function findReferralsOut(
  db: Acting,
  { whose, staffId, skip, most }: { whose: Whose; staffId: string; skip: number; most: number },
) {
  return db
    .selectFrom("referral as r")
    .innerJoin("consumer as c", "c.id", "r.consumer_id")
    .innerJoin("staff as owner", "owner.id", "r.owner_id")
    .leftJoin("provider as p", "p.id", "r.provider_id")
    .select(["r.id", "r.consumer_id", "r.need", "r.what", "r.for_whom", "r.status", "r.due_on"])
    .select(["r.chase_on", "r.sent_on", "r.found_on", "r.arranged_on", "r.owner_id"])
    .select(["p.name as provider", "p.phone as provider_phone", "owner.name as owner"])
    .select(["c.given_name", "c.family_name", "c.preferred_name"])
    .select((eb) =>
      eb
        .exists(
          eb
            .selectFrom("referral_sending as s")
            .select("s.id")
            .whereRef("s.referral_id", "=", "r.id")
            .where("s.sent_at", "is", null)
            .where("s.dropped_at", "is", null),
        )
        .as("letter_waits"),
    )
    .where("r.status", "in", waitingStatuses)
    .$if(whose === "mine", (query) => query.where("r.owner_id", "=", staffId))
    .orderBy((eb) =>
      eb
        .case()
        .when("r.status", "=", "open")
        .then(eb.ref("r.due_on"))
        .else(eb.fn.coalesce("r.chase_on", "r.due_on"))
        .end(),
    )
    .orderBy("r.id")
    .offset(skip)
    .limit(most)
    .execute();
}

/** Whose referral it is, among the people whose records the acting member of staff may open. */
export async function findWhose(db: Acting, id: string): Promise<string | null> {
  const row = await db
    .selectFrom("referral")
    .select("consumer_id")
    .where("id", "=", id)
    .executeTakeFirst();
  return row?.consumer_id ?? null;
}

/** Somebody was asked: by a letter that left, or by the person, who took it along. */
export async function sendReferral(
  db: Acting,
  by: By,
  consumerId: string,
  id: string,
  sent: { status: "sent" | "handed"; providerId: string; on: Day; chaseOn: Day; remark: string },
): Promise<boolean> {
  const referral = await lockReferral(db, consumerId, id);
  if (!referral || !maySend(referral.status)) return false;
  await db
    .updateTable("referral")
    .set({
      status: sent.status,
      provider_id: sent.providerId,
      sent_on: sent.on,
      chase_on: sent.chaseOn,
      ...datesAfter(referral, sent),
    })
    .where("id", "=", id)
    .execute();
  await addStep(db, by, consumerId, id, sent);
  return true;
}

/** Asked again without an answer: on which day to ask once more. */
export async function chaseAgain(
  db: Acting,
  by: By,
  consumerId: string,
  id: string,
  chase: { on: Day; chaseOn: Day; remark: string | null },
): Promise<boolean> {
  const referral = await lockReferral(db, consumerId, id);
  if (
    !referral ||
    !(awaitsAnswer(referral.status) || ["accepted", "arranged"].includes(referral.status))
  )
    return false;
  await db.updateTable("referral").set({ chase_on: chase.chaseOn }).where("id", "=", id).execute();
  await addStep(db, by, consumerId, id, { ...chase, providerId: referral.provider_id });
  return true;
}
