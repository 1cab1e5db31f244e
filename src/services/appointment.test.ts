import { describe, expect, test } from "vitest";
import { getDay } from "../kernel/day.ts";
import type { TimeOfDay } from "../kernel/time.ts";
import { clashesOf, minutesLater, usualStart } from "./appointment.ts";

const time = (text: string) => text as TimeOfDay;
const day = getDay("2026-03-02");
const slot = { day, starts: time("10:00"), ends: time("11:00"), roomId: "cedar", staffId: "ana" };
const taken = { ...slot, appointmentId: "one" };

describe("a double booking", () => {
  test("is seen for the room and for the member of staff, each by itself", () => {
    expect(clashesOf(slot, [taken]).map(({ what }) => what)).toEqual(["staff", "room"]);
    expect(clashesOf(slot, [{ ...taken, roomId: "oak" }]).map(({ what }) => what)).toEqual([
      "staff",
    ]);
    expect(clashesOf(slot, [{ ...taken, roomId: "oak", staffId: "ben" }])).toEqual([]);
  });

  test("is none when the times only touch, on another day, or of the appointment itself", () => {
    expect(clashesOf(slot, [{ ...taken, starts: time("11:00"), ends: time("12:00") }])).toEqual([]);
    expect(clashesOf(slot, [{ ...taken, day: getDay("2026-03-03") }])).toEqual([]);
    expect(clashesOf(slot, [taken], "one")).toEqual([]);
  });
});

test("booking starts at the next half hour of a working day, else the next one at ten", () => {
  const at = (on: string, hour: string) => usualStart({ day: getDay(on), time: time(hour) });
  expect(at("2026-03-02", "09:10")).toEqual({ day, starts: "09:30" });
  expect(at("2026-03-02", "09:40")).toEqual({ day, starts: "10:00" });
  expect(at("2026-03-02", "06:00")).toEqual({ day, starts: "10:00" });
  expect(at("2026-02-27", "18:00")).toEqual({ day, starts: "10:00" });
  expect(at("2026-02-28", "11:00")).toEqual({ day, starts: "10:00" });
});

test("a meeting never runs past its day", () => {
  expect(minutesLater(time("10:30"), 60)).toBe("11:30");
  expect(minutesLater(time("23:30"), 60)).toBe("23:59");
});
