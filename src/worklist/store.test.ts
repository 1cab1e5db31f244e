import fc from "fast-check";
import { sql } from "kysely";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type TestDatabase, testDatabase } from "../../test/support/database.ts";
import { addDays, type Day, getDay } from "../kernel/day.ts";
import { awaitsCosign, cosignService } from "../services/cosign-store.ts";
import { actingFor } from "../storage/database.ts";
import { findTasks } from "./store.ts";
import { byUrgency, type Task, taskKey } from "./task.ts";

let db: TestDatabase;
let today: Day;
beforeAll(async () => {
  db = await testDatabase("demonstration");
  const { rows } = await sql<{ today: Day }>`
    SELECT (now() AT TIME ZONE time_zone)::date::text AS today FROM agency WHERE jurisdiction = 'us-mo'`.execute(
    db.owner,
  );
  today = getDay(rows[0]?.today ?? "");
});
afterAll(() => db.drop());

async function tasksOf(email: string, on: Day = today): Promise<Task[]> {
  const { id } = await db.owner
    .selectFrom("staff")
    .select("id")
    .where("email", "=", `${email}@demo.example`)
    .executeTakeFirstOrThrow();
  return actingFor(db.app, id, (acting) => findTasks(acting, on));
}

test("a counselor is told of her own people, and nobody else's", async () => {
  const tasks = await tasksOf("ana");
  const missing = tasks.filter((task) => task.kind === "plan-missing");
  expect(missing.map((task) => task.consumerName)).toContain("Priya Raman");
  expect(tasks.map((task) => task.consumerName)).not.toContain("Walter Boyd");
});

test("a credential that lapsed yesterday is overdue for its holder and for the administrator", async () => {
  for (const [who, kind] of [
    ["cole", "credential"],
    ["sam", "credential-renew"],
  ] as const) {
    const { overdue } = byUrgency(await tasksOf(who), today);
    expect(overdue.some((task) => task.kind === kind && /Cole/.test(task.detail ?? ""))).toBe(true);
  }
  expect((await tasksOf("ben")).some((task) => /Cole/.test(task.detail ?? ""))).toBe(false);
});

test("an associate's session waits for their supervisor, and for the claim until then", async () => {
  const ids = Object.fromEntries(
    (await db.owner.selectFrom("staff").select(["id", "email", "agency_id"]).execute()).map(
      (one) => [one.email, one],
    ),
  );
  const { id: ben = "", agency_id: agencyId = "" } = ids["ben@demo.example"] ?? {};
  const ruth = ids["ruth@demo.example"]?.id ?? "";
  const ana = ids["ana@demo.example"]?.id ?? "";
  const waits = (by: string, asked: boolean) =>
    actingFor(db.app, ben, (acting) => awaitsCosign(acting, { by, on: today }, ben, asked));
  expect([await waits(ben, true), await waits(ben, false), await waits(ruth, true)]).toEqual([
    ...[true, false, false],
  ]);
  const { rows } = await sql<{ id: string; consumer_id: string }>`
    INSERT INTO service (agency_id, consumer_id, program_id, kind, service_date, start_time, end_time, units, performer_id, awaits_cosign, recorded_by)
    SELECT e.agency_id, e.consumer_id, e.program_id, 'individual-counseling', ${today}::date, '08:00', '09:00', 4, ${ben}, true, ${ben}
    FROM enrolment e JOIN staff_program p ON p.program_id = e.program_id AND p.staff_id = ${ruth}
      JOIN staff_program his ON his.program_id = e.program_id AND his.staff_id = ${ben}
      JOIN staff_program hers ON hers.program_id = e.program_id AND hers.staff_id = ${ana}
    WHERE e.valid_from IS NOT NULL LIMIT 1
    RETURNING id, consumer_id`.execute(db.owner);
  const { id: serviceId = "", consumer_id: consumerId = "" } = rows[0] ?? {};
  const listed = async () =>
    (await tasksOf("ruth")).some(
      ({ kind, refId }) => kind === "session-to-cosign" && refId === serviceId,
    );
  expect(await listed()).toBe(true);
  const sign = (staffId: string, supervisor: boolean) =>
    actingFor(db.app, staffId, (acting) =>
      cosignService(
        acting,
        { agencyId, jurisdiction: "us-mo", bulletins: [], care: [] },
        { staffId, supervisor },
        { consumerId, serviceId },
      ),
    );
  expect(await sign(ben, false)).toBe(false);
  // Another supervisor leaves it to the one who answers for him.
  expect(await sign(ana, true)).toBe(false);
  // Nor does the database take anybody's own.
  const unasked = (staffId: string) =>
    actingFor(db.app, staffId, (acting) =>
      sql`UPDATE service SET cosigned_at = now(), cosigned_by = ${staffId}, awaits_cosign = false WHERE id = ${serviceId}`.execute(
        acting,
      ),
    );
  await sql`UPDATE service SET awaits_cosign = false WHERE id = ${serviceId}`.execute(db.owner);
  await expect(unasked(ben)).rejects.toThrow("a supervisor co-signs");
  await sql`UPDATE service SET awaits_cosign = true, performer_id = ${ruth} WHERE id = ${serviceId}`.execute(
    db.owner,
  );
  await expect(unasked(ruth)).rejects.toThrow("never their own");
  await sql`UPDATE service SET performer_id = ${ben} WHERE id = ${serviceId}`.execute(db.owner);
  // Once she is no supervisor any more it is any supervisor's who has the record; until one comes, the manager's to find one.
  const becomes = (staffId: string, was: string, role: string) =>
    db.owner
      .updateTable("staff_role")
      .set({ role })
      .where("staff_id", "=", staffId)
      .where("role", "=", was)
      .execute();
  const kindsOf = async (who: string) =>
    (await tasksOf(who)).filter(({ refId }) => refId === serviceId).map(({ kind }) => kind);
  await becomes(ana, "keyworker", "program-manager");
  expect(await kindsOf("ana")).toEqual([]);
  await becomes(ruth, "supervisor", "peer-mentor");
  expect(await sign(ruth, true)).toBe(false);
  expect(await kindsOf("ana")).toEqual(["no-cosigner"]);
  expect(await kindsOf("ben")).toEqual(["no-cosigner"]);
  await becomes(ana, "program-manager", "supervisor");
  expect(await kindsOf("ana")).toEqual(["session-to-cosign"]);
  await becomes(ruth, "peer-mentor", "supervisor");
  expect(await kindsOf("ana")).toEqual([]);
  await becomes(ana, "supervisor", "keyworker");
  expect(await sign(ruth, true)).toBe(true);
  expect(await listed()).toBe(false);
});

