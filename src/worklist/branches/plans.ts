import { sql } from "kysely";
import type { Branch } from "./branch.ts";

/** Plans to write and to review. */
export const plans: Branch[] = [
  {
    kind: "plan-review",
    may: "record.read",
    rows: ({ today }) => sql`
      SELECT p.consumer_id, p.id, NULL, p.review_on
      FROM care_plan p JOIN episode e ON e.id = p.episode_id AND e.closed_on IS NULL
      WHERE p.state = 'active' AND p.consumer_id IN (SELECT consumer_id FROM mine) AND p.review_on <= ${today}::date + 14`,
  },
  {
    kind: "discharge-points",
    may: "record.read",
    rows: ({ today }) => sql`
      SELECT d.consumer_id, d.episode_id, count(*) || ' not done', min(d.due_on)
      FROM discharge_point d JOIN episode e ON e.id = d.episode_id
      WHERE d.done_on IS NULL AND d.dropped_on IS NULL AND d.due_on <= ${today}::date
        AND (e.closed_on IS NULL OR e.closed_on >= ${today}::date - 365 AND e.closed_reason <> 'died')
        AND d.consumer_id IN (SELECT consumer_id FROM was_mine UNION SELECT consumer_id FROM mine)
      GROUP BY d.consumer_id, d.episode_id`,
  },
  {
    kind: "plan-missing",
    may: "record.read",
    rows: () => sql`
      SELECT e.consumer_id, e.id, NULL, e.opened_on + 45
      FROM episode e
      WHERE e.closed_on IS NULL AND e.consumer_id IN (SELECT consumer_id FROM mine)
        AND NOT EXISTS (SELECT FROM care_plan p WHERE p.episode_id = e.id AND p.state <> 'draft')`,
  },
];
