import { sql } from "kysely";
import type { Acting } from "./database.ts";

export type Access = {
  action: "read" | "write" | "listed" | "disclosed";
  /** The page, as its route is named; never what stood on it. */
  room: string;
  consumerIds: readonly string[];
  reason?: string;
  /** What is done to nobody's record and yet has to be known. */
  ofNobody?: true;
};

export const OF_NOBODY = { consumerIds: [], ofNobody: true } as const;

/** Writes who looked at or changed whose record; sealed into the chain when the transaction commits. */
export async function logAccess(
  db: Acting,
  by: { staffId: string; agency: { id: string } },
  access: Access,
): Promise<void> {
  if (access.consumerIds.length === 0 && !access.ofNobody) return;
  await db
    .insertInto("access_log")
    .values({
      agency_id: by.agency.id,
      staff_id: by.staffId,
      action: access.action,
      room: access.room,
      consumer_ids: [...access.consumerIds],
      reason: access.reason ?? null,
    })
    .execute();
}

/** Whether the acting member of staff's watching of a page was logged in the last minutes. */
export async function watchedLately(db: Acting, room: string, consumerId: string) {
  const { rows } = await sql<{ known: boolean }>`
    SELECT access.watched_lately(${room}, ${consumerId}) AS known`.execute(db);
  return rows[0]?.known ?? false;
}
