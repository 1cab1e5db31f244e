import { describe, expect, test } from "vitest";
import {
  formatTime,
  intervalOf,
  minutesBetween,
  overlap,
  parseEndTime,
  parseTime,
} from "./time.ts";

const at = (text: string) => {
  const time = parseEndTime(text);
  if (time === null) throw new Error(text);
  return time;
};
const span = (start: string, end: string) => {
  const interval = intervalOf(at(start), at(end));
  if (interval === null) throw new Error(`${start}-${end}`);
  return interval;
};

describe("a time of day", () => {
  test.each(["00:00", "09:05", "23:59"])("%s is one", (text) => {
    expect(parseTime(text)).toBe(text);
    expect(parseEndTime(text)).toBe(text);
  });

  test.each(["", "9:05", "24:01", "12:60", "09:05:00", " 09:05", "09.05", "0９:05"])(
    "%j is none",
    (text) => {
      expect(parseTime(text)).toBeNull();
      expect(parseEndTime(text)).toBeNull();
    },
  );

  test("24:00 is an end only", () => {
    expect(parseTime("24:00")).toBeNull();
    expect(parseEndTime("24:00")).toBe("24:00");
  });

  test("counts minutes", () => {
    expect(minutesBetween(at("09:50"), at("10:05"))).toBe(15);
    expect(minutesBetween(at("23:00"), at("24:00"))).toBe(60);
    expect(minutesBetween(at("10:00"), at("09:00"))).toBe(-60);
  });
});

describe("an interval", () => {
  test("needs both times, the end after the start", () => {
    expect(intervalOf(at("09:00"), null)).toBeNull();
    expect(intervalOf(undefined, at("09:00"))).toBeNull();
    expect(intervalOf(at("09:00"), at("09:00"))).toBeNull();
    expect(intervalOf(at("10:00"), at("09:00"))).toBeNull();
  });

  test.each([
    ["one minute in common", "09:00", "10:01", true],
    ["touching before", "09:00", "10:00", false],
    ["touching after", "11:00", "12:00", false],
    ["inside", "10:15", "10:30", true],
    ["around", "09:00", "12:00", true],
    ["the same", "10:00", "11:00", true],
  ])("%s", (_, start, end, expected) => {
    const session = span("10:00", "11:00");
    expect(overlap(session, span(start, end))).toBe(expected);
    expect(overlap(span(start, end), session)).toBe(expected);
  });
});

test("a time is written as its reader writes it, midnight at the day's end too", () => {
  const said = (text: string, locale: string) => formatTime(at(text), locale).replace(/\s/g, " ");
  expect(said("09:05", "en-US")).toBe("9:05 AM");
  expect(said("15:30", "en-GB")).toBe("15:30");
  expect(said("24:00", "en-US")).toBe("12:00 AM");
});
