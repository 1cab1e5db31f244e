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
};

const columns = sql`w.*, g.name AS program, p.given_name, p.family_name, p.preferred_name, p.safe_to_call,
  (SELECT s.name FROM assignment x JOIN staff s ON s.id = x.staff_id
    WHERE x.consumer_id = w.consumer_id AND x.part = 'keyworker' AND x.during @> access.today()) AS keyworker`;

/**
 * Who waits for the acting person's programmes: priority first, then whose next step or start is
 * due soonest.
 */
export async function findWaiting(
  db: Acting,
  asked: { programId: string | null; skip: number; most: number },
): Promise<Waiting[]> {
  const { rows } = await sql<Waiting>`
    SELECT ${columns} FROM waiting w
    JOIN program g ON g.id = w.program_id JOIN consumer p ON p.id = w.consumer_id
    WHERE w.program_id IN (SELECT access.my_programs())
      AND ${asked.programId ? sql`w.program_id = ${asked.programId}` : sql`true`}
    ORDER BY w.priority DESC, least(w.due_on, w.triage_due), w.since, w.enrolment_id
    OFFSET ${asked.skip} LIMIT ${asked.most}`.execute(db);
  return rows;
}

/** One wait, for what is done about it; null when it is over, or not theirs. */
export async function findWait(db: Acting, enrolmentId: string): Promise<Waiting | null> {
  const { rows } = await sql<Waiting>`
    SELECT ${columns} FROM waiting w
    JOIN program g ON g.id = w.program_id JOIN consumer p ON p.id = w.consumer_id
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
