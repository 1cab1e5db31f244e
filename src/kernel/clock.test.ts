import { expect, test } from "vitest";
import { fixedClock, now, systemClock, today } from "./clock.ts";

test("a fixed clock tells the agency's day and minute", () => {
  const clock = fixedClock("2010-04-16T04:59:59Z");
  expect(today(clock, "America/Chicago")).toBe("2010-04-15");
  expect(now(clock, "America/Chicago")).toEqual({ day: "2010-04-15", time: "23:59" });
  expect(now(clock, "Europe/London")).toEqual({ day: "2010-04-16", time: "05:59" });
});

test("the system's clock goes on", () => {
  expect(systemClock().epochMilliseconds).toBeGreaterThan(0);
});
