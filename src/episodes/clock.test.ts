import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { addDays, type Day, daysBetween, getDay } from "../kernel/day.ts";
import { clockOn, clockWords, isWorkingDay, triageDue, workingDaysAfter } from "./clock.ts";

const anyDay = fc
  .integer({ min: 0, max: 20_000 })
  .map((days): Day => addDays(getDay("2000-01-01"), days));

describe("working days", () => {
  test("are Monday to Friday", () => {
    const monday = getDay("2026-06-15");
    expect(Array.from({ length: 7 }, (_, i) => isWorkingDay(addDays(monday, i)))).toEqual([
      true,
      true,
      true,
      true,
      true,
      false,
      false,
    ]);
  });

  test("are counted: the day that is n of them later has n of them on the way", () => {
    fc.assert(
      fc.property(anyDay, fc.integer({ min: 0, max: 60 }), (from, days) => {
        const to = workingDaysAfter(from, days);
        const between = Array.from({ length: daysBetween(from, to) }, (_, i) =>
          addDays(from, i + 1),
        );
        expect(between.filter(isWorkingDay)).toHaveLength(days);
        if (days > 0) expect(isWorkingDay(to)).toBe(true);
        else expect(to).toBe(from);
      }),
    );
  });

  test("do not run backwards: who came later is not due earlier", () => {
    fc.assert(
      fc.property(anyDay, fc.nat(30), fc.nat(60), (from, later, days) => {
        const first = workingDaysAfter(from, days);
        expect(workingDaysAfter(addDays(from, later), days) >= first).toBe(true);
      }),
    );
  });
});

describe("triage", () => {
  const targets = { urgentDays: 1, routineDays: 5 };
  const friday = getDay("2026-06-19");

  test("is due the same day in an emergency, also on a weekend", () => {
    expect(triageDue(friday, "emergency", targets)).toBe(friday);
    expect(triageDue(addDays(friday, 1), "emergency", targets)).toBe(addDays(friday, 1));
  });

  test("is due the next working day when urgent, and in the agency's days otherwise", () => {
    expect(triageDue(friday, "urgent", targets)).toBe(getDay("2026-06-22"));
    expect(triageDue(friday, "routine", targets)).toBe(getDay("2026-06-26"));
  });

  test("is never due later for a more urgent need, whatever targets keep that order", () => {
    fc.assert(
      fc.property(anyDay, fc.nat(60), fc.nat(60), (received, one, other) => {
        const own = { urgentDays: Math.min(one, other), routineDays: Math.max(one, other) };
        const [emergency, urgent, routine] = (["emergency", "urgent", "routine"] as const).map(
          (urgency) => triageDue(received, urgency, own),
        );
        expect([emergency, urgent, routine]).toEqual([emergency, urgent, routine].sort());
      }),
    );
  });
});

test("a clock says in words how far it is from its target", () => {
  const today = getDay("2026-06-15");
  const said = (days: number) => clockWords(clockOn(addDays(today, days), today));
  expect([-2, -1, 0, 1, 12].map(said)).toEqual([
    "Overdue by 2 days",
    "Overdue by 1 day",
    "Due today",
    "1 day left",
    "12 days left",
  ]);
});
