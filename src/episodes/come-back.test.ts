import { sql } from "kysely";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type TestDatabase, testDatabase } from "../../test/support/database.ts";
import type { Acting } from "../storage/database.ts";
import { actingFor } from "../storage/database.ts";
import { questionNames } from "./come-back.ts";
import {
  answerComeBack,
  comeBack,
  findComeBack,
  type Said,
  toldOnCall,
} from "./come-back-store.ts";

let db: TestDatabase;
beforeAll(async () => {
  db = await testDatabase("demonstration");
});
afterAll(() => db.drop());

const nothingSaid: Said = {
  callback: null,
  what_and_when: null,
  alone: null,
  overdose: null,
  suicide: null,
  withdrawal: null,
  pregnant_or_children: null,
};

async function as<T>(email: string, work: (acting: Acting) => Promise<T>): Promise<T> {
  const { id } = await db.owner
    .selectFrom("staff")
    .select("id")
    .where("email", "=", email)
    .executeTakeFirstOrThrow();
  return actingFor(db.app, id, work);
}

/** A closed story of our own, so that no other test's person is brought back. */
async function somebodyWhoLeft(family: string, program = "Quayside Detox"): Promise<string> {
  const { rows } = await sql<{ id: string }>`
    WITH a AS (SELECT id FROM agency WHERE jurisdiction = 'england'),
    p AS (INSERT INTO consumer (agency_id, number, given_name, family_name, date_of_birth, search_key)
      SELECT id, 'R-' || floor(random() * 1e9), 'Test', ${family}, '1990-04-02', '' FROM a RETURNING id, agency_id),
    e AS (INSERT INTO episode (agency_id, consumer_id, opened_on, closed_on, closed_reason)
      SELECT agency_id, id, current_date - 90, current_date - 30, 'completed' FROM p RETURNING id, agency_id, consumer_id),
    n AS (INSERT INTO enrolment (agency_id, consumer_id, episode_id, program_id, requested_on, valid_from, valid_to, end_reason)
      SELECT e.agency_id, e.consumer_id, e.id, g.id, current_date - 90, current_date - 90, current_date - 30, 'completed'
      FROM e JOIN program g ON g.agency_id = e.agency_id AND g.name = ${program}),
    s AS (INSERT INTO assignment (agency_id, consumer_id, staff_id, part, valid_from, valid_to)
      SELECT e.agency_id, e.consumer_id, w.id, 'keyworker', current_date - 90, current_date - 30
      FROM e JOIN staff w ON w.agency_id = e.agency_id AND w.email = 'jack@alderway.example')
    SELECT id FROM p`.execute(db.owner);
  return rows[0]?.id ?? "";
}

const TOM = "tom@alderway.example";

test("the front desk brings anybody of the agency back in one step and learns nothing clinical", async () => {
  const id = await somebodyWhoLeft("Frontdesk");
  const back = await as(TOM, (acting) => comeBack(acting, id, nothingSaid));
  expect(back?.opened).toBe(true);
  const state = await as(TOM, (acting) => findComeBack(acting, id));
  expect(state).toMatchObject({ told: "Jack Ellery", alert_id: null, seen_at: null });
  for (const table of ["episode", "enrolment", "come_back", "referral_in", "assignment"] as const) {
    const rows = await as(TOM, (acting) =>
      acting.selectFrom(table).select("id").where("consumer_id", "=", id).execute(),
    );
    expect(rows, table).toEqual([]);
  }
  const episodes = await db.owner
    .selectFrom("episode")
    .select(["id", "previous_id", "closed_on"])
    .where("consumer_id", "=", id)
    .orderBy("opened_on")
    .execute();
  expect(episodes).toHaveLength(2);
  expect(episodes[1]).toMatchObject({ previous_id: episodes[0]?.id, closed_on: null });
  const wait = await db.owner
    .selectFrom("enrolment")
    .innerJoin("program", "program.id", "enrolment.program_id")
    .select(["program.name", "valid_from"])
    .where("episode_id", "=", episodes[1]?.id ?? "")
    .execute();
  expect(wait).toEqual([{ name: "Quayside Detox", valid_from: null }]);
  const keyworker = await db.owner
    .selectFrom("assignment")
    .innerJoin("staff", "staff.id", "assignment.staff_id")
    .select("staff.name")
    .where("consumer_id", "=", id)
    .where("valid_to", "is", null)
    .execute();
  expect(keyworker).toEqual([{ name: "Jack Ellery" }]);
});

