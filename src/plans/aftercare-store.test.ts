import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type TestDatabase, testDatabase } from "../../test/support/database.ts";
import { closeEpisode, findEpisodes, openEpisode } from "../episodes/store.ts";
import { addDays, type Day, getDay } from "../kernel/day.ts";
import { type Acting, actingFor } from "../storage/database.ts";
import {
  agreeAftercare,
  beginAftercare,
  discardAftercare,
  findAftercarePlans,
  saveAftercare,
} from "./aftercare-store.ts";
import { addGain, endGain, findGains, lookAtGain } from "./gain-store.ts";
import {
  addTry,
  answerLeaving,
  findLeavings,
  findOpenLeavings,
  findTries,
} from "./leaving-store.ts";
import { notBegun } from "./prescribing.ts";
import {
  beginCourse,
  endCourse,
  findCourses,
  findPlannedCourses,
  putOnPlan,
} from "./prescribing-store.ts";
import {
  addSupport,
  changeSupport,
  chaseSupport,
  findRecoverySupports,
  type NewSupport,
} from "./recovery-store.ts";
import { standingPlan } from "./relapse.ts";
import { addStrategies, addTriggers, findRelapsePlan } from "./relapse-store.ts";
import { findReviews, recordReview } from "./review-store.ts";
import { findPlans } from "./store.ts";

let database: TestDatabase;
let agencyId: string;
let today: Day;
const staff: Record<string, string> = {};

beforeAll(async () => {
  database = await testDatabase("demonstration");
  const rows = await database.owner
    .selectFrom("staff")
    .selectAll()
    .where("email", "like", "%@demo.example")
    .execute();
  for (const { id, name, agency_id } of rows) {
    staff[name.split(" ")[0] ?? ""] = id;
    agencyId = agency_id;
  }
  const day = await sql<{
    day: string;
  }>`SELECT (now() AT TIME ZONE time_zone)::date AS day FROM agency WHERE id = ${agencyId}`.execute(
    database.owner,
  );
  today = getDay(day.rows[0]?.day ?? "");
});
afterAll(() => database.drop());

const idOf = (name: string) => staff[name] ?? expect.fail(`no ${name}`);
const by = (name: string) => ({ staffId: idOf(name), agencyId });
const as = <T>(name: string, work: (db: Acting) => Promise<T>) =>
  actingFor(database.app, idOf(name), work);

/** Somebody of Ana's programme with an open episode of their own. */
async function somebody(name: string): Promise<{ consumerId: string; episodeId: string }> {
  const { id: consumer_id } = await database.owner
    .insertInto("consumer")
    .values({
      ...{ agency_id: agencyId, given_name: name, family_name: "Tester", number: `T-${name}` },
      ...{ date_of_birth: "1990-01-01", search_key: "", created_by: idOf("Ana") },
    })
    .returning("id")
    .executeTakeFirstOrThrow();
  return { consumerId: consumer_id, episodeId: await enrolled(consumer_id, -60) };
}

async function enrolled(consumer_id: string, since: number): Promise<string> {
  const program = await database.owner
    .selectFrom("program")
    .select("id")
    .where("agency_id", "=", agencyId)
    .where("name", "=", "Women and Children")
    .executeTakeFirstOrThrow();
  const { id: episode_id } = await database.owner
    .insertInto("episode")
    .values({ agency_id: agencyId, consumer_id, opened_on: addDays(today, since) })
    .returning("id")
    .executeTakeFirstOrThrow();
  await database.owner
    .insertInto("enrolment")
    .values({
      ...{ agency_id: agencyId, consumer_id, episode_id, program_id: program.id },
      ...{ requested_on: addDays(today, since), valid_from: addDays(today, since) },
    })
    .execute();
  await database.owner
    .insertInto("assignment")
    .values({
      ...{ agency_id: agencyId, consumer_id, staff_id: idOf("Ana"), part: "keyworker" },
      valid_from: addDays(today, since),
    })
    .execute();
  return episode_id;
}

const close = (db: Acting, of: { consumerId: string; episodeId: string }, reason: string) =>
  closeEpisode(db, by("Ana"), of.consumerId, {
    ...{ episodeId: of.episodeId, on: today, reason, note: null },
  });

