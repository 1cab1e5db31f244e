import { sql } from "kysely";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type TestDatabase, testDatabase } from "../../test/support/database.ts";
import { titleOf } from "../episodes/timeline.ts";
import { findTimeline } from "../episodes/timeline-store.ts";
import { addDays, type Day, getDay } from "../kernel/day.ts";
import { findPlannedDischarges, heldAsPlanned } from "../services/planned-discharge-store.ts";
import { findAgenda } from "../services/schedule-store.ts";
import { takeBack } from "../services/settle-store.ts";
import { type Acting, actingFor } from "../storage/database.ts";
import { wordsOf } from "../web/words.ts";
import {
  findDischargeConferences,
  findFamilyParts,
  type NewDischargeConference,
  recordDischargeConference,
} from "./discharge-conference-store.ts";

// Clause 3.1.1.3: the discharge conference is an event of its own, with or without family.

let database: TestDatabase;
let agencyId: string;
let staff: Record<string, string>;
/** A consumer with a signed Family Conference, and another of the same counselor. */
let jim: { consumerId: string; episodeId: string };
let other: { consumerId: string; episodeId: string };
let familyConference: string;

beforeAll(async () => {
  database = await testDatabase("demonstration");
  const found = await database.owner.selectFrom("staff").selectAll().execute();
  agencyId = found[0]?.agency_id ?? "";
  staff = Object.fromEntries(found.map(({ id, name }) => [name.split(" ")[0], id]));
  const signed = await database.owner
    .selectFrom("conference")
    .selectAll()
    .where("signed_at", "is not", null)
    .where("voided_at", "is", null)
    .where("lead_id", "=", staff.Ana ?? "")
    .orderBy("id")
    .execute();
  const [first] = signed;
  const second = signed.find(({ consumer_id }) => consumer_id !== first?.consumer_id);
  if (!first || !second)
    throw new Error("the demonstration has two people with signed conferences");
  jim = { consumerId: first.consumer_id, episodeId: first.episode_id };
  other = { consumerId: second.consumer_id, episodeId: second.episode_id };
  const staff_id = staff.Ana ?? "";
  const { agency_id, consumer_id, episode_id, program_id } = first;
  const room = await database.owner.selectFrom("room").select("id").executeTakeFirstOrThrow();
  const of = { agency_id, consumer_id, created_by: staff_id };
  const times = { day: "2026-06-12", starts: "06:00", ends: "07:00" };
  const appointment = await database.owner
    .insertInto("appointment")
    .values({ ...of, ...times, staff_id, room_id: room.id, status: "held" })
    .returning("id")
    .executeTakeFirstOrThrow();
  const conference = await database.owner
    .insertInto("conference")
    .values({
      ...{ ...of, episode_id, program_id, appointment_id: appointment.id, lead_id: staff_id },
      ...{ purposes: ["3.1.1.3"], signed_at: new Date(), signed_by: staff_id },
    })
    .returning("id")
    .executeTakeFirstOrThrow();
  familyConference = conference.id;
});
afterAll(() => database.drop());

const as = <T>(name: string, work: (db: Acting) => Promise<T>) =>
  actingFor(database.app, staff[name] ?? "", work);
const record = (of: typeof jim, held: Partial<NewDischargeConference>, who = "Ana") =>
  as(who, (db) =>
    recordDischargeConference(db, { staffId: staff[who] ?? "", agencyId }, of, {
      ...{ heldOn: getDay("2026-06-15"), consumerTookPart: true, family: "none" },
      ...{ conferenceId: null, appointmentId: null, remark: null, ...held },
    }),
  );

test("it is held without family, with them there, or with a Family Conference as their part", async () => {
  const parts = await as("Ana", (db) => findFamilyParts(db, jim.consumerId, jim.episodeId));
  expect(parts.map(({ id }) => id)).toContain(familyConference);
  await record(jim, { family: "none" });
  await record(jim, { family: "there", consumerTookPart: false });
  await record(jim, { family: "family-conference", conferenceId: familyConference });
  const held = await as("Ana", (db) => findDischargeConferences(db, jim.consumerId));
  expect(held.map(({ family }) => family)).toEqual(["family-conference", "there", "none"]);
  await expect(record(jim, { family: "family-conference" })).rejects.toThrow(/names_the_family/);
});

test("it stands on the timeline as what it is", async () => {
  const timeline = await as("Ana", (db) =>
    findTimeline(db, jim.consumerId, { zone: "America/Chicago", group: "sessions", before: null }),
  );
  const entries = timeline.entries.filter(({ kind }) => kind === "discharge-conference");
  expect(entries.map(({ state }) => state).sort()).toEqual(["family-conference", "none", "there"]);
  for (const entry of entries) {
    expect(titleOf(entry, wordsOf("en-US"))).toBe("Discharge conference");
  }
});

