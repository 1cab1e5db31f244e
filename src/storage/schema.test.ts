import { afterAll, beforeAll, expect, test } from "vitest";
import { type TestDatabase, testDatabase } from "../../test/support/database.ts";
import { generate } from "../cli/schema.ts";

let db: TestDatabase;
beforeAll(async () => {
  db = await testDatabase();
});
afterAll(() => db.drop());

test("the typed schema is what the migrations make (npx throughcare schema)", () => {
  expect(() => generate(db.logins.owner, "--verify")).not.toThrow();
});
