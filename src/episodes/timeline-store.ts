import { type RawBuilder, sql } from "kysely";
import type { Acting } from "../storage/database.ts";
import {
  kinds,
  parseCursor,
  rankOf,
  type TimelineEntry,
  type TimelineGroup,
  type TimelineKind,
} from "./timeline.ts";

/** The rows of one kind: id, at, timed, subject, detail, state, author, link. */
type Arm = (of: { consumer: string; zone: string }) => RawBuilder<unknown>;

const conferenceState = sql`CASE
  WHEN c.voided_at IS NOT NULL THEN 'voided'
  WHEN c.signed_at IS NOT NULL AND c.cosign_by IS NOT NULL AND c.cosigned_at IS NULL THEN 'awaits-cosign'
  WHEN c.signed_at IS NOT NULL THEN 'signed'
  WHEN a.status = 'scheduled' AND c.draft IS NOT NULL THEN 'draft'
  WHEN a.status = 'scheduled' AND a.day < access.today() THEN 'came-or-not'
  ELSE a.status END`;

/** The unit that a stay had moved to by a day; before it began the one that was asked for. */
const unitOn = (day: RawBuilder<unknown>) => sql`coalesce((
  SELECT v.name FROM stay_place a JOIN unit v ON v.id = a.unit_id
  WHERE a.placement_id = p.id AND a.consumer_id = p.consumer_id AND a.since <= ${day} ORDER BY a.back LIMIT 1), u.name)`;

