import { sql } from "kysely";
import { may } from "../../people/access.ts";
import type { Branch } from "./branch.ts";

/** Who would slip out of sight otherwise. */
export const nobodyLost: Branch[] = [
  {
    // In a programme and not in one of our beds; mine, or nobody's for whoever answers for the team.
    kind: "not-seen",
    may: "record.read",
    rows: ({ roles, today }) => sql`
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
          SELECT e.consumer_id, e.agency_id, max(e.valid_from) AS since FROM enrolment e
          WHERE e.valid_from <= ${today} AND (e.valid_to IS NULL OR e.valid_to >= ${today})
            AND ${
              may(roles, "work.reassign")
                ? sql`(e.consumer_id IN (SELECT consumer_id FROM mine) OR NOT EXISTS (SELECT FROM assignment x
                    WHERE x.consumer_id = e.consumer_id AND x.part = 'keyworker' AND x.during @> ${today}::date))`
                : sql`e.consumer_id IN (SELECT consumer_id FROM mine)`
            }
            AND NOT EXISTS (SELECT FROM bed_stay b
              WHERE b.consumer_id = e.consumer_id AND b.arrived_on IS NOT NULL AND b.left_on IS NULL)
          GROUP BY e.consumer_id, e.agency_id
        ) c JOIN agency a ON a.id = c.agency_id
      ) l JOIN agency a ON a.id = l.agency_id
      WHERE l.last_seen + a.not_seen_days <= ${today}::date`,
  },
  {
    kind: "without-owner",
    may: "work.reassign",
    rows: ({ today }) => sql`
      SELECT NULL, staff_id, min(staff) || ': ' || count(*), min(leaves_on) + 1
      FROM work_without_owner
      WHERE EXISTS (SELECT FROM staff WHERE active_to <= ${today}::date + 14)
      GROUP BY staff_id`,
  },
];
