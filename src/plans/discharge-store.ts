import type { Day } from "../kernel/day.ts";
import type { Acting, By } from "../storage/database.ts";
import { sameWords, writeFresh } from "./fold.ts";

export type NewDischargePoint = {
  text: string;
  responsible?: string | null;
  dueOn?: Day | null;
  conferenceId?: string | null;
};

/**
 * Puts points on the discharge plan (FC 3.1, 3.1.1.3) of the open episode, or of the last one when
 * none is open; ids in the order given. A point that stands on it already keeps its id.
 */
export async function addDischargePoints(
  db: Acting,
  by: By,
  consumerId: string,
  named: readonly NewDischargePoint[],
): Promise<string[]> {
  if (named.length === 0) return [];
  const episode = await db
    .selectFrom("episode")
    .select("id")
    .where("consumer_id", "=", consumerId)
    .orderBy("closed_on", (order) => order.desc().nullsFirst())
    .orderBy("opened_on", "desc")
    .limit(1)
    .executeTakeFirst();
  if (!episode) throw new Error("a discharge plan belongs to an episode, and there is none");
  const standing = await db
    .selectFrom("discharge_point")
    .select(["id", "text"])
    .where("episode_id", "=", episode.id)
    .where("done_on", "is", null)
    .where("dropped_on", "is", null)
    .orderBy("added_at")
    .execute();
  return writeFresh(standing, named, sameWords, (written) =>
    db
      .insertInto("discharge_point")
      .values(
        written.map((line) => ({
          id: line.id,
          agency_id: by.agencyId,
          consumer_id: consumerId,
          episode_id: episode.id,
          text: line.text.trim(),
          responsible: line.responsible?.trim() || null,
          due_on: line.dueOn ?? null,
          conference_id: line.conferenceId ?? null,
          added_by: by.staffId,
        })),
      )
      .execute(),
  );
}

/** The points of all episodes, the newest episode's first. */
export async function findDischargePoints(db: Acting, consumerId: string) {
  return db
    .selectFrom("discharge_point as point")
    .innerJoin("episode", "episode.id", "point.episode_id")
    .innerJoin("staff as author", "author.id", "point.added_by")
    .leftJoin("conference", "conference.id", "point.conference_id")
    .leftJoin("appointment", "appointment.id", "conference.appointment_id")
    .select([
      "point.id",
      "point.episode_id",
      "point.text",
      "point.responsible",
      "point.due_on",
      "point.done_on",
      "point.dropped_on",
      "point.dropped_reason",
      "point.conference_id",
      "point.added_at",
      "author.name as author",
      "appointment.day as conference_day",
      "episode.opened_on",
      "episode.closed_on",
    ])
    .where("point.consumer_id", "=", consumerId)
    .orderBy("episode.opened_on", "desc")
    .orderBy("point.added_at")
    .orderBy("point.id")
    .limit(300)
    .execute();
}

export type PointChange =
  | { doneOn: Day | null }
  | { responsible: string | null; dueOn: Day | null }
  | { droppedOn: Day; droppedReason: string };

/** Marks a point done or not done, changes who and when, or drops it with a reason. */
export async function changeDischargePoint(
  db: Acting,
  consumerId: string,
  id: string,
  change: PointChange,
): Promise<boolean> {
  const set =
    "doneOn" in change
      ? { done_on: change.doneOn }
      : "droppedOn" in change
        ? { dropped_on: change.droppedOn, dropped_reason: change.droppedReason }
        : { responsible: change.responsible, due_on: change.dueOn };
  const { numUpdatedRows } = await db
    .updateTable("discharge_point")
    .set(set)
    .where("id", "=", id)
    .where("consumer_id", "=", consumerId)
    .where("dropped_on", "is", null)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}
