import { sql } from "kysely";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type TestDatabase, testDatabase } from "../../../test/support/database.ts";
import { systemClock, today as todayOf } from "../../kernel/clock.ts";
import { actingFor } from "../../storage/database.ts";
import type { FormVisit } from "../../web/guard.ts";
import { unitKinds } from "../unit.ts";
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
      by: { agencyId: dean.agency_id, staffId: nia.id },
      today: todayOf(systemClock, "Europe/London"),
      services: { clock: systemClock, shelf: [] },
      me: {
        ...{ staffId: nia.id, roles: ["keyworker"] },
        agency: { ...agency, timeZone: "Europe/London" },
      },
    } as unknown as FormVisit),
  );
}

test("whoever is in a stay elsewhere is offered no bed: it is said where they are", async () => {
  const dean = await db.owner
    .selectFrom("episode")
    .innerJoin("consumer", "consumer.id", "episode.consumer_id")
    .select(["consumer.id as consumer_id", "consumer.agency_id", "episode.id as episode_id"])
    .where("family_name", "=", "Rowntree")
    .orderBy("episode.opened_on", "desc")
    .executeTakeFirstOrThrow();
  const unit = await db.owner
    .selectFrom("unit")
    .select(["id", "name"])
    .where("name", "=", "Brackenfell House")
    .executeTakeFirstOrThrow();
  const nia = await db.owner
    .selectFrom("staff")
    .select("id")
    .where("email", "=", "nia@alderway.example")
    .executeTakeFirstOrThrow();
  const [first] = (await as("", findFreeBeds)).free;
  const today = todayOf(systemClock, "Europe/London");
  const { id } = await db.owner
    .insertInto("placement")
    .values({
      ...{ ...dean, unit_id: unit.id, requested_by: nia.id },
      ...{ requested_on: today, admitted_on: today },
    })
    .returning("id")
    .executeTakeFirstOrThrow();
  expect(await as("", findFreeBeds)).toEqual({
    has: { bed: null, unit: unit.name, placementId: id, in: true },
    free: [],
  });
  const refused = await as(first?.bedId ?? "", (visit) => bookFreeBed(visit));
  expect(refused).toMatchObject({ data: { errors: { form: `They are in ${unit.name}` } } });
  await db.owner.deleteFrom("placement").where("id", "=", id).execute();
});

test("a bed is free since it was last left, whoever left it", async () => {
  const [first] = (await as("", findFreeBeds)).free;
  const { rows } = await sql<{ left_on: string | null }>`
    SELECT max(left_on) AS left_on FROM bed_stay WHERE bed_id = ${first?.bedId}`.execute(db.owner);
  expect(first?.since).toBe(rows[0]?.left_on ?? null);
});

test("what stands against a booking is said, and nothing is left of it", async () => {
  const [first] = (await as("", findFreeBeds)).free;
  await sql`CREATE FUNCTION access.taken() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    RAISE EXCEPTION 'not left' USING ERRCODE = 'exclusion_violation', CONSTRAINT = 'bed_not_left';
  END $$`.execute(db.owner);
  await sql`CREATE TRIGGER a_taken BEFORE INSERT ON bed_stay FOR EACH ROW EXECUTE FUNCTION access.taken()`.execute(
    db.owner,
  );
  const refused = await as(first?.bedId ?? "", (visit) => bookFreeBed(visit));
  await sql`DROP TRIGGER a_taken ON bed_stay`.execute(db.owner);
  const form = expect.stringContaining(`Somebody is still in ${first?.bed} in ${first?.unit}`);
  expect(refused).toMatchObject({ data: { errors: { form } } });
  expect((await as("", findFreeBeds)).has).toBeNull();
});

test("two free beds are named with since when; one press books one, once, and then it is told instead", async () => {
  const before = await as("", findFreeBeds);
  expect(before.has).toBeNull();
  expect(before.free.length).toBeGreaterThan(0);
  expect(before.free.length).toBeLessThanOrEqual(2);
  // Second stage comes after treatment: somebody who uses again is not offered it.
  expect(before.free.flatMap(({ what }) => what)).not.toContain(unitKinds["second-stage"]);
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
