import { sql } from "kysely";
import type { Day } from "../kernel/day.ts";
import type { Acting } from "../storage/database.ts";
import { wholeRecord } from "../storage/sight.ts";
import type { CaseloadSort, CaseloadView } from "./caseload.ts";

export type CaseloadRow = {
  id: string;
  number: string;
  given_name: string;
  family_name: string;
  preferred_name: string | null;
  date_of_birth: string | null;
  born_about: number | null;
  programs: string | null;
  keyworker: string | null;
  next_day: string | null;
  next_time: string | null;
  since: string | null;
  /** The last day, and why, of whoever has left. */
  left_on: string | null;
  left_why: string | null;
  left_planned: boolean | null;
  total: number;
};

const order: Record<CaseloadSort, ReturnType<typeof sql>> = {
  name: sql`c.family_name, c.given_name, c.id`,
  next: sql`next_day NULLS LAST, next_time, c.family_name, c.id`,
  since: sql`since DESC NULLS LAST, c.family_name, c.id`,
};

/** One page of the people a member of staff works with, and how many there are in all. */
export async function findCaseload(
  db: Acting,
  of: { view: CaseloadView; sort: CaseloadSort; today: Day; skip: number; most: number },
): Promise<CaseloadRow[]> {
  const { today } = of;
  const holds = sql`(e.valid_to IS NULL OR e.valid_to >= ${today})`;
  const where: Record<CaseloadView, ReturnType<typeof sql>> = {
    mine: sql`c.id IN (SELECT consumer_id FROM assignment WHERE staff_id = access.staff()
      AND part = 'keyworker' AND during @> ${today}::date)`,
    programs: sql`EXISTS (SELECT FROM enrolment e WHERE e.consumer_id = c.id AND ${holds}
      AND e.valid_from IS NOT NULL AND e.program_id IN (SELECT access.my_programs()))`,
    waiting: sql`EXISTS (SELECT FROM enrolment e WHERE e.consumer_id = c.id
      AND e.valid_from IS NULL AND e.valid_to IS NULL
      AND e.program_id IN (SELECT access.my_programs()))`,
    left: sql`NOT c.awaiting_program AND NOT EXISTS (SELECT FROM enrolment e WHERE e.consumer_id = c.id AND ${holds})`,
    new: sql`c.awaiting_program`,
  };
  const next = sql`LEFT JOIN LATERAL (SELECT day AS next_day, starts AS next_time FROM appointment a WHERE a.consumer_id = c.id
      AND a.status = 'scheduled' AND a.day >= ${today} ORDER BY day, starts LIMIT 1) next ON true`;
  const opened = sql`CROSS JOIN LATERAL (SELECT coalesce(
      (SELECT max(ep.opened_on) FROM episode ep WHERE ep.consumer_id = c.id AND ep.closed_on IS NULL),
      CASE WHEN c.awaiting_program THEN (SELECT (c.created_at AT TIME ZONE time_zone)::date FROM agency) END) AS since) since`;
  // How it ended: as the leaving tells it, or else the episode or the last enrolment.
  const gone = sql`LEFT JOIN LATERAL (
      SELECT coalesce(l.ended_on, e.closed_on, e.valid_to) AS left_on, coalesce(l.reason, e.closed_reason, e.end_reason) AS left_why,
        l.planned AS left_planned
      FROM (SELECT ep.id, ep.closed_on, ep.closed_reason, n.valid_to, n.end_reason
        FROM episode ep LEFT JOIN enrolment n ON n.episode_id = ep.id AND n.valid_to IS NOT NULL
        WHERE ep.consumer_id = c.id ORDER BY ep.opened_on DESC, n.valid_to DESC NULLS LAST LIMIT 1) e
      LEFT JOIN leaving l ON l.episode_id = e.id
      ORDER BY l.ended_on DESC NULLS LAST, l.id DESC LIMIT 1) gone ON true`;
  const nobody = sql`CROSS JOIN (SELECT NULL::date AS left_on, NULL::text AS left_why, NULL::boolean AS left_planned) gone`;
  // What the page shows of a person is looked up for those on it, not for all who were sorted.
  const { rows } = await sql<CaseloadRow>`
    SELECT c.id, c.number, c.given_name, c.family_name, c.preferred_name, c.date_of_birth, c.born_about,
      (SELECT string_agg(p.name || CASE WHEN e.valid_from IS NULL THEN ' (waiting)' ELSE '' END, ', ' ORDER BY p.name)
        FROM enrolment e JOIN program p ON p.id = e.program_id
        WHERE e.consumer_id = c.id AND ${holds}) AS programs,
      (SELECT s.name FROM assignment a JOIN staff s ON s.id = a.staff_id
        WHERE a.consumer_id = c.id AND a.part = 'keyworker' AND a.during @> ${today}::date) AS keyworker,
      since, next_day, next_time, gone.left_on, gone.left_why, gone.left_planned, shown.total
    FROM (
      SELECT c.id, count(*) OVER () AS total
      FROM consumer c ${of.sort === "next" ? next : sql``} ${of.sort === "since" ? opened : sql``}
      WHERE ${where[of.view]} AND ${of.view === "new" ? sql`true` : wholeRecord("c.id")}
      ORDER BY ${order[of.sort]}
      OFFSET ${of.skip} LIMIT ${of.most}
    ) shown JOIN consumer c ON c.id = shown.id ${next} ${opened}
    ${of.view === "left" ? gone : nobody}
    ORDER BY ${order[of.sort]}`.execute(db);
  return rows;
}

/** How many are in each view, for the tabs. Views with nobody in them need not be looked at. */
export async function countCaseload(db: Acting, today: Day): Promise<Record<CaseloadView, number>> {
  const { rows } = await sql<Record<CaseloadView, number>>`
    WITH standing AS (
      SELECT e.consumer_id,
        bool_or(e.valid_from IS NOT NULL AND holds AND own) AS inside,
        bool_or(e.valid_from IS NULL AND e.valid_to IS NULL AND own) AS waiting,
        bool_or(holds) AS anywhere
      FROM (SELECT *, (valid_to IS NULL OR valid_to >= ${today}) AS holds,
          program_id IN (SELECT access.my_programs()) AS own
        FROM enrolment) e
      GROUP BY e.consumer_id)
    SELECT
      (SELECT count(DISTINCT consumer_id) FROM assignment WHERE staff_id = access.staff() AND part = 'keyworker'
        AND during @> ${today}::date AND ${wholeRecord("assignment.consumer_id")}) AS mine,
      count(*) FILTER (WHERE inside) AS programs,
      count(*) FILTER (WHERE waiting) AS waiting,
      count(*) FILTER (WHERE NOT anywhere) AS "left",
      (SELECT count(*) FROM consumer WHERE awaiting_program) AS new
    FROM standing`.execute(db);
  return rows[0] ?? { mine: 0, programs: 0, waiting: 0, left: 0, new: 0 };
}
