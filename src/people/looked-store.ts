import { sql } from "kysely";
import type { Acting } from "../storage/database.ts";
import type { LookedAction } from "./looked.ts";

export type Look = {
  minute: Date;
  staff_id: string;
  staff_name: string;
  action: LookedAction;
  room: string;
  reason: string | null;
  times: number;
};

/** Who looked at one consumer's record, the newest first; looks at a page within a minute are one. */
export async function findLooks(
  db: Acting,
  consumerId: string,
  asked: { staffId: string | null; action: LookedAction | null; skip: number; most: number },
): Promise<Look[]> {
  const { staffId, action, skip, most } = asked;
  const { rows } = await sql<Look>`
    SELECT minute, staff_id, staff_name, action, room, reason, times
    FROM people.who_looked(${consumerId}, ${staffId}, ${action}, ${skip}, ${most})`.execute(db);
  return rows;
}

/** Everybody who ever looked, for the filter. */
export async function findLookers(db: Acting, consumerId: string) {
  const { rows } = await sql<{ staff_id: string; staff_name: string }>`
    SELECT staff_id, staff_name FROM people.lookers(${consumerId})`.execute(db);
  return rows;
}
