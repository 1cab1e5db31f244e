import { sql } from "kysely";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { testDatabase } from "../../test/support/database.ts";
import { type Recorded, recordedAgency } from "../../test/support/recorded.ts";
import { systemClock, today as todayOf } from "../kernel/clock.ts";
import { addDays } from "../kernel/day.ts";
import { findGoingOn } from "../placements/store.ts";
import { judgeCare, judgeCareOnSave } from "./care.ts";
import { type Bench, benchOf } from "./judge.ts";
import { findCareVerdicts } from "./pages/care-said.ts";

const today = todayOf(systemClock, "Europe/London");
const MC = "Models-of-Care-2006";

let it: Recorded;
let bench: Bench;
let consumer: string;
let episode: string;

beforeAll(async () => {
  it = await recordedAgency(await testDatabase());
  await it.db.owner
    .updateTable("agency")
    .set({ jurisdiction: "england", locale: "en-GB", time_zone: "Europe/London" })
    .execute();
  bench = benchOf({ agency: { id: it.agencyId, jurisdiction: "england" } }, it.shelf);
});
beforeEach(async () => {
  consumer = await it.consumer();
  const found = await it.db.owner
    .selectFrom("episode")
    .select("id")
    .where("consumer_id", "=", consumer)
    .executeTakeFirstOrThrow();
  episode = found.id;
});
afterAll(() => it.db.drop());

describe("prescribing (MC A3)", () => {
  test("may stand alone for fourteen days, then a plan with something besides is missing", async () => {
    const fresh = await prescribe({ valid_from: addDays(today, -14) });
    expect(await verdict(fresh, "A3")).toBe("met");
    const late = await prescribe({ valid_from: addDays(today, -15) });
    expect(await verdict(late, "A3")).toBe("breached");
    const plan = await agreePlan(["prescribing"]);
    expect(await verdict(late, "A3")).toBe("breached");
    await intervene(plan, "advice");
    expect(await verdict(late, "A3")).toBe("met");
  });

  test("of withdrawal in the community is not judged, elsewhere it is", async () => {
    const kind = "medically-assisted-withdrawal";
    const old = addDays(today, -30);
    const outside = await prescribe({ valid_from: old, kind, setting: "community" });
    expect(await verdict(outside, "A3")).toBeUndefined();
    const inside = await prescribe({ valid_from: old, kind, setting: "inpatient" });
    expect(await verdict(inside, "A3")).toBe("breached");
  });

  test("that is over, or has not begun, is nothing that stands", async () => {
    await prescribe({ valid_from: addDays(today, -30), valid_to: addDays(today, -1) });
    await prescribe({ valid_from: addDays(today, 1) });
    expect(await judged()).toEqual([]);
    const last = await prescribe({ valid_from: addDays(today, -30), valid_to: today });
    expect(await verdict(last, "A3")).toBe("breached");
  });
});

