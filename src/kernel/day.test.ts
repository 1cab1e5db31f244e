import fc from "fast-check";
import { Temporal } from "temporal-polyfill";
import { describe, expect, test } from "vitest";
import {
  addDays,
  ageOn,
  type Day,
  dayName,
  daysBetween,
  formatDay,
  getDay,
  monthOf,
  parseDay,
  todayIn,
  weekOf,
} from "./day.ts";

const anyDay = fc
  .date({
    min: new Date("1900-01-01T00:00Z"),
    max: new Date("9999-12-31T00:00Z"),
    noInvalidDate: true,
  })
  .map((date) => getDay(date.toISOString().slice(0, 10)));

describe("a day", () => {
  test.each(["2010-04-15", "1900-01-01", "9999-12-31", "2012-02-29", "2000-02-29"])(
    "%s is one",
    (text) => expect(parseDay(text)).toBe(text),
  );

  test.each([
    "",
    "2010-4-5",
    "2010-02-29",
    "1900-02-29",
    "2010-13-01",
    "2010-00-10",
    "2010-04-31",
    "1899-12-31",
    "0210-04-15",
    "10000-01-01",
    " 2010-04-15",
    "2010-04-15 ",
    "2010-04-15T00:00",
    "20100415",
    "２０１０-04-15",
    "2010-04-15\n",
  ])("%j is none", (text) => expect(parseDay(text)).toBeNull());

  test("that someone vouched for and is none throws", () => {
    expect(() => getDay("yesterday")).toThrow(RangeError);
  });

  test("has the order of its text", () => {
    fc.assert(
      fc.property(anyDay, anyDay, (a, b) => Math.sign(daysBetween(a, b)) === compare(b, a)),
    );
  });

  test("adds days and counts them back", () => {
    expect(addDays(getDay("2010-12-31"), 1)).toBe("2011-01-01");
    expect(addDays(getDay("2010-03-01"), -1)).toBe("2010-02-28");
    expect(daysBetween(getDay("2010-04-15"), getDay("2010-05-15"))).toBe(30);
    expect(() => addDays(getDay("9999-12-31"), 1)).toThrow(RangeError);
  });
});

describe("a week", () => {
  test("starts on the Sunday or the Monday", () => {
    const thursday = getDay("2010-04-15");
    expect(weekOf(thursday, "sunday")).toEqual({ from: "2010-04-11", to: "2010-04-17" });
    expect(weekOf(thursday, "monday")).toEqual({ from: "2010-04-12", to: "2010-04-18" });
    expect(weekOf(getDay("2010-04-18"), "sunday").from).toBe("2010-04-18");
    expect(weekOf(getDay("2010-04-18"), "monday").from).toBe("2010-04-12");
  });

  test("holds its day and is seven days long, cut at the calendar's ends", () => {
    fc.assert(
      fc.property(anyDay, fc.constantFrom("sunday" as const, "monday" as const), (day, start) => {
        const week = weekOf(day, start);
        expect(week.from <= day && day <= week.to).toBe(true);
        expect(weekOf(week.from, start)).toEqual(week);
        expect(weekOf(week.to, start)).toEqual(week);
      }),
    );
    expect(weekOf(getDay("1900-01-01"), "sunday").from).toBe("1900-01-01");
    expect(weekOf(getDay("9999-12-31"), "sunday").to).toBe("9999-12-31");
  });
});

test("a month has its first and last day", () => {
  expect(monthOf(getDay("2012-02-10"))).toEqual({ from: "2012-02-01", to: "2012-02-29" });
});

test.each([
  ["1992-04-15", "2010-04-14", 17],
  ["1992-04-15", "2010-04-15", 18],
  ["1992-02-29", "2010-02-28", 17],
  ["1992-02-29", "2010-03-01", 18],
])("born %s is on %s aged %i", (birth, on, age) => {
  expect(ageOn(getDay(birth), getDay(on))).toBe(age);
});

test("today depends on the zone", () => {
  const instant = Temporal.Instant.from("2010-04-15T03:00Z");
  expect(todayIn(instant, "America/Chicago")).toBe("2010-04-14");
  expect(todayIn(instant, "Europe/London")).toBe("2010-04-15");
});

test("people read a day in their locale", () => {
  const thursday = getDay("2010-04-15");
  expect(dayName(thursday, "en-US")).toBe("Thursday");
  expect(formatDay(thursday, "en-GB")).toBe("15 Apr 2010");
});

function compare(a: Day, b: Day): number {
  if (a === b) return 0;
  return a > b ? 1 : -1;
}