test("another agency's person is no such person, and nothing of it tells otherwise", async () => {
  const id = await somebodyWhoLeft("Elsewhere");
  expect(await as("flo@demo.example", (acting) => comeBack(acting, id, nothingSaid))).toBeNull();
  expect(await as("flo@demo.example", (acting) => findComeBack(acting, id))).toBeNull();
  const nobody = "00000000-0000-7000-8000-000000000000";
  expect(await as(TOM, (acting) => comeBack(acting, nobody, nothingSaid))).toBeNull();
  for (const outsider of [
    "hugh@alderway.example",
    "ivy@alderway.example",
    "ellie@alderway.example",
  ]) {
    expect(await as(outsider, (acting) => comeBack(acting, id, nothingSaid)), outsider).toBeNull();
  }
});

test("a peer mentor brings back their own, and nobody else", async () => {
  const id = await somebodyWhoLeft("Mentored");
  const ADE = "ade@alderway.example";
  expect(await as(ADE, (acting) => comeBack(acting, id, nothingSaid))).toBeNull();
  await sql`INSERT INTO assignment (agency_id, consumer_id, staff_id, part, valid_from)
    SELECT agency_id, ${id}, id, 'peer-mentor', current_date - 20 FROM staff WHERE email = ${ADE}`.execute(
    db.owner,
  );
  expect((await as(ADE, (acting) => comeBack(acting, id, nothingSaid)))?.opened).toBe(true);
});

test("two who answer at once open one episode and one clock", async () => {
  const id = await somebodyWhoLeft("Atonce");
  const answers = await Promise.all(
    [TOM, "jack@alderway.example", TOM, "grace@alderway.example"].map((email) =>
      as(email, (acting) => comeBack(acting, id, nothingSaid)),
    ),
  );
  expect(answers.filter((one) => one?.opened)).toHaveLength(1);
  expect(new Set(answers.map((one) => one?.id)).size).toBe(1);
  const open = await db.owner
    .selectFrom("episode")
    .select("id")
    .where("consumer_id", "=", id)
    .where("closed_on", "is", null)
    .execute();
  expect(open).toHaveLength(1);
});

test("where an episode is open already the call is kept on it", async () => {
  const { id } = await db.owner
    .selectFrom("consumer")
    .select("id")
    .where("given_name", "=", "Sunita")
    .executeTakeFirstOrThrow();
  const back = await as(TOM, (acting) => comeBack(acting, id, nothingSaid));
  expect(back?.opened).toBe(false);
  const made = await db.owner
    .selectFrom("referral_in")
    .select("id")
    .where("consumer_id", "=", id)
    .where("source", "=", "come-back")
    .execute();
  expect(made).toEqual([]);
  expect(await as(TOM, (acting) => findComeBack(acting, id))).toMatchObject({
    told: "Nia Prosser",
  });
});

test.each(questionNames)("%s may be skipped, and a yes alone raises an alert", async (name) => {
  const id = await somebodyWhoLeft(`Ask${name.replaceAll("_", "")}`);
  const back = await as(TOM, (acting) => comeBack(acting, id, nothingSaid));
  const row = () =>
    db.owner
      .selectFrom("come_back")
      .select(questionNames)
      .where("id", "=", back?.id ?? "")
      .executeTakeFirstOrThrow();
  expect(Object.values(await row())).toEqual(questionNames.map(() => null));
  await as(TOM, (acting) =>
    answerComeBack(acting, back?.id ?? "", { ...nothingSaid, [name]: false }),
  );
  expect(await as(TOM, (acting) => findComeBack(acting, id))).toMatchObject({ alert_id: null });
  await as(TOM, (acting) =>
    answerComeBack(acting, back?.id ?? "", { ...nothingSaid, [name]: true }),
  );
  const state = await as(TOM, (acting) => findComeBack(acting, id));
  expect(state?.alert_id).not.toBeNull();
  await as(TOM, (acting) => answerComeBack(acting, back?.id ?? "", nothingSaid));
  expect((await row())[name]).toBe(true);
  for (const again of [1, 2]) {
    await as(TOM, (acting) =>
      answerComeBack(acting, back?.id ?? "", { ...nothingSaid, [name]: false }),
    );
    expect((await row())[name], `a later no, time ${again}, leaves the yes`).toBe(true);
  }
  const told = await as(TOM, (acting) => findComeBack(acting, id));
  expect(told?.what_and_when?.match(/told no: /g), "and stands beside it once").toHaveLength(1);
  const alerts = await db.owner
    .selectFrom("duty_alert")
    .select("reasons")
    .where("come_back_id", "=", back?.id ?? "")
    .execute();
  expect(alerts).toEqual([{ reasons: [name.replaceAll("_", "-")] }]);
});

