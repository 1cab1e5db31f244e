import { randomUUID } from "node:crypto";
import pg from "pg";
import { afterAll, afterEach, beforeEach, expect, inject, test } from "vitest";
import { type TestDatabase, testDatabase } from "../../test/support/database.ts";
import { logAccess } from "./access-log.ts";
import { actingFor } from "./database.ts";
import { verifyAccessLog } from "./verify-log.ts";

let db: TestDatabase;
let superuser: pg.Client;
let ana: { staffId: string; agency: { id: string } };
afterAll(() => db?.drop());

beforeEach(async () => {
  await db?.drop();
  db = await testDatabase("demonstration");
  const staff = await db.owner
    .selectFrom("staff")
    .select(["id", "agency_id"])
    .where("email", "=", "ana@demo.example")
    .executeTakeFirstOrThrow();
  ana = { staffId: staff.id, agency: { id: staff.agency_id } };
  for (let entry = 0; entry < 5; entry++) await look();
  const url = new URL(inject("cluster").url);
  url.pathname = new URL(db.logins.owner).pathname;
  superuser = new pg.Client({ connectionString: url.href });
  await superuser.connect();
  // The most that anybody could do: no trigger stands in the way any more.
  await superuser.query("SET session_replication_role = replica");
  expect((await verifyAccessLog(db.owner)).breaks).toEqual([]);
});
afterEach(() => superuser.end());

function look() {
  return actingFor(db.app, ana.staffId, (acting) =>
    logAccess(acting, ana, { action: "read", room: "a test", consumerIds: [randomUUID()] }),
  );
}

/** Runs it as the superuser and answers what is then found wrong. */
async function found(text: string): Promise<string> {
  const { rowCount } = await superuser.query(text);
  expect(rowCount).toBeGreaterThan(0);
  const { breaks } = await verifyAccessLog(db.owner);
  expect(breaks.length).toBeGreaterThan(0);
  return breaks.join("\n");
}

test.each([
  ["who looked", "staff_id = gen_random_uuid()"],
  ["when", "at = at + interval '1 microsecond'"],
  ["at whose record", "consumer_ids = ARRAY[gen_random_uuid()]"],
  ["the page", "room = 'another'"],
  ["the reason", "reason = 'audit'"],
  ["what was done", "action = 'write'"],
])("an entry that was altered is found: %s", async (_, change) => {
  const said = await found(
    `UPDATE access_log SET ${change} WHERE id = (SELECT log_id FROM access_seal ORDER BY number OFFSET 2 LIMIT 1)`,
  );
  expect(said).toContain("not as it was sealed");
});

test("an entry that was removed is found, with or without its seal", async () => {
  const third = "(SELECT log_id FROM access_seal ORDER BY number OFFSET 2 LIMIT 1)";
  expect(await found(`DELETE FROM access_log WHERE id = ${third}`)).toContain("missing");
  expect(await found(`DELETE FROM access_seal WHERE log_id = ${third}`)).toContain("missing");
});

test("an end that was cut off is found, entry and seal alike", async () => {
  const last = "SELECT max(number) FROM access_seal";
  await superuser.query(
    `DELETE FROM access_log WHERE id = (SELECT log_id FROM access_seal WHERE number = (${last}))`,
  );
  const said = await found(`DELETE FROM access_seal WHERE number = (${last})`);
  expect(said).toContain("the end of the chain is missing");
});

test("everything cut off is found too", async () => {
  await superuser.query("DELETE FROM access_log");
  expect(await found("DELETE FROM access_seal")).toContain("the end of the chain is missing");
});

test("an entry that was slipped in without a seal is found", async () => {
  const said = await found(
    `INSERT INTO access_log (agency_id, staff_id, action, room, consumer_ids)
     SELECT agency_id, staff_id, action, room, consumer_ids FROM access_log LIMIT 1`,
  );
  expect(said).toContain("added without a seal");
});

test("a seal whose hash was put wrong is found", async () => {
  const said = await found("UPDATE access_seal SET hash = sha256('x') WHERE number = 2");
  expect(said).toContain("not as it was sealed");
});

test("twenty that write at the same time leave one whole chain", async () => {
  const before = await verifyAccessLog(db.owner);
  await Promise.all(
    Array.from({ length: 20 }, async () => {
      for (let entry = 0; entry < 10; entry++) await look();
    }),
  );
  const after = await verifyAccessLog(db.owner);
  expect(after.breaks).toEqual([]);
  expect(after.entries).toBe(before.entries + 200);
});

test("the application itself can neither change an entry nor read a seal", async () => {
  const as = <T>(work: Parameters<typeof actingFor<T>>[2]) => actingFor(db.app, ana.staffId, work);
  await expect(
    as((acting) => acting.updateTable("access_log").set({ room: "x" }).execute()),
  ).rejects.toThrow(/permission denied/);
  await expect(as((acting) => acting.deleteFrom("access_log").execute())).rejects.toThrow(
    /permission denied/,
  );
  await expect(
    as((acting) => acting.selectFrom("access_seal").selectAll().execute()),
  ).rejects.toThrow(/permission denied/);
});
