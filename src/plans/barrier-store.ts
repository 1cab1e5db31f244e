import type { Day } from "../kernel/day.ts";
import type { Acting, By } from "../storage/database.ts";
import { fold, writeFresh } from "./fold.ts";

export type NewBarrier = {
  /** The goal it stands in the way of, by what stays the same through all versions. */
  goalLineage: string;
  text: string;
  conferenceId?: string | null;
};

/**
 * Records what at home stands in the way of a goal (FC 3.1.1.1) and returns the ids in the order
 * given. One that stands unresolved already keeps its id.
 */
export async function addBarriers(
  db: Acting,
  by: By,
  consumerId: string,
  named: readonly NewBarrier[],
): Promise<string[]> {
  if (named.length === 0) return [];
  const lineages = [...new Set(named.map((line) => line.goalLineage))];
  const goals = await db
    .selectFrom("goal")
    .select("lineage")
    .distinct()
    .where("consumer_id", "=", consumerId)
    .where("lineage", "in", lineages)
    .execute();
  if (goals.length < lineages.length) throw new Error("a barrier names a goal of nobody's here");
  const standing = await db
    .selectFrom("barrier")
    .select(["id", "text", "goal_lineage"])
    .where("consumer_id", "=", consumerId)
    .where("resolved_on", "is", null)
    .orderBy("added_at")
    .execute();
  return writeFresh(
    standing,
    named,
    {
      standing: (line) => `${line.goal_lineage} ${fold(line.text)}`,
      named: (line) => `${line.goalLineage} ${fold(line.text)}`,
    },
    (written) =>
      db
        .insertInto("barrier")
        .values(
          written.map((line) => ({
            id: line.id,
            agency_id: by.agencyId,
            consumer_id: consumerId,
            goal_lineage: line.goalLineage,
            text: line.text.trim(),
            conference_id: line.conferenceId ?? null,
            added_by: by.staffId,
          })),
        )
        .execute(),
  );
}

/** All barriers, unresolved first, each with the newest words of the goal it stands against. */
export async function findBarriers(db: Acting, consumerId: string) {
  return db
    .selectFrom("barrier")
    .innerJoin("staff as author", "author.id", "barrier.added_by")
    .leftJoin("conference", "conference.id", "barrier.conference_id")
    .leftJoin("appointment", "appointment.id", "conference.appointment_id")
    .select((eb) => [
      "barrier.id",
      "barrier.goal_lineage",
      "barrier.text",
      "barrier.conference_id",
      "barrier.added_at",
      "barrier.resolved_on",
      "barrier.resolution",
      "author.name as author",
      "appointment.day as conference_day",
      eb
        .selectFrom("goal")
        .innerJoin("care_plan", "care_plan.id", "goal.plan_id")
        .select("goal.text")
        .whereRef("goal.consumer_id", "=", "barrier.consumer_id")
        .whereRef("goal.lineage", "=", "barrier.goal_lineage")
        .orderBy("care_plan.created_at", "desc")
        .limit(1)
        .as("goal"),
    ])
    .where("barrier.consumer_id", "=", consumerId)
    .orderBy("barrier.resolved_on", (order) => order.desc().nullsFirst())
    .orderBy("barrier.added_at")
    .orderBy("barrier.id")
    .limit(200)
    .execute();
}

/** Says how a barrier was got out of the way. False when it is not an unresolved one of theirs. */
export async function resolveBarrier(
  db: Acting,
  by: By,
  consumerId: string,
  barrier: { id: string; on: Day; how: string },
): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable("barrier")
    .set({ resolved_on: barrier.on, resolution: barrier.how, resolved_by: by.staffId })
    .where("id", "=", barrier.id)
    .where("consumer_id", "=", consumerId)
    .where("resolved_on", "is", null)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}