test("a yes moves the day by which they are to be seen, and nothing moves it back", async () => {
  const id = await somebodyWhoLeft("Sooner");
  const back = await as(TOM, (acting) => comeBack(acting, id, nothingSaid));
  const answers = async (said: Partial<typeof nothingSaid>) => {
    await as(TOM, (acting) => answerComeBack(acting, back?.id ?? "", { ...nothingSaid, ...said }));
    const { rows } = await sql<{ due: string; today: string; soon: string }>`
      SELECT c.due_on::text AS due, d.day::text AS today, access.working_days_after(d.day, 1)::text AS soon
      FROM come_back c JOIN agency a ON a.id = c.agency_id
      CROSS JOIN LATERAL (SELECT (now() AT TIME ZONE a.time_zone)::date AS day) d
      WHERE c.id = ${back?.id ?? ""}`.execute(db.owner);
    return rows[0];
  };
  const promised = await answers({ suicide: false });
  expect((promised?.due ?? "") > (promised?.soon ?? "")).toBe(true);
  const urgent = await answers({ withdrawal: true });
  expect(urgent?.due).toBe(urgent?.soon);
  const emergency = await answers({ suicide: true });
  expect(emergency?.due).toBe(emergency?.today);
  expect((await answers({ suicide: false, alone: true }))?.due).toBe(emergency?.today);
});

test("an overdose makes the referral an emergency", async () => {
  const id = await somebodyWhoLeft("Overdose");
  await as(TOM, (acting) => comeBack(acting, id, { ...nothingSaid, overdose: true }));
  const { urgency } = await db.owner
    .selectFrom("referral_in")
    .select("urgency")
    .where("consumer_id", "=", id)
    .executeTakeFirstOrThrow();
  expect(urgency).toBe("emergency");
});

test("being seen after the call stops the clock by itself; a session earlier that day does not", async () => {
  const id = await somebodyWhoLeft("Seen");
  await as(TOM, (acting) => comeBack(acting, id, nothingSaid));
  await sql`UPDATE come_back SET asked_at = (current_date - 1 + time '10:30') AT TIME ZONE 'Europe/London' WHERE consumer_id = ${id}`.execute(
    db.owner,
  );
  const session = (from: string, to: string) =>
    as("jack@alderway.example", (acting) =>
      sql`INSERT INTO service (agency_id, consumer_id, kind, service_date, start_time, end_time, units, consumer_present, performer_id, recorded_by)
        VALUES (access.agency(), ${id}, 'individual-counseling', current_date - 1, ${from}::time, ${to}::time, 4, true, access.staff(), access.staff())`.execute(
        acting,
      ),
    );
  const seen = async () =>
    (
      await db.owner
        .selectFrom("come_back")
        .select("seen_how")
        .where("consumer_id", "=", id)
        .executeTakeFirstOrThrow()
    ).seen_how;
  await session("09:00", "10:00");
  expect(await seen()).toBeNull();
  await session("11:00", "12:00");
  expect(await seen()).toBe("individual counseling");
});