describe("leaving", () => {
  test.each([
    ["completed", true, true],
    ["transferred", true, true],
    ["left-early", false, true],
    ["lost-contact", false, true],
    ["died", false, false],
  ])("closing an episode as %s asks for its follow-up", async (reason, planned, contacted) => {
    const of = await somebody(`Leaver ${reason}`);
    const [left] = await as("Ana", async (db) => {
      await close(db, of, reason);
      return findLeavings(db, of.consumerId);
    });
    expect(left).toMatchObject({
      planned,
      reason,
      ended_on: today,
      unit: null,
      keyworker: "Ana Morales",
    });
    const due = left?.contact_due;
    if (!contacted) return expect(due).toBeNull();
    const hours = ((due?.getTime() ?? 0) - Date.now()) / 3_600_000;
    expect(hours).toBeGreaterThan(47.9);
    expect(hours).toBeLessThanOrEqual(48);
  });

  test("it stays on the list until a try reached them and both questions are answered", async () => {
    const of = await somebody("Listed");
    await as("Ana", (db) => close(db, of, "left-early"));
    const open = () =>
      as("Ana", async (db) =>
        (await findOpenLeavings(db)).filter((one) => one.consumer_id === of.consumerId),
      );
    const [left] = await open();
    const id = left?.id ?? expect.fail("not on the list");
    await as("Ana", async (db) => {
      const tried = { at: new Date(), how: "telephone", note: null };
      await addTry(db, by("Ana"), of.consumerId, id, { ...tried, reached: false });
      await answerLeaving(db, by("Ana"), of.consumerId, id, {
        ...{ of: "overdose_advice", said: "not-possible", on: today },
      });
      await answerLeaving(db, by("Ana"), of.consumerId, id, {
        of: "naloxone",
        said: "has-it",
        on: today,
      });
    });
    expect(await open()).toHaveLength(1);
    await as("Ana", (db) =>
      addTry(db, by("Ana"), of.consumerId, id, {
        ...{ at: new Date(), how: "came-in", reached: true, note: "Well" },
      }),
    );
    expect(await open()).toHaveLength(0);
    const tries = await as("Ana", (db) => findTries(db, [id]));
    expect(tries.map(({ reached }) => reached).sort()).toEqual([false, true]);
  });

  test("not possible may become given later; given stays given, whoever asks the database", async () => {
    const of = await somebody("Given");
    await as("Ana", (db) => close(db, of, "left-early"));
    const answer = (said: string) =>
      as("Ana", async (db) => {
        const [left] = await findLeavings(db, of.consumerId);
        return answerLeaving(db, by("Ana"), of.consumerId, left?.id ?? "", {
          ...{ of: "naloxone", said, on: today },
        });
      });
    expect(await answer("not-possible")).toBe(true);
    expect(await answer("given")).toBe(true);
    expect(await answer("declined")).toBe(false);
    await expect(
      as("Ana", (db) =>
        sql`UPDATE leaving SET naloxone = 'declined' WHERE consumer_id = ${of.consumerId}`.execute(
          db,
        ),
      ),
    ).rejects.toThrow(/stands/);
  });

  test("the end of a stay on the same day has asked already", async () => {
    const of = await somebody("Stayed");
    await database.owner
      .insertInto("leaving")
      .values({
        ...{ agency_id: agencyId, consumer_id: of.consumerId, episode_id: of.episodeId },
        ...{ ended_on: today, planned: false, reason: "left-early", recorded_by: idOf("Ana") },
        contact_due: new Date().toISOString(),
      })
      .execute();
    await as("Ana", (db) => close(db, of, "left-early"));
    expect(await as("Ana", (db) => findLeavings(db, of.consumerId))).toHaveLength(1);
  });

  test("whoever comes back has been reached; a colleague of other programmes sees nothing of it", async () => {
    const of = await somebody("Back");
    await as("Ana", async (db) => {
      await close(db, of, "left-early");
      await openEpisode(db, by("Ana"), of.consumerId, { on: today, previousId: of.episodeId });
      expect((await findLeavings(db, of.consumerId))[0]?.came_back).toBe(true);
    });
    expect(await as("Cole", (db) => findLeavings(db, of.consumerId))).toEqual([]);
    const list = await as("Cole", (db) => findOpenLeavings(db));
    expect(list.map((one) => one.consumer_id)).not.toContain(of.consumerId);
  });
});

