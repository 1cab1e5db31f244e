import { sql } from "kysely";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type TestDatabase, testDatabase } from "../../test/support/database.ts";
import type { Day } from "../kernel/day.ts";
import { type Acting, actingFor, type By } from "../storage/database.ts";
import { closeCall, findCall, findCalls, keepCall, linkToRecord } from "./concern-store.ts";
import { byWeek } from "./open-contact.ts";
import { becomeReferral, countContacts, findContacts, keepContact } from "./open-contact-store.ts";

let db: TestDatabase;
beforeAll(async () => {
  db = await testDatabase("demonstration");
  await sql`DELETE FROM concern_call`.execute(db.owner);
  await sql`DELETE FROM open_contact`.execute(db.owner);
});
afterAll(() => db.drop());

async function as<T>(who: string, work: (acting: Acting, by: By) => Promise<T>): Promise<T> {
  const { id, agency_id } = await db.owner
    .selectFrom("staff")
    .select(["id", "agency_id"])
    .where("email", "=", `${who}@alderway.example`)
    .executeTakeFirstOrThrow();
  return actingFor(db.app, id, (acting) => work(acting, { staffId: id, agencyId: agency_id }));
}

const heard = {
  caller: "His mother",
  callback: "01632 960777",
  safeToCallBack: null,
  aboutWhom: "Cal, she says",
  said: "He has not been home",
  dangerNow: null,
  ownNeeds: ["someone-to-talk-to"],
  offered: ["family-service"],
  ownerId: null,
  followUpOn: null,
};
const calls = (who: string) =>
  as(who, async (acting) => {
    const rows = await findCalls(acting, { closed: false, skip: 0, most: 50 });
    return rows.map(({ id }) => id);
  });
const callum = async () =>
  (
    await db.owner
      .selectFrom("consumer")
      .select("id")
      .where("given_name", "=", "Callum")
      .executeTakeFirstOrThrow()
  ).id;

test("a call that the front desk took is read by the desk that took it and by clinicians", async () => {
  await as("tom", (acting, by) => keepCall(acting, by, heard));
  const [id] = await calls("tom");
  expect(id).toBeDefined();
  expect(await calls("nia")).toEqual([id]);
  expect(await calls("ade")).toEqual([]);
  expect(await calls("ivy")).toEqual([]);
});

test("linking it is a clinician's who has the record; afterwards only the team reads it", async () => {
  const [id = ""] = await calls("tom");
  const consumer = await callum();
  expect(await as("tom", (acting) => linkToRecord(acting, id, consumer))).toBe(false);
  expect(await as("jack", (acting) => linkToRecord(acting, id, consumer))).toBe(false);
  expect(await as("nia", (acting) => linkToRecord(acting, id, consumer))).toBe(true);
  expect(await as("nia", (acting) => linkToRecord(acting, id, consumer)), "said once").toBe(false);
  expect(await calls("tom"), "whoever took it learns nothing more").toEqual([]);
  expect(await calls("jack")).toEqual([]);
  expect(await as("nia", (acting) => findCall(acting, id))).toMatchObject({ given_name: "Callum" });
  await as("nia", (acting) =>
    closeCall(acting, id, { on: "2026-01-01" as never, outcome: "Offered the family group" }),
  );
  expect(await calls("nia")).toEqual([]);
});

test("a contact needs no name; the desk reads its own, everybody knows the counts", async () => {
  const contact = {
    consumerId: null,
    nickname: null,
    kinds: ["drop-in", "harm-reduction"],
    completedTreatment: null,
    naloxoneGiven: true,
    overdoseAdvice: false,
    note: null,
  };
  await as("tom", (acting, by) => keepContact(acting, by, contact));
  await as("ade", (acting, by) => keepContact(acting, by, { ...contact, nickname: "Shaz" }));
  const { rows } = await sql<{ today: string }>`
    SELECT (now() AT TIME ZONE 'Europe/London')::date::text AS today`.execute(db.owner);
  const today = rows[0]?.today as never;
  expect(await as("tom", (acting) => findContacts(acting, today))).toHaveLength(1);
  expect(await as("nia", (acting) => findContacts(acting, today))).toHaveLength(2);
  const mentor = await as("ade", (acting) => findContacts(acting, today));
  expect(
    mentor.map(({ nickname }) => nickname),
    "a mentor reads no colleague's note",
  ).toEqual(["Shaz"]);
  const weeks = byWeek(await as("tom", (acting) => countContacts(acting, today)));
  expect(weeks[0]?.counts).toMatchObject({ all: 2, "drop-in": 2, naloxone: 2 });
  expect(await as("ivy", (acting) => countContacts(acting, today))).toEqual([]);
});

test("a contact of yesterday stands on its day, with its time where that is known", async () => {
  const { rows } = await sql<{ yesterday: Day }>`
    SELECT (now() AT TIME ZONE 'Europe/London')::date - 1 AS yesterday`.execute(db.owner);
  const on = rows[0]?.yesterday as Day;
  const contact = {
    ...{ consumerId: null, kinds: ["advice"], completedTreatment: null, note: null },
    ...{ naloxoneGiven: false, overdoseAdvice: false, on },
  };
  await as("nia", (acting, by) =>
    keepContact(acting, by, { ...contact, nickname: "Early", at: "23:50" }),
  );
  await as("nia", (acting, by) =>
    keepContact(acting, by, { ...contact, nickname: "Some time", at: null }),
  );
  const found = await as("nia", (acting) => findContacts(acting, on));
  expect(found.map(({ nickname, day_only }) => [nickname, day_only])).toEqual([
    ["Early", false],
    ["Some time", true],
  ]);
});

test("nobody writes a contact down for a person who is not theirs", async () => {
  const consumerId = await callum();
  const contact = {
    consumerId,
    nickname: null,
    kinds: ["advice"],
    completedTreatment: null,
    naloxoneGiven: false,
    overdoseAdvice: false,
    note: null,
  };
  for (const who of ["tom", "ade", "jack"]) {
    await expect(
      as(who, (acting, by) => keepContact(acting, by, contact)),
      who,
    ).rejects.toThrow();
  }
  await as("nia", (acting, by) => keepContact(acting, by, contact));
});

test("a contact that becomes a referral is that person's; only the hand that took both can say so", async () => {
  const consumerId = await callum();
  const { id } = await db.owner
    .selectFrom("open_contact")
    .select("id")
    .where("nickname", "=", "Shaz")
    .executeTakeFirstOrThrow();
  expect(await as("nia", (acting) => becomeReferral(acting, id, consumerId))).toBe(false);
  await as("nia", (acting) =>
    sql`INSERT INTO referral_in (agency_id, consumer_id, episode_id, source, urgency, reason, recorded_by)
      SELECT agency_id, consumer_id, id, 'open-access', 'routine', 'Asked for help', access.staff()
      FROM episode WHERE consumer_id = ${consumerId} AND closed_on IS NULL`.execute(acting),
  );
  expect(await as("jack", (acting) => becomeReferral(acting, id, consumerId))).toBe(false);
  expect(await as("nia", (acting) => becomeReferral(acting, id, consumerId))).toBe(true);
  expect(await as("nia", (acting) => becomeReferral(acting, id, consumerId)), "once").toBe(false);
  expect(
    await as("jack", (acting) =>
      acting.selectFrom("open_contact").select("id").where("id", "=", id).execute(),
    ),
  ).toEqual([]);
});
