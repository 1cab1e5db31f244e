import type { Day } from "../kernel/day.ts";
import type { Acting, By } from "../storage/database.ts";
import { type Answers, type Stage, stages } from "./outcome.ts";

const stageNames = Object.keys(stages);

/** All episodes of somebody with their measures, the newest first. */
export async function findOutcomes(db: Acting, consumerId: string) {
  const episodes = await db
    .selectFrom("episode")
    .select(["id", "opened_on", "closed_on"])
    .where("consumer_id", "=", consumerId)
    .orderBy("opened_on", "desc")
    .orderBy("id", "desc")
    .limit(50)
    .execute();
  const missed = await db
    .selectFrom("not_obtained as n")
    .innerJoin("staff as s", "s.id", "n.recorded_by")
    .select(["n.id", "n.episode_id", "n.what", "n.on_day", "n.reason", "s.name as author"])
    .where("n.consumer_id", "=", consumerId)
    .where("n.what", "in", stageNames)
    .orderBy("n.on_day", "desc")
    .orderBy("n.id", "desc")
    .limit(100)
    .execute();
  return { episodes, measures: await findMeasures(db, consumerId), missed };
}

/** Somebody's measures that stand, the oldest first. */
export function findMeasures(db: Acting, consumerId: string) {
  return db
    .selectFrom("outcome_measure as m")
    .innerJoin("staff as s", "s.id", "m.recorded_by")
    .selectAll("m")
    .select("s.name as author")
    .where("m.consumer_id", "=", consumerId)
    .where("m.voided_at", "is", null)
    .orderBy("m.measured_on")
    .orderBy("m.recorded_at")
    .limit(200)
    .execute();
}

/** Says why what was due in an episode could not be had: it waits no more. */
export async function addNotObtained(
  db: Acting,
  by: By,
  of: { consumerId: string; episodeId: string },
  missed: { what: Stage | "aftercare"; on: Day; reason: string },
): Promise<void> {
  await db
    .insertInto("not_obtained")
    .values({
      agency_id: by.agencyId,
      consumer_id: of.consumerId,
      episode_id: of.episodeId,
      what: missed.what,
      on_day: missed.on,
      reason: missed.reason,
      recorded_by: by.staffId,
    })
    .execute();
}

export type OutcomeRow = Awaited<ReturnType<typeof findMeasures>>[number];

export async function addOutcome(
  db: Acting,
  by: By,
  consumerId: string,
  measure: { episodeId: string; stage: Stage; on: Day; answers: Partial<Answers> },
): Promise<void> {
  await db
    .insertInto("outcome_measure")
    .values({
      agency_id: by.agencyId,
      consumer_id: consumerId,
      episode_id: measure.episodeId,
      stage: measure.stage,
      measured_on: measure.on,
      recorded_by: by.staffId,
      ...measure.answers,
    })
    .execute();
}

/** Takes a measure out that was wrongly recorded. False when it is gone already, or not theirs. */
export async function voidOutcome(
  db: Acting,
  by: By,
  consumerId: string,
  voiding: { id: string; reason: string },
): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable("outcome_measure")
    .set({ voided_at: new Date(), voided_by: by.staffId, void_reason: voiding.reason })
    .where("id", "=", voiding.id)
    .where("consumer_id", "=", consumerId)
    .where("voided_at", "is", null)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}
