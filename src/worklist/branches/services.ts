import { type RawBuilder, sql } from "kysely";
import { may } from "../../people/access.ts";
import type { Asked, Branch } from "./branch.ts";

/** Over by the agency's clock, as a condition on an appointment `a`. */
const over = (zone: RawBuilder<unknown>) => sql`(a.day + a.ends) <= (now() AT TIME ZONE ${zone})`;

/** Older ones are history: nobody remembers who came. */
const LOOK_BACK_DAYS = 90;

/**
 * Whose it is to say what became of an appointment `a`: whoever was booked; after some days, or where
 * they have left, also of whoever answers for the team.
 */
const theirs = ({ me, roles, today }: Asked, days: number) =>
  may(roles, "work.reassign")
    ? sql`(a.staff_id = ${me} OR a.consumer_id IN (SELECT consumer_id FROM mine) OR a.day < ${today}::date - ${days}::integer
        OR EXISTS (SELECT FROM staff s WHERE s.id = a.staff_id AND (s.closed_at IS NOT NULL OR s.active_to < ${today}::date)))`
    : sql`(a.staff_id = ${me} OR a.consumer_id IN (SELECT consumer_id FROM mine))`;

/** Sessions, their notes, and who is expected at them. */
export const services: Branch[] = [
  {
    // It is over, and nobody has said whether they came; where a note is begun, they did.
    kind: "came-or-not",
    may: "record.write",
    rows: (asked) => sql`
      SELECT a.consumer_id, a.id, CASE WHEN a.staff_id <> ${asked.me} THEN 'With ' || s.name END, a.day
      FROM appointment a JOIN staff s ON s.id = a.staff_id
      WHERE a.status = 'scheduled' AND a.day >= ${asked.today}::date - ${LOOK_BACK_DAYS}::integer AND ${over(asked.zone)}
        AND ${theirs(asked, 3)}
        AND NOT EXISTS (SELECT FROM conference c WHERE c.appointment_id = a.id AND (c.draft_saved_at IS NOT NULL OR c.signed_at IS NOT NULL))`,
  },
  {
    // They did not come, and nobody has reached them, seen them or booked a new time since.
    kind: "missed",
    may: "record.write",
    rows: (asked) => sql`
      SELECT a.consumer_id, a.id, NULL, a.day
      FROM appointment a
      WHERE a.status = 'did-not-come' AND a.followed_up_at IS NULL AND a.day >= ${asked.today}::date - 30 AND ${theirs(asked, 7)}
        AND EXISTS (SELECT FROM episode e WHERE e.consumer_id = a.consumer_id AND e.closed_on IS NULL)
        AND NOT EXISTS (SELECT FROM appointment n WHERE n.consumer_id = a.consumer_id AND n.status IN ('scheduled', 'held', 'did-not-come') AND n.day > a.day)
        AND NOT EXISTS (SELECT FROM service v WHERE v.consumer_id = a.consumer_id AND v.voided_at IS NULL
          AND v.consumer_present IS NOT FALSE AND v.service_date > a.day)`,
  },
  {
    // A session whose day has come and whose note is not signed.
    kind: "note-to-sign",
    may: "record.read",
    rows: ({ me, today, zone }) => sql`
      SELECT c.consumer_id, c.id, NULL, a.day
      FROM conference c JOIN appointment a ON a.id = c.appointment_id
      WHERE c.lead_id = ${me} AND c.signed_at IS NULL AND c.voided_at IS NULL AND a.day <= ${today}
        AND (a.status = 'held' OR (a.status = 'scheduled' AND (c.draft_saved_at IS NOT NULL OR NOT ${over(zone)})))`,
  },
  {
    // A group that met by its timetable, or whose register was opened, and is not signed.
    kind: "group-register",
    may: "group.read",
    rows: ({ me, roles, today, zone }) => sql`
      SELECT NULL::uuid, m.group_id, g.name, m.day
      FROM group_meeting m JOIN support_group g ON g.id = m.group_id
      WHERE m.lead_id = ${me} AND m.signed_at IS NULL AND m.day <= ${today}
      UNION ALL
      -- Lines of my people on a register that another team's colleague has signed.
      SELECT DISTINCT NULL::uuid, m.group_id, g.name, m.day
      FROM group_attendance x JOIN group_meeting m ON m.id = x.meeting_id AND m.signed_at IS NOT NULL
      JOIN support_group g ON g.id = m.group_id
      WHERE x.signed_at IS NULL AND (x.recorded_by = ${me} ${may(roles, "work.reassign") ? sql`OR m.day < ${today}::date - 3` : sql``})
      UNION ALL
      SELECT NULL, g.id, g.name, last.day
      FROM support_group g
      CROSS JOIN LATERAL (SELECT ${today}::date - (extract(isodow FROM ${today}::date)::integer - g.weekday + 7) % 7 AS day) last
      WHERE g.lead_id = ${me} AND g.active AND last.day > (g.created_at AT TIME ZONE ${zone})::date
        AND NOT EXISTS (SELECT FROM group_meeting m WHERE m.group_id = g.id AND m.day = last.day)`,
  },
  {
    // An associate's without a supervisor of their own, or with one who can't any more: any supervisor's.
    kind: "note-to-cosign",
    may: "record.read",
    rows: ({ me, roles, zone }) => sql`
      SELECT consumer_id, id, NULL, (signed_at AT TIME ZONE ${zone})::date + 2
      FROM conference
      WHERE cosign_by = ${me} AND cosigned_at IS NULL AND signed_at IS NOT NULL AND voided_at IS NULL ${
        roles.includes("supervisor")
          ? sql`UNION ALL SELECT c.consumer_id, c.id, NULL, (c.signed_at AT TIME ZONE ${zone})::date + 2
              FROM conference c JOIN service s ON s.conference_id = c.id AND s.awaits_cosign
              WHERE (c.cosign_by IS NULL OR access.cosigner_lost(c.id) AND c.cosign_by <> ${me})
                AND c.cosigned_at IS NULL AND c.signed_at IS NOT NULL AND c.voided_at IS NULL AND c.lead_id <> ${me}`
          : sql``
      }`,
  },
  {
    // A session or a group of an associate: their supervisor's, or any supervisor's where there is none.
    kind: "session-to-cosign",
    may: "note.cosign",
    rows: ({ me, zone }) => sql`
      SELECT s.consumer_id, s.id, p.name, (s.recorded_at AT TIME ZONE ${zone})::date + 2
      FROM service s JOIN staff p ON p.id = s.performer_id
      WHERE s.awaits_cosign AND s.conference_id IS NULL AND s.voided_at IS NULL AND s.performer_id <> ${me}
        AND EXISTS (SELECT FROM access.session_cosigners(s.id) x WHERE x.staff_id = ${me})`,
  },
  {
    // Where no supervisor works, what an associate did would wait for ever: theirs and the manager's to say.
    kind: "no-cosigner",
    may: "record.read",
    rows: ({ me, roles, zone }) => sql`
      SELECT s.consumer_id, s.id, p.name, (s.recorded_at AT TIME ZONE ${zone})::date + 2
      FROM service s JOIN staff p ON p.id = s.performer_id
      WHERE s.awaits_cosign AND s.voided_at IS NULL
        ${may(roles, "work.reassign") ? sql`` : sql`AND s.performer_id = ${me}`}
        AND NOT EXISTS (SELECT FROM access.session_cosigners(s.id))`,
  },
  {
    // A colleague left a session unsigned: a supervisor signs it for them, or says it was not held.
    kind: "note-of-leaver",
    may: "note.cosign",
    rows: ({ today }) => sql`
      SELECT c.consumer_id, c.id, s.name, a.day
      FROM staff s JOIN conference c ON c.lead_id = s.id AND c.signed_at IS NULL AND c.voided_at IS NULL
      JOIN appointment a ON a.id = c.appointment_id AND a.status IN ('scheduled', 'held') AND a.day <= ${today}
      WHERE s.active_to < ${today}`,
  },
  {
    kind: "correction",
    may: "correction.decide",
    rows: ({ zone }) => sql`
      SELECT t.consumer_id, s.conference_id, NULL, (t.at AT TIME ZONE ${zone})::date + 2
      FROM correction t JOIN service s ON s.id = t.service_id
      WHERE t.state = 'waiting' AND s.conference_id IS NOT NULL`,
  },
  {
    kind: "agreed-to-approve",
    may: "record.read",
    rows: ({ me, zone }) => sql`
      SELECT c.consumer_id, c.id, NULL, (c.signed_at AT TIME ZONE ${zone})::date + 7
      FROM conference c
      WHERE c.lead_id = ${me} AND c.signed_at IS NOT NULL AND c.voided_at IS NULL
        AND c.agreed_approved_at IS NULL AND EXISTS (SELECT FROM agreement g WHERE g.conference_id = c.id)`,
  },
  {
    // What somebody took on in a conference and has not done: whoever led it asks, and their keyworker.
    kind: "agreement-due",
    may: "record.read",
    rows: ({ me, today }) => sql`
      SELECT g.consumer_id, g.conference_id, count(*) || ' not done', min(g.due_on)
      FROM agreement g JOIN conference c ON c.id = g.conference_id
      WHERE g.done_on IS NULL AND g.due_on <= ${today}::date AND c.signed_at IS NOT NULL AND c.voided_at IS NULL
        AND (c.lead_id = ${me} OR c.consumer_id IN (SELECT consumer_id FROM mine))
      GROUP BY g.consumer_id, g.conference_id`,
  },
  {
    // Somebody is expected whose consent will have run out, or was never given.
    kind: "consent-before-conference",
    may: "record.read",
    rows: ({ me, today }) => sql`
      SELECT c.consumer_id, x.support_id, p.name, a.day
      FROM conference c JOIN appointment a ON a.id = c.appointment_id
      JOIN conference_support x ON x.conference_id = c.id JOIN support p ON p.id = x.support_id
      WHERE c.lead_id = ${me} AND a.status = 'scheduled' AND a.day >= ${today}
        AND NOT EXISTS (SELECT FROM live_consent l
          WHERE l.support_id = x.support_id AND (l.expires_on IS NULL OR l.expires_on >= a.day))`,
  },
];
