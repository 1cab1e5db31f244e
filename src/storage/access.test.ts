import { sql } from "kysely";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type TestDatabase, testDatabase } from "../../test/support/database.ts";

let db: TestDatabase;
beforeAll(async () => {
  db = await testDatabase();
});
afterAll(() => db.drop());

test("every table in public is under row security, and the application owns none", async () => {
  const { rows } = await sql<{
    name: string;
    guarded: boolean;
    owner: string;
    about: string | null;
  }>`
    SELECT relname AS name, relrowsecurity AS guarded, pg_get_userbyid(relowner) AS owner,
      obj_description(oid) AS about
    FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p')`.execute(
    db.owner,
  );
  expect(rows.length).toBeGreaterThan(40);
  expect(rows.filter((row) => !row.guarded).map((row) => row.name)).toEqual([]);
  expect(rows.filter((row) => !row.about).map((row) => row.name)).toEqual([]);
  expect(new Set(rows.map((row) => row.owner))).toEqual(new Set(["throughcare_owner"]));
});

test("every view runs with the rights of whoever asks", async () => {
  const { rows } = await sql<{ name: string }>`
    SELECT relname AS name FROM pg_class
    WHERE relnamespace = 'public'::regnamespace AND relkind = 'v'
      AND NOT coalesce(reloptions @> '{security_invoker=true}', false)`.execute(db.owner);
  expect(rows).toEqual([]);
});

test("the application's login cannot bypass row security, and without a member of staff sees nothing", async () => {
  const { rows } = await sql<{ rolbypassrls: boolean; rolsuper: boolean }>`
    SELECT rolbypassrls, rolsuper FROM pg_roles WHERE rolname IN ('throughcare_app', 'throughcare_signin')`.execute(
    db.owner,
  );
  expect(rows).toEqual([
    { rolbypassrls: false, rolsuper: false },
    { rolbypassrls: false, rolsuper: false },
  ]);
  await db.owner
    .insertInto("agency")
    .values({
      name: "A",
      neutral_name: "A",
      jurisdiction: "us-mo",
      locale: "en-US",
      time_zone: "America/Chicago",
    })
    .execute();
  expect(await db.app.selectFrom("agency").selectAll().execute()).toEqual([]);
  await expect(sql`SELECT * FROM signin."user"`.execute(db.app)).rejects.toThrow(
    /permission denied/,
  );
});
