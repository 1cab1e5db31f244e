import { afterAll, beforeAll, expect, test } from "vitest";
import { type TestDatabase, testDatabase } from "../../../test/support/database.ts";
import { systemClock, today as todayOf } from "../../kernel/clock.ts";
import { actingFor } from "../../storage/database.ts";
import type { FormVisit } from "../../web/guard.ts";
import { bookFreeBed, findFreeBeds } from "./free-beds.ts";

// Dean called to come back, and Nia answers; in the demonstration.

let db: TestDatabase;
beforeAll(async () => {
  db = await testDatabase("demonstration");
});
afterAll(() => db.drop());

async function as<T>(bed: string, work: (visit: FormVisit) => Promise<T>): Promise<T> {
  const dean = await db.owner
    .selectFrom("consumer")
    .select(["id", "agency_id"])
    .where("family_name", "=", "Rowntree")
    .executeTakeFirstOrThrow();
  const nia = await db.owner
    .selectFrom("staff")
    .select("id")
    .where("email", "=", "nia@alderway.example")
    .executeTakeFirstOrThrow();
  const form = new FormData();
  form.set("bed", bed);
  const agency = { id: dean.agency_id, jurisdiction: "england", locale: "en-GB" };
  return actingFor(db.app, nia.id, (acting) =>
    work({
      ...{ db: acting, consumerId: dean.id, form, params: {} },
      today: todayOf(systemClock, "Europe/London"),
      services: { clock: systemClock, shelf: [] },
      by: { staffId: nia.id, agencyId: dean.agency_id },
      me: {
        ...{ staffId: nia.id, roles: ["keyworker"] },
        agency: { ...agency, timeZone: "Europe/London" },
      },
    } as unknown as FormVisit),
  );
}

test("two free beds are named with since when; one press books one, once, and then it is told instead", async () => {
  const before = await as("", findFreeBeds);
  expect(before.has).toBeNull();
  expect(before.free.length).toBeGreaterThan(0);
  expect(before.free.length).toBeLessThanOrEqual(2);
  const [first] = before.free;
  const bed = first?.bedId ?? "";
  expect(await as(bed, (visit) => bookFreeBed(visit))).toBeInstanceOf(Response);
  const after = await as("", findFreeBeds);
  expect(after).toMatchObject({ has: { bed: first?.bed, unit: first?.unit, in: false }, free: [] });
  expect(await as(bed, (visit) => bookFreeBed(visit))).not.toBeInstanceOf(Response);
  const stays = await db.owner
    .selectFrom("bed_stay")
    .select("id")
    .where("bed_id", "=", bed)
    .where("arrived_on", "is", null)
    .where("cancelled_on", "is", null)
    .execute();
  expect(stays).toHaveLength(1);
});
