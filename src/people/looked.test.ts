import { expect, test } from "vitest";
import { mergeLooks, pageWords } from "./looked.ts";

test("a logged room is named as a person would name the page", () => {
  expect(pageWords("record.read /consumers/:id")).toBe("the timeline");
  expect(pageWords("record.write /consumers/:id/supports/:id/consent")).toBe("a consent");
  expect(pageWords("record.read /consumers/:id/conferences/:id/hold")).toBe("a conference");
  expect(pageWords("person.read /people/:id/edit")).toBe("the identity card");
  expect(pageWords("emergency-access")).toBe("emergency access");
  expect(pageWords("self /_")).toBe("today");
  expect(pageWords("record.read /new/page")).toBe("page");
  expect(pageWords("record.read /consumers/:id/harm-reduction/:id")).toBe("harm reduction");
});

test("looks at one page within a minute are one line with their count; others stay apart", () => {
  const look = {
    minute: "2026-03-04T10:00:00Z",
    staff_id: "a",
    action: "read",
    reason: null,
    where: "the plan",
    times: 2,
  };
  expect(mergeLooks([look, { ...look, times: 3 }, { ...look, staff_id: "b" }])).toEqual([
    { ...look, times: 5 },
    { ...look, staff_id: "b" },
  ]);
});