describe("second stage (MC B4)", () => {
  test("needs a plan, a keyworker and supports of both kinds, and asks what came before", async () => {
    const stay = await place("second-stage", { admitted_on: today });
    expect(await verdict(stay, "B4")).toBe("breached");
    await agreePlan(["advice"]);
    await support("drug-related");
    await support("non-drug-related", "planned");
    expect(await verdict(stay, "B4")).toBe("breached");
    await keyworker();
    expect(await verdict(stay, "B4")).toBe("met");
    expect(await verdict(stay, "B4", "should")).toBe("breached");
    await place("rehab", {
      ...{ admitted_on: addDays(today, -90), ended_on: addDays(today, -1) },
      ...{ end_planned: true, end_reason: "completed" },
    });
    expect(await verdict(stay, "B4", "should")).toBe("met");
  });

  test("an unplanned end is not a stay completed; a reason is enough", async () => {
    await place("rehab", {
      ...{ admitted_on: addDays(today, -90), ended_on: addDays(today, -1) },
      ...{ end_planned: false, end_reason: "left" },
    });
    const stay = await place("second-stage", { admitted_on: today });
    expect(await verdict(stay, "B4", "should")).toBe("breached");
    const why = await place("second-stage", {
      ...{ admitted_on: today, without_residential_reason: "Came from prison" },
    });
    expect(await verdict(why, "B4", "should")).toBe("met");
  });

  test("a declined or ended support is none", async () => {
    const stay = await place("second-stage", { admitted_on: today });
    await agreePlan(["advice"]);
    await keyworker();
    await support("drug-related");
    await support("non-drug-related", "declined");
    await support("non-drug-related", "ended");
    expect(await verdict(stay, "B4")).toBe("breached");
  });

  test("counts on the stay's page what it counts by rule, of this episode alone", async () => {
    const stay = await place("second-stage", { admitted_on: today });
    const whole = { id: stay, consumer_id: consumer, episode_id: episode, admitted_on: today };
    const agrees = () =>
      it.as(it.counselor, async (db) => {
        const { rows } = await sql`
          SELECT active_plan, drug_related_supports, non_drug_related_supports, residential_completed
          FROM care_record WHERE line_id = ${stay}`.execute(db);
        const going = await findGoingOn(db, whole, today);
        expect(rows).toEqual([
          {
            active_plan: going?.active_plan,
            drug_related_supports: Number(going?.drug_related),
            non_drug_related_supports: Number(going?.non_drug_related),
            residential_completed: going?.residential_before,
          },
        ]);
        return rows[0];
      });
    await agrees();
    await agreePlan(["advice"]);
    await support("drug-related");
    await support("drug-related", "declined");
    await support("non-drug-related", "ended");
    await place("rehab", {
      ...{ admitted_on: addDays(today, -90), ended_on: addDays(today, -1) },
      ...{ end_planned: true, end_reason: "completed" },
    });
    expect(await agrees()).toEqual({
      ...{ active_plan: true, residential_completed: true },
      ...{ drug_related_supports: 1, non_drug_related_supports: 0 },
    });
  });

  test("is where the person is now, not where the stay was asked for", async () => {
    const stay = await place("detox", { admitted_on: addDays(today, -5) });
    expect(await verdict(stay, "B4")).toBeUndefined();
    const { id } = await it.db.owner
      .insertInto("bed")
      .values({ agency_id: it.agencyId, unit_id: await unit("second-stage"), name: "1" })
      .returning("id")
      .executeTakeFirstOrThrow();
    await it.db.owner
      .insertInto("bed_stay")
      .values({
        ...{ ...whose(), placement_id: stay, bed_id: id, booked_by: it.counselor },
        ...{ starts_on: addDays(today, -1), arrived_on: addDays(today, -1) },
      })
      .execute();
    expect(await verdict(stay, "B4")).toBe("breached");
  });

  test("a stay that is asked for, withdrawn or over is nothing that stands", async () => {
    await place("second-stage", {});
    await place("second-stage", {
      ...{ admitted_on: addDays(today, -9), ended_on: today },
      ...{ end_planned: true, end_reason: "completed" },
    });
    expect(await judged()).toEqual([]);
  });
});

describe("an aftercare plan (MC C)", () => {
  test("says what it lacks until it has relapse measures and a way back", async () => {
    const plan = await aftercare({ state: "draft" });
    const [standing] = await judged();
    expect(standing?.record).toMatchObject({ id: plan, kind: "aftercare-plan", draft: true });
    const found = standing?.judgements[0]?.findings.find(({ clause }) => clause === "C");
    expect(found?.verdict).toBe("breached");
    expect(found?.arrange).toEqual([
      "Name a trigger or an early sign of relapse",
      "Say what to do when a trigger or an early sign shows",
      "Name a drug-related support, such as relapse prevention or a mutual aid group",
      "Name a support that is not drug-related, such as housing, education or parenting",
      "Say where the person can come back to",
      "Name the person to ask for, and a number that is answered",
      "Say within how many days the person is seen",
    ]);
    await relapse();
    await supportsOfBothKinds();
    await it.db.owner
      .updateTable("aftercare_plan")
      .set({ back_where: "Elm House", back_who_id: it.counselor, back_within_days: 5 })
      .where("id", "=", plan)
      .execute();
    expect(await verdict(plan, "C")).toBe("met");
    expect(await verdict(plan, "C", "should")).toBe("breached");
    await it.db.owner
      .insertInto("gain")
      .values({ ...whose(), episode_id: episode, text: "Work", added_by: it.counselor })
      .execute();
    expect(await verdict(plan, "C", "should")).toBe("met");
  });

  test("a way back of blanks is none; a number to call stands for a name", async () => {
    await relapse();
    await supportsOfBothKinds();
    const plan = await aftercare({
      back_where: " ",
      back_phone: "020 7946 0000",
      back_within_days: 0,
    });
    expect(await verdict(plan, "C")).toBe("breached");
    await it.db.owner
      .updateTable("aftercare_plan")
      .set({ state: "superseded" })
      .where("id", "=", plan)
      .execute();
    const next = await aftercare({
      ...{ version: 2, back_where: "Elm House" },
      ...{ back_phone: "020 7946 0000", back_within_days: 0 },
    });
    expect(await verdict(next, "C")).toBe("met");
    expect((await judged()).map(({ record }) => record.id)).toEqual([next]);
  });
});

