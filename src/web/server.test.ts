import { expect, test } from "vitest";
import { tooLong } from "./server.ts";

test("a body is refused unread when it is longer than any form, or does not say how long it is", () => {
  expect(tooLong({})).toBe(false);
  expect(tooLong({ "content-length": "20000" })).toBe(false);
  expect(tooLong({ "content-length": "50000000" })).toBe(true);
  expect(tooLong({ "transfer-encoding": "chunked" })).toBe(true);
});
