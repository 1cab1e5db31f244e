import { sql } from "kysely";
import type { Branch } from "./branch.ts";

/** Who came and waits: to triage, to assess, to be offered a start, to be answered. */
export const intake: Branch[] = [
  {
    kind: "triage-due",
    may: "record.read",
    // Whose list it is on is the programme's whole team: whoever is there first triages.
    rows: () => sql`
      SELECT t.consumer_id, t.id, CASE WHEN t.tried THEN 'Not reached yet' ELSE initcap(t.urgency) END, t.due_on
      FROM access.referrals_to_triage() t
      WHERE t.program_id IN (SELECT access.my_programs()) OR t.consumer_id IN (SELECT consumer_id FROM mine)`,
  },
  {
    // Pregnant, injecting or before others for a risk: help does not wait for the start.
    kind: "no-interim-help",
    may: "record.write",
    rows: () => sql`
      SELECT w.consumer_id, w.enrolment_id, g.name, w.since
      FROM wait w JOIN program g ON g.id = w.program_id
      WHERE w.priority AND w.interim_help IS NULL
        AND NOT EXISTS (SELECT FROM interim_help h WHERE h.episode_id = w.episode_id)`,
  },
  {
    kind: "assessment-due",
    may: "record.read",
    rows: () => sql`
      SELECT w.consumer_id, w.enrolment_id, g.name, w.due_on
      FROM wait w JOIN program g ON g.id = w.program_id WHERE w.next = 'assess'`,
  },
  {
    kind: "offer-due",
    may: "record.read",
    rows: () => sql`
      SELECT w.consumer_id, w.enrolment_id, g.name, w.due_on
      FROM wait w JOIN program g ON g.id = w.program_id WHERE w.next = 'offer'`,
  },
  {
    kind: "offer-unanswered",
    may: "record.read",
    rows: () => sql`
      SELECT w.consumer_id, w.enrolment_id, g.name, w.offered_for
      FROM wait w JOIN program g ON g.id = w.program_id WHERE w.next = 'answer'`,
  },
];
