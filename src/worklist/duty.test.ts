import { sql } from "kysely";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type TestDatabase, testDatabase } from "../../test/support/database.ts";
import { type Acting, actingFor } from "../storage/database.ts";
import {
  closeAlert,
  findAlert,
  findStandingAlerts,
  openForAlert,
  takeUpAlert,
} from "./duty-store.ts";

let db: TestDatabase;
beforeAll(async () => {
  db = await testDatabase("demonstration");
  await sql`DELETE FROM duty_shift`.execute(db.owner);
  await sql`DELETE FROM duty_alert`.execute(db.owner);
});
afterAll(() => db.drop());

async function as<T>(email: string, work: (acting: Acting, id: string) => Promise<T>): Promise<T> {
  const { id } = await db.owner
    .selectFrom("staff")
    .select("id")
    .where("email", "=", `${email}@alderway.example`)
    .executeTakeFirstOrThrow();
  return actingFor(db.app, id, (acting) => work(acting, id));
}

/** Shanice is of the Community Team alone; the front desk takes her call. */
async function raise(): Promise<string> {
  await as("tom", (acting) =>
    sql`SELECT access.come_back(id, '01632 960999', NULL, NULL, NULL, true, NULL, NULL)
      FROM consumer WHERE given_name = 'Shanice'`.execute(acting),
  );
  const { id } = await db.owner
    .selectFrom("duty_alert")
    .select("id")
    .where("closed_at", "is", null)
    .executeTakeFirstOrThrow();
  return id;
}

async function onDuty(email: string, hours = 1): Promise<void> {
  await sql`INSERT INTO duty_shift (agency_id, staff_id, starts, ends)
    SELECT agency_id, id, now() - interval '1 hour', now() + make_interval(hours => ${hours})
    FROM staff WHERE email = ${`${email}@alderway.example`}`.execute(db.owner);
}

const ids = (email: string) =>
  as(email, async (acting) => (await findStandingAlerts(acting)).map(({ id }) => id));

test("an alert reaches whoever is on duty, also of another programme, and nobody else at first", async () => {
  const id = await raise();
  expect(await ids("jack"), "nobody is on duty: every clinician is").toEqual([id]);
  await onDuty("jack");
  expect(await ids("jack")).toEqual([id]);
  expect(await ids("nia"), "has the record, and is not on duty").toEqual([]);
  expect(await ids("ellie")).toEqual([]);
  expect(await ids("tom")).toEqual([]);
});

test("an alert that nobody takes up reaches the whole team after five minutes", async () => {
  await sql`UPDATE duty_alert SET raised_at = now() - interval '6 minutes'`.execute(db.owner);
  expect(await ids("nia")).toHaveLength(1);
  expect(await ids("ellie"), "neither on duty nor of the team").toEqual([]);
});

test("the duty clinician sees whom to call, opens the record for four hours, and says what was done", async () => {
  const { id } = await db.owner.selectFrom("duty_alert").select("id").executeTakeFirstOrThrow();
  expect(await as("ellie", (acting) => findAlert(acting, id))).toBeNull();
  const alert = await as("jack", (acting) => findAlert(acting, id));
  expect(alert).toMatchObject({ callback: "01632 960999", reasons: ["suicide"] });
  expect(alert?.person).toMatchObject({ given_name: "Shanice", suicide: true, overdose: null });
  expect(alert?.person.whole_record).toBe(false);
  expect(await as("ellie", (acting) => openForAlert(acting, id))).toBeNull();
  const consumer = await as("jack", (acting) => openForAlert(acting, id));
  expect(consumer).toBe(alert?.person.consumer_id);
  expect((await as("jack", (acting) => findAlert(acting, id)))?.person.whole_record).toBe(true);
  const waits = await as("grace", (acting) =>
    sql`SELECT FROM emergency_access WHERE consumer_id = ${consumer} AND reviewed_at IS NULL`.execute(
      acting,
    ),
  );
  expect(waits.rows).toHaveLength(1);
  await as("jack", (acting, me) => takeUpAlert(acting, { staffId: me, agencyId: "" }, id));
  const state = await as("tom", (acting) =>
    sql<{
      alert_taken_by: string;
    }>`SELECT alert_taken_by FROM access.come_back_state(${consumer}::uuid)`.execute(acting),
  );
  expect(state.rows).toEqual([{ alert_taken_by: "Jack Ellery" }]);
  expect(await ids("nia")).toEqual([]);
  const closed = await as("jack", (acting, me) =>
    closeAlert(acting, { staffId: me, agencyId: "" }, id, "Spoke with her; her father is there"),
  );
  expect(closed).toBe(true);
  expect(await ids("jack")).toEqual([]);
});

test("nobody takes an alert up in a colleague's name, nor rewrites what was done", async () => {
  const { id } = await db.owner.selectFrom("duty_alert").select("id").executeTakeFirstOrThrow();
  const grace = await as("grace", async (_, me) => me);
  await expect(
    as("jack", (acting) => takeUpAlert(acting, { staffId: grace, agencyId: "" }, id)),
  ).resolves.toBe(false);
  await expect(
    as("jack", (acting) =>
      acting
        .updateTable("duty_alert")
        .set({ what_was_done: "Else" })
        .where("id", "=", id)
        .execute(),
    ),
  ).rejects.toThrow("said once");
});

test("whoever raised an alert does not read what the clinician did about it", async () => {
  const rows = await as("tom", (acting) =>
    acting.selectFrom("duty_alert").select(["reasons", "what_was_done"]).execute(),
  );
  expect(rows).toEqual([]);
});

test("a yes that is said again after an alert was closed alerts again", async () => {
  const again = await raise();
  expect(await ids("jack")).toEqual([again]);
});

test("a shift of somebody who has left is nobody's: every clinician is alerted", async () => {
  await sql`DELETE FROM duty_shift`.execute(db.owner);
  await onDuty("jack");
  expect(await ids("ellie")).toEqual([]);
  await sql`UPDATE staff SET closed_at = now() WHERE email = 'jack@alderway.example'`.execute(
    db.owner,
  );
  expect(await ids("ellie")).toHaveLength(1);
  await sql`UPDATE staff SET closed_at = NULL WHERE email = 'jack@alderway.example'`.execute(
    db.owner,
  );
  expect(await ids("ellie")).toEqual([]);
});