describe("the aftercare plan", () => {
  const fields = (more: object = {}) => ({
    ...{ callFirst: "Rosa", backWhere: "Blue door", backWhoId: idOf("Ana"), backPhone: "555-0140" },
    ...{ backWithinDays: 3, reviewOn: null, ...more },
  });
  const newest = async (db: Acting, consumerId: string) =>
    (await findAftercarePlans(db, consumerId))[0] ?? expect.fail("no plan");

  test("the first draft proposes the keyworker, the agency's number and its own target", async () => {
    const of = await somebody("First");
    await as("Ana", async (db) => {
      expect(await beginAftercare(db, by("Ana"), of.consumerId, of.episodeId)).not.toBeNull();
      expect(await beginAftercare(db, by("Ana"), of.consumerId, of.episodeId)).toBeNull();
      expect(await newest(db, of.consumerId)).toMatchObject({
        ...{ version: 1, state: "draft", back_who: "Ana Morales", back_phone: "(573) 555-0140" },
        ...{ back_within_days: 5, back_where: null, call_first: null },
      });
    });
  });

  test("a version is superseded and never overwritten; a stale page saves nothing; it outlives the episode", async () => {
    const of = await somebody("Versions");
    const { consumerId } = of;
    await as("Ana", async (db) => {
      const id = (await beginAftercare(db, by("Ana"), consumerId, of.episodeId)) ?? "";
      expect(await saveAftercare(db, consumerId, { id, saves: 0, ...fields() })).toBe(true);
      expect(await saveAftercare(db, consumerId, { id, saves: 0, ...fields() })).toBe(false);
      const agreed = { id, on: today, withWhom: "consumer" };
      expect(await agreeAftercare(db, by("Ana"), consumerId, { ...agreed, saves: 0 })).toBe(false);
      expect(await agreeAftercare(db, by("Ana"), consumerId, { ...agreed, saves: 1 })).toBe(true);
      await close(db, of, "completed");
    });
    await as("Ana", async (db) => {
      const id = (await beginAftercare(db, by("Ana"), consumerId, of.episodeId)) ?? "";
      expect(await newest(db, consumerId)).toMatchObject({ version: 2, call_first: "Rosa" });
      await saveAftercare(db, consumerId, { id, saves: 0, ...fields({ callFirst: "Lucia" }) });
      await agreeAftercare(db, by("Ana"), consumerId, {
        ...{ id, saves: 1, on: today, withWhom: "consumer" },
      });
      const plans = await findAftercarePlans(db, consumerId);
      expect(plans.map((plan) => [plan.version, plan.state, plan.call_first])).toEqual([
        [2, "active", "Lucia"],
        [1, "superseded", "Rosa"],
      ]);
    });
    for (const state of ["active", "superseded"]) {
      await expect(
        as("Ana", (db) =>
          sql`UPDATE aftercare_plan SET call_first = 'Other' WHERE consumer_id = ${consumerId} AND state = ${state}`.execute(
            db,
          ),
        ),
      ).rejects.toThrow(/new version/);
    }
  });

  test("a draft may be thrown away; what was agreed may not", async () => {
    const of = await somebody("Thrown");
    await as("Ana", async (db) => {
      const id = (await beginAftercare(db, by("Ana"), of.consumerId, of.episodeId)) ?? "";
      await discardAftercare(db, of.consumerId, id);
      expect(await findAftercarePlans(db, of.consumerId)).toEqual([]);
      const again = (await beginAftercare(db, by("Ana"), of.consumerId, of.episodeId)) ?? "";
      await agreeAftercare(db, by("Ana"), of.consumerId, {
        ...{ id: again, saves: 0, on: today, withWhom: "nobody: she was ill" },
      });
      await discardAftercare(db, of.consumerId, again);
      await sql`DELETE FROM aftercare_plan WHERE id = ${again}`.execute(db);
      expect(await findAftercarePlans(db, of.consumerId)).toHaveLength(1);
    });
  });

  test("nobody of another programme writes or reads one", async () => {
    const of = await somebody("Closed off");
    await expect(
      as("Cole", (db) => beginAftercare(db, by("Cole"), of.consumerId, of.episodeId)),
    ).resolves.toBeNull();
  });

  test("an early sign is on the relapse prevention plan once, with what to do then", async () => {
    const of = await somebody("Signs");
    await as("Ana", async (db) => {
      const [id] = await addTriggers(db, by("Ana"), of.consumerId, [
        { text: "I stop calling", sign: true },
      ]);
      const [same] = await addTriggers(db, by("Ana"), of.consumerId, [{ text: "I stop calling." }]);
      expect(same).toBe(id);
      await addStrategies(db, by("Ana"), of.consumerId, [
        { text: "Call Rosa", triggerId: id ?? null },
      ]);
      const { triggers } = standingPlan(await findRelapsePlan(db, of.consumerId));
      expect(triggers).toMatchObject([
        { text: "I stop calling", sign: true, strategies: [{ text: "Call Rosa" }] },
      ]);
    });
  });
});

