import { expect, test } from "vitest";
import { tooLong } from "./server.ts";

test("a body is refused unread when it is longer than any form, or does not say how long it is", () => {
  expect(tooLong({})).toBe(false);
  expect(tooLong({ "content-length": "20000" })).toBe(false);
  expect(tooLong({ "content-length": "50000000" })).toBe(true);
  expect(tooLong({ "transfer-encoding": "chunked" })).toBe(true);
});

test("a file to audit may be longer than a form, and no longer than it is said to be", () => {
  const file = { "content-length": "250000000" };
  expect(tooLong(file, "/audits/new")).toBe(false);
  expect(tooLong(file, "/audits/new.data?index")).toBe(false);
  expect(tooLong(file, "/audits/newer")).toBe(true);
  expect(tooLong({ "content-length": "300000000" }, "/audits/new")).toBe(true);
  // What is read into memory is held shorter.
  expect(tooLong(file, "/settings/import")).toBe(true);
  expect(tooLong({ "content-length": "30000000" }, "/settings/import")).toBe(false);
});
