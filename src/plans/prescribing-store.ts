import type { Day } from "../kernel/day.ts";
import type { Acting, By } from "../storage/database.ts";
import { plannedKinds } from "./prescribing.ts";

/** All courses, those that run first, then the newest. */
export async function findCourses(db: Acting, consumerId: string) {
  return db
    .selectFrom("prescribing as course")
    .innerJoin("staff as author", "author.id", "course.recorded_by")
    .leftJoin("staff as ender", "ender.id", "course.ended_by")
    .leftJoin("stay_place as at", (on) =>
      on
        .onRef("at.placement_id", "=", "course.placement_id")
        .onRef("at.consumer_id", "=", "course.consumer_id")
        .on("at.back", "=", 1),
    )
    .leftJoin("unit", "unit.id", "at.unit_id")
    .select(["course.id", "course.kind", "course.what", "course.prescriber", "course.setting"])
    .select(["course.valid_from", "course.valid_to", "course.end_reason", "course.placement_id"])
    .select(["course.recorded_at", "author.name as author", "ender.name as ender"])
    .select(["unit.name as unit", "course.intervention_lineage"])
    .where("course.consumer_id", "=", consumerId)
    .orderBy("course.valid_to", (order) => order.desc().nullsFirst())
    .orderBy("course.valid_from", "desc")
    .orderBy("course.id")
    .limit(200)
    .execute();
}
export type Course = Awaited<ReturnType<typeof findCourses>>[number];

/** What the plan in force says is prescribed, by the lineage that it keeps through all versions. */
export async function findPlannedCourses(db: Acting, consumerId: string) {
  return db
    .selectFrom("intervention as line")
    .innerJoin("goal", "goal.id", "line.goal_id")
    .innerJoin("care_plan as plan", "plan.id", "goal.plan_id")
    .select(["line.lineage", "line.kind", "line.text", "line.frequency"])
    .where("line.consumer_id", "=", consumerId)
    .where("line.kind", "in", Object.keys(plannedKinds))
    .where("plan.state", "=", "active")
    .where("goal.status", "<>", "dropped")
    .orderBy("goal.position")
    .orderBy("line.position")
    .orderBy("line.id")
    .limit(50)
    .execute();
}

/** Says which intervention of the plan a course is. False when one was said already. */
export async function putOnPlan(
  db: Acting,
  consumerId: string,
  { id, lineage }: { id: string; lineage: string },
): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable("prescribing")
    .set({ intervention_lineage: lineage })
    .where("id", "=", id)
    .where("consumer_id", "=", consumerId)
    .where("intervention_lineage", "is", null)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

/** Stays that a course may be part of: those that were begun. */
export async function findStays(db: Acting, consumerId: string) {
  return db
    .selectFrom("placement")
    .innerJoin("stay_place as at", (on) =>
      on
        .onRef("at.placement_id", "=", "placement.id")
        .onRef("at.consumer_id", "=", "placement.consumer_id")
        .on("at.back", "=", 1),
    )
    .innerJoin("unit", "unit.id", "at.unit_id")
    .select(["placement.id", "placement.episode_id", "placement.admitted_on", "placement.ended_on"])
    .select("unit.name as unit")
    .where("placement.consumer_id", "=", consumerId)
    .where("placement.admitted_on", "is not", null)
    .orderBy("placement.admitted_on", "desc")
    .limit(50)
    .execute();
}

/** Notes a course that somebody prescribes (MC A3). Returns its id. */
export async function beginCourse(
  db: Acting,
  by: By,
  of: { consumerId: string; episodeId: string },
  course: {
    kind: string;
    what: string;
    prescriber: string;
    setting: string;
    placementId: string | null;
    from: Day;
    /** The intervention of the plan that it is. */
    lineage: string | null;
  },
): Promise<string> {
  const { id } = await db
    .insertInto("prescribing")
    .values({
      agency_id: by.agencyId,
      consumer_id: of.consumerId,
      episode_id: of.episodeId,
      kind: course.kind,
      what: course.what,
      prescriber: course.prescriber,
      setting: course.setting,
      placement_id: course.placementId,
      valid_from: course.from,
      intervention_lineage: course.lineage,
      recorded_by: by.staffId,
    })
    .returning("id")
    .executeTakeFirstOrThrow();
  return id;
}

/** Ends a course with its last day and why. False when it is not a running one of theirs. */
export async function endCourse(
  db: Acting,
  by: By,
  consumerId: string,
  ending: { id: string; on: Day; reason: string },
): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable("prescribing")
    .set({ valid_to: ending.on, end_reason: ending.reason, ended_by: by.staffId })
    .where("id", "=", ending.id)
    .where("consumer_id", "=", consumerId)
    .where("valid_to", "is", null)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}
