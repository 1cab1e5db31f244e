import fc from "fast-check";
import { expect, test } from "vitest";
import { addDays, type Day, getDay } from "../kernel/day.ts";
import type { Bulletin } from "../policy/bulletin.ts";
import type { Line, ServiceLine } from "../policy/facts.ts";
import { judgeAll } from "../policy/judge-all.ts";
import { loadBulletin } from "../policy/load.ts";
import { reachOf, within } from "./reach.ts";

function bulletin(number: string, rest: string): Bulletin {
  const text = `number: ${number}\ntitle: T\nissuer: I\njurisdiction: us-mo\nstatus: new\neffective: { from: "2010-01-01" }\nabout: service\napplies: { service: { is: family-conference } }\n${rest}`;
  const loaded = loadBulletin(new TextEncoder().encode(text), "x.yaml");
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.problems));
  return loaded.value;
}

const weekly = bulletin(
  "WEEK",
  `clauses:\n  "1": { gist: g, limit: { units: 8, per: week, each: consumer } }\n  "2": { gist: g, must: { noOverlapWith: { service: family-therapy } } }\n`,
);
const monthly = bulletin(
  "MONTH",
  `readings:\n  week: { value: monday, clause: "1", because: b }\n  over: { value: deny-line, clause: "1", because: b }\nclauses:\n  "1": { gist: g, limit: { units: 5, per: week, each: consumer } }\n  "2": { gist: g, limit: { units: 9, per: month, each: consumer } }\n  "3": { gist: g, limit: { units: 3, per: day, each: consumer } }\n`,
);
const unlimited = bulletin(
  "NONE",
  `clauses:\n  "1": { gist: g, must: { setting: { is: office } } }\n`,
);
const sets = [[weekly], [monthly], [unlimited], [weekly, monthly], [unlimited, weekly]];

const first = getDay("2026-02-20");
const line = (id: number): fc.Arbitrary<ServiceLine> =>
  fc.record({
    line_id: fc.constant(String(id)),
    consumer_id: fc.constant("c"),
    service: fc.constantFrom("family-conference", "family-conference", "family-therapy"),
    service_date: fc.integer({ min: 0, max: 50 }).map((days) => addDays(first, days)),
    units: fc.integer({ min: 1, max: 4 }),
    start_time: fc.constantFrom("09:00", "10:00", null) as fc.Arbitrary<never>,
    end_time: fc.constantFrom("10:30", "11:00", null) as fc.Arbitrary<never>,
    setting: fc.constantFrom("office", "home", null),
  });
const record = fc
  .integer({ min: 1, max: 25 })
  .chain((size) => fc.tuple(...Array.from({ length: size }, (_, id) => line(id))));

const said = (bulletins: readonly Bulletin[], lines: readonly Line[]) =>
  new Map(judgeAll(bulletins, lines).map((one) => [one.line_id, one]));
const dayOf = (line: Line) => line.service_date as Day;

test("what a new line can change lies within its reach, and the days that are read are enough to judge it", () => {
  fc.assert(
    fc.property(fc.constantFrom(...sets), record, line(99), (bulletins, before, added) => {
      const { touched, read } = reachOf(bulletins, [dayOf(added)]);
      const after = [...before, added];
      const was = said(bulletins, before);
      const is = said(bulletins, after);
      const bounded = said(
        bulletins,
        after.filter((one) => within(read, dayOf(one))),
      );
      for (const one of after) {
        const inReach = touched.length === 0 ? one === added : within(touched, dayOf(one));
        if (inReach && touched.length > 0)
          expect(bounded.get(one.line_id)).toEqual(is.get(one.line_id));
        else if (one !== added) expect(was.get(one.line_id)).toEqual(is.get(one.line_id));
      }
    }),
    { numRuns: 500 },
  );
});

test("a week is reached whole, a day without a limit is reached alone, and nothing is reached of nothing", () => {
  const day = getDay("2026-03-04");
  expect(reachOf([weekly], [day]).touched).toEqual([{ from: "2026-03-01", to: "2026-03-07" }]);
  expect(reachOf([unlimited], [day]).touched).toEqual([{ from: day, to: day }]);
  expect(reachOf([monthly], [day]).read).toEqual([{ from: "2026-02-23", to: "2026-04-05" }]);
  expect(reachOf([], [day]).touched).toEqual([]);
});
