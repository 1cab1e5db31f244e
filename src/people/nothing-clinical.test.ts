import { sql } from "kysely";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type TestDatabase, testDatabase } from "../../test/support/database.ts";
import { type Recorded, recordedAgency } from "../../test/support/recorded.ts";
import { findCorrections } from "../compliance/line-store.ts";
import { getDay } from "../kernel/day.ts";
import { findAppointment } from "../services/booking-store.ts";
import type { Acting } from "../storage/database.ts";
import { findSupportNames } from "./store.ts";

// What a clinician writes to explain something is read by those with the record, in whatever table
// it stands; the others are told that it is so, and not why.

let db: TestDatabase;
let it: Recorded;
let jo: string;
let frontDesk: string;
let mentor: string;
let appointment: string;
let service: string;

const WHY = "Told his mother of the relapse";

beforeAll(async () => {
  db = await testDatabase();
  it = await recordedAgency(db);
  jo = await it.consumer("Jo");
  const agency_id = it.agencyId;
  const valid_from = "2000-01-01";
  const put = async (table: "staff" | "room" | "support" | "appointment", values: object) => {
    const row = await db.owner
      .insertInto(table)
      .values({ agency_id, ...values } as never)
      .returning("id")
      .executeTakeFirstOrThrow();
    return row.id;
  };
  const member = async (role: string) => {
    const staff_id = await put("staff", { name: role, email: role, active_from: valid_from });
    await db.owner
      .insertInto("staff_role")
      .values({ agency_id, staff_id, role, valid_from })
      .execute();
    return staff_id;
  };
  frontDesk = await member("front-desk");
  mentor = await member("peer-mentor");
  await db.owner
    .insertInto("assignment")
    .values({ agency_id, consumer_id: jo, staff_id: mentor, part: "peer-mentor", valid_from })
    .execute();
  const room_id = await put("room", { name: "One", setting: "office" });
  appointment = await put("appointment", {
    ...{ consumer_id: jo, staff_id: it.counselor, room_id, day: "2026-02-02" },
    ...{ starts: "10:00", ends: "11:00", status: "cancelled", status_reason: WHY },
    ...{ status_by: it.counselor, created_by: it.counselor },
  });
  const support = await put("support", {
    ...{ consumer_id: jo, kind: "family-member", name: "Sam", relation: "brother", notes: WHY },
  });
  await db.owner
    .insertInto("no_contact")
    .values({ agency_id, consumer_id: jo, support_id: support, reason: WHY, set_by: it.counselor })
    .execute();
  service = await it.record(jo, { day: getDay("2026-02-02") });
  await it.as(it.counselor, (acting) =>
    acting
      .insertInto("correction")
      .values({
        ...{ agency_id, consumer_id: jo, service_id: service, fact: "setting" },
        ...{ was: '"office"', becomes: '"home"', reason: WHY, by: it.counselor },
        ...{ changes_payment: true, state: "waiting" },
      })
      .execute(),
  );
});
afterAll(() => db.drop());

test("a biller knows which fact is corrected and that it waits, and not why", async () => {
  await it.as(it.biller, async (acting) => {
    const corrections = await findCorrections(acting, service);
    expect(corrections).toMatchObject([{ fact: "setting", was: "office", becomes: "home" }]);
    expect(JSON.stringify(corrections)).not.toContain(WHY);
    expect(await acting.selectFrom("correction").selectAll().execute()).toEqual([]);
    const line = await acting.selectFrom("claim_line").select("awaits_correction").execute();
    expect(line).toEqual([{ awaits_correction: true }]);
  });
});

test("the front desk and a peer mentor see that an appointment was called off, and not why", async () => {
  for (const who of [frontDesk, mentor]) {
    const found = await it.as(who, (acting) => findAppointment(acting, appointment));
    expect(found).toMatchObject({ status: "cancelled", reason: null });
    const straight = it.as(who, (acting: Acting) =>
      sql`SELECT status_reason FROM appointment`.execute(acting),
    );
    await expect(straight).rejects.toThrow(/permission denied/);
  }
  const found = await it.as(it.counselor, (acting) => findAppointment(acting, appointment));
  expect(found?.reason).toBe(WHY);
});

test("a peer mentor knows whom never to call, and reads no note about them", async () => {
  await it.as(mentor, async (acting) => {
    expect(await findSupportNames(acting, jo)).toMatchObject([{ name: "Sam", no_contact: true }]);
    expect(await acting.selectFrom("support").selectAll().execute()).toEqual([]);
    expect(await acting.selectFrom("no_contact").selectAll().execute()).toEqual([]);
  });
  expect(await it.as(frontDesk, (acting) => findSupportNames(acting, jo))).toEqual([]);
});