test("it is of the person's own episode and names their own Family Conference, or the database refuses", async () => {
  const foreign = /foreign key/;
  await expect(record({ ...jim, episodeId: other.episodeId }, {})).rejects.toThrow(foreign);
  await expect(
    record(other, { family: "family-conference", conferenceId: familyConference }),
  ).rejects.toThrow(foreign);
});

test("it is not rewritten, and nobody of another program sees it", async () => {
  for (const change of [
    sql`UPDATE discharge_conference SET family = 'none'`,
    sql`DELETE FROM discharge_conference`,
  ]) {
    await expect(as("Ana", (db) => change.execute(db))).rejects.toThrow(/permission denied/);
    await expect(change.execute(database.owner)).rejects.toThrow();
  }
  expect(await as("Flo", (db) => findDischargeConferences(db, jim.consumerId))).toEqual([]);
});

test("one that was planned stands in the calendar until it is recorded as held, and is told once", async () => {
  const { agency_id, staff_id, room_id } = await database.owner
    .selectFrom("appointment")
    .select(["agency_id", "staff_id", "room_id"])
    .where("consumer_id", "=", other.consumerId)
    .executeTakeFirstOrThrow();
  const day = getDay("2026-06-20");
  const [planned] = await database.owner
    .insertInto("appointment")
    .values({
      ...{ agency_id, staff_id, room_id, consumer_id: other.consumerId, created_by: staff_id },
      ...{ day, starts: "06:00", ends: "06:45", kind: "discharge-conference" },
    })
    .returning("id")
    .execute();
  const timeline = async () =>
    (
      await as("Ana", (db) =>
        findTimeline(db, other.consumerId, {
          zone: "UTC",
          group: "sessions",
          before: null,
          most: 300,
        }),
      )
    ).entries.filter((entry) => entry.at.startsWith(day));
  const titles = async () => (await timeline()).map(({ kind }) => kind);
  expect(await titles()).toEqual(["appointment"]);
  const stands = () => as("Ana", (db) => findPlannedDischarges(db, other.consumerId));
  expect((await stands()).map(({ id }) => id)).toEqual([planned?.id]);
  const settle = (heldOn: Day, appointmentId = planned?.id ?? "") =>
    as("Ana", (db) =>
      heldAsPlanned(db, { staffId: staff.Ana ?? "" }, other.consumerId, { appointmentId, heldOn }),
    );
  // The calendar says what it is to those with the record only.
  const agenda = async (who: "Ana" | "Flo") =>
    (await as(who, (db) => findAgenda(db, { from: day, to: day }))).find(
      ({ id }) => id === planned?.id,
    );
  expect([(await agenda("Ana"))?.discharge, (await agenda("Flo"))?.discharge]).toEqual([
    ...[true, false],
  ]);
  // Held two days late it is still the one that was planned; another person's is not.
  expect(await settle(addDays(day, 2), jim.consumerId)).toBe(false);
  expect(await settle(addDays(day, 2))).toBe(true);
  expect(await settle(day)).toBe(false);
  const appointmentId = planned?.id ?? null;
  // The meeting is the person's own.
  await expect(record(jim, { heldOn: day, appointmentId })).rejects.toThrow(/foreign key/);
  await record(other, { heldOn: day, appointmentId });
  expect(await stands()).toEqual([]);
  expect(await titles()).toEqual(["discharge-conference"]);
});

test("one held before its planned day ends that meeting, which then is not taken back", async () => {
  const by = { staffId: staff.Ana ?? "" };
  const { agency_id, room_id } = await database.owner
    .selectFrom("appointment")
    .select(["agency_id", "room_id"])
    .where("consumer_id", "=", other.consumerId)
    .executeTakeFirstOrThrow();
  const { id: appointmentId } = await database.owner
    .insertInto("appointment")
    .values({
      ...{ agency_id, room_id, staff_id: by.staffId, created_by: by.staffId },
      ...{ consumer_id: other.consumerId, kind: "discharge-conference" },
      ...{ day: "2026-06-28", starts: "06:00", ends: "06:45" },
    })
    .returning("id")
    .executeTakeFirstOrThrow();
  const heldOn = getDay("2026-06-25");
  const settle = () =>
    as("Ana", (db) => heldAsPlanned(db, by, other.consumerId, { appointmentId, heldOn }));
  const back = () =>
    as("Ana", (db) => takeBack(db, { ...by, agency: { id: agency_id } }, appointmentId));
  expect(await settle()).toBe(true);
  const { status, status_reason } = await database.owner
    .selectFrom("appointment")
    .select(["status", "status_reason"])
    .where("id", "=", appointmentId)
    .executeTakeFirstOrThrow();
  expect([status, status_reason]).toEqual(["cancelled", "It was held earlier"]);
  // Before anything names it, it may be taken back as any other.
  expect(await back()).toBe(true);
  expect(await settle()).toBe(true);
  await record(other, { heldOn, appointmentId });
  expect(await back()).toBe(false);
});
