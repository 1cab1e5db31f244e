import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type TestDatabase, testDatabase } from "../../test/support/database.ts";
import type { Day } from "../kernel/day.ts";
import { actingFor } from "../storage/database.ts";
import { LEFT_OUT, leavingOf } from "./leaving.ts";
import {
  measureNames,
  measures,
  monthsOf,
  NO_PROGRAM,
  periodOf,
  type TotalRow,
} from "./measure.ts";
import { type Asked, findCases, findMonths, findTotals } from "./measure-store.ts";

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
