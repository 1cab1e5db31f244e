import fc from "fast-check";
import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type TestDatabase, testDatabase } from "../../test/support/database.ts";
import { addDays, type Day, daysBetween } from "../kernel/day.ts";
import { actingFor } from "../storage/database.ts";
import { LEFT_OUT, leavingOf } from "./leaving.ts";
import {
  type Measure,
  measureNames,
  measures,
  monthsOf,
  NO_PROGRAM,
  periodOf,
  type TotalRow,
} from "./measure.ts";
import { type Asked, type Case, findCases, findMonths, findTotals } from "./measure-store.ts";
import { findBedDays, findOccupancy } from "./occupancy-store.ts";
import { findSaid } from "./said-store.ts";

describe("what may leave the agency", () => {
  const months = monthsOf(periodOf(36, "2026-11-22" as Day));
  const cell = fc
    .record({
      measure: fc.constantFrom("completion" as const, "stay" as const),
      month: fc.constantFrom(...months.slice(-5), ...months.slice(0, 2)),
      program_id: fc.constantFrom("a", "b", null),
      counting: fc.nat(9),
      rest: fc.oneof(fc.constant(0), fc.nat(30)),
    })
    .map(({ rest, ...one }) => row({ ...one, cases: one.counting + rest }));
  const table = fc.uniqueArray(cell, {
    selector: (one) => `${one.measure} ${one.month} ${one.program_id}`,
    maxLength: 30,
  });
  const row = (one: Partial<TotalRow>): TotalRow => ({
    ...{ measure: "stay", month: months.at(-1) ?? null, program_id: "a", by_program: true },
    ...{ cases: 0, counting: 0, median: 9, ...one },
  });

  test("nothing below the smallest is said, nor can it be had from one line or one column", () => {
    fc.assert(
      fc.property(table, fc.integer({ min: 2, max: 8 }), (cells, small) => {
        const leaves = leavingOf(cells, months, small);
        const said = cells.map((one) => ({ ...one, said: leaves(one, 36) }));
        const fine = (n: number) => n === 0 || n >= small;
        for (const { said: one, ...real } of said) {
          if (typeof one.cases === "number") expect(fine(one.cases)).toBe(true);
          else expect(one.median).toBeNull();
          if (typeof one.counting !== "number" || typeof one.cases !== "number") continue;
          expect(fine(one.counting)).toBe(true);
          expect(fine(one.cases - one.counting)).toBe(true);
          expect(real.cases).toBe(one.cases);
        }
        for (const measure of ["completion", "stay"] as const) {
          const all = (of: typeof said) => of.reduce((sum, { cases }) => sum + cases, 0);
          const hidden = (of: typeof said) => of.filter((one) => one.said.cases === LEFT_OUT);
          const mine = said.filter((one) => one.measure === measure);
          const lines = [
            ...months.map((month) => ({ month, by_program: false, program_id: null })),
            ...["a", "b", null].map((id) => ({ month: null, by_program: true, program_id: id })),
          ];
          for (const line of lines) {
            const of = mine.filter((one) =>
              line.by_program ? one.program_id === line.program_id : one.month === line.month,
            );
            const total = leaves(row({ ...line, measure, cases: all(of) }), 36);
            if (total.cases === LEFT_OUT || hidden(of).length === 0) continue;
            expect(hidden(of).length).toBeGreaterThan(1);
            expect(all(hidden(of))).toBeGreaterThanOrEqual(small);
          }
        }
      }),
    );
  });
  test("a part that could be had by taking it from the whole goes with it", () => {
    const of = (cases: number, counting: number) => {
      const one = row({ measure: "completion", cases, counting });
      return leavingOf([one], months, 5)(one, 12);
    };
    expect(of(40, 20)).toEqual({ cases: 40, counting: 20, median: 9 });
    expect(of(40, 37)).toEqual({ cases: 40, counting: LEFT_OUT, median: 9 });
    expect(of(4, 4)).toEqual({ cases: LEFT_OUT, counting: LEFT_OUT, median: null });
    expect(of(0, 0)).toEqual({ cases: 0, counting: 0, median: 9 });
  });
  test("who completed is not said under another name: returns are counted of them", () => {
    const completed = row({ measure: "completion", cases: 40, counting: 37 });
    const returned = row({ measure: "returns", cases: 37, counting: 10 });
    const leaves = leavingOf([completed, returned], months, 5);
    expect(leaves(returned, 12).cases).toBe(LEFT_OUT);
  });
  test("a month is not had by taking a period from a longer one", () => {
    const cells = [
      row({ month: months.at(-1) ?? null, cases: 50 }),
      row({ month: months.at(-2) ?? null, cases: 3 }),
    ];
    const leaves = leavingOf(cells, months, 5);
    const total = (period: number) => leaves(row({ month: null, cases: 53 }), period).cases;
    expect(leaves(cells[0] as TotalRow, 12).cases).toBe(LEFT_OUT);
    expect([total(3), total(12), total(36)]).toEqual([53, 53, 53]);
  });
  test("a median of few values is blank, however many cases there are", () => {
    const of = (one: Partial<TotalRow>) => {
      const cell = row({ measure: "returns", cases: 40, counting: 0, median: 211, ...one });
      return leavingOf([cell], months, 5)(cell, 12);
    };
    expect(of({ valued: 1 })).toEqual({ cases: 40, counting: 0, median: null });
    expect(of({ valued: 5 }).median).toBe(211);
  });
});

