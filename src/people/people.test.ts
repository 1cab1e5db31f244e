import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { demonstrationStage, type Stage } from "../../test/support/stage.ts";
import type { Day } from "../kernel/day.ts";
import { countCaseload, findCaseload } from "./caseload-store.ts";
import { consentStanding } from "./consent-store.ts";
import {
  addPerson,
  editPerson,
  findLikely,
  findMentored,
  findPerson,
  findSupportNames,
  type Identity,
  searchPeople,
} from "./store.ts";

let stage: Stage;
beforeAll(async () => {
  stage = await demonstrationStage();
});
afterAll(() => stage.db.drop());

const newcomer = (over: Partial<Identity> = {}): Identity => ({
  given_name: "Ida",
  family_name: "Berg",
  preferred_name: null,
  pronouns: null,
  date_of_birth: "1990-03-04" as Day,
  born_about: null,
  phone: null,
  safe_to_call: null,
  language: "English",
  interpreter: false,
  access_needs: null,
  ...over,
});

describe("who finds whom", () => {
  const find = (who: string, words: string) =>
    stage
      .as(who, (acting) => searchPeople(acting, { words }))
      .then((found) => found.map(({ given_name }) => given_name));
  test("a counselor finds the people of their programs by part of a name, and nobody else's", async () => {
    expect(await find("ana", "delg")).toEqual(["Maria"]);
    expect(await find("ana", "fischer")).toEqual([]);
    expect(await find("ben", "fischer")).toEqual(["Noah"]);
  });
  test("the front desk and the biller find anybody, a peer mentor only whom they are assigned to", async () => {
    expect(await find("flo", "fischer")).toEqual(["Noah"]);
    expect(await find("bill", "fischer")).toEqual(["Noah"]);
    expect(await find("pat", "fischer")).toEqual([]);
    expect(await find("pat", "delgado")).toEqual(["Maria"]);
    const mentored = await stage.as("pat", findMentored);
    expect(mentored.map(({ given_name }) => given_name)).toEqual(["Maria", "Tasha"]);
  });
  test("an administrator, a policy analyst and another agency find nobody", async () => {
    for (const who of ["sam", "val", "zoe"]) expect(await find(who, "")).toEqual([]);
  });
  test("a word with signs that mean something to a search is only a word", async () => {
    for (const words of ["%", "_aria", "\\", "' OR 1=1"])
      expect(await find("flo", words)).toEqual([]);
  });
});

describe("what comes with a person", () => {
  const supportsSeen = (who: string) =>
    stage.as(who, (acting) => findSupportNames(acting, stage.id("Maria")));
  test("the front desk and the biller see who they are, and no support, consent, program or note", async () => {
    for (const who of ["flo", "bill"]) {
      expect(await stage.as(who, (acting) => findPerson(acting, stage.id("Maria")))).toMatchObject({
        given_name: "Maria",
        whole_record: false,
      });
      expect(await supportsSeen(who)).toEqual([]);
      const standings = await stage.as(who, (acting) =>
        consentStanding(acting, stage.id("Maria"), stage.today),
      );
      expect(standings).toEqual([]);
      for (const table of [
        "consent",
        "enrolment",
        "disclosure",
        "no_contact",
        "episode",
      ] as const) {
        const rows = await stage.as(who, (acting) =>
          acting.selectFrom(table).selectAll().execute(),
        );
        expect([who, table, rows.length]).toEqual([who, table, 0]);
      }
    }
  });
  test("a peer mentor sees supports and the no-contact flag of their own people, and no consent", async () => {
    expect(await supportsSeen("pat")).toContainEqual(
      expect.objectContaining({ name: "Hector Ruiz", no_contact: true }),
    );
    const rows = await stage.as("pat", (acting) =>
      acting.selectFrom("consent").selectAll().execute(),
    );
    expect(rows).toEqual([]);
  });
  test("another program's counselor gets the answer of a record that is not there", async () => {
    expect(await stage.as("ben", (acting) => findPerson(acting, stage.id("Maria")))).toBeNull();
    expect(await supportsSeen("ben")).toEqual([]);
    expect(await stage.as("ana", (acting) => findPerson(acting, stage.id("Noah")))).toBeNull();
    expect(
      await stage.as("ana", (acting) => editPerson(acting, stage.id("Noah"), newcomer())),
    ).toBe(false);
  });
});

