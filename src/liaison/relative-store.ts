import { sql } from "kysely";
import type { Day } from "../kernel/day.ts";
import type { Acting, By } from "../storage/database.ts";
import {
  isInDanger,
  type RelativeConsent,
  type RelativeNeeds,
  type RelativeSent,
  type RelativeStatus,
  relativeNext,
} from "./relative.ts";

/** What they told about themselves, the latest first: that one holds. */
export async function findRelativeNeeds(db: Acting, callId: string) {
  return db
    .selectFrom("relative_need as n")
    .innerJoin("staff as s", "s.id", "n.recorded_by")
    .select(["n.id", "n.recorded_at", "n.crisis_now", "n.needs", "n.safety", "n.violence"])
    .select(["n.children", "n.home_note", "n.caring", "n.health", "n.own_use", "n.would_help"])
    .select("s.name as recorded_by")
    .where("n.call_id", "=", callId)
    .orderBy("n.recorded_at", "desc")
    .orderBy("n.id", "desc")
    .limit(20)
    .execute();
}

/** Keeps what they told; who is in danger is followed up today. */
export async function keepRelativeNeeds(
  db: Acting,
  by: By,
  callId: string,
  { needs, today }: { needs: RelativeNeeds; today: Day },
): Promise<void> {
  await db
    .insertInto("relative_need")
    .values({ ...needs, agency_id: by.agencyId, call_id: callId, recorded_by: by.staffId })
    .execute();
  if (!isInDanger(needs)) return;
  await db
    .updateTable("concern_call")
    .set({
      danger_now: true,
      follow_up_on: sql<string>`least(coalesce(follow_up_on, ${today}::date), ${today}::date)`,
    })
    .where("id", "=", callId)
    .where("closed_on", "is", null)
    .execute();
}

/** The referrals of a call for whoever called, those that stand first. */
export async function findRelativeReferrals(db: Acting, callId: string) {
  return db
    .selectFrom("concern_referral as r")
    .innerJoin("staff as o", "o.id", "r.owner_id")
    .leftJoin("provider as p", "p.id", "r.provider_id")
    .leftJoin("staff as c", "c.id", "r.consent_by")
    .select(["r.id", "r.what", "r.status", "r.consent_how", "r.consent_on", "r.sent_on"])
    .select(["r.sent_how", "r.told", "r.owner_id", "r.chase_on", "r.outcome", "r.ended_on"])
    .select(["r.provider_id", "p.name as provider", "p.phone", "p.times"])
    .select(["o.name as owner", "c.name as consent_by"])
    .where("r.call_id", "=", callId)
    .orderBy(sql`r.status = 'closed'`)
    .orderBy("r.chase_on")
    .orderBy("r.id")
    .limit(50)
    .execute();
}
export type RelativeReferral = Awaited<ReturnType<typeof findRelativeReferrals>>[number];

/** What became of them, the oldest first. */
export async function findRelativeSteps(db: Acting, callId: string) {
  return db
    .selectFrom("concern_referral_step as t")
    .innerJoin("concern_referral as r", "r.id", "t.referral_id")
    .innerJoin("staff as s", "s.id", "t.recorded_by")
    .leftJoin("staff as o", "o.id", "t.owner_id")
    .select(["t.id", "t.referral_id", "t.status", "t.on_day", "t.chase_on", "t.remark"])
    .select(["s.name as author", "o.name as owner"])
    .where("r.call_id", "=", callId)
    .orderBy("t.recorded_at")
    .orderBy("t.id")
    .limit(300)
    .execute();
}

/** With the relative's consent, or told to nobody because they call themselves. */
export type Sent = {
  how: RelativeSent;
  on: Day;
  consent: { how: RelativeConsent; on: Day } | null;
  told: string | null;
};

/** A referral for the relative; it waits to be sent where `sent` is null. Returns its id. */
export async function addRelativeReferral(
  db: Acting,
  by: By,
  callId: string,
  one: {
    providerId: string | null;
    what: string;
    ownerId: string;
    chaseOn: Day;
    on: Day;
    sent: Sent | null;
  },
): Promise<string> {
  const { id } = await db
    .insertInto("concern_referral")
    .values({
      ...{ agency_id: by.agencyId, call_id: callId, created_by: by.staffId },
      ...{ provider_id: one.providerId, what: one.what },
      ...{ owner_id: one.ownerId, chase_on: one.chaseOn },
    })
    .returning("id")
    .executeTakeFirstOrThrow();
  const { chaseOn, on } = one;
  await addStep(db, by, id, { status: "open", on, chaseOn, ownerId: one.ownerId, remark: null });
  if (one.sent) await sendRelativeReferral(db, by, { callId, id }, { ...one.sent, chaseOn });
  return id;
}