describe("supports", () => {
  const support = (more: Partial<NewSupport> = {}): NewSupport => ({
    ...{ kind: "non-drug-related", what: "housing", detail: null, providerId: null },
    ...{ byWhom: "Housing office", ownerId: idOf("Ana"), ...more },
  });

  test("planned, handed over, accepted, ended: forward only, each with its day", async () => {
    const of = await somebody("Forward");
    await as("Ana", async (db) => {
      const id = await addSupport(db, by("Ana"), of, support());
      const to = (change: Parameters<typeof changeSupport>[3]) =>
        changeSupport(db, of.consumerId, id, change);
      const chaseOn = addDays(today, 7);
      expect(await chaseSupport(db, of.consumerId, id, chaseOn)).toBe(false);
      expect(
        await to({ to: "handed-over", basis: "self", disclosureId: null, on: today, chaseOn }),
      ).toBe(true);
      expect(
        await to({ to: "handed-over", basis: "self", disclosureId: null, on: today, chaseOn }),
      ).toBe(false);
      expect(await to({ to: "accepted", on: today, byWhom: "T. Reed" })).toBe(true);
      expect(await to({ to: "declined", on: today, byWhom: "T. Reed" })).toBe(false);
      expect(await to({ to: "ended", on: today, reason: "Moved in" })).toBe(true);
      expect(await to({ to: "ended", on: today, reason: "Again" })).toBe(false);
      expect(await findRecoverySupports(db, of.consumerId)).toMatchObject([
        {
          ...{ state: "ended", handed_on: today, chase_on: chaseOn, answered_on: today },
          ...{ answered_by_whom: "T. Reed", ended_reason: "Moved in" },
        },
      ]);
    });
  });

  test("the database lets none go back, nor another person's be changed", async () => {
    const of = await somebody("Back again");
    const other = await somebody("Other");
    const id = await as("Ana", async (db) => {
      const id = await addSupport(db, by("Ana"), of, support());
      await changeSupport(db, of.consumerId, id, { to: "declined", on: today, byWhom: "They" });
      const ended = { to: "ended", on: today, reason: "x" } as const;
      expect(await changeSupport(db, other.consumerId, id, ended)).toBe(false);
      return id;
    });
    await expect(
      as("Ana", (db) =>
        sql`UPDATE recovery_support SET state = 'planned' WHERE id = ${id}`.execute(db),
      ),
    ).rejects.toThrow(/stays so/);
    await expect(
      as("Ana", (db) =>
        sql`UPDATE recovery_support SET what = 'money' WHERE id = ${id}`.execute(db),
      ),
    ).rejects.toThrow(/not rewritten/);
  });

  test("a support belongs to an episode of the same person", async () => {
    const of = await somebody("Mine");
    const other = await somebody("Theirs");
    await expect(
      as("Ana", (db) =>
        addSupport(db, by("Ana"), { ...of, episodeId: other.episodeId }, support()),
      ),
    ).rejects.toThrow(/foreign key/);
  });
});

test("a gain is looked at again, with what was found and when next, until it is let go", async () => {
  const of = await somebody("Gains");
  await as("Ana", async (db) => {
    await addGain(db, by("Ana"), of, { text: "Home", lookAgainOn: today });
    const [gain] = await findGains(db, of.consumerId);
    const id = gain?.id ?? "";
    const next = addDays(today, 28);
    const look = { id, on: today, found: "at-risk", note: "Rent is late", next } as const;
    expect(await lookAtGain(db, by("Ana"), of.consumerId, look)).toBe(true);
    expect(await findGains(db, of.consumerId)).toMatchObject([
      { look_again_on: next, looks: [{ found: "at-risk", note: "Rent is late" }] },
    ]);
    expect(await endGain(db, of.consumerId, id, today)).toBe(true);
    expect(await lookAtGain(db, by("Ana"), of.consumerId, look)).toBe(false);
  });
});

test("a course ends once, with its day and why; what was noted of it is not rewritten", async () => {
  const of = await somebody("Course");
  const id = await as("Ana", async (db) => {
    const id = await beginCourse(db, by("Ana"), of, {
      ...{ kind: "relapse-prevention", what: "Naltrexone", prescriber: "Dr. Sokol" },
      ...{ setting: "community", placementId: null, from: addDays(today, -10), lineage: null },
    });
    expect(await endCourse(db, by("Ana"), of.consumerId, { id, on: today, reason: "Done" })).toBe(
      true,
    );
    expect(await endCourse(db, by("Ana"), of.consumerId, { id, on: today, reason: "Other" })).toBe(
      false,
    );
    expect(await findCourses(db, of.consumerId)).toMatchObject([
      { what: "Naltrexone", valid_to: today, end_reason: "Done", ender: "Ana Morales" },
    ]);
    return id;
  });
  for (const change of ["what = 'Other'", "end_reason = 'Other'", "valid_to = NULL"]) {
    await expect(
      as("Ana", (db) =>
        sql`UPDATE prescribing SET ${sql.raw(change)} WHERE id = ${id}`.execute(db),
      ),
    ).rejects.toThrow(/not rewritten|said once/);
  }
});

