import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type TestDatabase, testDatabase } from "../../test/support/database.ts";
import type { Day } from "../kernel/day.ts";
import { actingFor } from "../storage/database.ts";
import { leaving, measureNames, measures, monthsOf, NO_PROGRAM, periodOf } from "./measure.ts";
import { type Asked, findCases, findMonths, findTotals } from "./measure-store.ts";

describe("what may leave the agency", () => {
  const total = fc
    .tuple(fc.nat(60), fc.nat(60), fc.option(fc.integer({ min: 0, max: 400 })))
    .map(([a, b, median]) => ({ cases: a + b, counting: a, median }));
  test("no count below the smallest is said, nor can it be had by taking one from another", () => {
    fc.assert(
      fc.property(total, fc.integer({ min: 1, max: 12 }), fc.boolean(), (one, small, counts) => {
        const said = leaving(one, small, counts);
        const fine = (n: number) => n === 0 || n >= small;
        if (typeof said.cases === "number") expect(fine(said.cases)).toBe(true);
        if (typeof said.counting === "number") {
          expect(fine(said.counting)).toBe(true);
          expect(fine(one.cases - said.counting)).toBe(true);
        }
        if (typeof said.cases === "string") expect(typeof said.median).toBe("string");
      }),
    );
  });
  test("large counts are said as they are", () => {
    expect(leaving({ cases: 40, counting: 20, median: 9 }, 5, true)).toEqual({
      cases: 40,
      counting: 20,
      median: 9,
    });
    expect(leaving({ cases: 40, counting: 37, median: 9 }, 5, true).counting).toBe("<5");
  });
  test("a median of few values is not said, however many cases there are", () => {
    const one = { cases: 40, counting: 0, median: 211, valued: 1 };
    expect(leaving(one, 5, true)).toEqual({ cases: 40, counting: 0, median: "<5" });
    expect(leaving({ ...one, valued: 5 }, 5, true).median).toBe(211);
    expect(leaving({ ...one, median: null, valued: 0 }, 5, true).median).toBeNull();
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
      for (const total of totals) {
        const at = total.by_program ? { ...asked, program: total.program_id ?? NO_PROGRAM } : asked;
        const inMonth = (day: Day) =>
          total.month === null || day.slice(0, 7) === total.month.slice(0, 7);
        const list = async (part: boolean | null) =>
          (await findCases(acting, total.measure, at, { part, offset: 0, most: 1000 })).filter(
            ({ on_day }) => inMonth(on_day),
          );
        expect((await list(null)).length, JSON.stringify(total)).toBe(total.cases);
        if (measures[total.measure].counts) {
          expect((await list(true)).length, JSON.stringify(total)).toBe(total.counting);
        }
      }
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
