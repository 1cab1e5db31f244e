import { sql } from "kysely";
import type { Day } from "../kernel/day.ts";
import type { Acting } from "../storage/database.ts";
import { LAPSE_WARNING_DAYS, type Task, type TaskKind } from "./task.ts";

/** More than anybody does in a day; the page says when there are more. */
export const TASKS_SHOWN = 200;

type Row = {
  kind: TaskKind;
  consumer_id: string | null;
  ref_id: string;
  detail: string | null;
  due: Day;
  name: string | null;
};

/**
 * Everything that waits for the acting member of staff, the most urgent first. Row security keeps
 * each branch to what they may see; the branch keeps it to what is theirs to do.
 */
export async function findTasks(db: Acting, today: Day): Promise<Task[]> {
  const me = sql`access.staff()`;
  const zone = sql`(SELECT time_zone FROM agency)`;
  const { rows } = await sql<Row>`
    WITH mine AS (
      SELECT consumer_id FROM assignment
      WHERE staff_id = ${me} AND part = 'keyworker' AND during @> ${today}::date
    ), task AS (
      -- A session whose day has come and whose note is not signed.
      SELECT 'note-to-sign' AS kind, c.consumer_id, c.id AS ref_id, NULL::text AS detail, a.day AS due
      FROM conference c JOIN appointment a ON a.id = c.appointment_id
      WHERE c.lead_id = ${me} AND c.signed_at IS NULL AND c.voided_at IS NULL
        AND a.status IN ('scheduled', 'held') AND a.day <= ${today}
      UNION ALL
      SELECT 'note-to-cosign', consumer_id, id, NULL, (signed_at AT TIME ZONE ${zone})::date + 2
      FROM conference
      WHERE cosign_by = ${me} AND cosigned_at IS NULL AND signed_at IS NOT NULL AND voided_at IS NULL
      UNION ALL
      SELECT 'question', consumer_id, id, NULL, (asked_at AT TIME ZONE ${zone})::date + 2
      FROM question WHERE to_staff = ${me} AND answered_at IS NULL
      UNION ALL
      SELECT 'correction', t.consumer_id, s.conference_id, NULL, (t.at AT TIME ZONE ${zone})::date + 2
      FROM correction t JOIN service s ON s.id = t.service_id
      WHERE t.state = 'waiting' AND s.conference_id IS NOT NULL AND access.has_role('supervisor')
      UNION ALL
      SELECT 'emergency-review', NULL, id, NULL, (opened_at AT TIME ZONE ${zone})::date + 1
      FROM emergency_access
      WHERE reviewed_at IS NULL AND staff_id <> ${me} AND access.has_role('supervisor', 'program-manager')
      UNION ALL
      SELECT 'referral', consumer_id, id, what, due_on
      FROM referral WHERE owner_id = ${me} AND status = 'open'
      UNION ALL
      SELECT 'agreed-to-approve', c.consumer_id, c.id, NULL, (c.signed_at AT TIME ZONE ${zone})::date + 7
      FROM conference c
      WHERE c.lead_id = ${me} AND c.signed_at IS NOT NULL AND c.voided_at IS NULL
        AND c.agreed_approved_at IS NULL AND EXISTS (SELECT FROM agreement g WHERE g.conference_id = c.id)
      UNION ALL
      -- Somebody is expected whose consent will have run out, or was never given.
      SELECT 'consent-before-conference', c.consumer_id, x.support_id, p.name, a.day
      FROM conference c JOIN appointment a ON a.id = c.appointment_id
      JOIN conference_support x ON x.conference_id = c.id JOIN support p ON p.id = x.support_id
      WHERE c.lead_id = ${me} AND a.status = 'scheduled' AND a.day >= ${today}
        AND NOT EXISTS (SELECT FROM live_consent l
          WHERE l.support_id = x.support_id AND (l.expires_on IS NULL OR l.expires_on >= a.day))
      UNION ALL
      SELECT 'plan-review', p.consumer_id, p.id, NULL, p.review_on
      FROM care_plan p JOIN episode e ON e.id = p.episode_id AND e.closed_on IS NULL
      WHERE p.state = 'active' AND p.consumer_id IN (SELECT consumer_id FROM mine) AND p.review_on <= ${today}::date + 14
      UNION ALL
      SELECT 'plan-missing', e.consumer_id, e.id, NULL, e.opened_on + 45
      FROM episode e
      WHERE e.closed_on IS NULL AND e.consumer_id IN (SELECT consumer_id FROM mine)
        AND NOT EXISTS (SELECT FROM care_plan p WHERE p.episode_id = e.id AND p.state <> 'draft')
      UNION ALL
      -- Mine, those of the associates I supervise, or everybody's for whom looks after staff.
      SELECT 'credential', NULL, c.staff_id, s.name || ': ' || c.name, c.valid_to
      FROM credential c JOIN staff s ON s.id = c.staff_id
      WHERE c.valid_to BETWEEN ${today}::date - 30 AND ${today}::date + ${LAPSE_WARNING_DAYS}::integer
        AND (c.staff_id = ${me} OR c.supervisor_id = ${me} OR access.has_role('administrator', 'supervisor'))
        AND NOT EXISTS (SELECT FROM credential n
          WHERE n.staff_id = c.staff_id AND n.qualification = c.qualification AND n.valid_from > c.valid_to)
      UNION ALL
      SELECT 'claim-flag', f.consumer_id, m.service_id, NULL, (f.at AT TIME ZONE ${zone})::date + 2
      FROM claim_flag f JOIN claim m ON m.id = f.claim_id
      WHERE f.settled_at IS NULL AND access.has_role('biller')
      UNION ALL
      SELECT 'claims-ready', NULL, agency_id, count(*) || ' to release', ${today}::date
      FROM claim_line WHERE state IN ('payable', 'reduced') AND access.has_role('biller')
      GROUP BY agency_id
    )
    SELECT t.kind, t.consumer_id, t.ref_id, t.detail, t.due,
      coalesce(nullif(p.preferred_name, ''), p.given_name) || ' ' || p.family_name AS name
    FROM (
      -- A support expected twice, or two corrections of one note, are one thing to do: the earliest.
      SELECT kind, consumer_id, ref_id, detail, min(due) AS due
      FROM task GROUP BY kind, consumer_id, ref_id, detail
    ) t LEFT JOIN consumer p ON p.id = t.consumer_id
    ORDER BY t.due, t.kind, t.ref_id, t.detail
    LIMIT ${TASKS_SHOWN}`.execute(db);
  return rows.map((row) => ({
    kind: row.kind,
    consumerId: row.consumer_id,
    consumerName: row.name,
    refId: row.ref_id,
    detail: row.detail,
    due: row.due,
  }));
}

/** Who is expected on a day: one's own people for whoever leads, everybody for the front desk. */
export async function findExpected(db: Acting, day: Day, wholeAgency: boolean) {
  return db
    .selectFrom("appointment as a")
    .innerJoin("consumer as p", "p.id", "a.consumer_id")
    .innerJoin("staff as s", "s.id", "a.staff_id")
    .innerJoin("room as r", "r.id", "a.room_id")
    .leftJoin("conference as c", "c.appointment_id", "a.id")
    .select([
      "a.id",
      "a.consumer_id",
      "a.starts",
      "a.ends",
      "a.status",
      "p.given_name",
      "p.family_name",
      "p.preferred_name",
      "s.name as staff",
      "r.name as room",
      "c.id as conference_id",
      "c.signed_at",
    ])
    .where("a.day", "=", day)
    .$if(!wholeAgency, (query) => query.where("a.staff_id", "=", sql<string>`access.staff()`))
    .orderBy("a.starts")
    .orderBy("a.id")
    .limit(100)
    .execute();
}
