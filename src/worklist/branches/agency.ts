import { sql } from "kysely";
import type { Day } from "../../kernel/day.ts";
import { may } from "../../people/access.ts";
import { LAPSE_WARNING_DAYS } from "../task.ts";
import type { Branch } from "./branch.ts";

/** About to lapse, or lapsed within a month, of somebody who works here, and not renewed. */
const lapses = (today: Day) => sql`
  c.valid_to BETWEEN ${today}::date - 30 AND ${today}::date + ${LAPSE_WARNING_DAYS}::integer
  AND (s.active_to IS NULL OR s.active_to >= ${today}::date)
  AND NOT EXISTS (SELECT FROM credential n
    WHERE n.staff_id = c.staff_id AND n.qualification = c.qualification AND n.valid_from > c.valid_to)`;

/** Staff and their credentials, and who looked where they had to. */
export const agency: Branch[] = [
  {
    kind: "emergency-review",
    may: "emergency.review",
    rows: ({ me, zone }) => sql`
      SELECT NULL, id, NULL, (opened_at AT TIME ZONE ${zone})::date + 1
      FROM emergency_access
      WHERE reviewed_at IS NULL AND staff_id <> ${me}`,
  },
  {
    // Mine, those of the associates I supervise, or of colleagues in the programmes I answer for: one
    // asks for its renewal, once; lapsed, it is there again.
    kind: "credential",
    may: "self",
    rows: ({ me, roles, today }) => sql`
      SELECT NULL, c.id, s.name || ': ' || c.name, c.valid_to
      FROM credential c JOIN staff s ON s.id = c.staff_id
      WHERE ${lapses(today)} AND ${roles.includes("administrator") ? sql`false` : sql`true`}
        AND (c.renewal_asked_at IS NULL OR c.valid_to < ${today}::date)
        AND (c.staff_id = ${me} OR c.supervisor_id = ${me} ${
          may(roles, "work.reassign")
            ? sql`OR EXISTS (SELECT FROM staff_program p WHERE p.staff_id = c.staff_id
                AND p.during @> ${today}::date AND p.program_id IN (SELECT access.my_programs()))`
            : sql``
        } ${roles.includes("supervisor") ? sql`OR true` : sql``})`,
  },
  {
    kind: "credential-renew",
    may: "agency.manage",
    rows: ({ today }) => sql`
      SELECT NULL, c.staff_id, s.name || ': ' || c.name || coalesce(' (asked for by ' || a.name || ')', ''), c.valid_to
      FROM credential c JOIN staff s ON s.id = c.staff_id LEFT JOIN staff a ON a.id = c.renewal_asked_by
      WHERE ${lapses(today)}`,
  },
  {
    // Whose associate it is nobody says any more: their notes would wait for somebody who is not here.
    kind: "supervisor-left",
    may: "agency.manage",
    rows: ({ today }) => sql`
      SELECT NULL, c.staff_id, s.name || ', supervised by ' || b.name, b.active_to + 1
      FROM staff b JOIN credential c ON c.supervisor_id = b.id JOIN staff s ON s.id = c.staff_id
      WHERE b.active_to <= ${today}::date + 14 AND (c.valid_to IS NULL OR c.valid_to >= ${today}::date)
        AND s.closed_at IS NULL AND (s.active_to IS NULL OR s.active_to >= ${today}::date)`,
  },
];
