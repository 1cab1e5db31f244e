import { sql } from "kysely";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type TestDatabase, testDatabase } from "../../test/support/database.ts";
import { addDays, type Day, getDay } from "../kernel/day.ts";
import { actingFor } from "../storage/database.ts";
import { findTasks } from "./store.ts";

let database: TestDatabase;
let today: Day;
beforeAll(async () => {
  database = await testDatabase("demonstration");
  const { rows } = await sql<{
    day: string;
  }>`SELECT (now() AT TIME ZONE time_zone)::date AS day FROM agency WHERE jurisdiction = 'england'`.execute(
    database.owner,
  );
  today = getDay(rows[0]?.day ?? "");
});
afterAll(() => database.drop());

async function tasksOf(email: string) {
  const { id } = await database.owner
    .selectFrom("staff")
    .select("id")
    .where("email", "=", `${email}@alderway.example`)
    .executeTakeFirstOrThrow();
  const tasks = await actingFor(database.app, id, (db) => findTasks(db, today));
  return tasks.map(({ kind, consumerName, detail, due }) => ({ kind, consumerName, detail, due }));
}

test("who left unplanned waits for their last keyworker and for the manager, not for others", async () => {
  const left = { kind: "left-not-contacted", consumerName: "Kieran Mulhall", detail: "Unplanned" };
  expect(await tasksOf("jack")).toContainEqual(expect.objectContaining(left));
  expect(await tasksOf("moira")).toContainEqual(expect.objectContaining(left));
  expect(await tasksOf("jack")).toContainEqual(
    expect.objectContaining({ kind: "left-unanswered", consumerName: "Kieran Mulhall" }),
  );
  for (const other of ["ellie", "nia", "tom"]) {
    expect(await tasksOf(other)).not.toContainEqual(
      expect.objectContaining({ consumerName: "Kieran Mulhall", kind: "left-not-contacted" }),
    );
  }
});

test("handovers wait for their owner: not accepted, or declined with nobody else found", async () => {
  expect(await tasksOf("ellie")).toContainEqual({
    ...{ kind: "support-not-accepted", consumerName: "Segun Adebanjo", detail: "Work Again" },
    due: addDays(today, -4),
  });
  expect(await tasksOf("nia")).toContainEqual(
    expect.objectContaining({ kind: "support-declined", consumerName: "Pauline Wragg" }),
  );
});

test("a gain is looked at again and the aftercare plan reviewed when their day comes", async () => {
  const tasks = await tasksOf("nia");
  const pauline = tasks.filter(({ consumerName }) => consumerName === "Pauline Wragg");
  expect(pauline.map(({ kind, due }) => [kind, due])).toEqual(
    expect.arrayContaining([
      ["gain-at-risk", addDays(today, -1)],
      ["aftercare-review", addDays(today, 10)],
    ]),
  );
  // Another gain of hers is to be looked at later than within a week.
  expect(pauline.filter(({ kind }) => kind.startsWith("gain-"))).toHaveLength(1);
});

const pair = (tasks: Awaited<ReturnType<typeof tasksOf>>) =>
  tasks
    .filter(({ consumerName }) => consumerName === "Kieran Mulhall")
    .map(({ kind }) => kind)
    .filter((kind) => kind.startsWith("left-"))
    .sort();

test("an ending that is overdue, or whose keyworker has left, is on the list of whoever answers for the team", async () => {
  const of = sql`(SELECT id FROM consumer WHERE family_name = 'Mulhall')`;
  await sql`ALTER TABLE leaving DISABLE TRIGGER keep`.execute(database.owner);
  await sql`UPDATE leaving SET contact_due = now() + interval '1 day', ended_on = ${today}::date WHERE consumer_id = ${of}`.execute(
    database.owner,
  );
  // Grace answers for both of the agency's teams.
  await sql`INSERT INTO staff_program (agency_id, staff_id, program_id, valid_from)
    SELECT e.agency_id, s.id, e.program_id, ${today}::date - 400 FROM staff s, enrolment e
    WHERE s.email = 'grace@alderway.example' AND e.consumer_id = ${of}
      AND NOT EXISTS (SELECT FROM staff_program x WHERE x.staff_id = s.id AND x.program_id = e.program_id)`.execute(
    database.owner,
  );
  expect(pair(await tasksOf("jack"))).toEqual(["left-not-contacted", "left-unanswered"]);
  expect(pair(await tasksOf("grace"))).toEqual([]);
  await sql`UPDATE leaving SET contact_due = now() - interval '1 hour', ended_on = ${today}::date - 3 WHERE consumer_id = ${of}`.execute(
    database.owner,
  );
  expect(pair(await tasksOf("grace"))).toEqual(["left-not-contacted", "left-unanswered"]);
  expect(pair(await tasksOf("nia"))).toEqual([]);
  await sql`UPDATE leaving SET contact_due = now() + interval '1 day', ended_on = ${today}::date WHERE consumer_id = ${of}`.execute(
    database.owner,
  );
  await sql`UPDATE staff SET active_to = ${today}::date - 1 WHERE email = 'jack@alderway.example'`.execute(
    database.owner,
  );
  expect(pair(await tasksOf("grace"))).toEqual(["left-not-contacted", "left-unanswered"]);
});
