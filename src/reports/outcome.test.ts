import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { addDays, type Day } from "../kernel/day.ts";
import { nextMeasure, type Stage, stages, whyNot } from "./outcome.ts";

const opened = "2026-01-05" as Day;

describe("what is asked next", () => {
  test("the start, two weeks after care began", () => {
    expect(nextMeasure({ opened_on: opened, closed_on: null }, [])).toEqual({
      stage: "start",
      due: "2026-01-19",
    });
  });
  test("a review three months after the last", () => {
    const measures = [
      { stage: "start", measured_on: "2026-01-10" },
      { stage: "review", measured_on: "2026-04-10" },
    ];
    expect(nextMeasure({ opened_on: opened, closed_on: null }, measures)).toEqual({
      stage: "review",
      due: "2026-07-10",
    });
  });
  test("the exit on the day it closed, once after it, and then no more", () => {
    const closed = { opened_on: opened, closed_on: "2026-06-01" };
    expect(nextMeasure(closed, [])).toEqual({ stage: "exit", due: "2026-06-01" });
    const exit = { stage: "exit", measured_on: "2026-06-01" };
    expect(nextMeasure(closed, [exit])).toEqual({ stage: "after", due: "2026-08-31" });
    expect(nextMeasure(closed, [exit, { stage: "after", measured_on: "2026-09-01" }])).toBeNull();
  });
  test("asking what is due, on the day it is due, always leads on, and to an end once care has ended", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 12 }),
        fc.integer({ min: 1, max: 900 }),
        (asks, length) => {
          const measures: { stage: Stage; measured_on: Day }[] = [];
          const closed_on = addDays(opened, length);
          for (let n = 0; n < asks; n++) {
            const next = nextMeasure({ opened_on: opened, closed_on: null }, measures);
            if (!next || next.due > closed_on) break;
            expect(next.due > (measures.at(-1)?.measured_on ?? "")).toBe(true);
            measures.push({ stage: next.stage, measured_on: next.due });
          }
          const rest: Stage[] = [];
          for (;;) {
            const next = nextMeasure({ opened_on: opened, closed_on }, measures);
            if (!next) break;
            rest.push(next.stage);
            measures.push({ stage: next.stage, measured_on: next.due });
          }
          expect(rest).toEqual(["exit", "after"]);
        },
      ),
    );
  });
});

test("nothing answered is no measure, and sharing needs a day of injecting", () => {
  expect(Object.keys(stages)).toHaveLength(4);
  expect(whyNot({ alcohol_days: null })).toHaveProperty("quality_of_life");
  expect(whyNot({ injecting_days: 0, sharing: true })).toHaveProperty("sharing");
  expect(whyNot({ injecting_days: 2, sharing: true, quality_of_life: 8 })).toEqual({});
});
