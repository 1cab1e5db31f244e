import { sql } from "kysely";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type TestDatabase, testDatabase } from "../../test/support/database.ts";
import type { Day } from "../kernel/day.ts";
import { actingFor } from "../storage/database.ts";
import { fullName } from "./consumer.ts";
import { findAlike, findLikely } from "./store.ts";

let db: TestDatabase;
beforeAll(async () => {
  db = await testDatabase("demonstration");
});
afterAll(() => db.drop());

async function staff(email: string): Promise<string> {
  const { id } = await db.owner
    .selectFrom("staff")
    .select("id")
    .where("email", "=", email)
    .executeTakeFirstOrThrow();
  return id;
}

async function likely(who: string, given_name: string, family_name: string, born: string) {
  const found = await actingFor(db.app, await staff(who), (acting) =>
    findLikely(acting, { given_name, family_name, date_of_birth: born as Day }),
  );
  return found.map(fullName);
}

async function bornOf(given: string): Promise<string> {
  const { date_of_birth } = await db.owner
    .selectFrom("consumer")
    .select("date_of_birth")
    .where("given_name", "=", given)
    .executeTakeFirstOrThrow();
  return date_of_birth ?? "";
}

const TOM = "tom@alderway.example";

test("a name heard wrongly and a birthday are enough to be offered, across the agency", async () => {
  const born = await bornOf("Rhian");
  expect(await likely(TOM, "Ryan", "Cadwel", born)).toEqual(["Rhian Cadwell"]);
  expect(await likely(TOM, "Rhian", "Somebodyelse", born)).toEqual(["Rhian Cadwell"]);
  expect(await likely(TOM, "Rhían", "Cadwéll", "1950-01-31")).toEqual(["Rhian Cadwell"]);
  expect(await likely(TOM, "Zebedee", "Quartermain", "1950-01-31")).toEqual([]);
});

test("day and month told the other way round still find them", async () => {
  await sql`UPDATE consumer SET date_of_birth = '1988-03-09' WHERE given_name = 'Marek'`.execute(
    db.owner,
  );
  expect(await likely(TOM, "Marek", "Nowack", "1988-09-03")).toHaveLength(1);
});

test("people of other programmes and of other agencies are not looked at", async () => {
  const born = await bornOf("Rhian");
  expect(await likely("jack@alderway.example", "Ryan", "Cadwel", born)).not.toEqual([]);
  expect(await likely("ellie@alderway.example", "Ryan", "Cadwel", born)).toEqual([]);
  expect(await likely("flo@demo.example", "Ryan", "Cadwel", born)).toEqual([]);
  expect(await likely("ivy@alderway.example", "Rhian", "Cadwell", born)).toEqual([]);
});

test("a search that finds nobody offers whoever is nearly called that", async () => {
  const found = await actingFor(db.app, await staff(TOM), (acting) =>
    findAlike(acting, { words: "kieren mulhal", born: null }),
  );
  expect(found.map(fullName)).toContain("Kieran Mulhall");
});

test("whose date of birth nobody knows is found by name, by telephone, and told apart by age", async () => {
  await sql`UPDATE consumer SET date_of_birth = NULL, born_about = 1988, phone = '01632 960 771'
    WHERE given_name = 'Marek'`.execute(db.owner);
  const find = async (wanted: Partial<Parameters<typeof findLikely>[1]>) =>
    actingFor(db.app, await staff(TOM), (acting) =>
      findLikely(acting, {
        ...{ given_name: "Marek", family_name: "Zelonka", date_of_birth: null, ...wanted },
      }),
    );
  expect(await find({})).toHaveLength(1);
  expect(await find({ date_of_birth: "1990-01-01" as Day })).toHaveLength(1);
  expect(await find({ family_name: "Smith", phone: "+44 1632 960771" })).toHaveLength(1);
  expect(await find({ family_name: "Zelonski", born_about: 1989 })).toHaveLength(1);
  expect(await find({ family_name: "Zelonski", born_about: 1950 })).toEqual([]);
});
