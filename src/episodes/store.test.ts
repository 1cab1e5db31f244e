import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type TestDatabase, testDatabase } from "../../test/support/database.ts";
import { systemClock, today as todayOf } from "../kernel/clock.ts";
import { addDays, type Day } from "../kernel/day.ts";
import { type Acting, actingFor } from "../storage/database.ts";
import { isCurrent } from "./episode.ts";
import { linkOf } from "./pages/timeline-link.ts";
import {
  assign,
  closeEpisode,
  enrol,
  findAssignments,
  findColleagues,
  findEnrolments,
  findEpisodes,
  openEpisode,
  startEnrolment,
} from "./store.ts";
import {
  cursorOf,
  kinds,
  type TimelineEntry,
  type TimelineGroup,
  timelineGroups,
} from "./timeline.ts";
import { findTimeline } from "./timeline-store.ts";

const zone = "America/Chicago";
const today = todayOf(systemClock, zone);
let database: TestDatabase;
const staff: Record<string, string> = {};
const people: Record<string, string> = {};
const programs: Record<string, string> = {};
let agencyId: string;

beforeAll(async () => {
  database = await testDatabase("demonstration");
  const { owner } = database;
  for (const { id, name, agency_id } of await owner
    .selectFrom("staff")
    .selectAll()
    .where("email", "like", "%@demo.example")
    .execute()) {
    staff[name.split(" ")[0] ?? ""] = id;
    agencyId = agency_id;
  }
  for (const { id, given_name } of await owner.selectFrom("consumer").selectAll().execute()) {
    people[given_name] = id;
  }
  for (const { id, name } of await owner.selectFrom("program").selectAll().execute()) {
    programs[name] = id;
  }
});
afterAll(() => database.drop());

const idOf = (of: Record<string, string>, name: string) => of[name] ?? expect.fail(`no ${name}`);
const by = (name: string) => ({ staffId: idOf(staff, name), agencyId });
const as = <T>(name: string, work: (db: Acting) => Promise<T>) =>
  actingFor(database.app, idOf(staff, name), work);
const openOf = async (db: Acting, consumer: string) =>
  (await findEpisodes(db, consumer)).find((episode) => episode.closed_on === null) ??
  expect.fail("no open episode");