test("how long it has been so is told as far as it was kept", async () => {
  const course = await prescribe({ valid_from: addDays(today, -15) });
  const since = async () => {
    const records = await it.as(it.counselor, (db) => findCareVerdicts(db, bench, consumer));
    return records.find(({ id }) => id === course)?.said.find(({ clause }) => clause === "A3");
  };
  expect(await since()).toMatchObject({ verdict: "breached", since: null });
  await save();
  const first = (await since())?.since;
  expect(first).toBeInstanceOf(Date);
  await agreePlan(["advice"]);
  expect(await since()).toMatchObject({ verdict: "met", since: null });
  await save();
  expect((await since())?.since?.getTime()).toBeGreaterThan(first?.getTime() ?? Number.NaN);
});

describe("on save", () => {
  test("what is said is kept once, and again when it says something else", async () => {
    await prescribe({ valid_from: addDays(today, -15) });
    await save();
    await save();
    expect(await kept()).toEqual([["breached", false]]);
    await agreePlan(["advice"]);
    await save();
    expect(await kept()).toEqual([
      ["breached", false],
      ["met", true],
    ]);
  });

  test("two who save at once keep it once", async () => {
    await prescribe({ valid_from: addDays(today, -15) });
    await Promise.all([save(), save(), save()]);
    expect(await kept()).toHaveLength(1);
  });

  test("a draft says nothing yet, and an agency without such a bulletin keeps nothing", async () => {
    await aftercare({ state: "draft" });
    await save();
    expect(await kept()).toEqual([]);
    await prescribe({ valid_from: addDays(today, -15) });
    await save({ ...bench, care: [] });
    expect(await kept()).toEqual([]);
  });

  test("nothing that was kept is changed or taken away, by anybody", async () => {
    await prescribe({ valid_from: addDays(today, -15) });
    await save();
    for (const done of [
      sql`UPDATE care_judgement SET verdicts = '[]'`,
      sql`DELETE FROM care_judgement`,
    ]) {
      await expect(done.execute(it.db.owner)).rejects.toThrow(/never changed/);
      await expect(it.as(it.counselor, (db) => done.execute(db))).rejects.toThrow(/permission/);
    }
  });
});

test("whoever may not read the record sees none of it", async () => {
  await prescribe({ valid_from: addDays(today, -15) });
  expect(await it.as(it.biller, (db) => judgeCare(db, bench, consumer))).toEqual([]);
});

const judged = () => it.as(it.counselor, (db) => judgeCare(db, bench, consumer));
const save = (by = bench) => it.as(it.counselor, (db) => judgeCareOnSave(db, by, consumer));
const whose = () => ({ agency_id: it.agencyId, consumer_id: consumer });

/** The verdict on a record; undefined when nothing is asked of it. */
async function verdict(id: string, clause: string, kind?: string) {
  const standing = (await judged()).find(({ record }) => record.id === id);
  const [judgement] = standing?.judgements.filter(({ bulletin }) => bulletin === MC) ?? [];
  return judgement?.findings.find((one) => one.clause === clause && (!kind || one.kind === kind))
    ?.verdict;
}

/** Of the consumer's A3, in order: the verdict, and whether the facts know of a plan. */
async function kept() {
  const rows = await it.db.owner
    .selectFrom("care_judgement")
    .select(["verdicts", "facts", "bulletin"])
    .where("consumer_id", "=", consumer)
    .orderBy("judged_at")
    .execute();
  return rows.map(({ verdicts, facts }) => [
    (verdicts as { clause: string; verdict: string }[]).find(({ clause }) => clause === "A3")
      ?.verdict,
    (facts as { active_plan: boolean }).active_plan,
  ]);
}

