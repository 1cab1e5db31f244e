import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type TestDatabase, testDatabase } from "../../test/support/database.ts";
import { actingFor } from "../storage/database.ts";
import { confidentialityOf } from "./confidentiality.ts";
import { ageOfConsent } from "./consent-law.ts";
import { type Basis, groundLabel, groundsOf } from "./disclosure.ts";
import { findDisclosures, recordDisclosure } from "./disclosure-store.ts";

let db: TestDatabase;
beforeAll(async () => {
  db = await testDatabase("demonstration");
});
afterAll(() => db.drop());

const places = ["us-mo", "england", "atlantis"];

describe("the law of the place", () => {
  test.each(places)(
    "%s: page and database know the same grounds and the same age",
    async (place) => {
      const { rows } = await sql<{ bases: string[]; age: number }>`
      SELECT people.lawful_bases(${place}) AS bases, people.age_of_consent(${place}) AS age`.execute(
        db.owner,
      );
      expect(new Set(groundsOf(place).map(({ basis }) => basis))).toEqual(new Set(rows[0]?.bases));
      expect(ageOfConsent(place)).toBe(rows[0]?.age);
    },
  );

  test("neither country's pages cite the other's law", () => {
    const said = (place: string) => {
      const law = confidentialityOf(place);
      return JSON.stringify([law, law.takingBack("Us"), groundsOf(place)]);
    };
    expect(said("england")).not.toMatch(/42 CFR|Part 2|counsel|parole/);
    expect(said("us-mo")).not.toMatch(/GDPR|Caldicott|safeguard|Mental Capacity/i);
    expect(said("atlantis")).not.toMatch(/42 CFR|GDPR|Caldicott/);
  });

  test("a ground of another place is still called by its name in the list", () => {
    expect(groundLabel("england", "crime-on-premises")).toContain("Crime");
  });
});

describe("telling somebody outside", () => {
  async function tell(who: string, given: string, basis: Basis): Promise<string> {
    const staff = await db.owner
      .selectFrom("staff")
      .select(["id", "agency_id"])
      .where("email", "=", who)
      .executeTakeFirstOrThrow();
    const consumer = await db.owner
      .selectFrom("consumer")
      .select("id")
      .where("given_name", "=", given)
      .executeTakeFirstOrThrow();
    const by = { staffId: staff.id, agency: { id: staff.agency_id } };
    return actingFor(db.app, staff.id, async (acting) => {
      await recordDisclosure(acting, by, consumer.id, {
        ...{ basis, recipient: "A. Nurse, ward 4", supportId: null, consentId: null, topics: [] },
        ...{ what: "The dose", purpose: "It was urgent", day: "2026-01-05", time: "10:00" },
      });
      const told = await findDisclosures(acting, consumer.id, { since: null, skip: 0, most: 9 });
      return told.some((one) => one.basis === basis) ? "" : "not there";
    }).catch((error: Error) => error.message);
  }

  test.each([
    ["safeguarding-child", "", "no such ground"],
    ["public-interest", "", "no such ground"],
    ["vital-interests", "", "no such ground"],
    ["crime-on-premises", "no such ground", ""],
    ["child-abuse-report", "no such ground", ""],
    ["medical-emergency", "no such ground", ""],
    ["court-order", "", ""],
  ] as const)("%s", async (basis, inEngland, inMissouri) => {
    const refused = (why: string) => (why ? expect.stringContaining(why) : "");
    expect(await tell("nia@alderway.example", "Tobias", basis)).toEqual(refused(inEngland));
    expect(await tell("ana@demo.example", "Maria", basis)).toEqual(refused(inMissouri));
  });
});

test("in England a consent signed at 17 holds at 18, and one signed at 15 lapses at 16", async () => {
  const nia = await db.owner
    .selectFrom("staff")
    .select(["id", "agency_id"])
    .where("email", "=", "nia@alderway.example")
    .executeTakeFirstOrThrow();
  const of = await db.owner
    .selectFrom("support")
    .select(["id", "consumer_id"])
    .where("name", "=", "Helen Merriweather")
    .executeTakeFirstOrThrow();
  const lives = async (years: number) => {
    await sql`UPDATE consumer SET date_of_birth = c.signed_on - make_interval(years => ${years}) - interval '364 days'
      FROM consent c WHERE c.consumer_id = consumer.id AND consumer.id = ${of.consumer_id}`.execute(
      db.owner,
    );
    return actingFor(db.app, nia.id, (acting) =>
      acting.selectFrom("live_consent").select("id").where("support_id", "=", of.id).execute(),
    );
  };
  expect(await lives(17)).toHaveLength(1);
  expect(await lives(15)).toHaveLength(0);
  expect(await lives(14)).toHaveLength(1);
});
