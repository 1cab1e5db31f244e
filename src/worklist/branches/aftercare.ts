import { type RawBuilder, sql } from "kysely";
import { may } from "../../people/access.ts";
import type { Asked, Branch } from "./branch.ts";

/**
 * Theirs who was keyworker last, or follows up in their place: after an ending nobody is any more.
 * Once it is `overdue` it is on the list of whoever answers for the team besides.
 */
const theirs = (of: RawBuilder<unknown>, asked: Asked, overdue: RawBuilder<unknown>) =>
  may(asked.roles, "work.reassign") ? sql`(${wasMine(of)} OR ${overdue})` : wasMine(of);

const wasMine = (of: RawBuilder<unknown>) =>
  sql`${of}.consumer_id IN (SELECT consumer_id FROM was_mine)`;

/** A group or a colleague of ours who is to give a support. */
const OURS = sql`(SELECT g.name FROM support_group g WHERE g.id = s.group_id), (SELECT f.name FROM staff f WHERE f.id = s.staff_id)`;

/** Who left and was not reached, what was handed to others, and what is to be looked at again. */
export const aftercare: Branch[] = [
  {
    // MC C: an ending asks for a contact; whoever came back since was reached.
    kind: "left-not-contacted",
    may: "record.read",
    rows: (asked) => sql`
      SELECT l.consumer_id, l.id, CASE WHEN l.planned THEN 'Planned' ELSE 'Unplanned' END, (l.contact_due AT TIME ZONE ${asked.zone})::date
      FROM leaving l
      WHERE l.contact_due IS NOT NULL
        AND l.id NOT IN (SELECT leaving_id FROM leaving_contact WHERE reached)
        AND NOT EXISTS (SELECT FROM episode e WHERE e.consumer_id = l.consumer_id AND e.id <> l.episode_id AND e.opened_on >= l.ended_on)
        AND NOT EXISTS (SELECT FROM placement s WHERE s.consumer_id = l.consumer_id AND s.id IS DISTINCT FROM l.placement_id AND s.admitted_on >= l.ended_on)
        AND NOT EXISTS (SELECT FROM enrolment n WHERE n.episode_id = l.episode_id AND n.valid_from > l.ended_on AND n.valid_from <= ${asked.today})
        ${asked.roles.includes("program-manager") ? sql`` : sql`AND ${theirs(sql`l`, asked, sql`l.contact_due < now()`)}`}`,
  },
  {
    kind: "left-unanswered",
    may: "record.read",
    rows: (asked) => sql`
      SELECT l.consumer_id, l.id, NULL, l.ended_on + 2 FROM leaving l
      WHERE l.contact_due IS NOT NULL AND (l.overdose_advice IS NULL OR l.naloxone IS NULL)
        AND ${theirs(sql`l`, asked, sql`l.ended_on + 2 < ${asked.today}::date`)}`,
  },
  {
    // A discharge conference was held, the end is near, or the episode closed, and no plan is agreed.
    kind: "aftercare-missing",
    may: "record.read",
    rows: ({ today }) => sql`
      SELECT e.consumer_id, e.id, NULL, least(coalesce(e.closed_on, held.last) + 7, near.ends)
      FROM episode e LEFT JOIN LATERAL (SELECT max(d.held_on) AS last FROM discharge_conference d
        WHERE d.consumer_id = e.consumer_id AND d.episode_id = e.id) held ON true
      LEFT JOIN LATERAL (SELECT min(x.ends) AS ends FROM (
        SELECT s.expected_to AS ends FROM placement s WHERE s.episode_id = e.id AND s.admitted_on IS NOT NULL AND s.ended_on IS NULL
        UNION ALL SELECT n.valid_to FROM enrolment n WHERE n.episode_id = e.id AND n.valid_from IS NOT NULL AND n.valid_to >= ${today}
          AND NOT EXISTS (SELECT FROM enrolment o WHERE o.episode_id = e.id AND o.id <> n.id AND (o.valid_to IS NULL OR o.valid_to > n.valid_to))
      ) x WHERE x.ends <= ${today}::date + 14) near ON e.closed_on IS NULL
      WHERE (e.closed_on >= ${today}::date - 365 AND e.closed_reason IS DISTINCT FROM 'died'
          OR e.closed_on IS NULL AND (held.last IS NOT NULL OR near.ends IS NOT NULL))
        AND NOT EXISTS (SELECT FROM not_obtained n WHERE n.episode_id = e.id AND n.what = 'aftercare')
        AND NOT EXISTS (SELECT FROM episode again WHERE again.consumer_id = e.consumer_id AND again.previous_id = e.id)
        AND NOT EXISTS (SELECT FROM aftercare_plan p WHERE p.episode_id = e.id AND p.state = 'active') AND ${wasMine(sql`e`)}`,
  },
  {
    // For half a year after the episode closed; then it is the person's own.
    kind: "aftercare-review",
    may: "record.read",
    rows: (asked) => sql`
      SELECT p.consumer_id, p.id, NULL, p.review_on
      FROM aftercare_plan p JOIN episode e ON e.id = p.episode_id AND (e.closed_on IS NULL OR e.closed_on >= ${asked.today}::date - 180)
      WHERE p.state = 'active' AND p.review_on <= ${asked.today}::date + 14 AND ${wasMine(sql`p`)}
        AND NOT EXISTS (SELECT FROM aftercare_plan n WHERE n.consumer_id = p.consumer_id AND n.state = 'active' AND n.activated_at > p.activated_at)`,
  },
  {
    // Handed to one of ours, who says so themselves; who cannot open the record is told for whom, and no more.
    kind: "support-to-accept",
    may: "support.accept",
    rows: () => sql`
      SELECT h.consumer_id, h.id, concat_ws(', ', CASE WHEN NOT EXISTS (SELECT FROM consumer c WHERE c.id = h.consumer_id) THEN h.name END,
        h.what, 'from ' || h.handed_by), least(h.chase_on, h.handed_on + 2)
      FROM access.handed_to_me() h`,
  },
  {
    kind: "support-to-hand",
    may: "record.read",
    rows: ({ me, zone }) => sql`
      SELECT s.consumer_id, s.id, coalesce(d.name, ${OURS}, s.by_whom), (s.added_at AT TIME ZONE ${zone})::date + 7
      FROM recovery_support s LEFT JOIN provider d ON d.id = s.provider_id
      WHERE s.owner_id = ${me} AND s.state = 'planned'`,
  },
  {
    kind: "support-not-accepted",
    may: "record.read",
    rows: ({ me }) => sql`
      SELECT s.consumer_id, s.id, coalesce(d.name, ${OURS}, s.by_whom), coalesce(s.chase_on, s.handed_on + 7)
      FROM recovery_support s LEFT JOIN provider d ON d.id = s.provider_id
      WHERE s.owner_id = ${me} AND s.state = 'handed-over'`,
  },
  {
    // Nothing of its kind stands in its place.
    kind: "support-declined",
    may: "record.read",
    rows: ({ me }) => sql`
      SELECT s.consumer_id, s.id, coalesce(d.name, ${OURS}, s.by_whom), s.answered_on + 7
      FROM recovery_support s LEFT JOIN provider d ON d.id = s.provider_id
      WHERE s.owner_id = ${me} AND s.state = 'declined'
        AND NOT EXISTS (SELECT FROM recovery_support o WHERE o.consumer_id = s.consumer_id AND o.kind = s.kind AND o.what = s.what
          AND o.state IN ('planned', 'handed-over', 'accepted'))`,
  },
  {
    // Something that was won is slipping: what helps now, and a look soon.
    kind: "gain-at-risk",
    may: "record.read",
    rows: () => sql`
      SELECT g.consumer_id, g.id, CASE look.found WHEN 'lost' THEN 'Lost' ELSE 'At risk' END, coalesce(g.look_again_on, look.looked_on + 7)
      FROM gain g CROSS JOIN LATERAL (SELECT l.found, l.looked_on FROM gain_look l WHERE l.gain_id = g.id ORDER BY l.looked_on DESC, l.id DESC LIMIT 1) look
      WHERE g.ended_on IS NULL AND look.found <> 'kept' AND ${wasMine(sql`g`)}`,
  },
  {
    kind: "gain-to-look",
    may: "record.read",
    rows: (asked) => sql`
      SELECT g.consumer_id, g.id, NULL, g.look_again_on FROM gain g
      WHERE g.ended_on IS NULL AND g.look_again_on <= ${asked.today}::date + 7 AND ${wasMine(sql`g`)}
        AND coalesce((SELECT l.found FROM gain_look l WHERE l.gain_id = g.id ORDER BY l.looked_on DESC, l.id DESC LIMIT 1), 'kept') = 'kept'`,
  },
];
