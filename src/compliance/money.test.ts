import fc from "fast-check";
import { expect, test } from "vitest";
import { formatMoney, MOST_CENTS, parseMoney, plainMoney } from "./money.ts";

const amount = fc.integer({ min: 0, max: MOST_CENTS });
const locale = fc.constantFrom("en-US", "en-GB");

test("what is shown can be typed again and is the same to the cent", () => {
  fc.assert(
    fc.property(amount, locale, (cents, at) => {
      expect(parseMoney(formatMoney(cents, at))).toBe(cents);
      expect(parseMoney(plainMoney(cents))).toBe(cents);
    }),
  );
});

test("money shown is never rounded, however large", () => {
  fc.assert(
    fc.property(fc.maxSafeInteger(), locale, (cents, at) => {
      const digits = formatMoney(cents, at).replace(/\D/g, "");
      expect(BigInt(digits)).toBe(BigInt(Math.abs(cents)));
    }),
  );
  expect(() => formatMoney(18.5, "en-US")).toThrow(RangeError);
});

test("units times a rate adds up: line by line or all at once", () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 1, max: 96 }), { maxLength: 200 }),
      amount,
      (units, rate) => {
        const sum = (of: number[]) => of.reduce((a, b) => a + b, 0);
        expect(sum(units.map((each) => each * rate))).toBe(sum(units) * rate);
      },
    ),
  );
});

test.each([
  ["18.42", 1842],
  ["18", 1800],
  ["$18.42", 1842],
  ["£1,250.00", 125000],
  [" 0.05 ", 5],
])("%j is %i cents", (typed, cents) => {
  expect(parseMoney(typed)).toBe(cents);
});

test.each([
  "",
  "18.4",
  "18.425",
  "18,42",
  "-1.00",
  "1e3",
  "12,34.00",
  "100000.01",
  "١٨",
  "0x10",
  "NaN",
])("%j is not an amount", (typed) => expect(parseMoney(typed)).toBeNull());

test("each country sees its own currency", () => {
  expect(formatMoney(123456, "en-US")).toBe("$1,234.56");
  expect(formatMoney(123456, "en-GB")).toBe("£1,234.56");
});
