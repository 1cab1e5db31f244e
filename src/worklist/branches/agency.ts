import { sql } from "kysely";
import { LAPSE_WARNING_DAYS } from "../task.ts";
import type { Branch } from "./branch.ts";

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
    // Mine, those of the associates I supervise, or everybody's for whom looks after staff.
    kind: "credential",
    may: "self",
    rows: ({ me, today }) => sql`
      SELECT NULL, c.staff_id, s.name || ': ' || c.name, c.valid_to
      FROM credential c JOIN staff s ON s.id = c.staff_id
      WHERE c.valid_to BETWEEN ${today}::date - 30 AND ${today}::date + ${LAPSE_WARNING_DAYS}::integer
        AND (c.staff_id = ${me} OR c.supervisor_id = ${me} OR (SELECT access.has_role('administrator', 'supervisor')))
        AND NOT EXISTS (SELECT FROM credential n
          WHERE n.staff_id = c.staff_id AND n.qualification = c.qualification AND n.valid_from > c.valid_to)`,
  },
];