async function prescribe(given: {
  valid_from: string;
  valid_to?: string;
  kind?: string;
  setting?: string;
}): Promise<string> {
  const row = {
    ...{ ...whose(), episode_id: episode, recorded_by: it.counselor },
    ...{ kind: "opioid-substitution", what: "Methadone", prescriber: "Dr Reed" },
    ...{ setting: "community", ...given },
  };
  const { id } = await it.db.owner
    .insertInto("prescribing")
    .values(row)
    .returning("id")
    .executeTakeFirstOrThrow();
  return id;
}

async function agreePlan(kinds: readonly string[]): Promise<string> {
  const { id } = await it.db.owner
    .insertInto("care_plan")
    .values({
      ...{ ...whose(), episode_id: episode, version: 1, state: "draft" },
      ...{ created_by: it.counselor },
    })
    .returning("id")
    .executeTakeFirstOrThrow();
  for (const kind of kinds) await intervene(id, kind);
  await it.db.owner
    .updateTable("care_plan")
    .set({ state: "active", agreed_on: today, agreed_by: "Jo", activated_at: sql`now()` })
    .where("id", "=", id)
    .execute();
  return id;
}

/** Past the trigger that keeps agreed plans as they are. */
async function intervene(plan_id: string, kind: string) {
  const { owner } = it.db;
  await sql`ALTER TABLE goal DISABLE TRIGGER only_in_draft`.execute(owner);
  await sql`ALTER TABLE intervention DISABLE TRIGGER only_in_draft`.execute(owner);
  const { id } = await owner
    .insertInto("goal")
    .values({
      ...{ ...whose(), plan_id, lineage: sql<string>`uuidv7()`, domain: "health" },
      ...{ text: "Feel well", position: 1 },
    })
    .returning("id")
    .executeTakeFirstOrThrow();
  await owner
    .insertInto("intervention")
    .values({ ...whose(), goal_id: id, kind, text: kind, position: 1 })
    .execute();
  await sql`ALTER TABLE goal ENABLE TRIGGER only_in_draft`.execute(owner);
  await sql`ALTER TABLE intervention ENABLE TRIGGER only_in_draft`.execute(owner);
}

let made = 0;
async function unit(kind: string): Promise<string> {
  const { id } = await it.db.owner
    .insertInto("unit")
    .values({ agency_id: it.agencyId, program_id: it.programId, name: `U-${++made}`, kind })
    .returning("id")
    .executeTakeFirstOrThrow();
  return id;
}

async function place(
  kind: string,
  given: {
    admitted_on?: string;
    ended_on?: string;
    end_planned?: boolean;
    end_reason?: string;
    without_residential_reason?: string;
  },
): Promise<string> {
  const { id } = await it.db.owner
    .insertInto("placement")
    .values({
      ...{ ...whose(), episode_id: episode, unit_id: await unit(kind) },
      ...{ requested_on: addDays(today, -100), requested_by: it.counselor, ...given },
    })
    .returning("id")
    .executeTakeFirstOrThrow();
  return id;
}

async function support(kind: string, state = "accepted") {
  await it.db.owner
    .insertInto("recovery_support")
    .values({
      ...{ ...whose(), episode_id: episode, kind, what: "other", state },
      ...{ owner_id: it.counselor, added_by: it.counselor },
      ...{ handed_on: today, answered_on: today, answered_by_whom: "Them" },
      ...(state === "ended" ? { ended_on: today, ended_reason: "Done" } : {}),
    })
    .execute();
}

async function supportsOfBothKinds() {
  await support("drug-related");
  await support("non-drug-related");
}

async function keyworker() {
  await it.db.owner
    .insertInto("assignment")
    .values({ ...whose(), staff_id: it.counselor, part: "keyworker", valid_from: today })
    .execute();
}

async function relapse() {
  const who = { ...whose(), text: "Pay day", added_by: it.counselor };
  await it.db.owner.insertInto("relapse_trigger").values(who).execute();
  await it.db.owner.insertInto("relapse_strategy").values(who).execute();
}

async function aftercare(given: {
  state?: string;
  version?: number;
  back_where?: string;
  back_phone?: string;
  back_within_days?: number;
}): Promise<string> {
  const active = (given.state ?? "active") === "active";
  const { id } = await it.db.owner
    .insertInto("aftercare_plan")
    .values({
      ...{ ...whose(), episode_id: episode, version: 1, state: "active", created_by: it.counselor },
      ...(active
        ? { agreed_on: today, agreed_by_whom: "Jo", activated_at: sql`clock_timestamp()` }
        : {}),
      ...given,
    })
    .returning("id")
    .executeTakeFirstOrThrow();
  return id;
}
