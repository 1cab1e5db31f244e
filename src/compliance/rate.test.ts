import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { testDatabase } from "../../test/support/database.ts";
import { type Recorded, recordedAgency } from "../../test/support/recorded.ts";
import { addDays, type Day, getDay } from "../kernel/day.ts";
import { changeFrom, type RateSpan } from "./rate.ts";
import { findRates, setRate, withdrawRate } from "./rate-store.ts";

const first = getDay("2026-01-01");

test("rates set in any order never overlap, and each holds from its day until the next", () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 60 }), { maxLength: 20 }), (starts) => {
      let standing: RateSpan[] = [];
      for (const start of starts) {
        const from = addDays(first, start);
        const change = changeFrom(standing, from);
        if (!change.ok) {
          expect(standing.some((rate) => rate.from === from)).toBe(true);
          continue;
        }
        standing = standing.map((rate) =>
          rate.id === change.ends ? { ...rate, to: change.endsOn } : rate,
        );
        standing.push({ id: from, from, to: change.to });
      }
      const distinct = [...new Set(starts)];
      expect(standing).toHaveLength(distinct.length);
      for (let i = 0; i <= 61; i++) {
        const day = addDays(first, i);
        const holding = standing.filter(
          ({ from, to }) => from <= day && (to === null || day <= to),
        );
        const latest = Math.max(...distinct.filter((start) => start <= i));
        expect(holding.map(({ from }) => from)).toEqual(
          Number.isFinite(latest) ? [addDays(first, latest)] : [],
        );
      }
    }),
  );
});

describe("kept rates", () => {
  let it: Recorded;
  beforeAll(async () => {
    it = await recordedAgency(await testDatabase());
  });
  afterAll(() => it.db.drop());

  const by = () => ({ agencyId: it.agencyId, staffId: it.administrator });
  const set = (from: Day, cents: number) =>
    it.as(it.administrator, (db) =>
      setRate(db, by(), { service: "family-conference", code: "FC-15", cents, from }),
    );
  const standing = async () =>
    (await it.as(it.biller, findRates))
      .filter(({ withdrawnAt }) => withdrawnAt === null)
      .map(({ from, to, cents }) => [from, to, cents]);

  test("a change from a day ends the one before; a mistake is withdrawn and stays to be seen", async () => {
    expect(await set(first, 2000)).toBe("set");
    expect(await set(first, 2100)).toBe("starts-that-day");
    expect(await standing()).toEqual([
      ["2026-01-01", null, 2000],
      ["2000-01-01", "2025-12-31", 1842],
    ]);
    const wrong = (await it.as(it.biller, findRates)).find(({ cents }) => cents === 2000)?.id ?? "";
    const withdraw = () =>
      it.as(it.administrator, (db) =>
        withdrawRate(db, by(), wrong, "Typed the old contract's price"),
      );
    expect(await withdraw()).toBe(true);
    expect(await withdraw()).toBe(false);
    expect(await set(first, 2100)).toBe("set");
    expect((await standing())[0]).toEqual(["2026-01-01", null, 2100]);
    expect(await it.as(it.biller, findRates)).toHaveLength(3);
  });

  test("two who set a rate for the same days at once leave no overlap and see no error", async () => {
    const days = Array.from({ length: 8 }, (_, i) => getDay(`2027-01-0${(i % 4) + 1}`));
    const answers = await Promise.all(days.map((day, i) => set(day, 3000 + i)));
    expect(answers.filter((answer) => answer === "set")).toHaveLength(4);
  });

  test("the database refuses an overlap and a rewriting on its own", async () => {
    const overlap = it.db.owner
      .insertInto("rate")
      .values({
        agency_id: it.agencyId,
        service: "family-conference",
        code: "X",
        cents_per_unit: 1,
        valid_from: "2010-01-01",
      })
      .execute();
    await expect(overlap).rejects.toThrow(/one_rate_a_day/);
    const rewrite = it.as(it.administrator, (db) =>
      db.updateTable("rate").set({ cents_per_unit: 1 }).execute(),
    );
    await expect(rewrite).rejects.toThrow(/never changed/);
  });

  test("the counselor cannot set one", async () => {
    const attempt = it.as(it.counselor, (db) =>
      setRate(db, by(), { service: "x", code: "X", cents: 1, from: first }),
    );
    await expect(attempt).rejects.toThrow(/row-level security/);
  });
});
