import { sql } from "kysely";
import type { Day } from "../kernel/day.ts";
import type { Acting, By } from "../storage/database.ts";
import type { UrgencyOfNeed } from "./clock.ts";
import type { OfferAnswer, ReferralSource, TriageOutcome } from "./referral-in.ts";

/** A referral as it is taken down; null where nobody asked. */
export type Referral = {
  receivedOn: Day;
  source: ReferralSource;
  sourceName: string | null;
  urgency: UrgencyOfNeed;
  reason: string;
  pregnant: boolean | null;
  injecting: boolean | null;
  interimHelp: string | null;
};

/** Today is now; an earlier day is its noon, since nobody wrote the time down. */
const receivedAt = (
  day: Day,
) => sql<Date>`(SELECT CASE WHEN ${day}::date = access.today() THEN now()
  ELSE (${day}::date + time '12:00') AT TIME ZONE time_zone END FROM agency)`;

/** Writes the referral down beside the wait, or the stay, whose team is to look at it. */
export async function insertReferral(
  db: Acting,
  by: By,
  of: { consumerId: string; episodeId: string; enrolmentId: string | null },
  it: Referral,
): Promise<void> {
  await db
    .insertInto("referral_in")
    .values({
      agency_id: by.agencyId,
      consumer_id: of.consumerId,
      episode_id: of.episodeId,
      enrolment_id: of.enrolmentId,
      received_at: receivedAt(it.receivedOn),
      source: it.source,
      source_name: it.sourceName,
      urgency: it.urgency,
      reason: it.reason,
      pregnant: it.pregnant,
      injecting: it.injecting,
      interim_help: it.interimHelp,
      recorded_by: by.staffId,
    })
    .execute();
}

/** The same by the front desk, which is told nothing but whether it was taken. */
export async function takeReferral(
  db: Acting,
  consumerId: string,
  it: Referral,
  /** Where the agency has named no intake programme. */
  programId: string | null = null,
): Promise<"taken" | "no-intake" | "not-yours" | "to-come"> {
  const { rows } = await sql<{ answer: "taken" | "no-intake" | "not-yours" | "to-come" }>`
    SELECT access.take_referral(${consumerId}, ${receivedAt(it.receivedOn)}, ${it.source}, ${it.sourceName},
      ${it.urgency}, ${it.reason}, ${it.pregnant}::boolean, ${it.injecting}::boolean, ${it.interimHelp}, ${programId}::uuid) AS answer`.execute(
    db,
  );
  return rows[0]?.answer ?? "not-yours";
}

/** Whose list the front desk's referrals go on; null while the agency has not said. */
export async function findIntakeProgram(db: Acting): Promise<string | null> {
  const agency = await db.selectFrom("agency").select("intake_program_id").executeTakeFirst();
  return agency?.intake_program_id ?? null;
}

/** Where the front desk may send a referral while the agency has named no intake programme. */
export async function findIntakeChoices(db: Acting): Promise<{ id: string; name: string }[]> {
  const { rows } = await sql<{ id: string; name: string }>`
    SELECT id, name FROM access.intake_choices()`.execute(db);
  return rows;
}

