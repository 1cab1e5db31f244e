import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Cast, cast } from "../../test/support/conference.ts";
import { type TestDatabase, testDatabase } from "../../test/support/database.ts";
import { addDays } from "../kernel/day.ts";
import type { TimeOfDay } from "../kernel/time.ts";
import { type Acting, actingFor } from "../storage/database.ts";
import type { Advice, ClauseState } from "./advice.ts";
import { adviseOn } from "./advise.ts";
import type { PlannedConference } from "./conference-plan.ts";
import type { ServiceFacts } from "./service.ts";
import { type Inserted, insertService, previewService } from "./service-store.ts";

let db: TestDatabase;
let people: Cast;
let planned: PlannedConference;
let facts: ServiceFacts;
beforeAll(async () => {
  db = await testDatabase("demonstration");
  people = await cast(db);
  const consumerId = people.consumer("Tasha");
  const { program_id: programId } = await db.owner
    .selectFrom("enrolment")
    .select("program_id")
    .where("consumer_id", "=", consumerId)
    .executeTakeFirstOrThrow();
  const times = { starts: "10:00" as TimeOfDay, ends: "11:10" as TimeOfDay };
  const day = addDays(people.today, 24);
  planned = {
    ...{ consumerId, programId, day, ...times, setting: "office", plan: "both", invitable: 1 },
    ...{ leadId: people.staff("ruth"), recordedBy: people.staff("ruth") },
  };
  facts = {
    ...{ consumerId, programId, day, ...times, kind: "family-conference", privateMinutes: 0 },
    ...{ setting: "office", consumerPresent: true, supportsPresent: 1, planDiscussed: "both" },
    ...{ performerId: people.staff("ruth"), conferenceId: null, awaitsCosign: false },
    recordedBy: people.staff("ruth"),
  };
});
afterAll(() => db.drop());

const as = <T>(work: (acting: Acting) => Promise<T>) =>
  actingFor(db.app, people.staff("ruth"), work);
const advise = (change: Partial<PlannedConference> = {}) =>
  as((acting) => adviseOn(acting, people.bench, { ...planned, ...change }));
const stateOf = (advice: Advice, clause: string): ClauseState | undefined =>
  advice.clauses.find((each) => each.clause === clause && !each.advises)?.state;

/** How many rows every table of the product holds. */
async function counts(): Promise<Record<string, number>> {
  const { rows } = await sql<{ name: string }>`
    SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public' ORDER BY 1`.execute(
    db.owner,
  );
  const all: Record<string, number> = {};
  for (const { name } of rows) {
    const found = await sql<{
      rows: number;
    }>`SELECT count(*) AS rows FROM ${sql.table(name)}`.execute(db.owner);
    all[name] = found.rows[0]?.rows ?? 0;
  }
  return all;
}

/** What was said, without the ids and moments that differ from one writing to the next. */
function said(inserted: Inserted | null) {
  if (!inserted) return null;
  const { units, standing, standings, serviceId } = inserted;
  const plain = ({ outcome, unitsBilled, unitsPayable, judgements }: Inserted["standing"]) => ({
    ...{ outcome, unitsBilled, unitsPayable },
    judgements: judgements.map((one) => ({ ...one, id: "", judgedAt: null, serviceId: "" })),
  });
  const others = [...standings].filter(([id]) => id !== serviceId);
  return { units, standing: plain(standing), others: others.map(([id, one]) => [id, plain(one)]) };
}

