import { sql } from "kysely";
import type { Branch } from "./branch.ts";

/** A person in care has somebody of their own within so many days: our own reading. */
const KEYWORKER_WITHIN_DAYS = 3;

/** Who would slip out of sight otherwise. */
export const nobodyLost: Branch[] = [
  {
    // In care, in a programme or in none, and not in one of our beds nor on a waiting list alone.
    kind: "not-seen",
    may: "record.read",
    rows: ({ today }) => sql`
      SELECT l.consumer_id, l.consumer_id, (${today}::date - l.last_seen) || ' days', l.last_seen + a.not_seen_days
      FROM (
        SELECT c.consumer_id, a.id AS agency_id, greatest(c.since,
          (SELECT max(s.service_date) FROM service s WHERE s.consumer_id = c.consumer_id
            AND s.voided_at IS NULL AND s.consumer_present IS NOT FALSE AND s.service_date <= ${today}),
          (SELECT max(p.day) FROM appointment p WHERE p.consumer_id = c.consumer_id AND p.status = 'held'),
          (SELECT max(m.day) FROM group_attendance g JOIN group_meeting m ON m.id = g.meeting_id
            WHERE g.consumer_id = c.consumer_id AND g.came),
          (SELECT max((o.at AT TIME ZONE a.time_zone)::date) FROM open_contact o WHERE o.consumer_id = c.consumer_id)) AS last_seen
        FROM (
          SELECT e.consumer_id, e.agency_id, greatest(e.opened_on, max(n.valid_from) FILTER (WHERE n.valid_from <= ${today})) AS since
          FROM episode e LEFT JOIN enrolment n ON n.episode_id = e.id
          WHERE e.closed_on IS NULL AND e.consumer_id IN (SELECT consumer_id FROM mine)
            AND NOT EXISTS (SELECT FROM bed_stay b
              WHERE b.consumer_id = e.consumer_id AND b.arrived_on IS NOT NULL AND b.left_on IS NULL)
          GROUP BY e.id
          HAVING NOT coalesce(bool_or(n.valid_from IS NULL AND n.valid_to IS NULL), false)
            OR bool_or(n.valid_from <= ${today} AND (n.valid_to IS NULL OR n.valid_to >= ${today}))
        ) c JOIN agency a ON a.id = c.agency_id
      ) l JOIN agency a ON a.id = l.agency_id
      WHERE l.last_seen + a.not_seen_days <= ${today}::date`,
  },
  {
    // One who is still named, and cannot see to it, is among what is handed on.
    kind: "no-keyworker",
    may: "work.reassign",
    rows: () => sql`
      SELECT consumer_id, consumer_id, NULL, since + ${KEYWORKER_WITHIN_DAYS}::integer
      FROM nobodys WHERE closed_on IS NULL AND assignment_id IS NULL`,
  },
  {
    // An aftercare plan in force that tells the person to ask for a colleague who is not here any more.
    kind: "way-back-left",
    may: "record.read",
    rows: ({ today }) => sql`
      SELECT p.consumer_id, p.id, s.name, s.active_to + 1
      FROM staff s JOIN aftercare_plan p ON p.back_who_id = s.id AND p.state = 'active'
      JOIN episode e ON e.id = p.episode_id AND (e.closed_on IS NULL OR e.closed_on >= ${today}::date - 365 AND e.closed_reason <> 'died')
      WHERE s.active_to <= ${today}::date + 14 AND p.consumer_id IN (SELECT consumer_id FROM was_mine)
        AND NOT EXISTS (SELECT FROM aftercare_plan n WHERE n.consumer_id = p.consumer_id AND n.state = 'active' AND n.activated_at > p.activated_at)`,
  },
  {
    kind: "without-owner",
    may: "work.reassign",
    rows: ({ today }) => sql`
      SELECT NULL, staff_id, min(staff) || ': ' || count(*), min(leaves_on) + 1
      FROM work_without_owner
      WHERE EXISTS (SELECT FROM staff WHERE active_to <= ${today}::date + 14) OR EXISTS (SELECT FROM nobodys WHERE assignment_id IS NOT NULL)
      GROUP BY staff_id`,
  },
];