/** It is sent; false when it was, or was closed, meanwhile. */
export async function sendRelativeReferral(
  db: Acting,
  by: By,
  of: { callId: string; id: string },
  { how, on, consent, told, chaseOn }: Sent & { chaseOn: Day },
): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable("concern_referral")
    .set({
      ...{ status: "sent", sent_on: on, sent_how: how, told, chase_on: chaseOn },
      consent_how: consent?.how ?? null,
      consent_on: consent?.on ?? null,
      consent_by: consent ? by.staffId : null,
    })
    .where("id", "=", of.id)
    .where("call_id", "=", of.callId)
    .where("status", "=", "open")
    .executeTakeFirst();
  if (numUpdatedRows === 0n) return false;
  await addStep(db, by, of.id, { status: "sent", on, chaseOn, ownerId: null, remark: null });
  return true;
}

export type RelativeStep = {
  /** Null: asked again, and nothing new. */
  status: RelativeStatus | null;
  on: Day;
  chaseOn: Day | null;
  ownerId: string | null;
  remark: string | null;
};

/** What became of it, when to look again, who sees to it. False when it may not become that any more. */
export async function moveRelativeReferral(
  db: Acting,
  by: By,
  of: { callId: string; id: string },
  step: RelativeStep,
): Promise<boolean> {
  const row = await db
    .selectFrom("concern_referral")
    .select(["status", "chase_on"])
    .where("id", "=", of.id)
    .where("call_id", "=", of.callId)
    .forUpdate()
    .executeTakeFirst();
  if (!row || row.status === "closed") return false;
  if (step.status && !relativeNext(row.status).includes(step.status)) return false;
  await db
    .updateTable("concern_referral")
    .set({
      ...(step.status && { status: step.status }),
      ...(step.ownerId && { owner_id: step.ownerId }),
      ...(step.status === "closed" && { ended_on: step.on }),
      ...(step.status && step.remark && { outcome: step.remark }),
      chase_on: step.chaseOn ?? row.chase_on,
    })
    .where("id", "=", of.id)
    .execute();
  await addStep(db, by, of.id, step);
  return true;
}

async function addStep(db: Acting, by: By, referralId: string, step: RelativeStep): Promise<void> {
  await db
    .insertInto("concern_referral_step")
    .values({
      ...{ agency_id: by.agencyId, referral_id: referralId, recorded_by: by.staffId },
      ...{ status: step.status, on_day: step.on, chase_on: step.chaseOn },
      ...{ owner_id: step.ownerId, remark: step.remark },
    })
    .execute();
}

/** Who may see to a relative's referral: whoever can read the call it came from. */
export async function findRelativeOwners(db: Acting, consumerId: string | null) {
  const { rows } = await sql<{ id: string; name: string }>`
    SELECT s.id, s.name FROM staff s
    WHERE ${
      consumerId
        ? sql`s.id IN (SELECT w.staff_id FROM access.colleagues_with_sight(${consumerId}) w)`
        : sql`(s.id = access.staff() OR s.closed_at IS NULL AND daterange(s.active_from, s.active_to, '[]') @> access.today()
            AND EXISTS (SELECT FROM credential c WHERE c.staff_id = s.id))`
    }
    ORDER BY s.name LIMIT 300`.execute(db);
  return rows;
}

/** Services of the directory that a relative may call themselves, those for safety first. */
export async function findHelpForRelatives(db: Acting) {
  const kinds = ["domestic-abuse", "crisis", "family-service"];
  return db
    .selectFrom("provider")
    .select(["id", "name", "phone", "times", "kinds"])
    .where("active", "=", true)
    .where(sql<boolean>`kinds && ${kinds}::text[]`)
    .orderBy(sql`kinds @> '{domestic-abuse}' DESC`)
    .orderBy("name")
    .limit(8)
    .execute();
}
