import fc from "fast-check";
import { expect, test } from "vitest";
import { getDay } from "../kernel/day.ts";
import { loadBulletins } from "../policy/shelf.ts";
import { newDraft } from "./conference-draft.ts";
import { presenceOf } from "./presence.ts";
import { lengthOf } from "./session-facts.ts";

const loaded = await loadBulletins("bulletins");
if (!loaded.ok) throw new Error("the bulletins do not load");
const bulletins = loaded.value.map(({ bulletin }) => bulletin);
const day = getDay("2010-04-15");
const length = (start: string, end: string, privateMinutes: number) =>
  lengthOf({ kind: "family-conference", day, start, end, privateMinutes }, bulletins);

test.each([
  ["10:00", "11:00", 0, 60, 4],
  ["10:00", "11:00", 10, 50, 3],
  ["10:00", "10:14", 0, 14, 0],
  ["10:00", "10:30", 30, 0, 0],
  ["10:00", "10:30", 45, 0, 0],
  ["23:00", "24:00", 0, 60, 4],
])(
  "%s to %s less %i private minutes counts %i minutes, %i units",
  (start, end, apart, counted, units) => {
    expect(length(start, end, apart)).toMatchObject({ counted, units });
  },
);

test("times that are missing or no interval have no length", () => {
  expect(length("", "11:00", 0)).toBeNull();
  expect(length("11:00", "11:00", 0)).toBeNull();
});

test("private minutes never add units, and never more than the session's own are taken", () => {
  const time = fc
    .tuple(fc.integer({ min: 0, max: 23 }), fc.integer({ min: 0, max: 59 }))
    .map((pair) => pair.map((part) => String(part).padStart(2, "0")).join(":"));
  fc.assert(
    fc.property(time, time, fc.nat(600), (start, end, apart) => {
      const without = length(start, end, 0);
      const less = length(start, end, apart);
      if (!without || !less) return end <= start;
      return (
        less.units <= without.units &&
        less.counted + less.private === less.minutes &&
        less.counted >= 0
      );
    }),
  );
});

test("who was not asked about is not recorded; children, interpreters and listeners are no supports", () => {
  const draft = newDraft({ start: "", end: "", room: "" });
  expect(presenceOf(draft, ["a"])).toEqual({ consumerPresent: null, supportsPresent: null });
  draft.here = { ...draft.here, consumer: "yes", children: 2, interpreter: true };
  expect(presenceOf(draft, [])).toEqual({ consumerPresent: true, supportsPresent: 0 });
  expect(presenceOf(draft, ["a"])).toEqual({ consumerPresent: true, supportsPresent: null });
  draft.here.supports = [{ id: "a", came: "listening", remote: false, heard: "" }];
  expect(presenceOf(draft, ["a"])).toEqual({ consumerPresent: true, supportsPresent: 0 });
  draft.here.supports.push({ id: "b", came: "yes", remote: true, heard: "" });
  expect(presenceOf(draft, ["a", "c"])).toEqual({ consumerPresent: true, supportsPresent: 1 });
});
