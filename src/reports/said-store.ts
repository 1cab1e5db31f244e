import { sql } from "kysely";
import type { Acting } from "../storage/database.ts";
import type { Measure } from "./measure.ts";

/** What a list says of a case beside who and when: what somebody was called, and words or codes. */
export type Said = { id: string; nickname: string | null; said: string[] };

/** Of stays the units they went through; of contacts the nickname and what they were. */
export async function findSaid(
  db: Acting,
  measure: Measure,
  ids: readonly string[],
): Promise<Said[]> {
  if (ids.length === 0) return [];
  if (measure === "stay") {
    const { rows } = await sql<Said>`
      SELECT id, NULL AS nickname, array_agg(name ORDER BY since) AS said
      FROM (
        SELECT s.placement_id AS id, u.name, min(s.since) AS since
        FROM stay_place s JOIN unit u ON u.id = s.unit_id
        WHERE s.placement_id = ANY(${[...ids]}::uuid[]) GROUP BY s.placement_id, u.name
      ) units GROUP BY id`.execute(db);
    return rows;
  }
  if (measure === "open-access") {
    return db
      .selectFrom("open_contact")
      .select(["id", "nickname", "kinds as said"])
      .where("id", "in", [...ids])
      .execute();
  }
  return [];
}
