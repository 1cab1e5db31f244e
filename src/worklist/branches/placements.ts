import { sql } from "kysely";
import type { Role } from "../../people/access.ts";
import type { Branch } from "./branch.ts";

/** Whose it is to see to a stay: their keyworker's, and whoever answers for the beds. */
const theirs = (roles: readonly Role[]) =>
  roles.includes("program-manager")
    ? sql``
    : sql`AND p.consumer_id IN (SELECT consumer_id FROM mine)`;

/** The unit where somebody is now: a stay may have moved on from the one that was asked for. */
const unitNow = sql`coalesce((SELECT w.name FROM stay_place a JOIN unit w ON w.id = a.unit_id
  WHERE a.placement_id = p.id AND a.consumer_id = p.consumer_id AND a.back = 1), u.name)`;

/** Stays that somebody has to see to: who is to leave, who is not back, who waits for an answer. */
export const placements: Branch[] = [
  {
    kind: "leaver-due",
    may: "record.read",
    rows: ({ roles, today }) => sql`
      SELECT p.consumer_id, p.id, ${unitNow}, p.expected_to FROM placement p JOIN unit u ON u.id = p.unit_id
      WHERE p.admitted_on IS NOT NULL AND p.ended_on IS NULL AND p.expected_to <= ${today}::date ${theirs(roles)}`,
  },
  {
    // Of a stay whose end nobody expects, nothing else ever comes up.
    kind: "stay-open-ended",
    may: "record.read",
    rows: ({ roles }) => sql`
      SELECT p.consumer_id, p.id, ${unitNow}, p.admitted_on + 7 FROM placement p JOIN unit u ON u.id = p.unit_id
      WHERE p.admitted_on IS NOT NULL AND p.ended_on IS NULL AND p.expected_to IS NULL ${theirs(roles)}`,
  },
  {
    // Beds that come free, where somebody waits for one; an overflow place closes instead.
    kind: "beds-to-be-free",
    may: "work.reassign",
    rows: ({ today }) => sql`
      SELECT NULL, u.id, u.name || ': ' || count(*) || ' to be free within 3 days, ' || asked.wait || ' wait', min(l.ends_on)
      FROM bed_stay l JOIN placement p ON p.id = l.placement_id JOIN bed d ON d.id = l.bed_id JOIN unit u ON u.id = d.unit_id
      CROSS JOIN LATERAL (SELECT count(*) AS wait FROM placement w
        WHERE w.unit_id = u.id AND w.admitted_on IS NULL AND w.ended_on IS NULL AND w.withdrawn_on IS NULL
          AND NOT EXISTS (SELECT FROM bed_stay s WHERE s.placement_id = w.id AND s.cancelled_on IS NULL)) asked
      WHERE p.ended_on IS NULL AND l.arrived_on IS NOT NULL AND l.left_on IS NULL AND NOT d.overflow AND l.ends_on <= ${today}::date + 3 AND asked.wait > 0
      GROUP BY u.id, u.name, asked.wait`,
  },
  {
    kind: "bed-arrival",
    may: "record.read",
    rows: ({ roles, today }) => sql`
      SELECT p.consumer_id, p.id, u.name || ', ' || b.name, s.starts_on
      FROM bed_stay s JOIN placement p ON p.id = s.placement_id AND p.ended_on IS NULL
      JOIN bed b ON b.id = s.bed_id JOIN unit u ON u.id = b.unit_id
      WHERE s.arrived_on IS NULL AND s.cancelled_on IS NULL AND s.starts_on <= ${today}::date ${theirs(roles)}`,
  },
  {
    kind: "leave-overdue",
    may: "record.read",
    rows: ({ roles, today }) => sql`
      SELECT p.consumer_id, p.id, NULL, l.back_by FROM leave_of_absence l
      JOIN placement p ON p.id = l.placement_id AND p.ended_on IS NULL
      WHERE l.returned_on IS NULL AND l.back_by <= ${today}::date ${theirs(roles)}`,
  },
  {
    kind: "funding-answer",
    may: "record.read",
    rows: ({ roles, today }) => sql`
      SELECT p.consumer_id, p.id, f.funder, f.panel_on FROM funding f
      JOIN placement p ON p.id = f.placement_id AND p.ended_on IS NULL AND p.withdrawn_on IS NULL
      WHERE f.state = 'pending' AND f.panel_on < ${today}::date ${theirs(roles)}`,
  },
  {
    kind: "use-review",
    may: "record.read",
    rows: ({ roles }) => sql`
      SELECT p.consumer_id, e.placement_id, NULL, e.review_due FROM use_event e JOIN placement p ON p.id = e.placement_id
      WHERE e.reviewed_on IS NULL ${theirs(roles)}`,
  },
];
