import { type RawBuilder, sql } from "kysely";
import type { TaskKind } from "../task.ts";
import type { Branch } from "./branch.ts";

/** An earlier episode that a call goes on from: then they came back. */
type Earlier = RawBuilder<unknown>;

const told = (kind: TaskKind, earlier: Earlier): Branch => ({
  kind,
  may: "record.read",
  rows: ({ me, zone }) => sql`
    SELECT consumer_id, id, NULL, (asked_at AT TIME ZONE ${zone})::date
    FROM come_back WHERE told_staff_id = ${me} AND told_seen_at IS NULL AND seen_at IS NULL AND previous_id ${earlier}`,
});

/** Theirs to see, and nobody's or overdue for whoever answers for the team. */
const notSeen = (kind: TaskKind, earlier: Earlier): Branch => ({
  kind,
  may: "record.read",
  rows: ({ me, today }) => sql`
    SELECT c.consumer_id, c.id, t.name, c.due_on
    FROM come_back c LEFT JOIN staff t ON t.id = c.told_staff_id
    WHERE c.seen_at IS NULL AND c.previous_id ${earlier} AND ((c.told_staff_id = ${me} AND c.told_seen_at IS NOT NULL)
      OR (c.told_staff_id IS NULL AND (SELECT access.clinical()))
      OR (c.told_staff_id <> ${me} AND c.due_on < ${today} AND (SELECT access.has_role('supervisor', 'program-manager'))))`,
});

/** Who came back, who may be in danger, and who called about somebody. */
export const backIn: Branch[] = [
  {
    kind: "duty-alert",
    may: "alert.read",
    rows: ({ today }) => sql`
      SELECT d.consumer_id, d.id, NULL, ${today}::date
      FROM duty_alert d
      WHERE d.closed_at IS NULL AND d.taken_up_by IS NULL AND (SELECT access.on_duty())`,
  },
  {
    kind: "duty-alert-open",
    may: "alert.read",
    rows: ({ me, today }) => sql`
      SELECT d.consumer_id, d.id, NULL, ${today}::date
      FROM duty_alert d WHERE d.closed_at IS NULL AND d.taken_up_by = ${me}`,
  },
  // The keyworker named for them has not seen yet that they came back; or called, while in care.
  told("come-back-told", sql`IS NOT NULL`),
  told("called-told", sql`IS NULL`),
  notSeen("come-back", sql`IS NOT NULL`),
  notSeen("called", sql`IS NULL`),
  {
    kind: "come-back-unbooked",
    may: "person.add",
    rows: () => sql`SELECT consumer_id, id, NULL, due FROM access.come_backs_unbooked()`,
  },
  {
    // Asked when they next speak with somebody: their keyworker, the team they wait for, the front desk.
    kind: "born-unknown",
    may: "person.add",
    rows: ({ roles, zone }) => sql`
      SELECT c.id, c.id, NULL, (c.created_at AT TIME ZONE ${zone})::date + 7
      FROM consumer c WHERE c.date_of_birth IS NULL AND (${sql.lit(roles.includes("front-desk"))}
        OR c.id IN (SELECT consumer_id FROM mine) OR c.id IN (SELECT consumer_id FROM wait))`,
  },
  {
    kind: "call",
    may: "call.read",
    rows: ({ me, zone }) => sql`
      SELECT NULL, id, caller, CASE WHEN danger_now THEN (at AT TIME ZONE ${zone})::date
        ELSE coalesce(follow_up_on, (at AT TIME ZONE ${zone})::date + 1) END
      FROM concern_call
      WHERE closed_on IS NULL AND (owner_id = ${me} OR (owner_id IS NULL AND (SELECT access.clinical())))`,
  },
  {
    // Help of the caller's own; overdue, it is besides on the list of whoever answers for a team.
    kind: "relative-referral",
    may: "call.read",
    rows: ({ me, today }) => sql`
      SELECT NULL, r.call_id, c.caller || ': ' || coalesce(p.name, 'our own family support'), r.chase_on
      FROM concern_referral r JOIN concern_call c ON c.id = r.call_id LEFT JOIN provider p ON p.id = r.provider_id
      WHERE r.status <> 'closed' AND (r.owner_id = ${me}
        OR r.chase_on < ${today}::date AND (SELECT access.has_role('supervisor', 'program-manager')))`,
  },
];
