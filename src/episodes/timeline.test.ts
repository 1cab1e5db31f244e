import fc from "fast-check";
import { expect, test } from "vitest";
import { linkOf } from "./pages/timeline-link.ts";
import {
  byDay,
  cursorOf,
  kinds,
  parseCursor,
  type TimelineEntry,
  type TimelineKind,
  titleOf,
} from "./timeline.ts";

const entry = fc.record({
  kind: fc.constantFrom(...(Object.keys(kinds) as TimelineKind[])),
  id: fc.uuid(),
  at: fc
    .date({ min: new Date("2000-01-01"), max: new Date("2090-01-01"), noInvalidDate: true })
    .map((date) => `${date.toISOString().slice(0, 23)}000`),
  timed: fc.boolean(),
  subject: fc.constantFrom("family-conference", "1", "Rosa"),
  detail: fc.constant(null),
  state: fc.constantFrom(null, "draft", "signed"),
  author: fc.constant(null),
  link: fc.uuid(),
}) satisfies fc.Arbitrary<TimelineEntry>;

test("grouping by day loses nothing and changes no order", () => {
  fc.assert(
    fc.property(fc.array(entry), (entries) => {
      entries.sort((a, b) => (a.at < b.at ? 1 : -1));
      const days = byDay(entries);
      expect(days.flatMap((day) => day.entries)).toEqual(entries);
      expect(new Set(days.map(({ day }) => day)).size).toBe(days.length);
    }),
  );
});

test("a cursor reads back as what it was made of, and nothing else reads as one", () => {
  fc.assert(
    fc.property(entry, (one) => {
      expect(parseCursor(cursorOf(one))).toEqual({ at: one.at, kind: one.kind, id: one.id });
    }),
  );
  fc.assert(
    fc.property(fc.string(), (text) => {
      expect(parseCursor(text)).toBeNull();
    }),
  );
  expect(
    parseCursor("2026-13-41T10:00:00.000000~plan~00000000-0000-0000-0000-000000000000"),
  ).toBeNull();
});

test("every entry has words and, with a record behind it, a page of the product to go to", () => {
  const words = {
    support: "natural support",
    keyworker: "primary counselor",
    carePlan: "treatment plan",
    program: "program",
  };
  fc.assert(
    fc.property(entry, (one) => {
      expect(titleOf(one, words)).not.toMatch(/undefined|null|^$/);
      expect(linkOf("c", one)).toMatch(
        /^\/(consumers\/c|people\/c|calendar|alerts|calls|open-access)/,
      );
    }),
  );
});
