import { sql } from "kysely";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type TestDatabase, testDatabase } from "../../test/support/database.ts";
import { addDays, type Day, getDay } from "../kernel/day.ts";
import { followUp, settle, takeBack } from "../services/settle-store.ts";
import { type Acting, actingFor, type By } from "../storage/database.ts";
import { findWithoutOwner, handOn } from "./reassign-store.ts";
import { findTasks } from "./store.ts";
import { foldAlike, lookingTo, mostUrgent, type Task, type TaskKind } from "./task.ts";

let db: TestDatabase;
let today: Day;
beforeAll(async () => {
  db = await testDatabase("demonstration");
  const { rows } = await sql<{ today: Day }>`
    SELECT (now() AT TIME ZONE 'Europe/London')::date::text AS today`.execute(db.owner);
  today = getDay(rows[0]?.today ?? "");
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

const namesOf = async (who: string, kind: TaskKind) =>
  (await as(who, (acting) => findTasks(acting, today)))
    .filter((task) => task.kind === kind)
    .map(({ consumerName }) => consumerName);

test("a letter that was written and not sent is on somebody's list when its writer has left", async () => {
  const { rows } = await sql<{ referral_id: string; writer: string; email: string }>`
    SELECT l.referral_id, s.id AS writer, s.email FROM referral_sending l JOIN staff s ON s.id = l.recorded_by
    WHERE l.sent_at IS NULL AND l.dropped_at IS NULL AND s.email LIKE '%@alderway.example' LIMIT 1`.execute(
    db.owner,
  );
  const [letter] = rows;
  const leaves = (day: string | null) =>
    db.owner
      .updateTable("staff")
      .set({ active_to: day })
      .where("id", "=", letter?.writer ?? "")
      .execute();
  const writer = letter?.email.split("@")[0];
  const has = async () => {
    const found: string[] = [];
    for (const who of ["nia", "jack", "ellie", "moira"]) {
      if (who === writer) continue;
      const tasks = await as(who, (acting) => findTasks(acting, today));
      if (
        tasks.some((one) => one.kind === "referral-letter" && one.refId === letter?.referral_id)
      ) {
        found.push(who);
      }
    }
    return found;
  };
  expect(letter).toBeDefined();
  expect(await has()).toEqual([]);
  await leaves(addDays(today, -1));
  expect(await has()).not.toEqual([]);
  await leaves(null);
});

test("who came back is told to the keyworker, and to the desk until a time is booked", async () => {
  expect(await namesOf("nia", "come-back-told")).toContain("Dean Rowntree");
  expect(await namesOf("jack", "come-back-told")).toEqual([]);
  expect(await namesOf("tom", "come-back-unbooked")).toContain("Dean Rowntree");
  await sql`INSERT INTO appointment (agency_id, consumer_id, staff_id, room_id, day, starts, ends, created_by)
    SELECT c.agency_id, c.id, s.id, r.id, ${addDays(today, 1)}::date, '06:00', '07:00', s.id
    FROM consumer c JOIN staff s ON s.email = 'nia@alderway.example'
    JOIN room r ON r.agency_id = c.agency_id AND r.name = 'Harbour room' WHERE c.family_name = 'Rowntree'`.execute(
    db.owner,
  );
  expect(await namesOf("tom", "come-back-unbooked")).toEqual([]);
});

async function called(danger: boolean | null, owner: string | null): Promise<string> {
  const { rows } = await sql<{ id: string }>`
    INSERT INTO concern_call (agency_id, taken_by, caller, danger_now, owner_id, follow_up_on)
    SELECT t.agency_id, t.id, 'A neighbour', ${danger}, o.id, ${addDays(today, 2)}::date
    FROM staff t LEFT JOIN staff o ON o.email = ${`${owner}@alderway.example`}
    WHERE t.email = 'tom@alderway.example' RETURNING id`.execute(db.owner);
  return rows[0]?.id ?? "";
}
const callOf = async (who: string, id: string) =>
  (await as(who, (acting) => findTasks(acting, today))).find(
    (task) => task.kind === "call" && task.refId === id,
  );

test("a call that told of danger is due the day it was taken", async () => {
  expect(await callOf("nia", await called(true, null))).toMatchObject({ due: today });
  expect(await callOf("nia", await called(null, null))).toMatchObject({ due: addDays(today, 2) });
});

test("a call put into a record that its owner does not have is on the list of whoever put it there", async () => {
  const id = await called(null, "ellie");
  expect(await callOf("ellie", id)).toBeDefined();
  await as("nia", (acting) =>
    sql`SELECT access.link_to_record(${id}, (SELECT id FROM consumer WHERE given_name = 'Shanice'))`.execute(
      acting,
    ),
  );
  expect(await callOf("ellie", id)).toBeUndefined();
  expect(await callOf("nia", id)).toBeDefined();
});

test("somebody not seen for as long as the agency chose is on their keyworker's list until seen", async () => {
  await sql`WITH p AS (INSERT INTO consumer (agency_id, number, given_name, family_name, date_of_birth, search_key)
      SELECT agency_id, 'R-none', 'Test', 'Unseen', '1990-01-01', '' FROM staff WHERE email = 'nia@alderway.example' RETURNING id, agency_id),
    e AS (INSERT INTO episode (agency_id, consumer_id, opened_on) SELECT agency_id, id, current_date - 40 FROM p RETURNING id, consumer_id, agency_id),
    n AS (INSERT INTO enrolment (agency_id, consumer_id, episode_id, program_id, requested_on, valid_from)
      SELECT e.agency_id, e.consumer_id, e.id, g.id, current_date - 40, current_date - 40
      FROM e JOIN program g ON g.agency_id = e.agency_id AND g.name = 'Community Team')
    INSERT INTO assignment (agency_id, consumer_id, staff_id, part, valid_from)
    SELECT e.agency_id, e.consumer_id, s.id, 'keyworker', current_date - 40
    FROM e JOIN staff s ON s.email = 'nia@alderway.example'`.execute(db.owner);
  expect(await namesOf("nia", "not-seen")).toContain("Test Unseen");
  expect(await namesOf("jack", "not-seen")).not.toContain("Test Unseen");
  await as("nia", (acting) =>
    sql`INSERT INTO open_contact (agency_id, consumer_id, kinds, recorded_by)
      SELECT agency_id, id, ARRAY['telephone'], access.staff() FROM consumer WHERE family_name = 'Unseen'`.execute(
      acting,
    ),
  );
  expect(await namesOf("nia", "not-seen")).not.toContain("Test Unseen");
});

test("an appointment that is over asks whether they came; one that was missed is followed up", async () => {
  const { rows } = await sql<{ id: string }>`
    INSERT INTO appointment (agency_id, consumer_id, staff_id, room_id, day, starts, ends, created_by, kind)
    SELECT c.agency_id, c.id, s.id, (SELECT id FROM room r WHERE r.agency_id = c.agency_id LIMIT 1),
      ${addDays(today, -2)}::date, '03:00', '03:30', s.id, 'session'
    FROM consumer c JOIN staff s ON s.email = 'nia@alderway.example' WHERE c.family_name = 'Unseen' RETURNING id`.execute(
    db.owner,
  );
  const id = rows[0]?.id ?? "";
  const kinds = async (who: string, on = today) =>
    (await as(who, (acting) => findTasks(acting, on)))
      .filter(({ refId }) => refId === id)
      .map(({ kind }) => kind);
  const by = (one: By) => ({ staffId: one.staffId, agency: { id: one.agencyId } });
  expect(await kinds("nia")).toEqual(["came-or-not"]);
  expect(await kinds("jack")).toEqual([]);
  expect(await kinds("grace"), "a supervisor once it is overdue").toEqual([]);
  expect(await kinds("grace", addDays(today, 2))).toEqual(["came-or-not"]);
  await as("nia", (acting, me) => settle(acting, by(me), id, "did-not-come", null));
  expect(await kinds("nia")).toEqual(["missed"]);
  await as("nia", (acting, me) => takeBack(acting, by(me), id));
  expect(await kinds("nia")).toEqual(["came-or-not"]);
  await as("nia", (acting, me) => settle(acting, by(me), id, "did-not-come", null));
  expect(await as("tom", (acting, me) => takeBack(acting, by(me), id))).toBe(false);
  expect(await as("nia", (acting, me) => followUp(acting, by(me), id, "reached"))).toBe(true);
  expect(await kinds("nia")).toEqual([]);
  expect(await as("nia", (acting, me) => takeBack(acting, by(me), id))).toBe(false);
});

test("what somebody who left had open is without an owner until it is handed on", async () => {
  expect(await as("grace", (acting) => findWithoutOwner(acting))).toEqual([]);
  await sql`UPDATE staff SET active_to = ${addDays(today, -1)}::date WHERE email = 'nia@alderway.example'`.execute(
    db.owner,
  );
  const open = await as("grace", (acting) => findWithoutOwner(acting));
  expect(new Set(open.map(({ kind }) => kind))).toEqual(
    new Set(["keyworker", "come-back", "call", "appointment", ...open.map(({ kind }) => kind)]),
  );
  expect(open.filter(({ name }) => name === "Sunita Varma").map(({ kind }) => kind)).toContain(
    "keyworker",
  );
  const tasks = await as("grace", (acting) => findTasks(acting, today));
  expect(tasks.find(({ kind }) => kind === "without-owner")?.detail).toMatch(/^Nia Prosser: \d+$/);
  expect(
    await as("jack", (acting) => findTasks(acting, today)).then((all) =>
      all.filter(({ kind }) => kind === "without-owner"),
    ),
  ).toEqual([]);
  // Jack works in another programme: given to him, they would still be out of everybody's sight.
  const moira = await as("moira", async (_, by) => by.staffId);
  await as("grace", async (acting, by) => {
    for (const one of open) await handOn(acting, by, one, moira, today);
  });
  // Dean is back and waits: nobody follows up the episode before.
  expect(open.filter(({ kind, name }) => kind === "aftercare" && name === "Dean Rowntree")).toEqual(
    [],
  );
  const left = await as("grace", (acting) => findWithoutOwner(acting));
  expect(new Set(left.map(({ kind }) => kind))).toEqual(new Set(["appointment", "way-back"]));
  const { rows } = await sql<{ staff_id: string; valid_from: Day }>`
    SELECT a.staff_id, a.valid_from::text FROM assignment a JOIN consumer c ON c.id = a.consumer_id
    WHERE c.given_name = 'Sunita' AND a.part = 'keyworker' ORDER BY a.valid_from DESC`.execute(
    db.owner,
  );
  expect(rows[0]).toEqual({ staff_id: moira, valid_from: today });
  expect(rows).toHaveLength(2);
});

test("people come before paper, and a Friday looks to the end of the weekend", () => {
  const task = (kind: TaskKind, due: string): Task => ({
    ...{ kind, due: getDay(due), consumerId: null, consumerName: null, refId: kind, detail: null },
  });
  const all = [
    task("aftercare-review", "2026-01-05"),
    task("not-seen", "2026-03-01"),
    task("duty-alert", "2026-03-13"),
    task("call", "2026-03-15"),
    task("note-to-sign", "2026-03-16"),
  ];
  const friday = getDay("2026-03-13");
  expect(lookingTo(friday)).toBe("2026-03-15");
  expect(lookingTo(getDay("2026-03-12"))).toBe("2026-03-12");
  expect(mostUrgent(all, lookingTo(friday)).map(({ kind }) => kind)).toEqual([
    "duty-alert",
    "call",
    "not-seen",
    "aftercare-review",
  ]);
});

test("many of a kind are one line in the place of the first, and nobody is left out", () => {
  const kinds: TaskKind[] = ["not-seen", ...Array<TaskKind>(5).fill("outcome-due"), "call"];
  const tasks = kinds.map(
    (kind, index): Task => ({
      ...{ kind, consumerId: null, consumerName: null, refId: String(index), detail: null },
      due: getDay("2026-03-13"),
    }),
  );
  const lines = foldAlike(tasks, (kind) => kind !== "call");
  expect(lines.map((line) => [line[0].kind, line.length])).toEqual([
    ["not-seen", 1],
    ["outcome-due", 5],
    ["call", 1],
  ]);
  expect(lines.flat()).toEqual(tasks);
  expect(foldAlike(tasks, () => false)).toHaveLength(tasks.length);
});

/** Somebody in a programme for some days, with a keyworker or with nobody. */
async function newPerson(
  name: string,
  keyworker: string | null,
  program = "Alder House",
  days = 40,
) {
  const { rows } = await sql<{ id: string }>`
    WITH p AS (INSERT INTO consumer (agency_id, number, given_name, family_name, date_of_birth, search_key)
      SELECT agency_id, ${`R-${name}`}, 'Test', ${name}, '1990-01-01', '' FROM staff WHERE email = 'jack@alderway.example' RETURNING id, agency_id),
    e AS (INSERT INTO episode (agency_id, consumer_id, opened_on) SELECT agency_id, id, ${addDays(today, -days)}::date FROM p RETURNING id, consumer_id, agency_id),
    n AS (INSERT INTO enrolment (agency_id, consumer_id, episode_id, program_id, requested_on, valid_from)
      SELECT e.agency_id, e.consumer_id, e.id, g.id, ${addDays(today, -days)}::date, ${addDays(today, -days)}::date
      FROM e JOIN program g ON g.agency_id = e.agency_id AND g.name = ${program}),
    a AS (INSERT INTO assignment (agency_id, consumer_id, staff_id, part, valid_from)
      SELECT e.agency_id, e.consumer_id, s.id, 'keyworker', ${addDays(today, -days)}::date
      FROM e JOIN staff s ON s.email = ${`${keyworker}@alderway.example`})
    SELECT id FROM p`.execute(db.owner);
  return rows[0]?.id ?? "";
}
const kindsOf = async (who: string, name: string) =>
  (await as(who, (acting) => findTasks(acting, today)))
    .filter(({ consumerName }) => consumerName === name)
    .map(({ kind }) => kind);
const endProgram = (who: string, id: string, reason: string, last: Day) =>
  as(who, (acting) =>
    sql`UPDATE enrolment SET valid_to = ${last}::date, end_reason = ${reason} WHERE consumer_id = ${id}`.execute(
      acting,
    ),
  );
const leavingsOf = async (id: string) =>
  (
    await sql<{ reason: string; planned: boolean; asks: boolean }>`
      SELECT reason, planned, contact_due IS NOT NULL AS asks FROM leaving WHERE consumer_id = ${id} ORDER BY recorded_at`.execute(
      db.owner,
    )
  ).rows;

test("who leaves their last programme is followed up though the episode stays open, and asked once", async () => {
  const id = await newPerson("Walkedout", "jack");
  await endProgram("jack", id, "left-early", addDays(today, -1));
  expect(await leavingsOf(id)).toEqual([{ reason: "left-early", planned: false, asks: true }]);
  const kinds = await kindsOf("jack", "Test Walkedout");
  expect(kinds).toContain("left-not-contacted");
  // In no programme any more, and still in care: not out of sight.
  expect(kinds).toContain("not-seen");
  await as("jack", (acting) =>
    sql`UPDATE episode SET closed_on = ${today}::date, closed_reason = 'died' WHERE consumer_id = ${id}`.execute(
      acting,
    ),
  );
  expect(await leavingsOf(id)).toEqual([{ reason: "left-early", planned: false, asks: false }]);
});

test("an enrolment ends with the reason of its stay: who moved on as planned left as planned", async () => {
  const id = await newPerson("Plannedend", "jack");
  await endProgram("jack", id, "moved-on", addDays(today, -1));
  expect(await leavingsOf(id)).toEqual([{ reason: "moved-on", planned: true, asks: true }]);
});

test("moving to another programme is no leaving", async () => {
  const id = await newPerson("Movedon", "jack");
  await as("jack", async (acting) => {
    await sql`UPDATE enrolment SET valid_to = ${addDays(today, -1)}::date, end_reason = 'transferred' WHERE consumer_id = ${id}`.execute(
      acting,
    );
    await sql`INSERT INTO enrolment (agency_id, consumer_id, episode_id, program_id, requested_on, valid_from)
      SELECT agency_id, consumer_id, episode_id, (SELECT max(id::text)::uuid FROM program p WHERE p.id <> program_id),
        ${today}::date, ${today}::date FROM enrolment WHERE consumer_id = ${id}`.execute(acting);
  });
  expect(await leavingsOf(id)).toEqual([]);
});

test("without a keyworker their plans and the naming of one are the manager's", async () => {
  await newPerson("Nobodys", null);
  const kinds = await kindsOf("grace", "Test Nobodys");
  expect(kinds).toEqual(
    expect.arrayContaining(["no-keyworker", "plan-missing", "outcome-due", "not-seen"]),
  );
  expect(await kindsOf("jack", "Test Nobodys")).toEqual([]);
});

test("what a colleague had is handed on when they go to another team, and after an ending", async () => {
  const here = await newPerson("Stays", "ellie", "Second Step");
  const gone = await newPerson("Left", "ellie", "Second Step");
  await endProgram("ellie", gone, "completed", addDays(today, -1));
  await as("ellie", (acting) =>
    sql`UPDATE assignment SET valid_to = ${today}::date WHERE consumer_id = ${gone}`.execute(
      acting,
    ),
  );
  await as("ellie", (acting) =>
    sql`UPDATE episode SET closed_on = ${today}::date, closed_reason = 'completed' WHERE consumer_id = ${gone}`.execute(
      acting,
    ),
  );
  expect(await kindsOf("ellie", "Test Left")).toContain("aftercare-missing");
  expect(await kindsOf("grace", "Test Left")).not.toContain("aftercare-missing");
  await sql`UPDATE staff_program SET valid_to = ${addDays(today, -1)}::date
    WHERE staff_id = (SELECT id FROM staff WHERE email = 'ellie@alderway.example')`.execute(
    db.owner,
  );
  const open = await as("grace", (acting) => findWithoutOwner(acting));
  expect(open).toContainEqual(
    expect.objectContaining({ kind: "keyworker", consumer_id: here, moved: true }),
  );
  expect(await kindsOf("grace", "Test Stays")).toContain("plan-missing");
  expect(await kindsOf("grace", "Test Left")).toContain("aftercare-missing");
  await sql`UPDATE staff SET active_to = ${addDays(today, -1)}::date WHERE email = 'ellie@alderway.example'`.execute(
    db.owner,
  );
  const moira = await as("moira", async (_, by) => by.staffId);
  await as("grace", async (acting, by) => {
    const all = await findWithoutOwner(acting);
    expect(all.filter(({ kind }) => kind === "aftercare").map(({ name }) => name)).toContain(
      "Test Left",
    );
    for (const one of all) await handOn(acting, by, one, moira, today);
  });
  expect(await kindsOf("moira", "Test Left")).toContain("aftercare-missing");
  expect(
    (await as("grace", (acting) => findWithoutOwner(acting))).map(({ name }) => name),
  ).not.toContain("Test Left");
  expect(await kindsOf("grace", "Test Left")).not.toContain("aftercare-missing");
});

const addRow = (text: ReturnType<typeof sql>) => text.execute(db.owner);

test("what is due stays due however long, until it is done or somebody says why not", async () => {
  const id = await newPerson("Waitedfor", "jack", "Alder House", 400);
  expect(await kindsOf("jack", "Test Waitedfor")).toContain("outcome-due");
  await as("jack", (acting) =>
    sql`INSERT INTO not_obtained (agency_id, consumer_id, episode_id, what, on_day, reason, recorded_by)
      SELECT agency_id, consumer_id, id, 'start', ${today}::date, 'Was never asked', access.staff() FROM episode WHERE consumer_id = ${id}`.execute(
      acting,
    ),
  );
  expect(await kindsOf("jack", "Test Waitedfor")).not.toContain("outcome-due");
});

test("near the end, slipping, arranged or open-ended: each is on the list of whoever sees to it", async () => {
  const id = await newPerson("Nearend", "jack");
  const whose = sql`agency_id, consumer_id, id`;
  const of = sql`FROM episode WHERE consumer_id = ${id}`;
  const jack = sql`(SELECT id FROM staff WHERE email = 'jack@alderway.example')`;
  await addRow(sql`INSERT INTO referral (agency_id, consumer_id, need, what, for_whom, owner_id, found_on, due_on, chase_on, status, arranged_on)
    SELECT agency_id, consumer_id, 'family-therapy', 'Family therapy', 'consumer', ${jack}, ${addDays(today, -20)}::date, ${addDays(today, -10)}::date,
      ${addDays(today, -1)}::date, 'arranged', ${addDays(today, -9)}::date ${of}`);
  await addRow(sql`WITH g AS (INSERT INTO gain (agency_id, consumer_id, episode_id, text, look_again_on, added_by)
      SELECT ${whose}, 'A home', ${addDays(today, 20)}::date, ${jack} ${of} RETURNING id, agency_id, consumer_id)
    INSERT INTO gain_look (agency_id, consumer_id, gain_id, looked_on, found, recorded_by)
    SELECT agency_id, consumer_id, id, ${addDays(today, -3)}::date, 'at-risk', ${jack} FROM g`);
  await addRow(sql`INSERT INTO discharge_point (agency_id, consumer_id, episode_id, text, due_on, added_by)
    SELECT ${whose}, 'The landlord is told', ${addDays(today, -2)}::date, ${jack} ${of}`);
  await addRow(
    sql`UPDATE enrolment SET valid_to = ${addDays(today, 10)}::date, end_reason = 'completed' WHERE consumer_id = ${id}`,
  );
  const kinds = await kindsOf("jack", "Test Nearend");
  for (const kind of ["referral-answer", "gain-at-risk", "discharge-points", "aftercare-missing"]) {
    expect(kinds).toContain(kind);
  }
});

test("a credential that lapses is told to the managers, and asked for once it is the administrator's", async () => {
  await addRow(sql`INSERT INTO credential (agency_id, staff_id, qualification, name, issuer, valid_from, valid_to)
    SELECT agency_id, id, 'other', 'Test registration', 'Council', ${addDays(today, -300)}::date, ${addDays(today, 20)}::date
    FROM staff WHERE email = 'jack@alderway.example'`);
  const lapsing = async (who: string, kind: TaskKind) =>
    (await as(who, (acting) => findTasks(acting, today))).filter(
      (task) => task.kind === kind && task.detail?.includes("Test registration"),
    );
  const [mine] = await lapsing("jack", "credential");
  expect(await lapsing("moira", "credential")).toHaveLength(1);
  expect((await lapsing("ivy", "credential-renew"))[0]?.detail).not.toMatch(/asked for/);
  await as("moira", (acting) => sql`SELECT access.ask_renewal(${mine?.refId})`.execute(acting));
  expect(await lapsing("jack", "credential")).toEqual([]);
  expect((await lapsing("ivy", "credential-renew"))[0]?.detail).toMatch(/asked for by Moira/);
});
