import { sql } from "kysely";
import type { Day } from "../kernel/day.ts";
import type { Acting, By } from "../storage/database.ts";
import type { Finding } from "./aftercare.ts";

/** Names something that was gained and is to be kept (MC C). */
export async function addGain(
  db: Acting,
  by: By,
  of: { consumerId: string; episodeId: string },
  gain: { text: string; lookAgainOn: Day | null },
): Promise<void> {
  await db
    .insertInto("gain")
    .values({
      agency_id: by.agencyId,
      consumer_id: of.consumerId,
      episode_id: of.episodeId,
      text: gain.text,
      look_again_on: gain.lookAgainOn,
      added_by: by.staffId,
    })
    .execute();
}

/** The gains with every look at them, the newest look first. */
export async function findGains(db: Acting, consumerId: string) {
  const gains = await db
    .selectFrom("gain")
    .innerJoin("staff as author", "author.id", "gain.added_by")
    .select([
      "gain.id",
      "gain.episode_id",
      "gain.text",
      "gain.look_again_on",
      "gain.ended_on",
      "author.name as author",
    ])
    .where("gain.consumer_id", "=", consumerId)
    .orderBy(sql`gain.ended_on IS NOT NULL`)
    .orderBy("gain.added_at")
    .orderBy("gain.id")
    .limit(100)
    .execute();
  const looks = await db
    .selectFrom("gain_look as look")
    .innerJoin("staff as author", "author.id", "look.recorded_by")
    .select(["look.id", "look.gain_id", "look.looked_on", "look.found", "look.note"])
    .select("author.name as author")
    .where("look.consumer_id", "=", consumerId)
    .orderBy("look.looked_on", "desc")
    .orderBy("look.id", "desc")
    .limit(300)
    .execute();
  return gains.map((gain) => ({
    ...gain,
    looks: looks.filter((look) => look.gain_id === gain.id),
  }));
}
export type Gain = Awaited<ReturnType<typeof findGains>>[number];

/** Records how a gain was found, and when to look next. False when it is not a standing one of theirs. */
export async function lookAtGain(
  db: Acting,
  by: By,
  consumerId: string,
  look: { id: string; on: Day; found: Finding; note: string | null; next: Day | null },
): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable("gain")
    .set({ look_again_on: look.next })
    .where("id", "=", look.id)
    .where("consumer_id", "=", consumerId)
    .where("ended_on", "is", null)
    .executeTakeFirst();
  if (numUpdatedRows === 0n) return false;
  await db
    .insertInto("gain_look")
    .values({
      agency_id: by.agencyId,
      consumer_id: consumerId,
      gain_id: look.id,
      looked_on: look.on,
      found: look.found,
      note: look.note,
      recorded_by: by.staffId,
    })
    .execute();
  return true;
}

/** A gain that needs no more looking after. */
export async function endGain(
  db: Acting,
  consumerId: string,
  id: string,
  on: Day,
): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable("gain")
    .set({ ended_on: on, look_again_on: null })
    .where("id", "=", id)
    .where("consumer_id", "=", consumerId)
    .where("ended_on", "is", null)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}
