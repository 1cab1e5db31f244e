import { sql } from "kysely";
import type { Acting } from "../storage/database.ts";

/** Somebody who waits for a programme, and what comes next for them. */
export type Waiting = {
  enrolment_id: string;
  consumer_id: string;
  episode_id: string;
  program_id: string;
  program: string;
  given_name: string;
  family_name: string;
  preferred_name: string | null;
  safe_to_call: string | null;
  keyworker: string | null;
  since: string;
  due_on: string;
  referral_in_id: string | null;
  urgency: "emergency" | "urgent" | "routine" | null;
  source: string | null;
  interim_help: string | null;
  /** Help that was given since: the last of it, and when. */
  helped: string | null;
  helped_on: string | null;
  pregnant: boolean;
  injecting: boolean;
  priority: boolean;
  triage_outcome: string | null;
  triage_due: string | null;
  assessed_at: Date | null;
  draft_id: string | null;
  offer_id: string | null;
  offered_for: string | null;
  offered_on: string | null;
  next: "answer" | "triage" | "assess" | "offer";
  /** When the next step is due. */
  next_due: string;
  /** What they said yes to when they called and have not been seen since; null: nobody called. */
  alarms: string[] | null;
  /** A duty alert that is open for them. */
  alert_id: string | null;
  alert_taken_by: string | null;
};

/** The day on which what comes next is due: an answer on the day offered, a triage before a start. */
const nextDue = sql`CASE w.next WHEN 'answer' THEN w.offered_for WHEN 'triage' THEN least(w.triage_due, w.due_on) ELSE w.due_on END`;

const safety = sql`LEFT JOIN LATERAL (SELECT access.answers_that_alarm(c.alone, c.overdose, c.suicide, c.withdrawal, c.pregnant_or_children) AS alarms
    FROM come_back c WHERE c.consumer_id = w.consumer_id AND c.seen_at IS NULL ORDER BY c.asked_at DESC LIMIT 1) said ON true
  LEFT JOIN LATERAL (SELECT d.id AS alert_id, t.name AS alert_taken_by FROM duty_alert d LEFT JOIN staff t ON t.id = d.taken_up_by
    WHERE d.consumer_id = w.consumer_id AND d.closed_at IS NULL ORDER BY d.raised_at DESC LIMIT 1) alert ON true
  LEFT JOIN LATERAL (SELECT h.what, h.given_on FROM interim_help h
    WHERE h.episode_id = w.episode_id ORDER BY h.given_on DESC, h.id DESC LIMIT 1) helped ON true`;

const columns = sql`w.*, helped.what AS helped, helped.given_on AS helped_on, ${nextDue} AS next_due, said.alarms, alert.alert_id, alert.alert_taken_by, g.name AS program, p.given_name, p.family_name, p.preferred_name, p.safe_to_call,
  (SELECT s.name FROM assignment x JOIN staff s ON s.id = x.staff_id
    WHERE x.consumer_id = w.consumer_id AND x.part = 'keyworker' AND x.during @> access.today()) AS keyworker`;

/**
 * Who waits for the acting person's programmes: whoever may be in danger first, then priority, then
 * whose next step is due soonest.
 */
export async function findWaiting(
  db: Acting,
  asked: { programId: string | null; skip: number; most: number },
): Promise<Waiting[]> {
  const { rows } = await sql<Waiting>`
    SELECT ${columns} FROM waiting w
    JOIN program g ON g.id = w.program_id JOIN consumer p ON p.id = w.consumer_id ${safety}
    WHERE w.program_id IN (SELECT access.my_programs())
      AND ${asked.programId ? sql`w.program_id = ${asked.programId}` : sql`true`}
    ORDER BY (alert.alert_id IS NOT NULL OR (w.urgency = 'emergency' AND w.next = 'triage')) DESC, w.priority DESC, ${nextDue},
      w.since, w.enrolment_id
    OFFSET ${asked.skip} LIMIT ${asked.most}`.execute(db);
  return rows;
}

/** One wait, for what is done about it; null when it is over, or not theirs. */
export async function findWait(db: Acting, enrolmentId: string): Promise<Waiting | null> {
  const { rows } = await sql<Waiting>`
    SELECT ${columns} FROM waiting w
    JOIN program g ON g.id = w.program_id JOIN consumer p ON p.id = w.consumer_id ${safety}
    WHERE w.enrolment_id = ${enrolmentId} AND w.program_id IN (SELECT access.my_programs())`.execute(
    db,
  );
  return rows[0] ?? null;
}

export type WaitingCount = {
  id: string;
  name: string;
  waiting: number;
  overdue: number;
  to_triage: number;
};

/** How many wait for each of the acting person's programmes. */
export async function countWaiting(db: Acting): Promise<WaitingCount[]> {
  const { rows } = await sql<WaitingCount>`
    SELECT g.id, g.name, count(w.enrolment_id) AS waiting,
      count(*) FILTER (WHERE w.due_on < access.today() AND w.offer_id IS NULL) AS overdue,
      count(*) FILTER (WHERE w.next = 'triage') AS to_triage
    FROM program g LEFT JOIN waiting w ON w.program_id = g.id
    WHERE g.id IN (SELECT access.my_programs()) AND g.active
    GROUP BY g.id ORDER BY g.name`.execute(db);
  return rows;
}
