import { sql } from "kysely";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { testDatabase } from "../../test/support/database.ts";
import { type Recorded, recordedAgency } from "../../test/support/recorded.ts";
import { addDays, getDay } from "../kernel/day.ts";
import { findStanding, judgeAgain, weekMeter } from "./judge.ts";

let it: Recorded;
let consumer: string;
beforeAll(async () => {
  it = await recordedAgency(await testDatabase());
});
afterAll(() => it.db.drop());
beforeEach(async () => {
  consumer = await it.consumer();
});

const monday = getDay("2026-03-02");
const wednesday = getDay("2026-03-04");
const saturday = getDay("2026-03-07");

const standing = async (...ids: string[]) => {
  const found = await it.as(it.counselor, (db) => findStanding(db, ids));
  return ids.map((id) => {
    const one = found.get(id);
    return `${one?.outcome} ${one?.unitsPayable}`;
  });
};

describe("a service that is recorded", () => {
  test("is judged by every clause, and the judgement keeps its facts, edition and readings", async () => {
    const id = await it.record(consumer, { day: monday });
    const found = (await it.as(it.biller, (db) => findStanding(db, [id]))).get(id);
    expect(found).toMatchObject({ outcome: "payable", unitsBilled: 4, unitsPayable: 4 });
    const [judgement] = found?.judgements ?? [];
    expect(judgement?.contentHash).toBe(it.bench.bulletins[0]?.contentHash);
    expect(judgement?.facts).toMatchObject({
      setting: "office",
      performer_qualification: ["qsap"],
    });
    expect(
      judgement?.findings.map(({ clause, kind, verdict }) => `${kind} ${clause} ${verdict}`),
    ).toEqual([
      "must 1.1 met",
      "must 3.1 met",
      "must 3.2 met",
      "should 3.2 met",
      "limit 4.1 met",
      "must 4.2 met",
      "must 5.1 met",
    ]);
    expect(judgement?.findings.find(({ kind }) => kind === "limit")?.readings).toContain("week");
  });

  test("has no verdict where no bulletin is for it", async () => {
    const id = await it.record(consumer, { day: monday, kind: "individual-counseling" });
    expect(await standing(id)).toEqual(["not-applicable 0"]);
    const before = await it.record(consumer, { day: getDay("2010-04-14") });
    expect(await standing(before)).toEqual(["not-applicable 0"]);
  });

  test("is judged once: judging again what has not changed writes nothing", async () => {
    await it.record(consumer, { day: monday });
    const again = () =>
      it.as(it.counselor, (db) => judgeAgain(db, it.bench, consumer, [monday, saturday]));
    const first = await again();
    expect(await again()).toEqual(first);
    expect(await judgements(consumer)).toHaveLength(1);
  });

  test("entered late takes its turn: the week is judged again, and what stood is kept", async () => {
    const late = await it.record(consumer, { day: wednesday, units: 6 });
    expect(await standing(late)).toEqual(["payable 6"]);
    const early = await it.record(consumer, { day: monday, units: 5 });
    expect(await standing(early, late)).toEqual(["payable 5", "reduced 3"]);
    const kept = await judgements(consumer);
    expect(kept.map(({ outcome, superseded_at }) => [outcome, superseded_at !== null])).toEqual([
      ["payable", true],
      ["payable", false],
      ["reduced", false],
    ]);
  });

  test("is denied by a Family Therapy session of the same hour, whoever typed first", async () => {
    const conference = await it.record(consumer, { day: monday });
    await it.record(consumer, {
      day: monday,
      kind: "family-therapy",
      start: "10:45",
      end: "11:30",
    });
    expect(await standing(conference)).toEqual(["denied 0"]);
  });

  test("is judged no more once it is voided, and gives its units back", async () => {
    const first = await it.record(consumer, { day: monday, units: 6 });
    const second = await it.record(consumer, { day: wednesday, units: 6 });
    expect(await standing(second)).toEqual(["reduced 2"]);
    await it.as(it.counselor, async (db) => {
      await db
        .updateTable("service")
        .set({ voided_at: new Date() })
        .where("id", "=", first)
        .execute();
      await judgeAgain(db, it.bench, consumer, [monday]);
    });
    expect(await standing(first, second)).toEqual(["not-applicable 0", "payable 6"]);
  });

  test("that moves to another week leaves its units in the one and takes them in the other", async () => {
    const nextWeek = getDay("2026-03-09");
    const moved = await it.record(consumer, { day: monday, units: 6 });
    const stays = await it.record(consumer, { day: wednesday, units: 6 });
    const there = await it.record(consumer, { day: getDay("2026-03-10"), units: 6 });
    await it.as(it.counselor, async (db) => {
      await db
        .updateTable("service")
        .set({ service_date: nextWeek })
        .where("id", "=", moved)
        .execute();
      await judgeAgain(db, it.bench, consumer, [monday, nextWeek]);
    });
    expect(await standing(moved, stays, there)).toEqual(["payable 6", "payable 6", "reduced 2"]);
  });
});

test("the meter counts this week's payable units, and forgets another week's", async () => {
  const meter = () => it.as(it.counselor, (db) => weekMeter(db, it.bench, consumer, wednesday));
  expect(await meter()).toMatchObject({
    limit: 8,
    used: 0,
    left: 8,
    from: "2026-03-01",
    to: "2026-03-07",
    clause: "4.1",
  });
  await it.record(consumer, { day: monday, units: 6 });
  await it.record(consumer, { day: monday, units: 3, setting: "home" });
  await it.record(consumer, { day: getDay("2026-03-08"), units: 4 });
  expect(await meter()).toMatchObject({ used: 6, left: 2 });
  expect((await meter())?.readings).toEqual(["unit", "rounding", "week", "over", "scope", "order"]);
  const before = await it.as(it.counselor, (db) =>
    weekMeter(db, it.bench, consumer, getDay("2010-04-10")),
  );
  expect(before).toBeNull();
});

test("a record of many years is judged again at once", async () => {
  const id = await it.record(consumer, { day: monday, units: 1 });
  await sql`INSERT INTO service (agency_id, consumer_id, program_id, kind, service_date, start_time, end_time, units,
      setting, consumer_present, supports_present, plan_discussed, performer_id, recorded_by)
    SELECT agency_id, consumer_id, program_id, kind, service_date - n * 2, start_time, end_time, units,
      setting, consumer_present, supports_present, plan_discussed, performer_id, recorded_by
    FROM service, generate_series(1, 1200) n WHERE id = ${id}`.execute(it.db.owner);
  const days = Array.from({ length: 1201 }, (_, n) => addDays(monday, -2 * n));
  const standing = await it.as(it.counselor, (db) => judgeAgain(db, it.bench, consumer, days));
  expect(standing.size).toBe(1201);
  expect([...standing.values()].every(({ outcome }) => outcome === "payable")).toBe(true);
});

test("a service out of sight has no standing", async () => {
  const id = await it.record(consumer, { day: monday });
  const seen = await it.as(it.administrator, (db) => findStanding(db, [id]));
  expect(seen.size).toBe(0);
});

function judgements(of: string) {
  return it.db.owner
    .selectFrom("judgement")
    .selectAll()
    .where("consumer_id", "=", of)
    .orderBy("id")
    .execute();
}
