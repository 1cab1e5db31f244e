import { sql } from "kysely";
import type { Day } from "../kernel/day.ts";
import type { Acting, By } from "../storage/database.ts";
import type { Goal, LineStatus } from "./plan.ts";

/** All versions of all episodes' plans, the newest first. */
export async function findPlans(db: Acting, consumerId: string) {
  return db
    .selectFrom("care_plan as plan")
    .innerJoin("episode", "episode.id", "plan.episode_id")
    .innerJoin("staff as author", "author.id", "plan.created_by")
    .leftJoin("staff as activator", "activator.id", "plan.activated_by")
    .select([
      "plan.id",
      "plan.episode_id",
      "plan.version",
      "plan.state",
      "plan.review_on",
      "plan.agreed_on",
      "plan.agreed_by",
      "plan.change_reason",
      "plan.created_at",
      "plan.activated_at",
      "plan.saves",
      "author.name as author",
      "activator.name as activator",
      "episode.opened_on",
      "episode.closed_on",
    ])
    .where("plan.consumer_id", "=", consumerId)
    .orderBy("episode.opened_on", "desc")
    .orderBy("plan.version", "desc")
    .limit(200)
    .execute();
}
export type Plan = Awaited<ReturnType<typeof findPlans>>[number];

/** The goals of plans with their steps and interventions, by plan: three questions, however many. */
export async function findGoals(
  db: Acting,
  consumerId: string,
  planIds: readonly string[],
): Promise<Map<string, Goal[]>> {
  const found = new Map<string, Goal[]>(planIds.map((id) => [id, []]));
  if (planIds.length === 0) return found;
  const goals = await db
    .selectFrom("goal")
    .select(["id", "plan_id", "lineage", "domain", "text", "status", "settled_on"])
    .where("consumer_id", "=", consumerId)
    .where("plan_id", "in", planIds)
    .orderBy("position")
    .orderBy("id")
    .execute();
  if (goals.length === 0) return found;
  const ids = goals.map((goal) => goal.id);
  const objectives = await db
    .selectFrom("objective")
    .select(["id", "goal_id", "lineage", "text", "target_on", "status", "settled_on"])
    .where("goal_id", "in", ids)
    .orderBy("position")
    .orderBy("id")
    .execute();
  const interventions = await db
    .selectFrom("intervention")
    .leftJoin("staff", "staff.id", "intervention.responsible_id")
    .select(["intervention.id", "goal_id", "lineage", "kind", "text", "frequency"])
    .select(["responsible_id", "staff.name as responsible"])
    .where("goal_id", "in", ids)
    .orderBy("position")
    .orderBy("intervention.id")
    .execute();
  for (const { plan_id, ...goal } of goals) {
    found.get(plan_id)?.push({
      ...goal,
      objectives: objectives.filter((line) => line.goal_id === goal.id),
      interventions: interventions.filter((line) => line.goal_id === goal.id),
    });
  }
  return found;
}

/** What is saved of a draft: its lines, each with the lineage it keeps through the versions. */
export type DraftGoal = {
  lineage: string;
  domain: string;
  text: string;
  status: string;
  settled_on: string | null;
  objectives: {
    lineage: string;
    text: string;
    target_on: string | null;
    status: string;
    settled_on: string | null;
  }[];
  interventions: {
    lineage: string;
    kind: string;
    text: string;
    frequency: string | null;
    responsible_id: string | null;
  }[];
};

/**
 * Begins the next version as a copy of an earlier one. Null when somebody else has begun one: an
 * episode has one draft at most, and the database holds that.
 */
export async function beginDraft(
  db: Acting,
  by: By,
  consumerId: string,
  draft: { episodeId: string; copyOf: string | null },
): Promise<string | null> {
  const { rows } = await sql<{ id: string }>`
    INSERT INTO care_plan (agency_id, consumer_id, episode_id, version, state, created_by)
    SELECT ${by.agencyId}, ${consumerId}, e.id,
      1 + coalesce((SELECT max(version) FROM care_plan WHERE episode_id = e.id), 0), 'draft', ${by.staffId}
    FROM episode e WHERE e.id = ${draft.episodeId} AND e.consumer_id = ${consumerId}
    ON CONFLICT DO NOTHING RETURNING id`.execute(db);
  const id = rows[0]?.id;
  if (!id) return null;
  if (draft.copyOf) {
    const goals = await findGoals(db, consumerId, [draft.copyOf]);
    await writeGoals(db, by, consumerId, id, goals.get(draft.copyOf) ?? []);
  }
  return id;
}

/** Saves all lines of a draft. False when it was saved or agreed meanwhile: nothing is overwritten. */
export async function saveDraft(
  db: Acting,
  by: By,
  consumerId: string,
  draft: { id: string; saves: number; goals: readonly DraftGoal[] },
): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable("care_plan")
    .set({ saves: draft.saves + 1 })
    .where("id", "=", draft.id)
    .where("consumer_id", "=", consumerId)
    .where("state", "=", "draft")
    .where("saves", "=", draft.saves)
    .executeTakeFirst();
  if (numUpdatedRows === 0n) return false;
  await removeGoals(db, draft.id);
  await writeGoals(db, by, consumerId, draft.id, draft.goals);
  return true;
}

