import { afterAll, beforeAll, expect, test } from "vitest";
import { type TestDatabase, testDatabase } from "../../test/support/database.ts";
import { systemClock, today as todayOf } from "../kernel/clock.ts";
import { actingFor } from "../storage/database.ts";
import { findTasks } from "./store.ts";

const today = todayOf(systemClock, "Europe/London");
let db: TestDatabase;
beforeAll(async () => {
  db = await testDatabase("demonstration");
});
afterAll(() => db.drop());

async function tasksOf(email: string) {
  const { id } = await db.owner
    .selectFrom("staff")
    .select("id")
    .where("email", "=", email)
    .executeTakeFirstOrThrow();
  const tasks = await actingFor(db.app, id, (acting) => findTasks(acting, today));
  return tasks.map(({ kind, consumerName }) => `${kind} ${consumerName}`);
}

test("everybody who waits is on somebody's list with the next step, and each step on the team's that may take it", async () => {
  const nia = await tasksOf("nia@alderway.example");
  expect(nia).toEqual(
    expect.arrayContaining([
      ...["triage-due Keeley Ashdown", "triage-due Petra Langford", "triage-due Idris Mahmood"],
      ...["assessment-due Callum Threlfall", "offer-due Shanice Barnaby"],
      "offer-unanswered Desmond Achebe",
    ]),
  );
  // What a keyworker has in hand is theirs and the manager's; the supervisor's list is not filled with it.
  const moira = await tasksOf("moira@alderway.example");
  expect(moira).toContain("offer-due Shanice Barnaby");
  const grace = await tasksOf("grace@alderway.example");
  expect(grace).toContain("triage-due Petra Langford");
  expect(grace).not.toContain("offer-due Shanice Barnaby");
  for (const email of ["jack@alderway.example", "tom@alderway.example", "ade@alderway.example"]) {
    const intake = (await tasksOf(email)).filter((task) => /^(triage|assess|offer)/.test(task));
    expect([email, intake.filter((task) => /Ashdown|Barnaby|Achebe/.test(task))]).toEqual([
      email,
      [],
    ]);
  }
});
