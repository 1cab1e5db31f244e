import { sql } from "kysely";
import type { Day } from "../kernel/day.ts";
import type { Acting } from "../storage/database.ts";
import { wholeRecord } from "../storage/sight.ts";
import type { Answers, Call, Safety, Standing } from "./come-back.ts";

/** What was said on the telephone; everything may be left out. */
export type Said = Answers & { callback: string | null; what_and_when: string | null };

function said({ callback, what_and_when, ...a }: Said) {
  return sql`${callback}::text, ${what_and_when}::text, ${a.alone}::boolean, ${a.overdose}::boolean,
    ${a.suicide}::boolean, ${a.withdrawal}::boolean, ${a.pregnant_or_children}::boolean`;
}

/**
 * Brings somebody back: the linked episode, the wait, the keyworker told, the clock. Null when there
 * is no such person; `opened` is false when they were with the agency already.
 */
export async function comeBack(db: Acting, consumerId: string, call: Said) {
  const { rows } = await sql<{ id: string; opened: boolean }>`
    SELECT id, opened FROM access.come_back(${consumerId}::uuid, ${said(call)})`.execute(db);
  return rows[0] ?? null;
}

/** Questions answered later; what is skipped stays as it was. */
export async function answerComeBack(db: Acting, id: string, call: Said): Promise<boolean> {
  const { rows } = await sql<{ done: boolean }>`
    SELECT access.answer_come_back(${id}::uuid, ${said(call)}) AS done`.execute(db);
  return rows[0]?.done ?? false;
}

type StandingCall = Call &
  Told & {
    id: string;
    asked_at: Date;
    taken_by: string;
    due: Day;
    standing: Standing;
    told_id: string | null;
    seen_at: Date | null;
    relapsed_on: Day | null;
    alert_raised_at: Date | null;
  };

/** The coming back that stands, or that ended well in the last days. */
export async function findComeBack(db: Acting, consumerId: string): Promise<StandingCall | null> {
  const { rows } = await sql<StandingCall>`
    SELECT * FROM access.come_back_state(${consumerId}::uuid)`.execute(db);
  return rows[0] ?? null;
}

/** What gives priority, as they tell it: null where it was skipped. */
export type Told = {
  pregnant: boolean | null;
  children_at_home: boolean | null;
  injecting: boolean | null;
};

/** Keeps it with the call and on the referral that waits. */
export async function toldOnCall(db: Acting, id: string, told: Told): Promise<void> {
  if (Object.values(told).every((one) => one === null)) return;
  await sql`SELECT access.told_on_call(${id}::uuid, ${told.pregnant}::boolean,
    ${told.children_at_home}::boolean, ${told.injecting}::boolean)`.execute(db);
}

/** Since when they use again, as they say it. */
export async function relapsedOn(db: Acting, id: string, on: Day): Promise<void> {
  await sql`SELECT access.relapsed_on(${id}::uuid, ${on}::date)`.execute(db);
}

/** How somebody stands who is not on the telephone yet; null for whoever has no record of theirs. */
export async function findStanding(db: Acting, consumerId: string): Promise<Standing> {
  const { rows } = await sql<{ standing: Standing }>`
    SELECT CASE WHEN o.id IS NULL THEN CASE WHEN EXISTS (SELECT FROM episode WHERE consumer_id = ${consumerId}) THEN 'back' ELSE 'waits' END
      WHEN EXISTS (SELECT FROM enrolment e WHERE e.episode_id = o.id AND e.valid_from IS NOT NULL) THEN 'in-care'
      ELSE 'waits' END AS standing
    FROM (VALUES (1)) AS one LEFT JOIN episode o ON o.consumer_id = ${consumerId} AND o.closed_on IS NULL`.execute(
    db,
  );
  return rows[0]?.standing ?? null;
}

/** What they answered when they last called, while it matters, and the alert that is open for them. */
export async function findSafety(db: Acting, consumerId: string): Promise<Safety> {
  const call = await db
    .selectFrom("come_back")
    .select(["asked_at as at", "what_and_when", "relapsed_on"])
    .select(["alone", "overdose", "suicide", "withdrawal", "pregnant_or_children"])
    .where("consumer_id", "=", consumerId)
    .where(sql<boolean>`(seen_at IS NULL OR asked_at > now() - interval '14 days')`)
    .orderBy("asked_at", "desc")
    .executeTakeFirst();
  return {
    call: (call as Safety["call"]) ?? null,
    alert: await findOpenAlert(db, consumerId),
  };
}