describe("an episode", () => {
  test("takes everything that stands in it along when it closes, and a return is linked to it", async () => {
    const jim = idOf(people, "James");
    await as("Ana", async (db) => {
      const episode = await openOf(db, jim);
      const wanted = { episodeId: episode.id, requestedOn: today };
      await enrol(db, by("Ana"), jim, {
        ...wanted,
        programId: idOf(programs, "Opioid"),
        from: null,
      });
      await enrol(db, by("Ana"), jim, {
        ...wanted,
        programId: idOf(programs, "Adolescent"),
        from: addDays(today, 9),
      });
      await closeEpisode(db, by("Ana"), jim, {
        episodeId: episode.id,
        on: today,
        reason: "completed",
        note: null,
      });
      const tomorrow = addDays(today, 1);
      const enrolments = await findEnrolments(db, jim);
      expect(enrolments).toHaveLength(3);
      expect(enrolments.filter((one) => isCurrent(one, tomorrow))).toEqual([]);
      expect(enrolments.every((one) => one.end_reason === "completed")).toBe(true);
      expect((await findAssignments(db, jim)).every((one) => one.valid_to === today)).toBe(true);
      await openEpisode(db, by("Ana"), jim, { on: today, previousId: episode.id });
      expect(await findEpisodes(db, jim)).toMatchObject([
        { previous_id: episode.id, closed_on: null },
        { id: episode.id, closed_on: today, closed_reason: "completed" },
      ]);
    });
    const unclosed = as("Ana", (db) =>
      db
        .updateTable("episode")
        .set({ closed_on: null, closed_reason: null })
        .where("consumer_id", "=", jim)
        .execute(),
    );
    await expect(unclosed).rejects.toThrow(/stays closed/);
  });

  test("is open once, whoever opens it at the same time", async () => {
    const grace = idOf(people, "Grace");
    const opened = await Promise.allSettled(
      Array.from({ length: 6 }, () =>
        as("Ana", (db) => openEpisode(db, by("Ana"), grace, { on: today, previousId: null })),
      ),
    );
    expect(opened.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  });
});

describe("the database holds, where a page should forget", () => {
  test("no two stays in one programme overlap, and nobody waits for it twice", async () => {
    const devon = idOf(people, "Devon");
    const wait = (program: string, from: Day | null) =>
      as("Ana", async (db) =>
        enrol(db, by("Ana"), devon, {
          ...{ episodeId: (await openOf(db, devon)).id, programId: idOf(programs, program) },
          ...{ requestedOn: today, from },
        }),
      );
    await expect(wait("General Population", null)).rejects.toThrow(/waiting_once/);
    await as("Ana", async (db) => {
      const [waiting] = await findEnrolments(db, devon);
      await startEnrolment(db, devon, waiting?.id ?? "", today);
    });
    await expect(wait("General Population", addDays(today, 3))).rejects.toThrow(/exclu/);
  });

  test("no day has two keyworkers; handing over ends the first the day before", async () => {
    const maria = idOf(people, "Maria");
    await as("Ana", (db) =>
      assign(db, by("Ana"), maria, {
        part: "keyworker",
        staffId: idOf(staff, "Ruth"),
        from: today,
      }),
    );
    const held = (await as("Ana", (db) => findAssignments(db, maria))).filter(
      ({ part }) => part === "keyworker",
    );
    expect(held).toMatchObject([
      { name: "Ruth Lindqvist", valid_from: today, valid_to: null },
      { name: "Ana Morales", valid_to: addDays(today, -1) },
    ]);
    const second = as("Ana", (db) =>
      db
        .insertInto("assignment")
        .values({
          ...{
            agency_id: agencyId,
            consumer_id: maria,
            staff_id: idOf(staff, "Ana"),
            part: "keyworker",
          },
          ...{ valid_from: today, valid_to: today },
        })
        .execute(),
    );
    await expect(second).rejects.toThrow(/one_keyworker_a_day/);
  });

  test("colleagues are named only to those who may open the record", async () => {
    const maria = idOf(people, "Maria");
    const names = (who: string) =>
      as(who, async (db) => (await findColleagues(db, maria)).map(({ name }) => name));
    expect(await names("Ana")).toEqual(
      expect.arrayContaining(["Ana Morales", "Pat Rivers", "Ruth Lindqvist"]),
    );
    expect(await names("Ana")).not.toContain("Bill Nakamura");
    expect(await names("Cole")).toEqual([]);
    const cole = (await as("Ana", (db) => findColleagues(db, maria))).find(
      ({ name }) => name === "Cole Brandt",
    );
    expect(cole?.in_program).toBe(false);
  });
});

describe("the timeline", () => {
  const all = async (who: string, consumer: string, group: TimelineGroup | null, most: number) => {
    const entries: TimelineEntry[] = [];
    for (let before: string | null = null; ; ) {
      const page = await as(who, (db) => findTimeline(db, consumer, { zone, group, before, most }));
      entries.push(...page.entries);
      const last = page.entries.at(-1);
      if (!page.earlier || !last) return entries;
      before = cursorOf(last);
    }
  };

  test("tells everything once, the newest first, however it is paged", async () => {
    const maria = idOf(people, "Maria");
    const whole = await all("Ana", maria, null, 500);
    expect(whole.length).toBeGreaterThan(15);
    expect(whole.map(({ at }) => at)).toEqual(
      whole
        .map(({ at }) => at)
        .sort()
        .reverse(),
    );
    for (const most of [1, 7]) expect(await all("Ana", maria, null, most)).toEqual(whole);
    expect(new Set(whole.map(({ kind, id }) => `${kind} ${id}`)).size).toBe(whole.length);
    const told = new Set(whole.map(({ kind }) => kind));
    for (const kind of [
      "episode-opened",
      "enrolment-started",
      "plan",
      "consent",
      "no-contact",
      "appointment",
      "relapse-lines",
    ]) {
      expect(told, kind).toContain(kind);
    }
  });

  test("narrowed to one kind it tells of that kind alone, and together the kinds are everything", async () => {
    const maria = idOf(people, "Maria");
    const whole = await all("Ana", maria, null, 500);
    let sum = 0;
    for (const group of Object.keys(timelineGroups) as TimelineGroup[]) {
      const found = await all("Ana", maria, group, 500);
      expect(found.every(({ kind }) => kinds[kind] === group)).toBe(true);
      sum += found.length;
    }
    expect(sum).toBe(whole.length);
  });

  test("a conference is one entry with its state, and its link names it", async () => {
    const maria = idOf(people, "Maria");
    const conferences = await database.owner
      .selectFrom("conference")
      .select(["id", "appointment_id", "signed_at"])
      .where("consumer_id", "=", maria)
      .execute();
    const entries = await all("Ana", maria, "sessions", 500);
    for (const { id, appointment_id, signed_at } of conferences) {
      const about = entries.filter((entry) => entry.link === id && entry.kind === "appointment");
      expect(about).toHaveLength(1);
      const [entry] = about;
      if (!entry) continue;
      expect(entry.id).toBe(appointment_id);
      expect(linkOf(maria, entry)).toBe(`/consumers/${maria}/conferences/${id}`);
      expect(entry.state === "signed" || entry.state === "awaits-cosign").toBe(
        signed_at !== null && entry.state !== "voided",
      );
    }
  });

  test("times are the agency's own, and a moment just before midnight stays on its day", async () => {
    const priya = idOf(people, "Priya");
    const supports = await database.owner
      .selectFrom("support")
      .select("id")
      .where("consumer_id", "=", priya)
      .execute();
    await database.owner
      .insertInto("no_contact")
      .values({
        ...{ agency_id: agencyId, consumer_id: priya, support_id: supports[0]?.id ?? "" },
        ...{ reason: "Asked for", set_by: idOf(staff, "Ana"), set_at: "2026-01-02T05:59:00Z" },
      })
      .execute();
    const entry = (await all("Ana", priya, "family", 500)).find(
      ({ kind }) => kind === "no-contact",
    );
    expect(entry?.at).toBe("2026-01-01T23:59:00.000000");
  });

  test("a counselor of another programme, and the front desk, are told nothing", async () => {
    const maria = idOf(people, "Maria");
    expect(await all("Cole", maria, null, 500)).toEqual([]);
    const desk = await all("Flo", maria, null, 500);
    expect(desk.filter(({ kind }) => kind !== "appointment")).toEqual([]);
  });
});