test("a period is whole months and the one that runs", () => {
  const period = periodOf(12, "2026-11-22" as Day);
  expect(period).toEqual({ from: "2025-12-01", to: "2026-11-22" });
  expect(monthsOf(period)).toHaveLength(12);
  expect(monthsOf(periodOf(1, "2026-03-01" as Day))).toEqual(["2026-03-01"]);
});

describe("on the demonstration", () => {
  let db: TestDatabase;
  let manager: string;
  let asked: Asked;
  beforeAll(async () => {
    db = await testDatabase("demonstration");
    const { id } = await db.owner
      .selectFrom("staff")
      .select("id")
      .where("email", "=", "moira@alderway.example")
      .executeTakeFirstOrThrow();
    manager = id;
    const period = periodOf(36, new Date().toISOString().slice(0, 10) as Day);
    asked = { ...period, program: null, zone: "Europe/London", targets: { wait: 21, back: 5 } };
  });
  afterAll(() => db.drop());

  test("every number is the length of the list that it opens", async () => {
    await actingFor(db.app, manager, async (acting) => {
      const totals = await findTotals(acting, asked);
      expect(totals.length).toBeGreaterThan(5);
      const found = new Map<string, Case[]>();
      const listOf = async (measure: Measure, at: Asked, part: boolean | null) => {
        const key = [measure, at.program, part].join(" ");
        const list =
          found.get(key) ?? (await findCases(acting, measure, at, { part, offset: 0, most: 5000 }));
        found.set(key, list);
        return list;
      };
      for (const total of totals) {
        const at = total.by_program ? { ...asked, program: total.program_id ?? NO_PROGRAM } : asked;
        const inMonth = (day: Day) =>
          total.month === null || day.slice(0, 7) === total.month.slice(0, 7);
        const list = async (part: boolean | null) =>
          (await listOf(total.measure, at, part)).filter(({ on_day }) => inMonth(on_day));
        expect((await list(null)).length, JSON.stringify(total)).toBe(total.cases);
        if (measures[total.measure].counts) {
          expect((await list(true)).length, JSON.stringify(total)).toBe(total.counting);
        }
      }
    });
  });

  const idOf = async (table: "unit" | "program", name: string) =>
    (
      await db.owner
        .selectFrom(table)
        .innerJoin("agency", "agency.id", `${table}.agency_id`)
        .select(`${table}.id`)
        .where(`${table}.name`, "=", name)
        .where("agency.jurisdiction", "=", "england")
        .executeTakeFirstOrThrow()
    ).id as string;
  const personCalled = async (given: string, family: string) =>
    db.owner
      .selectFrom("consumer")
      .innerJoin("episode", "episode.consumer_id", "consumer.id")
      .select(["consumer.id", "consumer.agency_id", "episode.id as episode"])
      .where("given_name", "=", given)
      .where("family_name", "=", family)
      .where("episode.closed_on", "is", null)
      .executeTakeFirstOrThrow();
  const casesOf = (id: string, measure: Measure) =>
    actingFor(db.app, manager, async (acting) =>
      (await findCases(acting, measure, asked, { part: null, offset: 0, most: 5000 })).filter(
        ({ consumer_id }) => consumer_id === id,
      ),
    );

  test("a detox and the rehab it went on to are one stay, where it ended; their enrolments are none besides", async () => {
    const { id, agency_id, episode } = await personCalled("Yusuf", "Karaca");
    const stay = await db.owner
      .selectFrom("placement")
      .select(["id", "admitted_on"])
      .where("consumer_id", "=", id)
      .where("ended_on", "is", null)
      .executeTakeFirstOrThrow();
    // He came through Quayside, whose enrolment is over; the stay goes on.
    const before = await casesOf(id, "stay");
    expect(before.map(({ program }) => program)).toEqual(["Community Team"]);
    const ended = asked.to;
    await db.owner
      .updateTable("enrolment")
      .set({ valid_to: ended, end_reason: "completed" })
      .where("consumer_id", "=", id)
      .where("valid_to", "is", null)
      .execute();
    await db.owner
      .updateTable("placement")
      .set({ ended_on: ended, end_planned: true, end_reason: "completed" })
      .where("id", "=", stay.id)
      .execute();
    await db.owner
      .insertInto("leaving")
      .values({
        ...{ agency_id, consumer_id: id, episode_id: episode, placement_id: stay.id },
        ...{ ended_on: ended, planned: true, reason: "completed" },
        recorded_by: manager,
      })
      .execute();
    const once = { id: stay.id, program: "Alder House", on_day: ended };
    expect(await casesOf(id, "stay")).toMatchObject([
      { ...once, value: daysBetween(stay.admitted_on as Day, ended) + 1 },
      ...before,
    ]);
    // Asked for in Quayside, ended in Alder House.
    expect((await casesOf(id, "endings")).map(({ program }) => program)).toEqual(["Alder House"]);
  });

  test("a stay elsewhere is one too, of the team that cared for them; time without a bed counts beside it", async () => {
    const { id } = await personCalled("Denise", "Maddock");
    const found = await casesOf(id, "stay");
    expect(found).toHaveLength(2);
    const said = await actingFor(db.app, manager, (acting) =>
      findSaid(
        acting,
        "stay",
        found.map((one) => one.id),
      ),
    );
    expect(said.map((one) => one.said)).toEqual([["Brackenfell Detox", "Brackenfell House"]]);
    expect(found.map(({ program }) => program)).toEqual(["Community Team", "Community Team"]);
  });

  test("time enrolled before a bed counts beside the stay, and nobody's day counts twice", async () => {
    // Two months in the programme, a bed for its last three weeks, and the next programme from the day it ended.
    const { id, agency_id, episode } = await personCalled("Callum", "Threlfall");
    const [team, house] = [
      await idOf("program", "Alder House"),
      await idOf("program", "Second Step"),
    ];
    const on = (days: number) => addDays(asked.to, days);
    const at = { agency_id, consumer_id: id, episode_id: episode };
    const ended = { end_reason: "completed" };
    await db.owner
      .insertInto("enrolment")
      .values([
        {
          ...at,
          ...ended,
          program_id: team,
          requested_on: on(-90),
          valid_from: on(-90),
          valid_to: on(-30),
        },
        {
          ...at,
          ...ended,
          program_id: house,
          requested_on: on(-30),
          valid_from: on(-30),
          valid_to: on(-11),
        },
      ])
      .execute();
    const unit = await idOf("unit", "Alder House");
    await db.owner
      .insertInto("placement")
      .values({
        ...{ ...at, ...ended, unit_id: unit, requested_by: manager, requested_on: on(-51) },
        ...{ admitted_on: on(-51), ended_on: on(-30), end_planned: true },
      })
      .execute();
    const found = await casesOf(id, "stay");
    expect(found.map(({ program, value }) => [program, value]).toSorted()).toEqual([
      ["Alder House", 22],
      ["Alder House", 39],
      ["Second Step", 19],
    ]);

    // Of everybody whose every stay is over: the days of all cases are the days that somebody counts by hand.
    const { rows } = await sql<{ consumer_id: string; days: number }>`
      WITH own AS (
        SELECT consumer_id, admitted_on AS first, ended_on AS last FROM placement WHERE admitted_on IS NOT NULL
        UNION ALL SELECT consumer_id, valid_from, valid_to FROM enrolment WHERE valid_from IS NOT NULL)
      SELECT o.consumer_id, count(DISTINCT d)::integer AS days FROM own o CROSS JOIN generate_series(o.first, o.last, interval '1 day') d
      WHERE NOT EXISTS (SELECT FROM own x WHERE x.consumer_id = o.consumer_id AND (x.last IS NULL OR x.last > ${asked.to} OR x.last < ${asked.from}))
      GROUP BY o.consumer_id`.execute(db.owner);
    const byHand = new Map(rows.map((row) => [row.consumer_id, row.days]));
    const days = new Map<string, number>();
    const all = await actingFor(db.app, manager, (acting) =>
      findCases(acting, "stay", asked, { part: null, offset: 0, most: 5000 }),
    );
    for (const { consumer_id, value } of all) {
      if (!consumer_id || !byHand.has(consumer_id)) continue;
      days.set(consumer_id, (days.get(consumer_id) ?? 0) + (value ?? 0));
    }
    expect(days.size).toBeGreaterThan(100);
    for (const [who, sum] of days) expect(sum, who).toBe(byHand.get(who));
  });

  test("open access counts contacts that one may read: by nickname, or of the programme they were in", async () => {
    const list = await actingFor(db.app, manager, async (acting) =>
      findCases(acting, "open-access", asked, { part: null, offset: 0, most: 5000 }),
    );
    const { id } = await personCalled("Pauline", "Wragg");
    expect(list.find((one) => one.consumer_id === id)).toMatchObject({ counts: true });
    expect(list.find((one) => one.consumer_id === id)?.program).not.toBeNull();
    const nameless = list.filter((one) => one.consumer_id === null);
    expect(nameless.length).toBeGreaterThan(3);
    expect(nameless.every((one) => one.program === null)).toBe(true);
    const said = await actingFor(db.app, manager, (acting) =>
      findSaid(
        acting,
        "open-access",
        nameless.map((one) => one.id),
      ),
    );
    expect(said.some(({ nickname }) => nickname === "Mo")).toBe(true);
    // Whoever reads no such contact counts none; so does another agency.
    for (const email of ["bill@demo.example", "omar@demo.example"]) {
      const other = await db.owner
        .selectFrom("staff")
        .select("id")
        .where("email", "=", email)
        .executeTakeFirstOrThrow();
      const theirs = await actingFor(db.app, other.id, (acting) =>
        findCases(acting, "open-access", asked, { part: null, offset: 0, most: 5000 }),
      );
      const mine = new Set(list.map((one) => one.id));
      expect(theirs.filter((one) => mine.has(one.id))).toEqual([]);
    }
  });

  test("the stays behind the occupancy make up the days taken, named where the record is one's own", async () => {
    const house = await idOf("unit", "Alder House");
    await actingFor(db.app, manager, async (acting) => {
      const months = await findOccupancy(acting, asked);
      const at = { offset: 0, most: 5000 };
      for (const unit of [null, house]) {
        const taken = months
          .filter(({ unit_id }) => unit === null || unit_id === unit)
          .reduce((sum, row) => sum + Number(row.taken), 0);
        const stays = await findBedDays(acting, asked, { ...at, unit });
        expect(stays.reduce((sum, { nights }) => sum + nights, 0)).toBe(taken);
        expect(stays.length).toBeGreaterThan(3);
      }
    });
    // Grace's own programmes have beds of people whose record is not hers; nobody else is named.
    const jack = await db.owner
      .selectFrom("staff")
      .select("id")
      .where("email", "=", "jack@alderway.example")
      .executeTakeFirstOrThrow();
    await actingFor(db.app, jack.id, async (acting) => {
      const stays = await findBedDays(acting, asked, { unit: null, offset: 0, most: 5000 });
      const { rows } = await sql<{ id: string }>`
        SELECT access.record_consumers() AS id`.execute(acting);
      const may = new Set(rows.map(({ id }) => id));
      for (const { consumer_id } of stays)
        expect(may.has(consumer_id ?? "")).toBe(consumer_id !== null);
    });
  });

  test("what leaves adds up to what is shown", async () => {
    await actingFor(db.app, manager, async (acting) => {
      const totals = await findTotals(acting, asked);
      const months = await findMonths(acting, asked);
      for (const measure of measureNames) {
        const whole = totals.find(
          (one) => one.measure === measure && !one.month && !one.by_program,
        );
        const sum = months
          .filter((one) => one.measure === measure)
          .reduce((all, { cases }) => all + cases, 0);
        expect(sum, measure).toBe(whole?.cases ?? 0);
      }
    });
  });

  test("nobody else's programmes are counted", async () => {
    const { id } = await db.owner
      .selectFrom("staff")
      .select("id")
      .where("email", "=", "omar@demo.example")
      .executeTakeFirstOrThrow();
    await actingFor(db.app, id, async (acting) => {
      const rows = await findMonths(acting, asked);
      const theirs = await db.owner
        .selectFrom("program")
        .innerJoin("agency", "agency.id", "program.agency_id")
        .select("program.id")
        .where("agency.jurisdiction", "=", "england")
        .execute();
      const foreign = new Set(theirs.map((one) => one.id));
      expect(rows.filter(({ program_id }) => program_id && foreign.has(program_id))).toEqual([]);
    });
  });
});
