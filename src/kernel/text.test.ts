import fc from "fast-check";
import { expect, test } from "vitest";
import { compareByBytes } from "./text.ts";

test("orders as the UTF-8 bytes do", () => {
  const text = fc.string({ unit: "binary", maxLength: 4 });
  fc.assert(
    fc.property(text, text, (a, b) => {
      expect(Math.sign(compareByBytes(a, b))).toBe(Buffer.compare(Buffer.from(a), Buffer.from(b)));
    }),
  );
  expect(compareByBytes("\u{1F600}", "\uFB00")).toBeGreaterThan(0);
  expect("\u{1F600}" < "\uFB00").toBe(true);
});