describe("somebody new", () => {
  test("added by the front desk is seen by every clinician, until one takes them in", async () => {
    const added = await stage.as("flo", (acting) => addPerson(acting, stage.by("flo"), newcomer()));
    const seen = (who: string) =>
      stage.as(who, (acting) => findPerson(acting, added)).then((person) => person !== null);
    expect(await seen("ana")).toBe(true);
    expect(await seen("ben")).toBe(true);
    expect(await seen("pat")).toBe(false);
    expect(await seen("zoe")).toBe(false);
    const { new: waiting } = await stage.as("ana", (acting) => countCaseload(acting, stage.today));
    expect(waiting).toBe(1);
    await takeIn("ben", added, "Adolescent");
    expect(await seen("ana")).toBe(false);
    expect(await seen("ben")).toBe(true);
    expect(await seen("flo")).toBe(true);
  });

  test("cannot be taken into a program the counselor does not work in, nor can somebody else's person", async () => {
    const added = await stage.as("flo", (acting) => addPerson(acting, stage.by("flo"), newcomer()));
    expect(await stage.refused("ana", () => takeIn("ana", added, "Adolescent"))).toMatch(
      /row-level/,
    );
    expect(await stage.refused("ana", () => takeIn("ana", stage.id("Noah"), "Opioid"))).toMatch(
      /row-level/,
    );
  });

  test("is compared with the people one can open, and with nobody hidden", async () => {
    const { date_of_birth } = await stage.db.owner
      .selectFrom("consumer")
      .select("date_of_birth")
      .where("id", "=", stage.id("Noah"))
      .executeTakeFirstOrThrow();
    const noah = { given_name: "NOAH", family_name: "Fisher", date_of_birth: date_of_birth as Day };
    const likely = (who: string) => stage.as(who, (acting) => findLikely(acting, noah));
    expect((await likely("flo")).map(({ id }) => id)).toEqual([stage.id("Noah")]);
    expect((await likely("ben")).map(({ id }) => id)).toEqual([stage.id("Noah")]);
    expect(await likely("ana")).toEqual([]);
    const sameNames = { ...noah, family_name: "Fischer", date_of_birth: "1950-01-01" as Day };
    const found = await stage.as("flo", (acting) => findLikely(acting, sameNames));
    expect(found.map(({ id }) => id)).toEqual([stage.id("Noah")]);
  });

  async function takeIn(who: string, consumer_id: string, program: string) {
    const { id: program_id } = await stage.db.owner
      .selectFrom("program")
      .select("id")
      .where("name", "=", program)
      .executeTakeFirstOrThrow();
    return stage.as(who, async (acting) => {
      const episode = await acting
        .insertInto("episode")
        .values({ agency_id: stage.agencyId, consumer_id, opened_on: stage.today })
        .returning("id")
        .executeTakeFirstOrThrow();
      await acting
        .insertInto("enrolment")
        .values({
          agency_id: stage.agencyId,
          consumer_id,
          program_id,
          episode_id: episode.id,
          requested_on: stage.today,
        })
        .execute();
    });
  }
});

test("the caseload is one's own people first, with their program and keyworker, a page at a time", async () => {
  const page = (view: "mine" | "programs" | "left", skip = 0) =>
    stage.as("ana", (acting) =>
      findCaseload(acting, { view, sort: "name", today: stage.today, skip, most: 2 }),
    );
  const [first, ...more] = await page("mine");
  expect(first).toMatchObject({ family_name: "Clarke", keyworker: "Ana Morales" });
  expect(first?.programs).toBe("General Population (waiting)");
  expect(more).toHaveLength(1);
  const counts = await stage.as("ana", (acting) => countCaseload(acting, stage.today));
  expect(counts.mine).toBe(first?.total);
  expect((await page("programs"))[0]?.total).toBe(counts.programs);
  expect((await page("left"))[0]?.total).toBe(counts.left);
  expect((await page("mine", 2))[0]?.family_name).not.toBe("Clarke");
  const desk = await stage.as("flo", (acting) => countCaseload(acting, stage.today));
  expect(desk).toMatchObject({ mine: 0, programs: 0, waiting: 0, left: 0 });
});