test("a call of somebody in care, or who was never here, is not said to be a return; the front desk learns neither", async () => {
  const { rows } = await sql<{ id: string }>`
    INSERT INTO consumer (agency_id, number, given_name, family_name, search_key)
    SELECT id, 'R-new', 'Test', 'Never', '' FROM agency WHERE jurisdiction = 'england' RETURNING id`.execute(
    db.owner,
  );
  const fresh = rows[0]?.id ?? "";
  await as(TOM, (acting) => comeBack(acting, fresh, { ...nothingSaid, suicide: true }));
  const referral = await db.owner
    .selectFrom("referral_in")
    .select(["source", "urgency"])
    .where("consumer_id", "=", fresh)
    .executeTakeFirstOrThrow();
  expect(referral).toEqual({ source: "self", urgency: "emergency" });
  const inCare = await db.owner
    .selectFrom("consumer")
    .select("id")
    .where("given_name", "=", "Rhian")
    .executeTakeFirstOrThrow();
  await sql`DELETE FROM duty_alert WHERE consumer_id = ${inCare.id}`.execute(db.owner);
  await sql`DELETE FROM come_back WHERE consumer_id = ${inCare.id}`.execute(db.owner);
  await as(TOM, (acting) => comeBack(acting, inCare.id, nothingSaid));
  expect((await as(TOM, (acting) => findComeBack(acting, inCare.id)))?.standing).toBeNull();
  const team = await as("grace@alderway.example", (acting) => findComeBack(acting, inCare.id));
  expect(team?.standing).toBe("in-care");
});

test("the aftercare plan's promise sets the clock; whoever follows up after the ending is told", async () => {
  const id = await somebodyWhoLeft("Promised");
  await sql`WITH e AS (SELECT * FROM episode WHERE consumer_id = ${id}),
    s AS (SELECT id FROM staff WHERE email = 'jack@alderway.example')
    INSERT INTO aftercare_plan (agency_id, consumer_id, episode_id, version, state, back_within_days, created_by, activated_at, agreed_on, agreed_by_whom)
    SELECT e.agency_id, e.consumer_id, e.id, 1, 'active', 1, s.id, now() - interval '30 days', current_date - 30, 'Them' FROM e, s`.execute(
    db.owner,
  );
  await sql`INSERT INTO assignment (agency_id, consumer_id, staff_id, part, valid_from)
    SELECT agency_id, ${id}, id, 'aftercare', current_date - 20 FROM staff WHERE email = 'nia@alderway.example'`.execute(
    db.owner,
  );
  await sql`INSERT INTO staff_program (agency_id, staff_id, program_id, valid_from)
    SELECT s.agency_id, s.id, p.id, current_date - 20 FROM staff s JOIN program p ON p.agency_id = s.agency_id
    WHERE s.email = 'nia@alderway.example' AND p.name = 'Quayside Detox'
      AND NOT EXISTS (SELECT FROM staff_program x WHERE x.staff_id = s.id AND x.program_id = p.id)`.execute(
    db.owner,
  );
  await as(TOM, (acting) => comeBack(acting, id, nothingSaid));
  const state = await as(TOM, (acting) => findComeBack(acting, id));
  expect(state?.told).toContain("Nia");
  const { rows } = await sql<{ due: string }>`
    SELECT access.working_days_after((asked_at AT TIME ZONE 'Europe/London')::date, 1) AS due
    FROM come_back WHERE consumer_id = ${id}`.execute(db.owner);
  expect(state?.due).toBe(rows[0]?.due);
});

test("pregnant or injecting told on the way back gives priority on the list; a tick left out takes no yes back", async () => {
  const id = await somebodyWhoLeft("Priority");
  const back = await as(TOM, (acting) =>
    comeBack(acting, id, { ...nothingSaid, pregnant_or_children: true }),
  );
  const told = { pregnant: true, children_at_home: null, injecting: null };
  await as(TOM, (acting) => toldOnCall(acting, back?.id ?? "", told));
  await as(TOM, (acting) =>
    toldOnCall(acting, back?.id ?? "", { pregnant: null, children_at_home: null, injecting: true }),
  );
  const wait = await as("jack@alderway.example", (acting) =>
    acting.selectFrom("waiting").selectAll().where("consumer_id", "=", id).executeTakeFirst(),
  );
  expect(wait).toMatchObject({ pregnant: true, injecting: true, priority: true });
  expect(
    await as("flo@demo.example", async (acting) => {
      await toldOnCall(acting, back?.id ?? "", { ...told, pregnant: false });
      return findComeBack(acting, id);
    }),
  ).toBeNull();
});