// One arm a kind, each asked by the consumer's index.
const arms: Record<TimelineKind, Arm> = {
  "episode-opened": ({ consumer }) => sql`
    SELECT id, opened_on::timestamp, false, NULL, NULL,
      CASE WHEN previous_id IS NULL THEN NULL ELSE 'again' END, NULL::uuid, NULL::uuid
    FROM episode WHERE consumer_id = ${consumer}`,
  "episode-closed": ({ consumer }) => sql`
    SELECT id, closed_on::timestamp, false, NULL, concat_ws(E'\\n', closed_reason, closed_note), NULL, closed_by, NULL::uuid
    FROM episode WHERE consumer_id = ${consumer} AND closed_on IS NOT NULL`,
  "referral-in": ({ consumer, zone }) => sql`
    SELECT id, received_at AT TIME ZONE ${zone}, true, coalesce(source_name, source),
      concat_ws(' · ', reason, interim_help), urgency, recorded_by, NULL::uuid
    FROM referral_in WHERE consumer_id = ${consumer}`,
  triage: ({ consumer, zone }) => sql`
    SELECT id, decided_at AT TIME ZONE ${zone}, true, outcome, concat_ws(' · ', risk_now, note),
      CASE WHEN priority THEN 'priority' END, decided_by, NULL::uuid
    FROM triage WHERE consumer_id = ${consumer}`,
  "interim-help": ({ consumer }) => sql`
    SELECT id, given_on::timestamp, false, NULL, what, NULL, recorded_by, NULL::uuid
    FROM interim_help WHERE consumer_id = ${consumer}`,
  assessment: ({ consumer, zone }) => sql`
    SELECT id, coalesce(completed_at AT TIME ZONE ${zone}, started_on::timestamp), completed_at IS NOT NULL, NULL, summary,
      CASE WHEN completed_at IS NULL THEN 'draft' WHEN 'high' IN (risk_to_self, risk_to_others) THEN 'high' END,
      coalesce(completed_by, started_by), NULL::uuid
    FROM assessment WHERE consumer_id = ${consumer}`,
  "start-offer": ({ consumer }) => sql`
    SELECT o.id, o.offered_on::timestamp, false, p.name, concat_ws(E'\\n', o.start_on, o.note),
      CASE WHEN o.answer IS NULL THEN 'open' END, o.offered_by, NULL::uuid
    FROM start_offer o JOIN program p ON p.id = o.program_id WHERE o.consumer_id = ${consumer}`,
  "start-answer": ({ consumer }) => sql`
    SELECT o.id, o.answered_on::timestamp, false, p.name, o.answer_note, o.answer, o.answered_by, NULL::uuid
    FROM start_offer o JOIN program p ON p.id = o.program_id WHERE o.consumer_id = ${consumer} AND o.answer IS NOT NULL`,
  "enrolment-requested": ({ consumer }) => sql`
    SELECT e.id, e.requested_on::timestamp, false, p.name, NULL, NULL, NULL::uuid, NULL::uuid
    FROM enrolment e JOIN program p ON p.id = e.program_id
    WHERE e.consumer_id = ${consumer} AND (e.valid_from IS NULL OR e.requested_on < e.valid_from)`,
  "enrolment-started": ({ consumer }) => sql`
    SELECT e.id, e.valid_from::timestamp, false, p.name, NULL, NULL, NULL::uuid, NULL::uuid
    FROM enrolment e JOIN program p ON p.id = e.program_id
    WHERE e.consumer_id = ${consumer} AND e.valid_from IS NOT NULL`,
  "enrolment-ended": ({ consumer }) => sql`
    SELECT e.id, e.valid_to::timestamp, false, p.name, concat_ws(E'\\n', e.end_reason, e.end_note),
      CASE WHEN e.valid_from IS NULL THEN 'withdrawn' END, NULL::uuid, NULL::uuid
    FROM enrolment e JOIN program p ON p.id = e.program_id
    WHERE e.consumer_id = ${consumer} AND e.valid_to IS NOT NULL`,
  "assignment-started": ({ consumer }) => sql`
    SELECT x.id, x.valid_from::timestamp, false, s.name, NULL, x.part, NULL::uuid, NULL::uuid
    FROM assignment x JOIN staff s ON s.id = x.staff_id WHERE x.consumer_id = ${consumer}`,
  "assignment-ended": ({ consumer }) => sql`
    SELECT x.id, x.valid_to::timestamp, false, s.name, NULL, x.part, NULL::uuid, NULL::uuid
    FROM assignment x JOIN staff s ON s.id = x.staff_id
    WHERE x.consumer_id = ${consumer} AND x.valid_to IS NOT NULL`,
  appointment: ({ consumer }) => sql`
    SELECT a.id, a.day + a.starts, true, a.kind,
      concat_ws(' · ', r.name, access.status_reason(a.id), c.void_reason), ${conferenceState}, a.staff_id, c.id
    FROM appointment a JOIN room r ON r.id = a.room_id LEFT JOIN conference c ON c.appointment_id = a.id
    WHERE a.consumer_id = ${consumer} AND NOT (a.kind = 'discharge-conference' AND a.status = 'held')`,
  service: ({ consumer }) => sql`
    SELECT s.id, s.service_date + coalesce(s.start_time, '00:00'), s.start_time IS NOT NULL, s.kind,
      concat_ws(' · ', (SELECT g.name FROM group_attendance a JOIN group_meeting m ON m.id = a.meeting_id
          JOIN support_group g ON g.id = m.group_id WHERE a.service_id = s.id AND a.consumer_id = s.consumer_id LIMIT 1),
        p.name, left(coalesce((SELECT n.text FROM session_note n WHERE n.service_id = s.id ORDER BY n.recorded_at, n.id LIMIT 1),
          (SELECT a.note FROM group_attendance a WHERE a.service_id = s.id AND a.consumer_id = s.consumer_id LIMIT 1)), 160)),
      CASE WHEN s.voided_at IS NULL THEN 'recorded' ELSE 'voided' END,
      coalesce(s.performer_id, s.recorded_by), s.id
    FROM service s LEFT JOIN program p ON p.id = s.program_id
    WHERE s.consumer_id = ${consumer} AND s.conference_id IS NULL`,
  "group-missed": ({ consumer }) => sql`
    SELECT a.id, m.day + m.starts, true, g.name, a.note, NULL, m.lead_id, NULL::uuid
    FROM group_attendance a JOIN group_meeting m ON m.id = a.meeting_id JOIN support_group g ON g.id = m.group_id
    WHERE a.consumer_id = ${consumer} AND a.came = false AND m.signed_at IS NOT NULL`,
  addendum: ({ consumer, zone }) => sql`
    SELECT id, at AT TIME ZONE ${zone}, true, NULL, text, NULL, by, conference_id
    FROM addendum WHERE consumer_id = ${consumer}`,
  correction: ({ consumer, zone }) => sql`
    SELECT id, at AT TIME ZONE ${zone}, true, replace(fact, '_', '-'), concat_ws(' · ', reason, decision), state, by, service_id
    FROM correction WHERE consumer_id = ${consumer}`,
  "family-contact": ({ consumer, zone }) => sql`
    SELECT f.id, f.at AT TIME ZONE ${zone}, true, f.who, f.heard, NULL, f.by,
      (SELECT c.id FROM conference c WHERE c.appointment_id = f.appointment_id)
    FROM family_contact f WHERE f.consumer_id = ${consumer}`,
  plan: ({ consumer, zone }) => sql`
    SELECT id, coalesce(activated_at, created_at) AT TIME ZONE ${zone}, true, version::text, change_reason,
      state, coalesce(activated_by, created_by), id
    FROM care_plan WHERE consumer_id = ${consumer}`,
  "relapse-lines": ({ consumer, zone }) => sql`
    SELECT min(id::text)::uuid, date_trunc('second', added_at) AT TIME ZONE ${zone}, true, NULL,
      string_agg(text, ' · ' ORDER BY part, id), NULL, added_by, NULL::uuid
    FROM (SELECT id, added_at, added_by, text, 1 AS part FROM relapse_trigger WHERE consumer_id = ${consumer}
      UNION ALL SELECT id, added_at, added_by, text, 2 FROM relapse_strategy WHERE consumer_id = ${consumer}) AS line
    GROUP BY date_trunc('second', added_at), added_by`,
  "discharge-conference": ({ consumer }) => sql`
    SELECT id, held_on::timestamp, false, NULL, remark, family, recorded_by, NULL::uuid
    FROM discharge_conference WHERE consumer_id = ${consumer}`,
  "plan-review": ({ consumer }) => sql`
    SELECT id, reviewed_on::timestamp, false, NULL, coalesce(changes, 'No change'), NULL, recorded_by, NULL::uuid
    FROM plan_review WHERE consumer_id = ${consumer}`,
  "prescribing-started": ({ consumer }) => sql`
    SELECT id, valid_from::timestamp, false, what, prescriber, NULL, recorded_by, NULL::uuid
    FROM prescribing WHERE consumer_id = ${consumer}`,
  "prescribing-ended": ({ consumer }) => sql`
    SELECT id, valid_to::timestamp, false, what, end_reason, NULL, ended_by, NULL::uuid
    FROM prescribing WHERE consumer_id = ${consumer} AND valid_to IS NOT NULL`,
  left: ({ consumer }) => sql`
    SELECT l.id, l.ended_on::timestamp, false, u.name, concat_ws(' · ',
        CASE l.overdose_advice WHEN 'given' THEN 'overdose advice given' WHEN 'declined' THEN 'overdose advice declined' END,
        CASE l.naloxone WHEN 'given' THEN 'naloxone given' WHEN 'has-it' THEN 'has naloxone' WHEN 'declined' THEN 'naloxone declined' END),
      CASE WHEN l.planned THEN 'planned' ELSE 'unplanned' END, l.recorded_by, NULL::uuid
    FROM leaving l LEFT JOIN stay_place a ON a.placement_id = l.placement_id AND a.consumer_id = l.consumer_id AND a.back = 1
    LEFT JOIN unit u ON u.id = a.unit_id WHERE l.consumer_id = ${consumer}`,
  "left-contact": ({ consumer, zone }) => sql`
    SELECT id, at AT TIME ZONE ${zone}, true, NULL, note, CASE WHEN reached THEN 'reached' ELSE 'not-reached' END, recorded_by, NULL::uuid
    FROM leaving_contact WHERE consumer_id = ${consumer}`,
  "aftercare-plan": ({ consumer }) => sql`
    SELECT id, agreed_on::timestamp, false, version::text, NULL, state, activated_by, NULL::uuid
    FROM aftercare_plan WHERE consumer_id = ${consumer} AND state <> 'draft'`,
  "support-handed": ({ consumer }) => sql`
    SELECT s.id, s.handed_on::timestamp, false, coalesce(d.name, s.by_whom), s.detail, NULL, NULL::uuid, NULL::uuid
    FROM recovery_support s LEFT JOIN provider d ON d.id = s.provider_id
    WHERE s.consumer_id = ${consumer} AND s.handed_on IS NOT NULL`,
  "support-answered": ({ consumer }) => sql`
    SELECT s.id, s.answered_on::timestamp, false, coalesce(d.name, s.by_whom), s.answered_by_whom, s.state, NULL::uuid, NULL::uuid
    FROM recovery_support s LEFT JOIN provider d ON d.id = s.provider_id
    WHERE s.consumer_id = ${consumer} AND s.answered_on IS NOT NULL`,
  "support-planned": ({ consumer, zone }) => sql`
    SELECT s.id, s.added_at AT TIME ZONE ${zone}, true, coalesce(d.name, s.by_whom, replace(s.what, '-', ' ')),
      coalesce(s.detail, CASE WHEN coalesce(d.name, s.by_whom) IS NOT NULL THEN replace(s.what, '-', ' ') END), NULL, s.added_by, NULL::uuid
    FROM recovery_support s LEFT JOIN provider d ON d.id = s.provider_id WHERE s.consumer_id = ${consumer}`,
  "support-over": ({ consumer }) => sql`
    SELECT s.id, s.ended_on::timestamp, false, coalesce(d.name, s.by_whom, replace(s.what, '-', ' ')), s.ended_reason, NULL, NULL::uuid, NULL::uuid
    FROM recovery_support s LEFT JOIN provider d ON d.id = s.provider_id
    WHERE s.consumer_id = ${consumer} AND s.ended_on IS NOT NULL`,
  "gain-named": ({ consumer, zone }) => sql`
    SELECT id, added_at AT TIME ZONE ${zone}, true, NULL, text, NULL, added_by, NULL::uuid
    FROM gain WHERE consumer_id = ${consumer}`,
  "gain-let-go": ({ consumer }) => sql`
    SELECT id, ended_on::timestamp, false, text, NULL, NULL, NULL::uuid, NULL::uuid
    FROM gain WHERE consumer_id = ${consumer} AND ended_on IS NOT NULL`,
  outcome: ({ consumer }) => sql`
    SELECT id, measured_on::timestamp, false, stage,
      concat_ws(' · ', 'psychological health ' || psychological_health, 'physical health ' || physical_health,
        'quality of life ' || quality_of_life || ' of 20'), NULL, recorded_by, NULL::uuid
    FROM outcome_measure WHERE consumer_id = ${consumer} AND voided_at IS NULL`,
  "not-obtained": ({ consumer }) => sql`
    SELECT id, on_day::timestamp, false, what, reason, NULL, recorded_by, NULL::uuid
    FROM not_obtained WHERE consumer_id = ${consumer}`,
  "agreement-done": ({ consumer }) => sql`
    SELECT g.id, g.done_on::timestamp, false, g.who, g.what, NULL, g.done_by, g.conference_id
    FROM agreement g JOIN conference c ON c.id = g.conference_id AND c.voided_at IS NULL
    WHERE g.consumer_id = ${consumer} AND g.done_on IS NOT NULL`,
  "gain-looked": ({ consumer }) => sql`
    SELECT l.id, l.looked_on::timestamp, false, g.text, l.note, l.found, l.recorded_by, NULL::uuid
    FROM gain_look l JOIN gain g ON g.id = l.gain_id WHERE l.consumer_id = ${consumer}`,
  "discharge-points": ({ consumer, zone }) => sql`
    SELECT min(id::text)::uuid, date_trunc('second', added_at) AT TIME ZONE ${zone}, true, NULL,
      string_agg(text, ' · ' ORDER BY id), NULL, added_by, NULL::uuid
    FROM discharge_point WHERE consumer_id = ${consumer} GROUP BY date_trunc('second', added_at), added_by`,
  barriers: ({ consumer, zone }) => sql`
    SELECT min(id::text)::uuid, date_trunc('second', added_at) AT TIME ZONE ${zone}, true, NULL,
      string_agg(text, ' · ' ORDER BY id), NULL, added_by, NULL::uuid
    FROM barrier WHERE consumer_id = ${consumer} GROUP BY date_trunc('second', added_at), added_by`,
  support: ({ consumer, zone }) => sql`
    SELECT id, created_at AT TIME ZONE ${zone}, true, name, concat_ws(', ', relation, organisation), NULL, NULL::uuid, id
    FROM support WHERE consumer_id = ${consumer}`,
  "support-ended": ({ consumer }) => sql`
    SELECT id, ended_on::timestamp, false, name, NULL, NULL, NULL::uuid, id
    FROM support WHERE consumer_id = ${consumer} AND ended_on IS NOT NULL`,
  consent: ({ consumer }) => sql`
    SELECT c.id, c.signed_on::timestamp, false, coalesce(s.name, c.recipient), c.purpose, NULL, c.created_by, c.id
    FROM consent c LEFT JOIN support s ON s.id = c.support_id WHERE c.consumer_id = ${consumer}`,
  "consent-revoked": ({ consumer, zone }) => sql`
    SELECT v.consent_id, v.revoked_at AT TIME ZONE ${zone}, true, coalesce(s.name, c.recipient), v.reason, NULL, v.recorded_by, v.consent_id
    FROM consent_revocation v JOIN consent c ON c.id = v.consent_id LEFT JOIN support s ON s.id = c.support_id
    WHERE v.consumer_id = ${consumer}`,
  "no-contact": ({ consumer, zone }) => sql`
    SELECT n.id, n.set_at AT TIME ZONE ${zone}, true, s.name, n.reason, NULL, n.set_by, s.id
    FROM no_contact n JOIN support s ON s.id = n.support_id WHERE n.consumer_id = ${consumer}`,
  "no-contact-lifted": ({ consumer, zone }) => sql`
    SELECT n.id, n.lifted_at AT TIME ZONE ${zone}, true, s.name, n.lifted_reason, NULL, n.lifted_by, s.id
    FROM no_contact n JOIN support s ON s.id = n.support_id
    WHERE n.consumer_id = ${consumer} AND n.lifted_at IS NOT NULL`,
  disclosure: ({ consumer, zone }) => sql`
    SELECT id, at AT TIME ZONE ${zone}, true, recipient, what, NULL, disclosed_by, NULL::uuid
    FROM disclosure WHERE consumer_id = ${consumer}`,
  "placement-asked": ({ consumer }) => sql`
    SELECT p.id, p.requested_on::timestamp, false, u.name, p.why, NULL, p.requested_by, p.id
    FROM placement p JOIN unit u ON u.id = p.unit_id WHERE p.consumer_id = ${consumer}`,
  "placement-withdrawn": ({ consumer }) => sql`
    SELECT p.id, p.withdrawn_on::timestamp, false, u.name, p.withdrawn_reason, NULL, NULL::uuid, p.id
    FROM placement p JOIN unit u ON u.id = p.unit_id WHERE p.consumer_id = ${consumer} AND p.withdrawn_on IS NOT NULL`,
  "placement-admitted": ({ consumer }) => sql`
    SELECT p.id, p.admitted_on::timestamp, false, u.name, concat_ws(' · ', b.name, CASE WHEN b.overflow THEN 'overflow' END), NULL, NULL::uuid, p.id
    FROM placement p JOIN unit u ON u.id = p.unit_id
    LEFT JOIN bed_stay s ON s.placement_id = p.id AND s.arrived_on = p.admitted_on LEFT JOIN bed b ON b.id = s.bed_id
    WHERE p.consumer_id = ${consumer} AND p.admitted_on IS NOT NULL`,
  "placement-moved": ({ consumer }) => sql`
    SELECT s.id, s.arrived_on::timestamp, false, u.name, b.name, NULL, s.booked_by, p.id
    FROM bed_stay s JOIN placement p ON p.id = s.placement_id JOIN bed b ON b.id = s.bed_id JOIN unit u ON u.id = b.unit_id
    WHERE s.consumer_id = ${consumer} AND s.arrived_on > p.admitted_on
    UNION ALL
    SELECT m.id, m.moved_on::timestamp, false, u.name, NULL, NULL, m.recorded_by, m.placement_id
    FROM unit_move m JOIN unit u ON u.id = m.unit_id WHERE m.consumer_id = ${consumer}`,
  "placement-ended": ({ consumer }) => sql`
    SELECT p.id, p.ended_on::timestamp, false, u.name, concat_ws(E'\\n', p.end_reason, p.end_note),
      CASE WHEN p.end_planned THEN 'planned' ELSE 'unplanned' END, NULL::uuid, p.id
    FROM placement p JOIN stay_place a ON a.placement_id = p.id AND a.consumer_id = p.consumer_id AND a.back = 1
    JOIN unit u ON u.id = a.unit_id
    WHERE p.consumer_id = ${consumer} AND p.ended_on IS NOT NULL`,
  "child-place": ({ consumer }) => sql`
    SELECT c.id, c.arrived_on::timestamp, false, u.name, b.name, NULL, c.booked_by, c.placement_id
    FROM child_stay c JOIN bed b ON b.id = c.bed_id JOIN unit u ON u.id = b.unit_id
    WHERE c.consumer_id = ${consumer} AND c.arrived_on IS NOT NULL`,
  "child-place-left": ({ consumer }) => sql`
    SELECT c.id, c.left_on::timestamp, false, u.name, b.name, NULL, NULL::uuid, c.placement_id
    FROM child_stay c JOIN bed b ON b.id = c.bed_id JOIN unit u ON u.id = b.unit_id
    WHERE c.consumer_id = ${consumer} AND c.left_on IS NOT NULL`,
  leave: ({ consumer }) => sql`
    SELECT l.id, l.from_on::timestamp, false, ${unitOn(sql`l.from_on`)}, l.why, NULL, l.recorded_by, p.id
    FROM leave_of_absence l JOIN placement p ON p.id = l.placement_id JOIN unit u ON u.id = p.unit_id
    WHERE l.consumer_id = ${consumer}`,
  "leave-back": ({ consumer }) => sql`
    SELECT l.id, l.returned_on::timestamp, false, ${unitOn(sql`l.returned_on`)}, NULL, NULL, NULL::uuid, p.id
    FROM leave_of_absence l JOIN placement p ON p.id = l.placement_id JOIN unit u ON u.id = p.unit_id
    WHERE l.consumer_id = ${consumer} AND l.returned_on IS NOT NULL`,
  "use-event": ({ consumer }) => sql`
    SELECT id, happened_on::timestamp, false, NULL, what, CASE WHEN reviewed_on IS NULL THEN 'open' ELSE 'reviewed' END, recorded_by, placement_id
    FROM use_event WHERE consumer_id = ${consumer}`,
  "use-review": ({ consumer }) => sql`
    SELECT id, reviewed_on::timestamp, false, NULL, review, NULL, reviewed_by, placement_id
    FROM use_event WHERE consumer_id = ${consumer} AND reviewed_on IS NOT NULL`,
  "funding-decided": ({ consumer }) => sql`
    SELECT id, decided_on::timestamp, false, funder, concat_ws(' · ', CASE weeks WHEN 1 THEN '1 week' ELSE weeks || ' weeks' END, answer_from), state, decided_by, placement_id
    FROM funding WHERE consumer_id = ${consumer} AND decided_on IS NOT NULL`,
  "referral-found": ({ consumer }) => sql`
    SELECT r.id, r.found_on::timestamp, false, r.what, 'Owner: ' || s.name, NULL, NULL::uuid, NULL::uuid
    FROM referral r JOIN staff s ON s.id = r.owner_id WHERE r.consumer_id = ${consumer}`,
  "referral-step": ({ consumer }) => sql`
    SELECT t.id, t.on_day::timestamp, false, r.what,
      concat_ws(' · ', 'to ' || o.name, p.name, t.remark), coalesce(t.status, CASE WHEN t.owner_id IS NULL THEN 'asked-again' END), t.by, NULL::uuid
    FROM referral_step t JOIN referral r ON r.id = t.referral_id LEFT JOIN staff o ON o.id = t.owner_id
    LEFT JOIN provider p ON p.id = t.provider_id
    WHERE t.consumer_id = ${consumer}`,
  "come-back": ({ consumer, zone }) => sql`
    SELECT c.id, c.asked_at AT TIME ZONE ${zone}, true, CASE WHEN c.previous_id IS NOT NULL THEN 'again' END,
      concat_ws(' · ', c.what_and_when, 'told: ' || s.name), CASE WHEN c.seen_at IS NULL THEN 'waits' ELSE 'seen' END, c.taken_by, NULL::uuid
    FROM come_back c LEFT JOIN staff s ON s.id = c.told_staff_id WHERE c.consumer_id = ${consumer}`,
  "come-back-seen": ({ consumer, zone }) => sql`
    SELECT id, seen_at AT TIME ZONE ${zone}, true, NULL, seen_how, NULL, NULL::uuid, NULL::uuid
    FROM come_back WHERE consumer_id = ${consumer} AND seen_at IS NOT NULL`,
  "duty-alert": ({ consumer, zone }) => sql`
    SELECT id, raised_at AT TIME ZONE ${zone}, true, NULL,
      concat_ws(' · ', replace(array_to_string(reasons, ', '), '-', ' '), what_was_done),
      CASE WHEN closed_at IS NOT NULL THEN 'closed' WHEN taken_up_at IS NOT NULL THEN 'taken' ELSE 'open' END,
      coalesce(closed_by, taken_up_by, raised_by), id
    FROM duty_alert WHERE consumer_id = ${consumer}`,
  "concern-call": ({ consumer, zone }) => sql`
    SELECT id, at AT TIME ZONE ${zone}, true, caller, concat_ws(' · ', said, outcome),
      CASE WHEN closed_on IS NULL THEN 'open' ELSE 'closed' END, taken_by, id
    FROM concern_call WHERE consumer_id = ${consumer}`,
  "open-contact": ({ consumer, zone }) => sql`
    SELECT id, at AT TIME ZONE ${zone}, NOT day_only, NULL,
      concat_ws(' · ', replace(array_to_string(kinds, ', '), '-', ' '), CASE WHEN naloxone_given THEN 'naloxone given' END, note),
      NULL, recorded_by, NULL::uuid
    FROM open_contact WHERE consumer_id = ${consumer}`,
};

