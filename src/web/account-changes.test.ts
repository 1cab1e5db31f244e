import { expect, test } from "vitest";
import { weakness } from "./account-changes.ts";

test.each([
  ["short one", /at least 12/],
  ["aaaaaaaabbbbbbbb", /different letters/],
  ["adeyemi12345", /your name/],
  ["the one before it", /not the old one/],
  ["x".repeat(129), /at most 128/],
])("%s is a poor password", (next, why) => {
  expect(weakness(next, "the one before it", "Noor Adeyemi")).toMatch(why);
});

test("a few words are a good one, the name among them too", () => {
  expect(weakness("plum anvil seven clouds", "before", "Noor Adeyemi")).toBeNull();
  expect(weakness("noor counts forty herons", "before", "Noor Adeyemi")).toBeNull();
});
