import { sql } from "kysely";
import type { Day } from "../kernel/day.ts";
import type { Acting, By } from "../storage/database.ts";

export type HelpGiven = { id: string; episode_id: string; on: Day; what: string; by: string };

/** What helped somebody until their care started, besides what came with a referral: the newest first. */
export async function findInterimHelp(db: Acting, consumerId: string): Promise<HelpGiven[]> {
  const { rows } = await sql<HelpGiven>`
    SELECT h.id, h.episode_id, h.given_on AS on, h.what, s.name AS by
    FROM interim_help h JOIN staff s ON s.id = h.recorded_by
    WHERE h.consumer_id = ${consumerId} ORDER BY h.given_on DESC, h.id DESC LIMIT 50`.execute(db);
  return rows;
}

/** Writes help down that was given while they wait. */
export async function insertInterimHelp(
  db: Acting,
  by: By,
  of: { consumerId: string; episodeId: string },
  help: { on: Day; what: string },
): Promise<void> {
  await db
    .insertInto("interim_help")
    .values({
      agency_id: by.agencyId,
      consumer_id: of.consumerId,
      episode_id: of.episodeId,
      given_on: help.on,
      what: help.what,
      recorded_by: by.staffId,
    })
    .execute();
}
