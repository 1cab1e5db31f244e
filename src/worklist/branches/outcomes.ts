import { sql } from "kysely";
import { BETWEEN_DAYS, START_WITHIN_DAYS, stages } from "../../reports/outcome.ts";
import type { Branch } from "./branch.ts";

const stageWords = sql.join(
  Object.entries(stages).map(([code, words]) => sql`WHEN ${sql.lit(code)} THEN ${sql.lit(words)}`),
  sql` `,
);
const [within, between] = [sql.lit(START_WITHIN_DAYS), sql.lit(BETWEEN_DAYS)];

/**
 * Measures that are due: the start soon after the first day, then one after another, the exit, and
 * once after; reports/outcome.ts says the same of one record, and the days are its. Each waits until
 * it is asked or somebody says why it was not; of people who left for a year, their last keyworker's.
 * Whoever came back is asked in the new episode.
 */
export const outcomes: Branch[] = [
  {
    kind: "outcome-due",
    may: "record.read",
    rows: ({ today }) => sql`
      SELECT e.consumer_id, e.id, CASE due.stage ${stageWords} END, due.on_day
      FROM episode e
      LEFT JOIN LATERAL (
        SELECT max(measured_on) FILTER (WHERE stage = 'start') AS start, max(measured_on) FILTER (WHERE stage IN ('start', 'review')) AS review,
          max(measured_on) FILTER (WHERE stage = 'exit') AS exit, max(measured_on) FILTER (WHERE stage = 'after') AS after
        FROM (SELECT stage, measured_on FROM outcome_measure WHERE episode_id = e.id AND voided_at IS NULL
          UNION ALL SELECT what, on_day FROM not_obtained WHERE episode_id = e.id) asked
      ) m ON true
      CROSS JOIN LATERAL (
        SELECT CASE WHEN e.closed_on IS NULL THEN CASE WHEN m.start IS NULL THEN 'start' ELSE 'review' END
            WHEN m.exit IS NULL THEN 'exit' WHEN m.after IS NULL THEN 'after' END AS stage,
          CASE WHEN e.closed_on IS NULL THEN CASE WHEN m.start IS NULL THEN e.opened_on + ${within} ELSE m.review + ${between} END
            WHEN m.exit IS NULL THEN e.closed_on WHEN m.after IS NULL THEN e.closed_on + ${between} END AS on_day
      ) due
      WHERE due.on_day <= ${today}::date + 14 AND (e.closed_on IS NULL OR e.closed_on >= ${today}::date - 365)
        AND (e.closed_on IS NULL AND e.consumer_id IN (SELECT consumer_id FROM mine)
          OR e.closed_on IS NOT NULL AND e.consumer_id IN (SELECT consumer_id FROM was_mine))
        AND (e.closed_on IS NULL OR e.closed_reason <> 'died')
        AND NOT EXISTS (SELECT FROM episode again WHERE again.consumer_id = e.consumer_id AND again.previous_id = e.id)`,
  },
];
