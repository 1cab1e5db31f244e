import type { Day } from "../kernel/day.ts";
import type { Acting, By } from "../storage/database.ts";
import {
  datesAfter,
  endedStatuses,
  type Need,
  nextStatuses,
  type ReferralStatus,
} from "./referral.ts";

export type NewReferral = {
  need: Need;
  /** What is needed, in words. */
  what: string;
  /** The family system: for the consumer, or for a relative. */
  forWhom: "consumer" | "relative";
  supportId?: string | null;
  /** Who sees to it. */
  ownerId: string;
  foundOn: Day;
  dueOn: Day;
  conferenceId?: string | null;
  /** Who may help, when that is known already; nobody is asked by that. */
  providerId?: string | null;
  /** The stay it is asked for, and the line of its funding. */
  placementId?: string | null;
  fundingId?: string | null;
};

/** A need that was found (FC 3.1.1.4), with an owner and a date. Returns its id. */
export async function addReferral(
  db: Acting,
  by: By,
  consumerId: string,
  referral: NewReferral,
): Promise<string> {
  if (referral.supportId) {
    await db
      .selectFrom("support")
      .select("id")
      .where("id", "=", referral.supportId)
      .where("consumer_id", "=", consumerId)
      .executeTakeFirstOrThrow();
  }
  const { id } = await db
    .insertInto("referral")
    .values({
      agency_id: by.agencyId,
      consumer_id: consumerId,
      need: referral.need,
      what: referral.what.trim(),
      for_whom: referral.forWhom,
      support_id: referral.supportId ?? null,
      owner_id: referral.ownerId,
      found_on: referral.foundOn,
      due_on: referral.dueOn,
      conference_id: referral.conferenceId ?? null,
      provider_id: referral.providerId ?? null,
      placement_id: referral.placementId ?? null,
      funding_id: referral.fundingId ?? null,
    })
    .returning("id")
    .executeTakeFirstOrThrow();
  return id;
}

type Step = {
  on: Day;
  status?: ReferralStatus;
  ownerId?: string;
  dueOn?: Day;
  chaseOn?: Day | null;
  providerId?: string | null;
  remark?: string | null;
};

/** Keeps what became of a referral: a status, another owner, another date. */
export async function addStep(
  db: Acting,
  by: By,
  consumerId: string,
  referralId: string,
  step: Step,
) {
  await db
    .insertInto("referral_step")
    .values({
      agency_id: by.agencyId,
      consumer_id: consumerId,
      referral_id: referralId,
      status: step.status ?? null,
      on_day: step.on,
      owner_id: step.ownerId ?? null,
      due_on: step.dueOn ?? null,
      chase_on: step.chaseOn ?? null,
      provider_id: step.providerId ?? null,
      remark: step.remark ?? null,
      by: by.staffId,
    })
    .execute();
}

/** All referrals, those that stand first, the earliest due first. */
export async function findReferrals(db: Acting, consumerId: string) {
  return db
    .selectFrom("referral")
    .innerJoin("staff as owner", "owner.id", "referral.owner_id")
    .leftJoin("support", "support.id", "referral.support_id")
    .leftJoin("provider", "provider.id", "referral.provider_id")
    .leftJoin("conference", "conference.id", "referral.conference_id")
    .leftJoin("appointment", "appointment.id", "conference.appointment_id")
    .select([
      "referral.id",
      "referral.need",
      "referral.what",
      "referral.for_whom",
      "referral.owner_id",
      "referral.found_on",
      "referral.due_on",
      "referral.status",
      "referral.arranged_on",
      "referral.ended_on",
      "referral.outcome",
      "referral.conference_id",
      "referral.provider_id",
      "referral.sent_on",
      "referral.chase_on",
      "referral.placement_id",
      "provider.name as provider",
      "provider.phone as provider_phone",
      "appointment.day as conference_day",
      "owner.name as owner",
      "support.name as support",
    ])
    .where("referral.consumer_id", "=", consumerId)
    .orderBy((eb) => eb("referral.status", "in", endedStatuses))
    .orderBy((eb) => eb.fn.coalesce("referral.chase_on", "referral.due_on"))
    .orderBy("referral.id")
    .limit(200)
    .execute();
}

/** What became of them, oldest first. */
export async function findReferralSteps(db: Acting, consumerId: string) {
  return db
    .selectFrom("referral_step as step")
    .innerJoin("staff as author", "author.id", "step.by")
    .leftJoin("staff as owner", "owner.id", "step.owner_id")
    .leftJoin("provider", "provider.id", "step.provider_id")
    .select([
      "provider.name as provider",
      "step.chase_on",
      "step.id",
      "step.referral_id",
      "step.status",
      "step.on_day",
      "step.due_on",
      "step.remark",
      "author.name as author",
      "owner.name as owner",
    ])
    .where("step.consumer_id", "=", consumerId)
    .orderBy("step.at")
    .orderBy("step.id")
    .limit(1000)
    .execute();
}

/** One referral of this person, for writing. */
export async function lockReferral(db: Acting, consumerId: string, id: string) {
  return db
    .selectFrom("referral")
    .selectAll()
    .where("id", "=", id)
    .where("consumer_id", "=", consumerId)
    .forUpdate()
    .executeTakeFirst();
}

/** Records what became of a referral. False when it may not become that any more. */
export async function moveReferral(
  db: Acting,
  by: By,
  consumerId: string,
  id: string,
  step: { status: ReferralStatus; on: Day; outcome: string | null; chaseOn?: Day | null },
): Promise<boolean> {
  const referral = await lockReferral(db, consumerId, id);
  if (!referral || !nextStatuses(referral.status).includes(step.status)) return false;
  await db
    .updateTable("referral")
    .set({
      status: step.status,
      outcome: step.outcome ?? referral.outcome,
      chase_on: step.chaseOn ?? null,
      ...datesAfter(referral, step),
    })
    .where("id", "=", id)
    .execute();
  const asked = step.status === "open" ? {} : { providerId: referral.provider_id };
  await addStep(db, by, consumerId, id, { ...step, ...asked, remark: step.outcome });
  return true;
}

/** Hands a referral to a colleague, or gives it another date. */
export async function reassignReferral(
  db: Acting,
  by: By,
  consumerId: string,
  id: string,
  to: { ownerId: string; dueOn: Day; on: Day },
): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable("referral")
    .set({ owner_id: to.ownerId, due_on: to.dueOn })
    .where("id", "=", id)
    .where("consumer_id", "=", consumerId)
    .where("status", "not in", endedStatuses)
    .executeTakeFirst();
  if (numUpdatedRows === 0n) return false;
  await addStep(db, by, consumerId, id, to);
  return true;
}

/** The people around the person for whom something may be needed. */
export async function findSupportNames(db: Acting, consumerId: string) {
  return db
    .selectFrom("support")
    .select(["id", "name"])
    .where("consumer_id", "=", consumerId)
    .where("kind", "!=", "referral-source")
    .where("ended_on", "is", null)
    .orderBy("name")
    .limit(100)
    .execute();
}

/** The days since one on which something was delivered: what a change to a referral can touch. */
export async function findServiceDaysSince(
  db: Acting,
  consumerId: string,
  since: Day,
): Promise<Day[]> {
  const days = await db
    .selectFrom("service")
    .select("service_date")
    .distinct()
    .where("consumer_id", "=", consumerId)
    .where("service_date", ">=", since)
    .where("voided_at", "is", null)
    .orderBy("service_date")
    .execute();
  return days.map(({ service_date }) => service_date as Day);
}