/** A duty alert that is open for somebody. */
export async function findOpenAlert(db: Acting, consumerId: string): Promise<Safety["alert"]> {
  const alert = await db
    .selectFrom("duty_alert as d")
    .leftJoin("staff as s", "s.id", "d.taken_up_by")
    .select(["d.id", "d.reasons", "d.raised_at", "s.name as taken_by"])
    .where("d.consumer_id", "=", consumerId)
    .where("d.closed_at", "is", null)
    .orderBy("d.raised_at", "desc")
    .executeTakeFirst();
  return alert ?? null;
}

/** Stops the clock by hand. False when it stands no more. */
export async function sawAgain(
  db: Acting,
  consumerId: string,
  id: string,
  how: string,
): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable("come_back")
    .set({ seen_at: sql<string>`now()`, seen_how: how })
    .where("id", "=", id)
    .where("consumer_id", "=", consumerId)
    .where("seen_at", "is", null)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

/** The keyworker who was told has seen it. */
export async function noteTold(db: Acting, consumerId: string, id: string): Promise<void> {
  await db
    .updateTable("come_back")
    .set({ told_seen_at: sql<string>`now()` })
    .where("id", "=", id)
    .where("consumer_id", "=", consumerId)
    .where(sql<boolean>`told_staff_id = access.staff()`)
    .where("told_seen_at", "is", null)
    .execute();
}

/** Who it is, as far as whoever answers may know. */
export async function findWho(db: Acting, consumerId: string) {
  return (
    (await db
      .selectFrom("consumer")
      .select(["id", "number", "given_name", "family_name", "preferred_name"])
      .select(["date_of_birth", "born_about"])
      .select(["phone", "safe_to_call", "language", "interpreter"])
      .select(wholeRecord("consumer.id").as("whole_record"))
      .where("id", "=", consumerId)
      .executeTakeFirst()) ?? null
  );
}

/** The next time that is booked for them; one that is over by now is none. */
export async function findNextTime(db: Acting, consumerId: string, today: Day) {
  return (
    (await db
      .selectFrom("appointment as a")
      .innerJoin("staff as s", "s.id", "a.staff_id")
      .innerJoin("room as r", "r.id", "a.room_id")
      .select(["a.id", "a.day", "a.starts", "s.name as staff", "r.name as room"])
      .where("a.consumer_id", "=", consumerId)
      .where("a.status", "=", "scheduled")
      .where("a.day", ">=", today)
      .where(sql<boolean>`a.day + a.ends > now() AT TIME ZONE (SELECT time_zone FROM agency)`)
      .orderBy("a.day")
      .orderBy("a.starts")
      .limit(1)
      .executeTakeFirst()) ?? null
  );
}

/** The agency's own numbers for a crisis, and its target for being seen again. */
export async function findTargets(db: Acting) {
  return db
    .selectFrom("agency")
    .select(["crisis_lines", "return_target_days"])
    .executeTakeFirstOrThrow();
}

/** What a clinician has to hand: the last plans, and how many supports and consents still stand. */
export async function findToHand(db: Acting, consumerId: string) {
  const { rows } = await sql<{
    plan_id: string | null;
    supports: number;
    consents: number;
    aftercare: boolean;
    promised_days: number | null;
  }>`SELECT
    (SELECT id FROM care_plan WHERE consumer_id = ${consumerId} AND state <> 'draft' ORDER BY activated_at DESC LIMIT 1) AS plan_id,
    (SELECT count(*)::int FROM support WHERE consumer_id = ${consumerId} AND (ended_on IS NULL OR ended_on > access.today())) AS supports,
    (SELECT count(*)::int FROM live_consent WHERE consumer_id = ${consumerId}) AS consents,
    EXISTS (SELECT FROM aftercare_plan WHERE consumer_id = ${consumerId} AND state = 'active') AS aftercare,
    (SELECT back_within_days FROM aftercare_plan WHERE consumer_id = ${consumerId} AND state = 'active'
      ORDER BY activated_at DESC LIMIT 1) AS promised_days`.execute(db);
  return rows[0] ?? null;
}