async function removeGoals(db: Acting, planId: string): Promise<void> {
  const ofPlan = db.selectFrom("goal").select("id").where("plan_id", "=", planId);
  await db.deleteFrom("objective").where("goal_id", "in", ofPlan).execute();
  await db.deleteFrom("intervention").where("goal_id", "in", ofPlan).execute();
  await db.deleteFrom("goal").where("plan_id", "=", planId).execute();
}

async function writeGoals(
  db: Acting,
  by: By,
  consumerId: string,
  planId: string,
  goals: readonly DraftGoal[],
): Promise<void> {
  if (goals.length === 0) return;
  const owner = { agency_id: by.agencyId, consumer_id: consumerId };
  const placed = goals.map((goal) => ({ ...goal, id: crypto.randomUUID() }));
  await db
    .insertInto("goal")
    .values(
      placed.map(({ id, lineage, domain, text, status, settled_on }, position) => ({
        ...owner,
        ...{ id, plan_id: planId, lineage, domain, text, status, settled_on, position },
      })),
    )
    .execute();
  const objectives = placed.flatMap((goal) =>
    goal.objectives.map(({ lineage, text, target_on, status, settled_on }, position) => ({
      ...owner,
      ...{ goal_id: goal.id, lineage, text, target_on, status, settled_on, position },
    })),
  );
  if (objectives.length > 0) await db.insertInto("objective").values(objectives).execute();
  const interventions = placed.flatMap((goal) =>
    goal.interventions.map(({ lineage, kind, text, frequency, responsible_id }, position) => ({
      ...owner,
      ...{ goal_id: goal.id, lineage, kind, text, frequency, responsible_id, position },
    })),
  );
  if (interventions.length > 0) {
    await db.insertInto("intervention").values(interventions).execute();
  }
}

/** Throws a draft away; what was agreed cannot be. */
export async function discardDraft(db: Acting, consumerId: string, id: string): Promise<boolean> {
  const draft = await lockDraft(db, consumerId, id);
  if (!draft) return false;
  await removeGoals(db, id);
  await db.deleteFrom("care_plan").where("id", "=", id).execute();
  return true;
}

/** The draft, held until the transaction ends; undefined when it is none any more. */
async function lockDraft(db: Acting, consumerId: string, id: string) {
  return db
    .selectFrom("care_plan")
    .select(["id", "episode_id", "saves"])
    .where("id", "=", id)
    .where("consumer_id", "=", consumerId)
    .where("state", "=", "draft")
    .forUpdate()
    .executeTakeFirst();
}

/**
 * Puts an agreed draft in force; the version before it is superseded in the same transaction.
 * False when the draft was changed or agreed since `saves`.
 */
export async function activatePlan(
  db: Acting,
  by: By,
  consumerId: string,
  agreed: {
    id: string;
    saves: number;
    on: Day;
    by: string;
    reviewOn: Day;
    reason: string | null;
  },
): Promise<boolean> {
  const draft = await lockDraft(db, consumerId, agreed.id);
  if (!draft || draft.saves !== agreed.saves) return false;
  await db
    .updateTable("care_plan")
    .set({ state: "superseded" })
    .where("episode_id", "=", draft.episode_id)
    .where("state", "=", "active")
    .execute();
  await db
    .updateTable("care_plan")
    .set({
      state: "active",
      agreed_on: agreed.on,
      agreed_by: agreed.by,
      review_on: agreed.reviewOn,
      change_reason: agreed.reason,
      activated_at: sql<string>`now()`,
      activated_by: by.staffId,
    })
    .where("id", "=", agreed.id)
    .execute();
  return true;
}

/** Records that a goal or a step of the plan in force was met, dropped, or is open again. */
export async function setLineStatus(
  db: Acting,
  consumerId: string,
  line: { kind: "goal" | "objective"; id: string; status: LineStatus; on: Day },
): Promise<boolean> {
  const set = { status: line.status, settled_on: line.status === "open" ? null : line.on };
  const inForce = db
    .selectFrom("care_plan")
    .select("id")
    .where("consumer_id", "=", consumerId)
    .where("state", "=", "active");
  const goals = db.selectFrom("goal").select("id").where("plan_id", "in", inForce);
  const { numUpdatedRows } = await (line.kind === "goal"
    ? db.updateTable("goal").set(set).where("id", "=", line.id).where("plan_id", "in", inForce)
    : db.updateTable("objective").set(set).where("id", "=", line.id).where("goal_id", "in", goals)
  ).executeTakeFirst();
  return numUpdatedRows > 0n;
}
