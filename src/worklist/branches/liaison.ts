import { sql } from "kysely";
import type { Branch } from "./branch.ts";

/** Referrals out, and who called. */
export const liaison: Branch[] = [
  {
    kind: "referral",
    rows: ({ me }) => sql`
      SELECT consumer_id, id, what, due_on
      FROM referral WHERE owner_id = ${me} AND status = 'open'`,
  },
];
