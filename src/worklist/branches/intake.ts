import { sql } from "kysely";
import type { Branch } from "./branch.ts";

/** A wait is the keyworker's to move on; while there is none, the programme's team's and its manager's. */
const ours = sql`(w.consumer_id IN (SELECT consumer_id FROM mine)
  OR (w.program_id IN (SELECT access.my_programs()) AND (access.has_role('program-manager')
    OR NOT EXISTS (SELECT FROM assignment x WHERE x.consumer_id = w.consumer_id AND x.part = 'keyworker'
      AND x.during @> access.today()))))`;

/** Who came and waits: to triage, to assess, to be offered a start, to be answered. */
export const intake: Branch[] = [
  {
    kind: "triage-due",
    // Whose list it is on is the programme's whole team: whoever is there first triages.
    rows: () => sql`
      SELECT t.consumer_id, t.id, CASE WHEN t.tried THEN 'Not reached yet' ELSE initcap(t.urgency) END, t.due_on
      FROM referral_to_triage t
      WHERE t.program_id IN (SELECT access.my_programs()) OR t.consumer_id IN (SELECT consumer_id FROM mine)`,
  },
  {
    kind: "assessment-due",
    rows: () => sql`
      SELECT w.consumer_id, w.enrolment_id, g.name, w.due_on
      FROM waiting w JOIN program g ON g.id = w.program_id WHERE w.next = 'assess' AND ${ours}`,
  },
  {
    kind: "offer-due",
    rows: () => sql`
      SELECT w.consumer_id, w.enrolment_id, g.name, w.due_on
      FROM waiting w JOIN program g ON g.id = w.program_id WHERE w.next = 'offer' AND ${ours}`,
  },
  {
    kind: "offer-unanswered",
    rows: () => sql`
      SELECT w.consumer_id, w.enrolment_id, g.name, w.offered_for
      FROM waiting w JOIN program g ON g.id = w.program_id WHERE w.next = 'answer' AND ${ours}`,
  },
];