/**
 * What happened to one person, the newest first: one query over everything, at most `most` entries
 * and whether there are earlier ones.
 */
export async function findTimeline(
  db: Acting,
  consumerId: string,
  asked: { zone: string; group: TimelineGroup | null; before: string | null; most?: number },
): Promise<{ entries: TimelineEntry[]; earlier: boolean }> {
  const { zone, group, most = 40 } = asked;
  const before = parseCursor(asked.before);
  const wanted = (Object.keys(arms) as TimelineKind[]).filter(
    (kind) => !group || kinds[kind] === group,
  );
  const arm = (kind: TimelineKind) => sql`
    SELECT ${sql.lit(kind)}::text AS kind, ${sql.lit(rankOf(kind))}::int AS rank, arm.*
    FROM (${arms[kind]({ consumer: consumerId, zone })}) AS arm (id, at, timed, subject, detail, state, author, link)`;
  const all = sql.join(wanted.map(arm), sql` UNION ALL `);
  const { rows } = await sql<TimelineEntry>`
    SELECT t.kind, t.id, to_char(t.at, 'YYYY-MM-DD"T"HH24:MI:SS.US') AS at, t.timed, t.subject, t.detail,
      t.state, s.name AS author, t.link
    FROM (${all}) AS t LEFT JOIN staff s ON s.id = t.author
    WHERE ${before ? sql`(t.at < ${before.at}::timestamp OR (t.at = ${before.at}::timestamp AND (t.rank, t.id) < (${rankOf(before.kind)}::int, ${before.id}::uuid)))` : sql`true`}
    ORDER BY t.at DESC, t.rank DESC, t.id DESC
    LIMIT ${most + 1}`.execute(db);
  return { entries: rows.slice(0, most), earlier: rows.length > most };
}