test("a course is what the plan says is prescribed: linked once, and of the same person's plan", async () => {
  const of = await somebody("Linked");
  const { rows } = await sql<{ consumer_id: string; episode_id: string }>`
    SELECT g.consumer_id, p.episode_id FROM intervention i JOIN goal g ON g.id = i.goal_id
    JOIN care_plan p ON p.id = g.plan_id AND p.state = 'active' JOIN consumer c ON c.id = g.consumer_id
    WHERE i.kind = 'prescribing' AND c.given_name = 'Walter'`.execute(database.owner);
  const [walter] = rows;
  if (!walter) throw new Error("Walter's plan says nothing of prescribing");
  const course = {
    ...{ kind: "opioid-substitution", what: "Buprenorphine", prescriber: "Dr. Sokol" },
    ...{ setting: "community", placementId: null, from: addDays(today, -1) },
  };
  const lineage = await as("Ruth", async (db) => {
    const planned = await findPlannedCourses(db, walter.consumer_id);
    const line = planned[0] ?? expect.fail("nothing is planned");
    const whose = { consumerId: walter.consumer_id, episodeId: walter.episode_id };
    const id = await beginCourse(db, by("Ruth"), whose, { ...course, lineage: null });
    const open = async () =>
      notBegun(
        planned,
        (await findCourses(db, whose.consumerId)).filter((one) => one.id === id),
      );
    expect(await open()).toContain(line);
    const link = { id, lineage: line.lineage };
    expect(await putOnPlan(db, whose.consumerId, link)).toBe(true);
    expect(await putOnPlan(db, whose.consumerId, link)).toBe(false);
    expect(await open()).not.toContain(line);
    return line.lineage;
  });
  await expect(
    as("Ana", (db) => beginCourse(db, by("Ana"), of, { ...course, lineage })),
  ).rejects.toThrow("the same person's plan");
});

describe("a review of the plan", () => {
  test("moves the day of the next one, keeps the day it was due, and changes nothing else", async () => {
    const { consumerId, plan } = await as("Ana", async (db) => {
      const { id } = await db
        .selectFrom("consumer")
        .select("id")
        .where("given_name", "=", "James")
        .where("family_name", "=", "Whitaker")
        .executeTakeFirstOrThrow();
      const plans = await findPlans(db, id);
      return {
        consumerId: id,
        plan: plans.find(({ state }) => state === "active") ?? expect.fail("no plan"),
      };
    });
    const review = {
      ...{ reviewedOn: today, tookPart: ["person"], changes: null, agreedBy: "consumer" },
      nextOn: addDays(today, 30),
    };
    await as("Ana", async (db) => {
      expect(await recordReview(db, by("Ana"), consumerId, plan.id, review)).toBe(true);
      expect(await findReviews(db, consumerId)).toMatchObject([
        { reviewed_on: today, due_on: plan.review_on, changes: null, next_on: addDays(today, 30) },
      ]);
      const after = (await findPlans(db, consumerId)).find(({ id }) => id === plan.id);
      expect(after).toEqual({ ...plan, review_on: addDays(today, 30) });
    });
    await expect(
      as("Ana", (db) =>
        sql`UPDATE care_plan SET review_on = '2099-01-01' WHERE id = ${plan.id}`.execute(db),
      ),
    ).rejects.toThrow(/new version/);
    await expect(
      as("Ana", (db) =>
        sql`UPDATE plan_review SET changes = 'x' WHERE plan_id = ${plan.id}`.execute(db),
      ),
    ).rejects.toThrow();
  });

  test("only the plan in force is reviewed", async () => {
    const of = await somebody("Unreviewed");
    await as("Ana", async (db) => {
      const [episode] = await findEpisodes(db, of.consumerId);
      expect(episode?.id).toBe(of.episodeId);
      const review = {
        ...{ reviewedOn: today, tookPart: [], changes: null, agreedBy: "consumer", nextOn: today },
      };
      expect(await recordReview(db, by("Ana"), of.consumerId, of.episodeId, review)).toBe(false);
    });
  });
});
