import { afterAll, beforeAll, expect, test } from "vitest";
import { type TestDatabase, testDatabase } from "../../../test/support/database.ts";
import { systemClock } from "../../kernel/clock.ts";
import { loader } from "./export.ts";

let db: TestDatabase;
beforeAll(async () => {
  db = await testDatabase("demonstration");
});
afterAll(() => db?.drop());

test("one month is never exported as a whole period, whose small counts would be said", async () => {
  const who = await db.owner
    .selectFrom("staff as s")
    .innerJoin("agency as a", "a.id", "s.agency_id")
    .innerJoin("staff_role as r", "r.staff_id", "s.id")
    .select(["s.id", "s.agency_id", "a.locale", "a.time_zone"])
    .where("r.role", "=", "program-manager")
    .where("a.jurisdiction", "=", "england")
    .executeTakeFirstOrThrow();
  const me = {
    ...{ staffId: who.id, roles: ["program-manager"], mustChangePassword: false },
    agency: { id: who.agency_id, locale: who.locale, timeZone: who.time_zone },
  };
  const services = { me: Promise.resolve(me), database: db.app, clock: systemClock };
  const exported = async (query: string) => {
    const request = new Request(`http://localhost/reports/export.csv?months=12${query}`);
    const answer = await loader({ request, params: {}, context: { get: () => services } } as never);
    return (await answer.text()).split("\r\n");
  };
  const lines = await exported("");
  expect(lines.length).toBeGreaterThan(20);
  const month = lines.map((line) => /,(\d{4}-\d{2}),/.exec(line)?.[1]).find(Boolean);
  expect(month).toBeDefined();
  expect(await exported(`&month=${month}-01`)).toEqual(lines);
});
