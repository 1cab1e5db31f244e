import { sql } from "kysely";
import type { Branch } from "./branch.ts";

/** Questions about claims, and claims to release. */
export const compliance: Branch[] = [
  {
    kind: "question",
    may: "self",
    rows: ({ me, zone }) => sql`
      SELECT consumer_id, id, NULL, (asked_at AT TIME ZONE ${zone})::date + 2
      FROM question WHERE to_staff = ${me} AND answered_at IS NULL`,
  },
  {
    kind: "claim-flag",
    may: "claim.read",
    rows: ({ zone }) => sql`
      SELECT f.consumer_id, m.service_id, NULL, (f.at AT TIME ZONE ${zone})::date + 2
      FROM claim_flag f JOIN claim m ON m.id = f.claim_id
      WHERE f.settled_at IS NULL`,
  },
  {
    kind: "claims-ready",
    may: "claim.read",
    rows: ({ today }) => sql`
      SELECT NULL, agency_id, count(*) || ' to release', ${today}::date
      FROM claim_line WHERE state IN ('payable', 'reduced')
      GROUP BY agency_id`,
  },
];
