import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type TestDatabase, testDatabase } from "../../test/support/database.ts";
import { getDay } from "../kernel/day.ts";
import { addReferral, findReferrals, moveReferral, reassignReferral } from "../liaison/store.ts";
import { type Acting, actingFor } from "../storage/database.ts";
import { addBarriers, findBarriers, resolveBarrier } from "./barrier-store.ts";
import {
  addDischargePoints,
  changeDischargePoint,
  findDischargePoints,
} from "./discharge-store.ts";
import { standingPlan } from "./relapse.ts";
import { addStrategies, addTriggers, endRelapseLine, findRelapsePlan } from "./relapse-store.ts";
import {
  activatePlan,
  beginDraft,
  discardDraft,
  findGoals,
  findPlans,
  saveDraft,
  setLineStatus,
} from "./store.ts";

let database: TestDatabase;
const staff: Record<string, string> = {};
const people: Record<string, string> = {};
let agencyId: string;

beforeAll(async () => {
  database = await testDatabase("demonstration");
  for (const { id, name, agency_id } of await database.owner
    .selectFrom("staff")
    .selectAll()
    .where("email", "like", "%@demo.example")
    .execute()) {
    staff[name.split(" ")[0] ?? ""] = id;
    agencyId = agency_id;
  }
  for (const { id, given_name } of await database.owner
    .selectFrom("consumer")
    .selectAll()
    .execute()) {
    people[given_name] = id;
  }
});
afterAll(() => database.drop());

const idOf = (of: Record<string, string>, name: string) => of[name] ?? expect.fail(`no ${name}`);
const by = (name: string) => ({ staffId: idOf(staff, name), agencyId });
const as = <T>(name: string, work: (db: Acting) => Promise<T>) =>
  actingFor(database.app, idOf(staff, name), work);
const today = getDay("2026-06-15");

async function activePlan(db: Acting, consumer: string) {
  const plans = await findPlans(db, consumer);
  const plan = plans.find(({ state }) => state === "active") ?? expect.fail("no active plan");
  const goals = (await findGoals(db, consumer, [plan.id])).get(plan.id) ?? [];
  return { plan, goals };
}

const terms = { on: today, by: "consumer", reviewOn: getDay("2026-09-13"), reason: "A review" };

