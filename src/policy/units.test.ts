import fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import { type Bulletin, withReadings } from "./bulletin.ts";
import { loadBulletins } from "./shelf.ts";
import { unitMinutes, unitsFor } from "./units.ts";

let bulletin: Bulletin;

beforeAll(async () => {
  const loaded = await loadBulletins("bulletins");
  const founding =
    loaded.ok && loaded.value.find((one) => one.bulletin.title === "Family Conference");
  if (!founding) throw new Error("FY10-Clinical-16 does not load");
  bulletin = founding.bulletin;
});

describe("units", () => {
  test.each([
    [0, 0, 0],
    [7, 0, 0],
    [8, 0, 1],
    [14, 0, 1],
    [15, 1, 1],
    [22, 1, 1],
    [23, 1, 2],
    [29, 1, 2],
    [30, 2, 2],
    [37, 2, 2],
    [38, 2, 3],
    [120, 8, 8],
  ])("%i minutes: %i completed, %i by the 8-minute rule", (minutes, completed, byEight) => {
    expect(unitsFor(minutes, bulletin)).toBe(completed);
    const eight = withReadings(bulletin, { rounding: "more-than-half" });
    expect(unitsFor(minutes, eight)).toBe(byEight);
    expect(byEight).toBe(Math.floor((minutes + 7) / 15));
  });

  test("grow with the minutes, one unit at a time, by any reading", () => {
    const read = fc.record({
      unit: fc.constantFrom("5-minutes", "10-minutes", "15-minutes", "30-minutes", "60-minutes"),
      rounding: fc.constantFrom("completed", "more-than-half"),
    });
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 24 * 60 }), read, (minutes, readings) => {
        const other = withReadings(bulletin, readings);
        const more = unitsFor(minutes + 1, other) - unitsFor(minutes, other);
        expect(more === 0 || more === 1).toBe(true);
        const unit = unitMinutes(other);
        expect(unitsFor(minutes + unit, other)).toBe(unitsFor(minutes, other) + 1);
        expect(Math.abs(unitsFor(minutes, other) * unit - minutes)).toBeLessThan(unit);
      }),
    );
  });

  test.each([-1, 7.5, Number.NaN])("of %d minutes there are none to speak of", (minutes) => {
    expect(() => unitsFor(minutes, bulletin)).toThrow(RangeError);
  });
});
