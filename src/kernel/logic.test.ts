import { describe, expect, test } from "vitest";
import { all, and, any, not, or, type Truth } from "./logic.ts";

const table: [Truth, Truth, Truth, Truth][] = [
  // a, b, a and b, a or b
  [true, true, true, true],
  [true, false, false, true],
  [true, null, null, true],
  [false, false, false, false],
  [false, null, false, null],
  [null, null, null, null],
];

describe("three-valued logic", () => {
  test.each(table)("%s, %s: and %s, or %s", (a, b, both, either) => {
    expect(and(a, b)).toBe(both);
    expect(and(b, a)).toBe(both);
    expect(or(a, b)).toBe(either);
    expect(or(b, a)).toBe(either);
    expect(all([a, b])).toBe(both);
    expect(any([b, a])).toBe(either);
  });

  test("unknown stays unknown when negated", () => {
    expect([true, false, null].map(not)).toEqual([false, true, null]);
  });

  test("of nothing: all holds, any does not", () => {
    expect(all([])).toBe(true);
    expect(any([])).toBe(false);
  });
});