test("claims that are ready wait for the biller, and for nobody else", async () => {
  const ready = async (who: string) =>
    (await tasksOf(who)).find((task) => task.kind === "claims-ready")?.detail;
  expect(await ready("bill")).toMatch(/^\d+ to release$/);
  expect(await ready("ana")).toBeUndefined();
  expect(await ready("ruth")).toBeUndefined();
});

test("an emergency access waits for a supervisor, and not for whoever opened it", async () => {
  const { id } = await db.owner
    .selectFrom("staff")
    .select("id")
    .where("email", "=", "cole@demo.example")
    .executeTakeFirstOrThrow();
  const born = await db.owner
    .selectFrom("consumer")
    .select("date_of_birth")
    .where("given_name", "=", "Maria")
    .executeTakeFirstOrThrow();
  await actingFor(db.app, id, (acting) =>
    sql`SELECT access.open_in_emergency('Maria', 'Delgado', ${born.date_of_birth}, NULL, 'Overdose in the waiting room')`.execute(
      acting,
    ),
  );
  expect((await tasksOf("ruth")).some((task) => task.kind === "emergency-review")).toBe(true);
  expect((await tasksOf("cole")).some((task) => task.kind === "emergency-review")).toBe(false);
});

test("a support who is expected twice without a consent is one task, due by the earlier day", async () => {
  const { id: lead, agency_id } = await db.owner
    .selectFrom("staff")
    .select(["id", "agency_id"])
    .where("email", "=", "ana@demo.example")
    .executeTakeFirstOrThrow();
  const { consumer_id, episode_id, program_id } = await db.owner
    .selectFrom("conference")
    .select(["consumer_id", "episode_id", "program_id"])
    .where("lead_id", "=", lead)
    .executeTakeFirstOrThrow();
  const room = await db.owner
    .selectFrom("room")
    .select("id")
    .where("agency_id", "=", agency_id)
    .executeTakeFirstOrThrow();
  const named = { agency_id, consumer_id, name: "Uncle Bill", relation: "uncle" };
  const support = await db.owner
    .insertInto("support")
    .values({ ...named, kind: "family-member" })
    .returning("id")
    .executeTakeFirstOrThrow();
  const of = { agency_id, consumer_id, created_by: lead };
  for (const days of [200, 190]) {
    const when = { day: addDays(today, days), starts: "06:00", ends: "07:00" };
    const appointment = await db.owner
      .insertInto("appointment")
      .values({ ...of, ...when, staff_id: lead, room_id: room.id })
      .returning("id")
      .executeTakeFirstOrThrow();
    const conference = await db.owner
      .insertInto("conference")
      .values({ ...of, episode_id, program_id, lead_id: lead, appointment_id: appointment.id })
      .returning("id")
      .executeTakeFirstOrThrow();
    await db.owner
      .insertInto("conference_support")
      .values({ agency_id, consumer_id, conference_id: conference.id, support_id: support.id })
      .execute();
  }
  const tasks = await tasksOf("ana");
  expect(tasks.filter((task) => task.refId === support.id)).toMatchObject([
    { kind: "consent-before-conference", detail: "Uncle Bill", due: addDays(today, 190) },
  ]);
  expect(new Set(tasks.map(taskKey)).size).toBe(tasks.length);
});

test("an evening at the agency is that day's, though in UTC the next has begun", async () => {
  const { id } = await db.owner
    .selectFrom("staff")
    .select("id")
    .where("email", "=", "cole@demo.example")
    .executeTakeFirstOrThrow();
  await sql`UPDATE emergency_access
    SET opened_at = (${today}::date - 3 + time '23:30') AT TIME ZONE (SELECT time_zone FROM agency WHERE jurisdiction = 'us-mo')
    WHERE staff_id = ${id}`.execute(db.owner);
  const reviews = (await tasksOf("ruth")).filter((task) => task.kind === "emergency-review");
  expect(reviews.map((task) => task.due)).toContain(addDays(today, -2));
});

test("every task is in one group, each group in the order of its days", () => {
  const day = fc.integer({ min: -60, max: 60 }).map((days) => addDays(getDay("2026-03-10"), days));
  fc.assert(
    fc.property(fc.array(day), (days) => {
      const tasks = days.map(
        (due, index): Task => ({
          kind: "referral",
          consumerId: null,
          consumerName: null,
          refId: String(index),
          detail: null,
          due,
        }),
      );
      const groups = byUrgency(tasks, getDay("2026-03-10"));
      const all = [...groups.overdue, ...groups.today, ...groups.upcoming];
      expect(all.map((task) => task.refId).sort()).toEqual(tasks.map((task) => task.refId).sort());
      expect(all.map((task) => task.due)).toEqual([...days].sort());
    }),
  );
});
