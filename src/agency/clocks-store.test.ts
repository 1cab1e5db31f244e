import { afterAll, beforeAll, expect, test } from "vitest";
import { type TestDatabase, testDatabase } from "../../test/support/database.ts";
import { actingFor } from "../storage/database.ts";
import { findClocks, saveClocks } from "./clocks-store.ts";

let db: TestDatabase;
beforeAll(async () => {
  db = await testDatabase("demonstration");
});
afterAll(() => db?.drop());

test("an administrator sets every clock of their own agency, and of no other", async () => {
  const sam = await db.owner
    .selectFrom("staff")
    .select(["id as staffId", "agency_id as agencyId"])
    .where("email", "=", "sam@demo.example")
    .executeTakeFirstOrThrow();
  const neighbour = () =>
    db.owner
      .selectFrom("agency")
      .select(["use_review_days", "wait_target_days"])
      .where("id", "!=", sam.agencyId)
      .executeTakeFirstOrThrow();
  const before = await neighbour();
  const wanted = {
    ...{ triage_urgent_days: 2, triage_routine_days: 7, wait_target_days: 30 },
    ...{ return_target_days: 4, use_review_days: 6, not_seen_days: 11, small_count: 8 },
    ...{ crisis_lines: ["988"], crisis_lines_es: ["988 en español"] },
  };
  const kept = await actingFor(db.app, sam.staffId, async (acting) => {
    const { intake_program_id } = await findClocks(acting);
    await saveClocks(acting, sam, { ...wanted, intake_program_id });
    return findClocks(acting);
  });
  expect(kept).toMatchObject(wanted);
  expect(await neighbour()).toEqual(before);
});
