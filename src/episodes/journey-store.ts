import { sql } from "kysely";
import type { Acting } from "../storage/database.ts";
import type { JourneyEvent } from "./journey.ts";

/** Everything of one person that a journey is folded from, in one query. */
export async function findJourney(db: Acting, consumerId: string): Promise<JourneyEvent[]> {
  const zone = sql`(SELECT time_zone FROM agency)`;
  const own = sql`consumer_id = ${consumerId}`;
  const { rows } = await sql<JourneyEvent>`
    SELECT id AS episode, 'episode' AS kind, opened_on AS "on", closed_on AS "until", closed_reason AS what
    FROM episode WHERE ${own}
    UNION ALL
    SELECT episode_id, 'referral', (received_at AT TIME ZONE ${zone})::date, NULL, urgency FROM referral_in WHERE ${own}
    UNION ALL
    SELECT r.episode_id, 'triage', (t.decided_at AT TIME ZONE ${zone})::date, NULL, t.outcome
    FROM triage t JOIN referral_in r ON r.id = t.referral_in_id WHERE t.${own}
    UNION ALL
    SELECT episode_id, 'assessment', started_on, (completed_at AT TIME ZONE ${zone})::date, NULL FROM assessment WHERE ${own}
    UNION ALL
    SELECT episode_id, 'plan', agreed_on, NULL, NULL FROM care_plan WHERE ${own} AND agreed_on IS NOT NULL AND state <> 'draft'
    UNION ALL
    SELECT e.episode_id, 'wait', e.requested_on, coalesce(e.valid_from, e.valid_to + 1), g.kind
    FROM enrolment e JOIN program g ON g.id = e.program_id WHERE e.${own}
    UNION ALL
    SELECT e.episode_id, 'enrolment', e.valid_from, e.valid_to + 1, g.kind
    FROM enrolment e JOIN program g ON g.id = e.program_id WHERE e.${own} AND e.valid_from IS NOT NULL
    UNION ALL
    SELECT p.episode_id, 'stay', a.since, a.until, u.kind
    FROM stay_place a JOIN placement p ON p.id = a.placement_id JOIN unit u ON u.id = a.unit_id
    WHERE a.${own}
    UNION ALL
    SELECT episode_id, 'discharge-conference', held_on, NULL, family FROM discharge_conference WHERE ${own}
    UNION ALL
    SELECT episode_id, 'aftercare-plan', coalesce(agreed_on, (activated_at AT TIME ZONE ${zone})::date), NULL, NULL
    FROM aftercare_plan WHERE ${own} AND state = 'active'`.execute(db);
  return rows;
}
