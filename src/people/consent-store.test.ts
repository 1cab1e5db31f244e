import fc from "fast-check";
import { sql } from "kysely";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type TestDatabase, testDatabase } from "../../test/support/database.ts";
import { addDays, type Day } from "../kernel/day.ts";
import { actingFor } from "../storage/database.ts";
import { liveConsents } from "./consent.ts";
import { consentStanding } from "./consent-store.ts";

let db: TestDatabase;
beforeAll(async () => {
  db = await testDatabase("demonstration");
});
afterAll(() => db.drop());

// Days around today and around an eighteenth birthday, where the two could part.
const rarely = fc.constantFrom(false, false, false, false, true);
const near = fc.integer({ min: -3, max: 3 });
const consents = fc.array(
  fc.record({
    kind: fc.constantFrom("disclosure", "disclosure", "disclosure", "criminal-justice"),
    signed: fc.oneof(near, fc.constant(-400)),
    from: fc.oneof(near, fc.constant(-400)),
    lasts: fc.option(fc.oneof(fc.integer({ min: 0, max: 5 }), fc.integer({ min: 395, max: 800 }))),
    revoked: rarely,
  }),
  { minLength: 1, maxLength: 4 },
);
const people = fc.record({
  /** Their age on this many days from today becomes 18; null: long of age. */
  birthday: fc.option(near),
  criminalJustice: rarely,
  ended: fc.option(near, { freq: 1 }),
  flagged: rarely,
  consents,
});

test("the view that the database asks and the rule that pages ask know the same live consents", async () => {
  const ana = await db.owner
    .selectFrom("staff")
    .select(["id", "agency_id"])
    .where("email", "=", "ana@demo.example")
    .executeTakeFirstOrThrow();
  const { id: program_id } = await db.owner
    .selectFrom("program")
    .select("id")
    .where("name", "=", "General Population")
    .executeTakeFirstOrThrow();
  const act = <T>(work: Parameters<typeof actingFor<T>>[2]) => actingFor(db.app, ana.id, work);
  const today = await act(async (acting) => {
    const { rows } = await sql<{ day: Day }>`SELECT access.today() AS day`.execute(acting);
    return rows[0]?.day as Day;
  });
  const agency_id = ana.agency_id;
  const drawn = fc.sample(people, { numRuns: 60, seed: 2026 });
  const consumers: string[] = [];
  await db.owner.transaction().execute(async (owner) => {
    for (const one of drawn) {
      const born =
        one.birthday === null
          ? "1980-05-05"
          : addDays(today, one.birthday).replace(/^\d+/, (year) => String(Number(year) - 18));
      const { id: consumer_id } = await owner
        .insertInto("consumer")
        .values({
          agency_id,
          number: `T-${consumers.length}`,
          given_name: "A",
          family_name: "B",
          date_of_birth: born.endsWith("02-29") ? born.replace("02-29", "02-28") : born,
          search_key: "",
        })
        .returning("id")
        .executeTakeFirstOrThrow();
      consumers.push(consumer_id);
      const { id: episode_id } = await owner
        .insertInto("episode")
        .values({ agency_id, consumer_id, opened_on: today })
        .returning("id")
        .executeTakeFirstOrThrow();
      await owner
        .insertInto("enrolment")
        .values({ agency_id, consumer_id, episode_id, program_id, requested_on: today })
        .execute();
      const { id: support_id } = await owner
        .insertInto("support")
        .values({
          agency_id,
          consumer_id,
          kind: "referral-source",
          name: "S",
          relation: "R",
          organisation: "O",
          criminal_justice: one.criminalJustice,
          ended_on: one.ended === null ? null : addDays(today, one.ended),
        })
        .returning("id")
        .executeTakeFirstOrThrow();
      if (one.flagged) {
        await owner
          .insertInto("no_contact")
          .values({ agency_id, consumer_id, support_id, reason: "x", set_by: ana.id })
          .execute();
      }
      for (const { kind, signed, from, lasts, revoked } of one.consents) {
        const { id: consent_id } = await owner
          .insertInto("consent")
          .values({
            agency_id,
            consumer_id,
            support_id,
            kind,
            discloser: "D",
            recipient: "S",
            topics: ["attendance"],
            purpose: "P",
            signed_on: addDays(today, signed),
            signers: "[]",
            manner: "paper",
            valid_from: addDays(today, from),
            expires_on: lasts === null ? null : addDays(today, from + lasts),
            expiry_event: lasts === null ? "E" : null,
            created_by: ana.id,
          })
          .returning("id")
          .executeTakeFirstOrThrow();
        if (!revoked) continue;
        await owner
          .insertInto("consent_revocation")
          .values({ agency_id, consumer_id, consent_id, reason: "x", recorded_by: ana.id })
          .execute();
      }
    }
  });
  let live = 0;
  for (const consumerId of consumers) {
    const [byRule, byView] = await act(async (acting) => {
      const standings = await consentStanding(acting, consumerId, today);
      const rows = await acting
        .selectFrom("live_consent")
        .select("id")
        .where("consumer_id", "=", consumerId)
        .execute();
      return [
        standings.flatMap((one) => liveConsents(one, one.person, today)).map(({ id }) => id),
        rows.map(({ id }) => id),
      ];
    });
    expect(byView.sort()).toEqual(byRule.sort());
    live += byRule.length;
  }
  expect(live).toBeGreaterThan(15);
});
