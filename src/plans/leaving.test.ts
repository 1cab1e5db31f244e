import { describe, expect, test } from "vitest";
import { asksFor, byNeed, dueWords, hoursLeft, isOpen, type Leaving } from "./leaving.ts";

const at = (text: string) => new Date(text);
const left: Leaving = {
  planned: false,
  ended_on: "2026-06-13",
  contact_due: at("2026-06-15T10:00:00Z"),
  overdose_advice: null,
  naloxone: null,
  reached_at: null,
  came_back: false,
};

describe("what an ending asks for", () => {
  test("all three, until each is answered; declined is an answer", () => {
    expect(asksFor(left)).toEqual({ advice: true, naloxone: true, contact: true });
    const answered = { ...left, overdose_advice: "declined", naloxone: "not-possible" };
    expect(asksFor(answered)).toEqual({ advice: false, naloxone: false, contact: true });
    expect(isOpen(answered)).toBe(true);
    expect(isOpen({ ...answered, reached_at: at("2026-06-14T10:00:00Z") })).toBe(false);
  });
  test("whoever came back is reached, and is still asked about naloxone", () => {
    expect(asksFor({ ...left, came_back: true })).toMatchObject({ contact: false, naloxone: true });
  });
  test("nothing is asked when there is nobody to contact any more", () => {
    expect(isOpen({ ...left, contact_due: null })).toBe(false);
  });
});

test("unplanned and unreached first, the longest past due at the top; the reached last", () => {
  const one = (id: string, more: Partial<Leaving>) => ({ id, ...left, ...more });
  const reached_at = at("2026-06-14T10:00:00Z");
  const order = byNeed([
    one("reached, unplanned", { reached_at }),
    one("planned, past due", { planned: true, contact_due: at("2026-06-01T10:00:00Z") }),
    one("unplanned, due", {}),
    one("reached, planned", { reached_at, planned: true }),
    one("unplanned, past due", { contact_due: at("2026-06-10T10:00:00Z") }),
  ]);
  expect(order.map(({ id }) => id)).toEqual([
    "unplanned, past due",
    "unplanned, due",
    "planned, past due",
    "reached, unplanned",
    "reached, planned",
  ]);
});

test("the time that is left, in words", () => {
  const hours = (now: string) => hoursLeft(left, at(now)) ?? Number.NaN;
  expect(dueWords(hours("2026-06-14T10:00:00Z"))).toBe("due in 24 hours");
  expect(dueWords(hours("2026-06-15T09:30:00Z"))).toBe("due within the hour");
  expect(dueWords(hours("2026-06-15T10:00:01Z"))).toBe("1 hour past due");
  expect(dueWords(hours("2026-06-18T10:00:00Z"))).toBe("3 days past due");
  expect(hoursLeft({ contact_due: null }, at("2026-06-15T10:00:00Z"))).toBeNull();
});
