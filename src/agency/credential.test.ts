import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { addDays, type Day, getDay } from "../kernel/day.ts";
import { LAPSING_DAYS, overlap, standingOn } from "./credential.ts";

const today = getDay("2026-03-02");

describe("a credential on a day", () => {
  test("holds on its first and on its last day, and not on the day after", () => {
    const span = { valid_from: today, valid_to: today };
    expect(standingOn(addDays(today, -1), span)).toBe("to-come");
    expect(standingOn(today, span)).toBe("lapsing");
    expect(standingOn(addDays(today, 1), span)).toBe("over");
  });
  test("is marked as about to lapse in its last sixty days", () => {
    const ends = (days: number) => ({ valid_from: "2020-01-01", valid_to: addDays(today, days) });
    expect(standingOn(today, ends(LAPSING_DAYS + 1))).toBe("holds");
    expect(standingOn(today, ends(LAPSING_DAYS))).toBe("lapsing");
    expect(standingOn(today, { valid_from: "2020-01-01", valid_to: null })).toBe("holds");
  });
});

test("two spans overlap exactly if some day lies in both", () => {
  const span = fc
    .tuple(fc.integer({ min: 0, max: 12 }), fc.option(fc.integer({ min: 0, max: 6 })))
    .map(([from, length]) => ({
      valid_from: addDays(today, from),
      valid_to: length === null ? null : addDays(today, from + length),
    }));
  const days = Array.from({ length: 40 }, (_, index): Day => addDays(today, index));
  const within = (day: Day, of: { valid_from: Day; valid_to: Day | null }) =>
    of.valid_from <= day && (of.valid_to === null || day <= of.valid_to);
  fc.assert(
    fc.property(span, span, (a, b) => {
      expect(overlap(a, b)).toBe(days.some((day) => within(day, a) && within(day, b)));
    }),
  );
});