describe("versions of a treatment plan", () => {
  test("the next version copies the one in force, keeps every lineage, and supersedes it when agreed", async () => {
    const maria = idOf(people, "Maria");
    await as("Ana", async (db) => {
      const { plan, goals } = await activePlan(db, maria);
      const id = await beginDraft(db, by("Ana"), maria, {
        episodeId: plan.episode_id,
        copyOf: plan.id,
      });
      if (!id) return expect.fail("no draft");
      const copied = (await findGoals(db, maria, [id])).get(id) ?? [];
      const lineages = (of: typeof goals) =>
        of
          .flatMap((goal) => [goal, ...goal.objectives, ...goal.interventions])
          .map((line) => line.lineage);
      expect(lineages(copied)).toEqual(lineages(goals));
      expect(copied.map((goal) => goal.id)).not.toEqual(goals.map((goal) => goal.id));
      const [first, ...rest] = copied;
      if (!first) return expect.fail("no goal");
      const changed = [{ ...first, text: "In other words" }, ...rest];
      expect(await saveDraft(db, by("Ana"), maria, { id, saves: 0, goals: changed })).toBe(true);
      expect(await activatePlan(db, by("Ana"), maria, { id, saves: 1, ...terms })).toBe(true);
      const plans = await findPlans(db, maria);
      expect(plans.map(({ version, state }) => [version, state])).toEqual([
        [2, "active"],
        [1, "superseded"],
      ]);
      const now = await activePlan(db, maria);
      expect(now.goals[0]).toMatchObject({ lineage: first.lineage, text: "In other words" });
    });
  });

  test("a draft that was saved in another window is not overwritten, nor agreed unseen", async () => {
    const jim = idOf(people, "James");
    await as("Ana", async (db) => {
      const { plan, goals } = await activePlan(db, jim);
      const id = await beginDraft(db, by("Ana"), jim, {
        episodeId: plan.episode_id,
        copyOf: plan.id,
      });
      if (!id) return expect.fail("no draft");
      expect(await saveDraft(db, by("Ana"), jim, { id, saves: 0, goals })).toBe(true);
      expect(await saveDraft(db, by("Ana"), jim, { id, saves: 0, goals: [] })).toBe(false);
      expect(await activatePlan(db, by("Ana"), jim, { id, saves: 0, ...terms })).toBe(false);
      expect((await findGoals(db, jim, [id])).get(id)).toHaveLength(goals.length);
    });
  });

  test("twenty people beginning a draft at once begin one", async () => {
    const noah = idOf(people, "Noah");
    const { plan } = await as("Ben", (db) => activePlan(db, noah));
    const begun = await Promise.all(
      Array.from({ length: 20 }, () =>
        as("Ben", (db) =>
          beginDraft(db, by("Ben"), noah, { episodeId: plan.episode_id, copyOf: plan.id }),
        ),
      ),
    );
    expect(begun.filter((id) => id !== null)).toHaveLength(1);
    const id = begun.find((one) => one !== null) ?? "";
    const agreed = await Promise.all(
      Array.from({ length: 5 }, () =>
        as("Ben", (db) => activatePlan(db, by("Ben"), noah, { id, saves: 0, ...terms })),
      ),
    );
    expect(agreed.filter(Boolean)).toHaveLength(1);
  });

  test("a plan that was agreed cannot be changed or thrown away, whoever tries, by whatever way", async () => {
    const walter = idOf(people, "Walter");
    const { plan, goals } = await as("Cole", (db) => activePlan(db, walter));
    const goal = goals[0] ?? expect.fail("no goal");
    const stands = /is changed by a new version|keeps its place|not moved to another plan/;
    const tries: ((db: Acting) => Promise<unknown>)[] = [
      (db) =>
        db.updateTable("care_plan").set({ agreed_by: "x" }).where("id", "=", plan.id).execute(),
      (db) =>
        db.updateTable("care_plan").set({ state: "draft" }).where("id", "=", plan.id).execute(),
      (db) => db.updateTable("goal").set({ text: "x" }).where("id", "=", goal.id).execute(),
      (db) =>
        db.updateTable("goal").set({ domain: "offending" }).where("id", "=", goal.id).execute(),
      (db) =>
        db.updateTable("intervention").set({ text: "x" }).where("goal_id", "=", goal.id).execute(),
      (db) =>
        db
          .updateTable("objective")
          .set({ target_on: today })
          .where("goal_id", "=", goal.id)
          .execute(),
      (db) => db.deleteFrom("objective").where("goal_id", "=", goal.id).execute(),
      (db) =>
        db
          .insertInto("objective")
          .values({
            agency_id: agencyId,
            consumer_id: walter,
            goal_id: goal.id,
            text: "x",
            position: 9,
          })
          .execute(),
    ];
    for (const attempt of tries) await expect(as("Cole", attempt)).rejects.toThrow(stands);
    expect(await as("Cole", (db) => discardDraft(db, walter, plan.id))).toBe(false);
    const deleted = as("Cole", (db) =>
      db.deleteFrom("care_plan").where("id", "=", plan.id).executeTakeFirst(),
    );
    expect((await deleted).numDeletedRows).toBe(0n);
    // That a step was reached is recorded, and can be taken back.
    const step = goal.objectives[0] ?? expect.fail("no step");
    const mark = (status: "met" | "open") =>
      as("Cole", (db) =>
        setLineStatus(db, walter, { kind: "objective", id: step.id, status, on: today }),
      );
    expect(await mark("met")).toBe(true);
    const { goals: marked } = await as("Cole", (db) => activePlan(db, walter));
    expect(marked[0]?.objectives[0]).toMatchObject({ status: "met", settled_on: today });
    expect(await mark("open")).toBe(true);
  });

  test("a line of a draft is not moved into another plan, or written for another person", async () => {
    const jim = idOf(people, "James");
    const { plan } = await as("Ana", (db) => activePlan(db, jim));
    const moved = as("Ana", (db) =>
      db
        .updateTable("goal")
        .set({ plan_id: plan.id })
        .where(
          "plan_id",
          "in",
          db
            .selectFrom("care_plan")
            .select("id")
            .where("state", "=", "draft")
            .where("consumer_id", "=", jim),
        )
        .execute(),
    );
    await expect(moved).rejects.toThrow(/not moved to another plan/);
    const stranger = as("Ana", async (db) => {
      const draft = await db
        .selectFrom("care_plan")
        .select("id")
        .where("state", "=", "draft")
        .where("consumer_id", "=", jim)
        .executeTakeFirstOrThrow();
      await db
        .insertInto("goal")
        .values({
          ...{ agency_id: agencyId, consumer_id: idOf(people, "Maria"), plan_id: draft.id },
          ...{ lineage: crypto.randomUUID(), domain: "health", text: "x", position: 0 },
        })
        .execute();
    });
    await expect(stranger).rejects.toThrow(/belongs to the person/);
  });
});

