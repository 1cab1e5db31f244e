import fc from "fast-check";
import { expect, test } from "vitest";
import { addDays, type Day } from "../kernel/day.ts";
import { barOf, clashesOf, nextFree, occupancyOf, overlaps, type Taken, takenDays } from "./bed.ts";
import { clashWords } from "./clash.ts";

const today = "2026-05-20" as Day;
const on = (days: number) => addDays(today, days);
const taken = (
  from: number,
  until: number | null,
  arrived = false,
  left: number | null = null,
): Taken => ({
  bedId: "b",
  startsOn: on(from),
  endsOn: until === null ? null : on(until),
  arrivedOn: arrived ? on(from) : null,
  leftOn: left === null ? null : on(left),
});

test("whoever was expected to leave and did not still takes the bed, and nobody knows until when", () => {
  const late = taken(-30, -2, true);
  expect(clashesOf([late], "b", { from: on(5), until: on(9) }, today)).toEqual([late]);
  expect(nextFree([late], "b", today)).toBeNull();
  const gone = taken(-30, -2, true, -1);
  expect(nextFree([gone], "b", today)).toBe(today);
});

test("the day somebody leaves is the day the next may come", () => {
  const stays = [taken(-3, 4, true), taken(4, 8), taken(9, 12)];
  expect(nextFree(stays, "b", today)).toBe(on(8));
  expect(clashesOf(stays, "b", { from: on(8), until: on(9) }, today)).toEqual([]);
  expect(clashesOf(stays, "b", { from: on(8), until: on(10) }, today)).toEqual([stays[2]]);
});

const some = fc.array(
  fc.record({
    from: fc.integer({ min: -20, max: 40 }),
    nights: fc.option(fc.integer({ min: 0, max: 20 }), { nil: null }),
    arrived: fc.boolean(),
  }),
  { maxLength: 8 },
);

test("the next free day is free, and none before it is", () => {
  fc.assert(
    fc.property(some, (list) => {
      const stays = list.map(({ from, nights, arrived }) =>
        taken(from, nights === null ? null : from + nights, arrived && from <= 0),
      );
      const day = nextFree(stays, "b", today);
      const isTaken = (at: Day) =>
        stays.some((stay) => overlaps(takenDays(stay, today), { from: at, until: addDays(at, 1) }));
      if (day) expect(isTaken(day)).toBe(false);
      for (let at = today; at < (day ?? on(60)); at = addDays(at, 1))
        expect(isTaken(at)).toBe(true);
    }),
  );
});

test("a bar begins and ends where its days do, cut to the board", () => {
  const board = { first: on(-3), days: 10, today };
  expect(barOf(taken(-10, 2, true), board)).toEqual({
    start: 1,
    end: 6,
    before: true,
    after: false,
  });
  expect(barOf(taken(-1, null, true), board)).toEqual({
    start: 3,
    end: 11,
    before: false,
    after: true,
  });
  expect(barOf(taken(20, 30), board)).toBeNull();
  // Overdue: drawn to the end of today.
  expect(barOf(taken(-10, -2, true), board)).toEqual({
    start: 1,
    end: 5,
    before: true,
    after: false,
  });
});

test("occupancy counts the unit's own beds, and overflow beside them", () => {
  const bed = (id: string, more = {}) => ({
    id,
    overflow: false,
    child_place: false,
    active: true,
    ...more,
  });
  const beds = [bed("b"), bed("c"), bed("o", { overflow: true }), bed("k", { child_place: true })];
  const lies = [taken(-1, 3, true), { ...taken(-1, 3, true), bedId: "o" }];
  expect(occupancyOf(beds, lies, today, today)).toEqual({
    beds: 2,
    taken: 1,
    overflow: 1,
    free: 1,
  });
});

test("a clash says which bed, until when, and from when it is free", () => {
  const words = clashWords(
    { why: "taken", from: on(-2), until: on(3), freeFrom: on(3) },
    "Bed 3 in Quayside",
    "en-GB",
  );
  expect(words).toBe(
    "Bed 3 in Quayside is taken from 18 May 2026 until 23 May 2026. It is free from 23 May 2026.",
  );
  expect(clashWords({ why: "not-left" }, "Bed 3", "en-GB")).toContain("still in Bed 3");
});
