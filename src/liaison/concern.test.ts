import { sql } from "kysely";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type TestDatabase, testDatabase } from "../../test/support/database.ts";
import { addDays, type Day, formatDay } from "../kernel/day.ts";
import { type Acting, actingFor, type By } from "../storage/database.ts";
import type { FormVisit } from "../web/guard.ts";
import { findTasks } from "../worklist/store.ts";
import { closeCall, findCall, findCalls, keepCall, linkToRecord } from "./concern-store.ts";
import { byWeek } from "./open-contact.ts";
import { becomeReferral, countContacts, findContacts, keepContact } from "./open-contact-store.ts";
import { relativeAction } from "./pages/relative-action.ts";
import { askAgain, lastAnswers, type RelativeNeeds, type RelativeStatus } from "./relative.ts";
import {
  addRelativeReferral,
  findRelativeNeeds,
  findRelativeReferrals,
  keepRelativeNeeds,
  moveRelativeReferral,
  sendRelativeReferral,
} from "./relative-store.ts";

let db: TestDatabase;
beforeAll(async () => {
  db = await testDatabase("demonstration");
  await sql`ALTER TABLE relative_need DISABLE TRIGGER USER`.execute(db.owner);
  await sql`ALTER TABLE concern_referral_step DISABLE TRIGGER USER`.execute(db.owner);
  for (const table of ["concern_referral_step", "concern_referral", "relative_need"]) {
    await sql`DELETE FROM ${sql.table(table)}`.execute(db.owner);
  }
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

const needs: RelativeNeeds = {
  ...{ crisis_now: null, needs: "To sleep", safety: "safe", violence: "no", children: null },
  ...{ home_note: null, caring: null, health: null, own_use: null, would_help: null },
};

test("help of their own is read by whoever may read the call, and by nobody else; who is in danger waits until today", async () => {
  const day = await as("nia", today);
  const id = await as("tom", (acting, by) =>
    keepCall(acting, by, { ...heard, caller: "Her aunt", followUpOn: addDays(day, 3) }),
  );
  await as("tom", (acting, by) => keepRelativeNeeds(acting, by, id, { needs, today: day }));
  const told = (who: string) => as(who, (acting) => findRelativeNeeds(acting, id));
  for (const who of ["tom", "nia"]) expect(await told(who), who).toHaveLength(1);
  for (const who of ["ade", "ivy"]) expect(await told(who), who).toEqual([]);
  const refused = as("ade", (acting, by) =>
    keepRelativeNeeds(acting, by, id, { needs, today: day }),
  );
  await expect(refused).rejects.toThrow(/row-level security/);
  await as("tom", (acting, by) =>
    keepRelativeNeeds(acting, by, id, { needs: { ...needs, violence: "now" }, today: day }),
  );
  const call = await as("nia", (acting) => findCall(acting, id));
  expect(call).toMatchObject({ danger_now: true, follow_up_on: day });
  expect((await told("nia")).map(({ violence }) => violence)).toEqual(["now", "no"]);
});

test("nothing is sent about a relative without their consent; it is on somebody's list until it is closed", async () => {
  const day = await as("nia", today);
  const [callId = ""] = await calls("tom");
  const nia = await staffOf("nia");
  const make = { providerId: null, what: "The group", ownerId: nia, chaseOn: day, on: day };
  const id = await as("tom", (acting, by) =>
    addRelativeReferral(acting, by, callId, { ...make, sent: null }),
  );
  const sending = { how: "telephone" as const, on: day, told: "Her name", chaseOn: day };
  const send = (consent: { how: "spoken"; on: Day } | null) =>
    as("nia", (acting, by) =>
      sendRelativeReferral(acting, by, { callId, id }, { ...sending, consent }),
    );
  await expect(send(null)).rejects.toThrow(/sent_with_consent/);
  expect(await send({ how: "spoken", on: day })).toBe(true);
  expect(await send({ how: "spoken", on: day })).toBe(false);
  const listed = async (who: string) =>
    (await as(who, (acting) => findTasks(acting, day))).some(
      ({ kind, refId }) => kind === "relative-referral" && refId === callId,
    );
  expect(await listed("nia")).toBe(true);
  expect(await listed("tom")).toBe(false);
  const move = (status: RelativeStatus, remark: string | null) =>
    as("nia", (acting, by) =>
      moveRelativeReferral(
        acting,
        by,
        { callId, id },
        { ...{ status, on: day, chaseOn: addDays(day, -1) }, ...{ ownerId: null, remark } },
      ),
    );
  expect(await move("accepted", null)).toBe(true);
  // Overdue, it is besides on the list of whoever answers for a team.
  expect(await listed("moira")).toBe(true);
  expect(await move("closed", "She goes every week")).toBe(true);
  expect(await move("attended", null)).toBe(false);
  expect(await listed("nia")).toBe(false);
});

test("asked again, nothing about safety is answered before it is asked; what was said before stays to be seen", () => {
  const told = (said: Partial<RelativeNeeds>, recorded_at: string) => ({
    ...{ ...needs, safety: null, violence: null, ...said },
    recorded_at,
  });
  const all = [
    told({ children: "safe", needs: "A rest" }, "today"),
    told({ crisis_now: false, violence: "now" }, "last week"),
    told({ violence: "before", children: "worried", safety: "safe" }, "in spring"),
  ];
  const form = askAgain(all[0] ?? null);
  expect(form).toMatchObject({ needs: "A rest" });
  for (const question of ["crisis_now", "safety", "violence", "children"]) {
    expect(form).not.toHaveProperty(question);
  }
  expect(lastAnswers(all)).toEqual({
    crisis_now: { said: false, at: "last week" },
    safety: { said: "safe", at: "in spring" },
    violence: { said: "now", at: "last week" },
    children: { said: "safe", at: "today" },
  });
});

test("a step is not before the call or the step before it; left as it is, it stays with whoever sees to it", async () => {
  const day = await as("nia", today);
  const id = await as("tom", (acting, by) => keepCall(acting, by, { ...heard, caller: "His son" }));
  await db.owner
    .updateTable("concern_call")
    .set({ at: `${addDays(day, -6)}T12:00:00Z` })
    .where("id", "=", id)
    .execute();
  const on = addDays(day, -4);
  const nia = await staffOf("nia");
  const referral = await as("nia", (acting, by) =>
    addRelativeReferral(acting, by, id, {
      ...{ providerId: null, what: "The group", ownerId: nia, chaseOn: day, on },
      sent: { how: "themselves", on, consent: null, told: null },
    }),
  );
  const step = (fields: Record<string, string>) =>
    as("nia", async (acting, by) => {
      const form = new FormData();
      for (const [name, value] of Object.entries({ id: referral, chase_on: day, ...fields })) {
        form.set(name, value);
      }
      const agency = { id: by.agencyId, locale: "en-GB", timeZone: "Europe/London" };
      const visit = { db: acting, by, form, today: day, me: { staffId: nia, roles: [], agency } };
      const call = { id, consumer_id: null, at: new Date(`${addDays(day, -6)}T12:00:00Z`) };
      const answer = await relativeAction(visit as unknown as FormVisit, call);
      return answer instanceof Response ? null : (answer.data.errors.on ?? answer.data.errors);
    });
  const said = (of: Day) => formatDay(of, "en-GB");
  const accepted = (of: Day) => step({ status: "accepted", on: of });
  expect(await accepted(addDays(day, -5))).toContain(said(on));
  expect(await accepted(addDays(day, -2))).toBeNull();
  expect(await step({ status: "attended", on: addDays(day, -3) })).toBe(
    `The last step was on ${said(addDays(day, -2))}: choose that day or a later one`,
  );
  expect(await step({ owner: "", remark: "Asked again" })).toBeNull();
  const [one] = await as("nia", (acting) => findRelativeReferrals(acting, id));
  expect(one).toMatchObject({ owner_id: nia, status: "accepted" });
  // That it was asked again today says nothing of when they went.
  expect(await step({ status: "attended", on: addDays(day, -1) })).toBeNull();
});

test("a call that is put into a record takes the relative's referral to somebody who can read it", async () => {
  const day = await as("nia", today);
  const [callId = ""] = await calls("tom");
  const tom = await staffOf("tom");
  await as("tom", (acting, by) =>
    addRelativeReferral(acting, by, callId, {
      ...{ providerId: null, what: "A talk", ownerId: tom, chaseOn: day, on: day, sent: null },
    }),
  );
  const consumerId = await callum();
  expect(await as("nia", (acting) => linkToRecord(acting, callId, consumerId))).toBe(true);
  const owners = await as("nia", (acting) => findRelativeReferrals(acting, callId));
  expect(owners.find(({ what }) => what === "A talk")?.owner_id).toBe(await staffOf("nia"));
  expect(await as("tom", (acting) => findRelativeReferrals(acting, callId))).toEqual([]);
});

async function staffOf(who: string): Promise<string> {
  return as(who, async (_, by) => by.staffId);
}

async function today(acting: Acting): Promise<Day> {
  const { rows } = await sql<{ day: Day }>`SELECT access.today() AS day`.execute(acting);
  return rows[0]?.day as Day;
}