describe("what conferences feed", () => {
  test("a trigger named again is the one that stands; ended with a reason it makes room, and takes its strategies along", async () => {
    const maria = idOf(people, "Maria");
    await as("Ana", async (db) => {
      const ids = await addTriggers(db, by("Ana"), maria, [
        { text: "Paydays" },
        { text: " paydays. " },
      ]);
      expect(new Set(ids).size).toBe(1);
      const [triggerId = ""] = ids;
      const strategies = [{ text: "Give the card to Rosa", helper: "Rosa", triggerId }];
      await addStrategies(db, by("Ana"), maria, [
        ...strategies,
        ...strategies,
        { text: "Call Rosa" },
      ]);
      const before = standingPlan(await findRelapsePlan(db, maria));
      expect(before.triggers.find(({ id }) => id === triggerId)?.strategies).toHaveLength(1);
      expect(before.anyTime.map(({ text }) => text)).toContain("Call Rosa");
      const end = { kind: "trigger" as const, id: triggerId, reason: "Paid monthly now" };
      expect(await endRelapseLine(db, by("Ana"), maria, end)).toBe(true);
      expect(await endRelapseLine(db, by("Ana"), maria, end)).toBe(false);
      const plan = await findRelapsePlan(db, maria);
      expect(standingPlan(plan).triggers.some(({ id }) => id === triggerId)).toBe(false);
      expect(
        plan.strategies.filter((line) => line.trigger_id === triggerId && !line.ended_at),
      ).toEqual([]);
      const [again] = await addTriggers(db, by("Ana"), maria, [{ text: "Paydays" }]);
      expect(again).not.toBe(triggerId);
    });
    const rewritten = as("Ana", (db) =>
      db
        .updateTable("relapse_trigger")
        .set({ text: "x" })
        .where("consumer_id", "=", maria)
        .execute(),
    );
    await expect(rewritten).rejects.toThrow(/not rewritten/);
    const strange = as("Ana", (db) =>
      addStrategies(db, by("Ana"), idOf(people, "James"), [
        { text: "x", triggerId: crypto.randomUUID() },
      ]),
    );
    await expect(strange).rejects.toThrow(/nobody's here/);
  });

  test("a barrier stays tied to its goal over versions, and is settled once, with how", async () => {
    const maria = idOf(people, "Maria");
    await as("Ana", async (db) => {
      const { plan, goals } = await activePlan(db, maria);
      const goal = goals[0] ?? expect.fail("no goal");
      const [id = ""] = await addBarriers(db, by("Ana"), maria, [
        { goalLineage: goal.lineage, text: "Shift work" },
      ]);
      const draft = await beginDraft(db, by("Ana"), maria, {
        episodeId: plan.episode_id,
        copyOf: plan.id,
      });
      const changed = goals.map((one) => (one === goal ? { ...one, text: "Newer words" } : one));
      await saveDraft(db, by("Ana"), maria, { id: draft ?? "", saves: 0, goals: changed });
      const found = (await findBarriers(db, maria)).find((one) => one.id === id);
      expect(found?.goal).toBe("Newer words");
      const settle = { id, on: today, how: "Day shifts" };
      expect(await resolveBarrier(db, by("Ana"), maria, settle)).toBe(true);
      expect(await resolveBarrier(db, by("Ana"), maria, settle)).toBe(false);
    });
  });

  test("discharge points are done, not done after all, or dropped with a reason, never rewritten", async () => {
    const maria = idOf(people, "Maria");
    await as("Ana", async (db) => {
      const [id = "", same] = await addDischargePoints(db, by("Ana"), maria, [
        { text: "A sponsor", responsible: "Maria", dueOn: today },
        { text: "a sponsor" },
      ]);
      expect(same).toBe(id);
      expect(await changeDischargePoint(db, maria, id, { doneOn: today })).toBe(true);
      expect(await changeDischargePoint(db, maria, id, { doneOn: null })).toBe(true);
      expect(
        await changeDischargePoint(db, maria, id, { droppedOn: today, droppedReason: "x" }),
      ).toBe(true);
      expect(await changeDischargePoint(db, maria, id, { doneOn: today })).toBe(false);
      const point = (await findDischargePoints(db, maria)).find((one) => one.id === id);
      expect(point).toMatchObject({ dropped_on: today, done_on: null, responsible: "Maria" });
    });
  });

  test("a referral goes from open to arranged to provided, and each step is kept", async () => {
    const jim = idOf(people, "James");
    await as("Ana", async (db) => {
      const id = await addReferral(db, by("Ana"), jim, {
        ...{ need: "family-therapy", what: "Couple sessions", forWhom: "consumer" },
        ...{ ownerId: idOf(staff, "Ana"), foundOn: today, dueOn: getDay("2026-06-29") },
      });
      const to = (status: "arranged" | "provided" | "declined", on: string) =>
        moveReferral(db, by("Ana"), jim, id, { status, on: getDay(on), outcome: null });
      expect(await to("arranged", "2026-06-20")).toBe(true);
      expect(
        await reassignReferral(db, by("Ana"), jim, id, {
          ...{ ownerId: idOf(staff, "Ruth"), dueOn: getDay("2026-07-01"), on: today },
        }),
      ).toBe(true);
      expect(await to("provided", "2026-07-02")).toBe(true);
      expect(await to("declined", "2026-07-03")).toBe(false);
      const found = (await findReferrals(db, jim)).find((one) => one.id === id);
      expect(found).toMatchObject({
        ...{ status: "provided", arranged_on: "2026-06-20", ended_on: "2026-07-02" },
        owner: "Ruth Lindqvist",
      });
      const steps = await db
        .selectFrom("referral_step")
        .select("status")
        .where("referral_id", "=", id)
        .orderBy("id")
        .execute();
      expect(steps.map(({ status }) => status)).toEqual(["arranged", null, "provided"]);
    });
  });
});

test("a counselor of another programme sees and writes nothing of all this", async () => {
  const maria = idOf(people, "Maria"); // Women and Children: Cole does not work there
  const tables = [
    ...([
      "care_plan",
      "goal",
      "objective",
      "intervention",
      "relapse_trigger",
      "relapse_strategy",
    ] as const),
    ...([
      "discharge_point",
      "barrier",
      "referral",
      "referral_step",
      "episode",
      "enrolment",
      "assignment",
    ] as const),
  ];
  await as("Ana", (db) =>
    addReferral(db, by("Ana"), maria, {
      ...{ need: "other", what: "Housing", forWhom: "consumer", ownerId: idOf(staff, "Ana") },
      ...{ foundOn: today, dueOn: today },
    }).then((id) =>
      moveReferral(db, by("Ana"), maria, id, { status: "arranged", on: today, outcome: null }),
    ),
  );
  for (const table of tables) {
    const count = (db: Acting) =>
      sql<{
        n: number;
      }>`SELECT count(*)::int AS n FROM ${sql.table(table)} WHERE consumer_id = ${maria}`
        .execute(db)
        .then(({ rows }) => rows[0]?.n);
    expect(await as("Ana", count), table).toBeGreaterThan(0);
    expect(await as("Cole", count), table).toBe(0);
    expect(await as("Flo", count), table).toBe(0);
  }
  const refused = /row-level security/;
  await expect(
    as("Cole", (db) => addTriggers(db, by("Cole"), maria, [{ text: "x" }])),
  ).rejects.toThrow(refused);
  await expect(
    as("Cole", (db) =>
      addReferral(db, by("Cole"), maria, {
        ...{ need: "other", what: "x", forWhom: "consumer", ownerId: idOf(staff, "Cole") },
        ...{ foundOn: today, dueOn: today },
      }),
    ),
  ).rejects.toThrow(refused);
  expect((await as("Cole", (db) => findPlans(db, maria))).length).toBe(0);
});
