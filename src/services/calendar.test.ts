import { describe, expect, test } from "vitest";
import { getDay } from "../kernel/day.ts";
import { askQuery, bookingQuery, daysOf, readAsk, turned } from "./calendar.ts";

const today = getDay("2026-03-04");
const staff = "staff.01a20427-eefa-7729-bce0-2608bade762d";
const ask = { view: "week" as const, on: today, whose: staff };

describe("the calendar's address", () => {
  test("is read back as it was written", () => {
    expect(readAsk(new URLSearchParams(askQuery(ask)), today, "all")).toEqual(ask);
  });

  test("falls back to this week and one's own hours where it makes no sense", () => {
    const nonsense = new URLSearchParams("view=year&on=soon&whose=staff.'--");
    expect(readAsk(nonsense, today, staff)).toEqual(ask);
  });

  test("a booking begun from somebody's calendar starts with them", () => {
    expect(bookingQuery(staff, "2026-03-04", { starts: "10:00" })).toBe(
      `?day=2026-03-04&starts=10%3A00&lead=${staff.slice(6)}`,
    );
    expect(bookingQuery("all", "2026-03-04")).toBe("?day=2026-03-04");
  });
});

test("a week begins as people of the place see it, and a month is a month", () => {
  expect(daysOf(ask, "en-US")).toEqual({ from: "2026-03-01", to: "2026-03-07" });
  expect(daysOf(ask, "en-GB")).toEqual({ from: "2026-03-02", to: "2026-03-08" });
  expect(daysOf({ ...ask, view: "month" }, "en-US")).toEqual({
    from: "2026-03-01",
    to: "2026-03-31",
  });
});

test("turning goes by what is shown", () => {
  expect(turned({ ...ask, view: "day" }, 1)).toBe("2026-03-05");
  expect(turned(ask, -1)).toBe("2026-02-25");
  expect(turned({ ...ask, view: "month" }, 1)).toBe("2026-04-01");
  expect(turned({ ...ask, view: "month" }, -1)).toBe("2026-02-01");
});
