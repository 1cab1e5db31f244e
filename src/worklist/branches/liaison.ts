import { sql } from "kysely";
import type { Branch } from "./branch.ts";

/** Referrals out, and who called. */
export const liaison: Branch[] = [
  {
    kind: "referral",
    may: "record.read",
    rows: ({ me }) => sql`
      SELECT consumer_id, id, what, due_on
      FROM referral WHERE owner_id = ${me} AND status = 'open'`,
  },
  {
    // Somebody was asked and has not answered, or has, and what came of it is not known.
    kind: "referral-answer",
    may: "record.read",
    rows: ({ me }) => sql`
      SELECT r.consumer_id, r.id, coalesce(p.name, r.what), coalesce(r.chase_on, r.due_on)
      FROM referral r LEFT JOIN provider p ON p.id = r.provider_id
      WHERE r.owner_id = ${me} AND r.status IN ('handed', 'sent', 'accepted', 'refused', 'attended', 'arranged')`,
  },
  {
    // Written and not gone: whoever wrote it sends it; where they see the person no more, or have left,
    // whoever sees to the referral, and last the keyworker.
    kind: "referral-letter",
    may: "record.read",
    rows: ({ me, zone }) => sql`
      SELECT s.consumer_id, s.referral_id, p.name, (s.recorded_at AT TIME ZONE ${zone})::date + 1
      FROM referral_sending s JOIN provider p ON p.id = s.provider_id JOIN referral r ON r.id = s.referral_id
      WHERE s.sent_at IS NULL AND s.dropped_at IS NULL AND (s.recorded_by = ${me}
        OR NOT EXISTS (SELECT FROM access.colleagues_with_sight(s.consumer_id) w WHERE w.staff_id = s.recorded_by)
          AND (r.owner_id = ${me} OR (s.consumer_id IN (SELECT consumer_id FROM mine) OR s.consumer_id IN (SELECT consumer_id FROM was_mine))
            AND NOT EXISTS (SELECT FROM access.colleagues_with_sight(s.consumer_id) w WHERE w.staff_id = r.owner_id)))`,
  },
];
