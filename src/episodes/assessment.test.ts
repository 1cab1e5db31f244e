import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type TestDatabase, testDatabase } from "../../test/support/database.ts";
import { systemClock, today as todayOf } from "../kernel/clock.ts";
import { type Acting, actingFor } from "../storage/database.ts";
import {
  type Answers,
  answerWords,
  assessmentSections,
  differences,
  highRiskWords,
  missingFrom,
} from "./assessment.ts";
import { readAssessment } from "./assessment-form.ts";
import { findAssessments, findHighRisk, NO_DRAFT, saveAssessment } from "./assessment-store.ts";

const today = todayOf(systemClock, "Europe/London");
let db: TestDatabase;
let nia: { staffId: string; agencyId: string };
let shanice: { consumerId: string; episodeId: string };

beforeAll(async () => {
  db = await testDatabase("demonstration");
  const staff = await db.owner
    .selectFrom("staff")
    .select(["id", "agency_id"])
    .where("email", "=", "nia@alderway.example")
    .executeTakeFirstOrThrow();
  nia = { staffId: staff.id, agencyId: staff.agency_id };
  const person = await db.owner
    .selectFrom("episode as e")
    .innerJoin("consumer as c", "c.id", "e.consumer_id")
    .select(["c.id as consumerId", "e.id as episodeId"])
    .where("c.given_name", "=", "Shanice")
    .where("c.agency_id", "=", staff.agency_id)
    .executeTakeFirstOrThrow();
  shanice = person;
});
afterAll(() => db.drop());

const as = <T>(work: (acting: Acting) => Promise<T>) => actingFor(db.app, nia.staffId, work);
const formOf = (fields: Record<string, string | string[]>) => {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) {
    for (const one of Array.isArray(value) ? value : [value]) form.append(name, one);
  }
  return form;
};

describe("the form", () => {
  test("tells no from not asked, and reads lines of substances across their columns", () => {
    const { answers, substances, errors } = readAssessment(
      formOf({
        liver_disease: "no",
        pregnant: "",
        injecting: "before",
        housing: "castle",
        children_at_home: "2",
        due_on: "",
        "preferred_approaches[]": ["12-step", "magic"],
        "substance[]": ["Alcohol", "", "Heroin"],
        "days_used[]": ["28", "", "3"],
        "route[]": ["oral", "", "inject"],
        "amount[]": ["a bottle", "", ""],
        "age_first[]": ["", "", "19"],
      }),
    );
    expect(errors).toEqual({});
    expect(answers).toMatchObject({ liver_disease: false, pregnant: null, injecting: "before" });
    expect(answers).toMatchObject({ housing: null, children_at_home: 2, due_on: null });
    expect(answers.preferred_approaches).toEqual(["12-step"]);
    expect(substances).toEqual([
      { substance: "Alcohol", days_used: 28, route: "oral", amount: "a bottle", age_first: null },
      { substance: "Heroin", days_used: 3, route: "inject", amount: null, age_first: 19 },
    ]);
  });

  test("says which line cannot be kept", () => {
    const { errors } = readAssessment(
      formOf({
        "substance[]": ["Alcohol", ""],
        "days_used[]": ["29", "4"],
        children_at_home: "many",
        due_on: "soon",
      }),
    );
    expect(errors["days_used[] 0"]).toMatch(/Alcohol.*0 to 28/);
    expect(errors["substance[] 1"]).toMatch(/line 2/);
    expect(Object.keys(errors)).toEqual(
      expect.arrayContaining(["children_at_home", "due_on", "days_used[] 0", "substance[] 1"]),
    );
  });

  test("asks for every column that the database keeps, once", async () => {
    const asked = assessmentSections.flatMap(({ questions }) => questions.map(({ name }) => name));
    const [row] = await as((acting) => findAssessments(acting, shanice.consumerId));
    const kept = Object.keys(row ?? {});
    const others = [
      ...["id", "agency_id", "consumer_id", "episode_id", "started_on", "started_by", "saves"],
      ...["completed_at", "completed_by", "completed_on", "starter", "completer", "substances"],
    ];
    expect([...asked].sort()).toEqual(kept.filter((name) => !others.includes(name)).sort());
  });

  test("stands only with a substance, both risks and a summary", () => {
    expect(Object.keys(missingFrom({}, []))).toHaveLength(4);
    const enough = { risk_to_self: "none", risk_to_others: "some", summary: "x" };
    const substance = {
      substance: "Alcohol",
      ...{ days_used: 0, route: null, amount: null, age_first: null },
    };
    expect(missingFrom(enough, [substance])).toEqual({});
  });
});

describe("an assessment", () => {
  const save = (version: number, answers: Answers, complete = false) =>
    as((acting) =>
      saveAssessment(acting, nia, shanice, {
        ...{ version, on: today, answers, complete },
        substances: [
          { substance: "Ketamine", days_used: 4, route: "sniff", amount: null, age_first: null },
        ],
      }),
    );

  test("is a draft that no stale page overwrites, shows its risk at once, and stands when completed", async () => {
    const risk = () => as((acting) => findHighRisk(acting, shanice.consumerId));
    expect(await risk()).toBeNull();
    expect(await save(NO_DRAFT, { risk_to_self: "high" })).toEqual({ state: "saved", version: 1 });
    expect(highRiskWords((await risk()) ?? expect.fail("no risk"))).toBe("High risk to self");
    // Another window, opened before there was a draft, and one that saw the first save.
    expect(await save(NO_DRAFT, {})).toEqual({ state: "conflict", version: 1 });
    expect(await save(1, { summary: "Seen today" })).toEqual({ state: "saved", version: 2 });
    expect(await save(1, { summary: "Lost" })).toEqual({ state: "conflict", version: 2 });
    expect(await save(2, { risk_to_self: "some", summary: "Done" }, true)).toMatchObject({
      state: "saved",
    });
    expect(await save(3, { summary: "After" })).toEqual({ state: "closed" });

    const [last, before] = await as((acting) => findAssessments(acting, shanice.consumerId));
    expect(last).toMatchObject({ summary: "Done", completer: "Nia Prosser" });
    expect(last?.substances).toMatchObject([{ substance: "Ketamine", days_used: 4 }]);
    expect(before?.substances.map(({ substance }) => substance)).toEqual(["Cannabis", "Alcohol"]);
    expect(await risk()).toBeNull();
    await expect(
      as((acting) =>
        acting
          .updateTable("assessment")
          .set({ summary: "Rewritten" })
          .where("id", "=", last?.id ?? "")
          .execute(),
      ),
    ).rejects.toThrow(/stands/);
  });

  test("a high risk in what stands is not taken away by a draft", async () => {
    await save(NO_DRAFT, { risk_to_others: "high", risk_to_self: "none", summary: "x" }, true);
    await save(NO_DRAFT, { risk_to_others: "none" });
    const found = await as((acting) => findHighRisk(acting, shanice.consumerId));
    expect(found).toEqual({ self: false, others: true, home: false });
  });

  test("is compared with another by what each says", () => {
    const before = { injecting: "now", pregnant: null, wants: "Rest", preferred_approaches: [] };
    const after = { injecting: "before", pregnant: false, wants: "Rest", preferred_approaches: [] };
    expect(differences(before, after)).toEqual(["injecting", "pregnant"]);
    const all = assessmentSections.flatMap(({ questions }) => questions);
    const said = all.map((question) => answerWords(question, (after as Answers)[question.name]));
    expect(said.filter(Boolean)).toEqual(["In the past", "No", "Rest"]);
  });
});
