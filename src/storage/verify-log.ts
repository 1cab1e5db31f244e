import { sql } from "kysely";
import type { Database } from "./database.ts";

/**
 * Follows each agency's chain from its first seal to its head and recomputes every hash. Finds an
 * entry that was altered, removed, added without a seal, or cut off at the end.
 *
 * @param owner above row security: the application's login cannot read the seals
 */
export async function verifyAccessLog(
  owner: Database,
): Promise<{ entries: number; breaks: string[] }> {
  const { rows } = await sql<{ agency_id: string; number: number; what: string }>`
    WITH linked AS (
      SELECT s.agency_id, s.number, s.hash, l.id AS entry,
        sha256(coalesce(lag(s.hash) OVER chain, '\\x') || convert_to(access.log_text(l), 'UTF8')) AS expected,
        s.number - coalesce(lag(s.number) OVER chain, 0) AS step
      FROM access_seal s LEFT JOIN access_log l ON l.id = s.log_id
      WINDOW chain AS (PARTITION BY s.agency_id ORDER BY s.number)
    )
    SELECT agency_id, number, 'the entry is missing' AS what FROM linked WHERE entry IS NULL
    UNION ALL
    SELECT agency_id, number, 'a seal before it is missing' FROM linked WHERE step <> 1
    UNION ALL
    SELECT agency_id, number, 'the entry is not as it was sealed' FROM linked
    WHERE entry IS NOT NULL AND step = 1 AND expected IS DISTINCT FROM hash
    UNION ALL
    SELECT l.agency_id, 0, 'an entry was added without a seal' FROM access_log l
    WHERE NOT EXISTS (SELECT FROM access_seal s WHERE s.log_id = l.id)
    UNION ALL
    SELECT h.agency_id, h.number, 'the end of the chain is missing' FROM access_head h
    WHERE NOT EXISTS (SELECT FROM access_seal s
      WHERE s.agency_id = h.agency_id AND s.number = h.number AND s.hash = h.hash)
    ORDER BY 1, 2`.execute(owner);
  const count = await owner
    .selectFrom("access_log")
    .select((eb) => eb.fn.countAll<number>().as("entries"))
    .executeTakeFirstOrThrow();
  return {
    entries: count.entries,
    breaks: rows.map(
      ({ agency_id, number, what }) => `agency ${agency_id}, seal ${number}: ${what}`,
    ),
  };
}