/** Clinicians of some programmes; null: of the intake programme, or of any where there is none. */
export async function findIntakeColleagues(
  db: Acting,
  programIds: readonly string[] | null,
): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    SELECT DISTINCT c AS id FROM unnest(${programIds ?? [null]}::uuid[]) AS g (id), access.intake_colleagues(g.id) c`.execute(
    db,
  );
  return rows.map(({ id }) => id);
}

/** Numbers that a person may call at any hour, as the agency keeps them. */
export async function findCrisisLines(db: Acting): Promise<string[]> {
  const agency = await db.selectFrom("agency").select("crisis_lines").executeTakeFirst();
  return agency?.crisis_lines ?? [];
}

/** The wait or the stay that stands in an episode, the stay first: whose team is told of a referral. */
export async function findTeamEnrolment(db: Acting, episodeId: string, today: Day) {
  const found = await db
    .selectFrom("enrolment")
    .innerJoin("program", "program.id", "enrolment.program_id")
    .select(["enrolment.id", "enrolment.program_id", "program.name as program"])
    .where("episode_id", "=", episodeId)
    .where((eb) =>
      eb.or([
        eb("valid_to", "is", null),
        eb.and([eb("valid_from", "is not", null), eb("valid_to", ">=", today)]),
      ]),
    )
    .orderBy("valid_from", (order) => order.asc().nullsLast())
    .orderBy("requested_on")
    .executeTakeFirst();
  return found ?? null;
}

/** The referrals of one person, the newest first, each with its decisions, the newest first. */
export async function findReferrals(db: Acting, consumerId: string) {
  const referrals = await db
    .selectFrom("referral_in as r")
    .innerJoin("staff as s", "s.id", "r.recorded_by")
    .leftJoin("enrolment as e", "e.id", "r.enrolment_id")
    .leftJoin("program as p", "p.id", "e.program_id")
    .leftJoin("referral_to_triage as d", "d.id", "r.id")
    .select(["r.id", "r.episode_id", "r.enrolment_id", "r.received_at", "r.source"])
    .select(["r.source_name", "r.urgency", "r.reason", "r.pregnant", "r.injecting"])
    .select(["r.interim_help", "s.name as taken_by", "p.name as program", "d.due_on", "d.tried"])
    .where("r.consumer_id", "=", consumerId)
    .orderBy("r.received_at", "desc")
    .orderBy("r.id", "desc")
    .limit(50)
    .execute();
  const triages = await db
    .selectFrom("triage as t")
    .innerJoin("staff as s", "s.id", "t.decided_by")
    .select(["t.id", "t.referral_in_id", "t.decided_at", "t.outcome", "t.urgency", "t.priority"])
    .select(["t.risk_now", "t.note", "s.name as by"])
    .where("t.consumer_id", "=", consumerId)
    .orderBy("t.decided_at", "desc")
    .orderBy("t.id", "desc")
    .limit(100)
    .execute();
  return referrals.map((one) => ({
    ...one,
    triages: triages.filter(({ referral_in_id }) => referral_in_id === one.id),
  }));
}
export type FoundReferral = Awaited<ReturnType<typeof findReferrals>>[number];

export async function insertTriage(
  db: Acting,
  by: By,
  of: { consumerId: string; referralId: string },
  it: {
    outcome: TriageOutcome;
    urgency: UrgencyOfNeed;
    priority: boolean;
    riskNow: string | null;
    note: string | null;
  },
): Promise<void> {
  await db
    .insertInto("triage")
    .values({
      agency_id: by.agencyId,
      consumer_id: of.consumerId,
      referral_in_id: of.referralId,
      decided_by: by.staffId,
      outcome: it.outcome,
      urgency: it.urgency,
      priority: it.priority,
      risk_now: it.riskNow,
      note: it.note,
    })
    .execute();
}

/** Offers a start in a programme for a day. */
export async function insertOffer(
  db: Acting,
  by: By,
  of: { consumerId: string; episodeId: string; programId: string },
  it: { offeredOn: Day; startOn: Day; note: string | null },
): Promise<void> {
  await db
    .insertInto("start_offer")
    .values({
      agency_id: by.agencyId,
      consumer_id: of.consumerId,
      episode_id: of.episodeId,
      program_id: of.programId,
      offered_on: it.offeredOn,
      start_on: it.startOn,
      offered_by: by.staffId,
      note: it.note,
    })
    .execute();
}

/** Who starts has accepted: an offer that still stood open is answered with it. */
export async function settleOffer(
  db: Acting,
  by: By,
  consumerId: string,
  start: { episode_id: string; program_id: string; on: Day },
): Promise<void> {
  await db
    .updateTable("start_offer")
    .set({ answer: "accepted", answered_on: start.on, answered_by: by.staffId })
    .where("consumer_id", "=", consumerId)
    .where("episode_id", "=", start.episode_id)
    .where("program_id", "=", start.program_id)
    .where("answer", "is", null)
    .execute();
}

/** Writes an open offer's answer down, once; false when it is answered already. */
export async function answerOffer(
  db: Acting,
  by: By,
  of: { consumerId: string; offerId: string },
  it: { answer: OfferAnswer; on: Day; note: string | null },
): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable("start_offer")
    .set({
      answer: it.answer,
      answered_on: it.on,
      answered_by: by.staffId,
      answer_note: it.note,
    })
    .where("id", "=", of.offerId)
    .where("consumer_id", "=", of.consumerId)
    .where("answer", "is", null)
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}