describe("a preview", () => {
  test("leaves nothing behind, and the lock is free again", async () => {
    const before = await counts();
    await as(async (acting) => {
      await previewService(acting, people.bench, facts);
      const { rows } = await sql<{ held: number }>`
        SELECT count(*) AS held FROM pg_locks WHERE locktype = 'advisory' AND pid = pg_backend_pid()`.execute(
        acting,
      );
      expect(rows).toEqual([{ held: 0 }]);
    });
    await advise();
    expect(await counts()).toEqual(before);
  });

  test("leaves nothing behind when it fails, and what the page does next still works", async () => {
    const before = await counts();
    await as(async (acting) => {
      const nobody = { ...facts, performerId: "01a00000-0000-7000-8000-000000000000" };
      await expect(previewService(acting, people.bench, nobody)).rejects.toThrow();
      await acting.selectFrom("agency").select("id").execute();
    });
    expect(await counts()).toEqual(before);
  });

  test("says what saving then says, also of a week's other sessions", async () => {
    const at = (day: number, starts: string, ends: string) => ({
      ...facts,
      day: addDays(facts.day, day),
      starts: starts as TimeOfDay,
      ends: ends as TimeOfDay,
    });
    const sunday = -new Date(`${facts.day}T12:00:00Z`).getUTCDay();
    const outcomes = [];
    // The last one is entered late: it is the earliest, and takes units from the others.
    for (const each of [
      at(sunday + 2, "10:00", "11:10"),
      at(sunday + 3, "10:00", "11:20"),
      { ...at(sunday + 4, "09:00", "10:00"), consumerPresent: null },
      at(sunday + 4, "12:00", "12:10"),
      at(sunday + 1, "10:00", "11:00"),
    ]) {
      const before = await as((acting) => previewService(acting, people.bench, each));
      const after = await as((acting) => insertService(acting, people.bench, each));
      expect(said(before)).toEqual(said(after));
      outcomes.push(after?.standing.outcome ?? null);
    }
    expect(outcomes).toEqual(["payable", "reduced", "pended", null, "payable"]);
  });
});

describe("advice before a session", () => {
  test("what can only be known when it is held is to be done then, and no failure", async () => {
    const advice = await advise({ day: addDays(people.today, 120) });
    expect(stateOf(advice, "1.1")).toBe("met");
    expect(stateOf(advice, "3.1")).toBe("when-held");
    expect(stateOf(advice, "4.2")).toBe("when-held");
    expect(stateOf(advice, "5.1")).toBe("breached"); // Ruth's license ends before that day
    expect(advice.units).toBe(4);
  });

  test("what is still to be arranged is said, with what to arrange", async () => {
    const advice = await advise({ invitable: 0, plan: null, leadId: people.staff("ben") });
    const meeting = advice.clauses.find(({ clause }) => clause === "3.1");
    expect(meeting?.state).toBe("arrange");
    expect(meeting?.arrange.join()).toMatch(/Invite a family member/);
  });

  test("a room that is no office and a lapsed credential are breached before anybody comes", async () => {
    const home = await advise({ setting: "home", leadId: people.staff("cole") });
    expect(stateOf(home, "4.2")).toBe("breached");
    expect(stateOf(home, "5.1")).toBe("breached");
    expect(stateOf(home, "4.1")).toBe("not-counted");
  });

  test("the meter tells what the session would take of a week that others have used", async () => {
    const day = addDays(people.today, 40);
    const lead = { leadId: people.staff("ruth"), day };
    const long = { starts: "09:00" as TimeOfDay, ends: "10:30" as TimeOfDay };
    await as((acting) => insertService(acting, people.bench, { ...facts, day, ...long }));
    const advice = await advise({
      ...lead,
      starts: "13:00" as TimeOfDay,
      ends: "14:00" as TimeOfDay,
    });
    expect(advice.meter).toMatchObject({ limit: 8, used: 6, left: 2, clause: "4.1" });
    expect(advice.units).toBe(4);
    expect(stateOf(advice, "4.1")).toBe("breached");
    const short = await advise({
      ...lead,
      starts: "13:00" as TimeOfDay,
      ends: "13:30" as TimeOfDay,
    });
    expect(stateOf(short, "4.1")).toBe("met");
  });

  test("a session too short for a unit has nothing to be judged, and can be planned", async () => {
    const advice = await advise({ ends: "10:14" as TimeOfDay });
    expect(advice).toMatchObject({ units: 0, clauses: [] });
  });
});
