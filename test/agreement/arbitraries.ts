import fc from "fast-check";
import { addDays, getDay } from "../../src/kernel/day.ts";
import type { Bulletin, Clause, Limit, Reading } from "../../src/policy/bulletin.ts";
import type { Condition, Value } from "../../src/policy/condition.ts";
import { type Fact, type Line, SUBJECTS } from "../../src/policy/facts.ts";
import { READINGS, type ReadingName } from "../../src/policy/readings.ts";

/*
 * Bulletins and lines at random, from pools so small that values meet: rules are met and broken about
 * as often, sessions overlap and touch, and several lines tie for the last units of a week.
 */

const FACTS: Readonly<Record<string, Fact>> = SUBJECTS.service.facts;
const SERVICES = ["family-conference", "family-therapy", "individual-counseling"];
/** Texts that a careless compiler would trip over, and that UTF-16 orders otherwise than bytes. */
const ODD = [
  "o'clock",
  "a\\'b\\",
  'say "no"',
  "line\nbreak",
  "{x,y}",
  "%_",
  "ﬀ",
  "😀",
  "É",
  "É",
  "A",
  " ",
];
const TIMES = ["09:00", "09:30", "10:00", "10:30", "23:59", "24:00"];
const DAYS = Array.from({ length: 10 }, (_, index) => addDays(getDay("2010-04-13"), index)).concat(
  getDay("2010-04-30"),
  getDay("2010-05-01"),
  getDay("1900-01-01"),
  getDay("9999-12-31"),
);

const odds = fc.constantFrom(...ODD);

function anyValueOf(fact: Fact): fc.Arbitrary<Value> {
  const codes = Object.keys(fact.codes ?? {});
  switch (fact.kind) {
    case "closed-code":
      return fc.constantFrom(...codes.slice(0, 3));
    case "open-code":
    case "held-codes":
      return fc.oneof({ arbitrary: fc.constantFrom(...codes.slice(0, 3), "x"), weight: 3 }, odds);
    case "count":
    case "money":
      return fc.integer({ min: fact.range?.min ?? 0, max: 6 });
    case "flag":
      return fc.boolean();
    case "day":
      return fc.constantFrom(...DAYS);
    case "time":
      return fc.constantFrom(...TIMES);
  }
}

function comparisonOf([name, fact]: [string, Fact]): fc.Arbitrary<Condition> {
  const value = anyValueOf(fact);
  const is = value.map((one): Condition => ({ op: "is", fact: name, value: one }));
  const isOneOf = fc
    .array(value, { minLength: 1, maxLength: 3 })
    .map((values): Condition => ({ op: "isOneOf", fact: name, values }));
  if (!["count", "money", "day", "time"].includes(fact.kind)) return fc.oneof(is, isOneOf);
  const bound =
    fact.kind === "count"
      ? fc.oneof({ arbitrary: value, weight: 4 }, fc.constant({ reading: "arranged-within" }))
      : value;
  return fc.oneof(
    is,
    isOneOf,
    bound.map((one): Condition => ({ op: "isAtLeast", fact: name, value: one })),
    bound.map((one): Condition => ({ op: "isAtMost", fact: name, value: one })),
  );
}

const comparison = fc.constantFrom(...Object.entries(FACTS)).chain(comparisonOf);
const noOverlap = fc
  .constantFrom(...SERVICES)
  .map((service): Condition => ({ op: "noOverlapWith", service }));

const { condition } = fc.letrec<{ condition: Condition }>((tie) => ({
  condition: fc.oneof(
    { depthSize: "medium", withCrossShrink: true },
    { arbitrary: comparison, weight: 3 },
    { arbitrary: noOverlap, weight: 1 },
    fc
      .array(tie("condition"), { minLength: 1, maxLength: 3 })
      .map((of): Condition => ({ op: "allOf", of })),
    fc
      .array(tie("condition"), { minLength: 1, maxLength: 3 })
      .map((of): Condition => ({ op: "anyOf", of })),
    tie("condition").map((of): Condition => ({ op: "not", of })),
    fc.tuple(tie("condition"), tie("condition")).map(
      ([either, both]): Condition => ({
        op: "byReading",
        reading: "plan",
        options: { either, both },
      }),
    ),
  ),
}));

/** Mostly so weak that lines pass it: a limit is only tried by lines that do. */
const must = fc.oneof(
  condition,
  condition.map((of): Condition => ({ op: "anyOf", of: [of, { op: "not", of }] })),
);

const limit: fc.Arbitrary<Limit> = fc.record({
  units: fc.integer({ min: 1, max: 9 }),
  per: fc.constantFrom("day", "week", "month"),
  each: fc.constant("consumer" as const),
});

function clause(number: string, rules: Partial<Clause>): Clause {
  return {
    number,
    gist: "x",
    note: false,
    work: null,
    must: null,
    should: null,
    limit: null,
    ...rules,
  };
}

const readings: fc.Arbitrary<readonly Reading[]> = fc
  .record({
    week: fc.constantFrom("sunday", "monday"),
    over: fc.constantFrom("cutback", "deny-line"),
    scope: fc.constantFrom("everywhere", "agency", "program"),
    order: fc.constantFrom("time", "line-id"),
    plan: fc.constantFrom(...Object.keys(READINGS.plan.options)),
    "arranged-within": fc.integer({ min: 0, max: 6 }),
  })
  .map((values) =>
    Object.entries(values).map(([name, value]) => ({
      ...{ name: name as ReadingName, value },
      ...{ clause: "1", because: "x" },
    })),
  );

const applies = fc.oneof(
  fc.constant<Condition>({ op: "is", fact: "service", value: "family-conference" }),
  fc.constant<Condition>({ op: "isOneOf", fact: "service", values: SERVICES }),
  fc.constant<Condition>({ op: "isAtLeast", fact: "units", value: 2 }),
);

/** Several rules of each kind, so that one run judges many trees. */
export const anyBulletin: fc.Arbitrary<Bulletin> = fc
  .record({
    applies,
    from: fc.constantFrom(getDay("1900-01-01"), getDay("2010-04-15")),
    until: fc.constantFrom(null, getDay("2010-04-20")),
    readings,
    musts: fc.array(must, { maxLength: 2 }),
    shoulds: fc.array(condition, { minLength: 3, maxLength: 6 }),
    limits: fc.array(limit, { maxLength: 2 }),
  })
  .map(({ applies, from, until, readings, musts, shoulds, limits }) => ({
    ...{ number: "X-1", title: "x", issuer: "x", jurisdiction: "xx", status: "new" },
    ...{ about: "service" as const, contentHash: "", applies, readings },
    effective: { from, until },
    clauses: [
      ...musts.map((must, index) => clause(`1.${index}`, { must })),
      ...shoulds.map((should, index) => clause(`2.${index}`, { should })),
      ...limits.map((limit, index) => clause(`3.${index}`, { limit })),
    ],
  }));

const weekdays = fc.oneof(
  { arbitrary: fc.constantFrom(...DAYS.slice(1, 6)), weight: 3 },
  fc.constantFrom(...DAYS),
);

const anyLine = fc.record({
  service: fc.oneof(
    { arbitrary: fc.constant("family-conference"), weight: 2 },
    fc.constantFrom(...SERVICES),
  ),
  service_date: weekdays,
  units: fc.integer({ min: 1, max: 5 }),
  consumer_id: fc.constantFrom("Ann", "ann", "Ben's"),
  agency_id: maybe(fc.constantFrom("north", "o'clock")),
  program: maybe(anyValueOf(FACTS.program as Fact)),
  start_time: maybe(fc.constantFrom(...TIMES.slice(0, 5))),
  end_time: maybe(fc.constantFrom(...TIMES)),
  setting: maybe(anyValueOf(FACTS.setting as Fact)),
  consumer_present: maybe(fc.boolean()),
  supports_present: maybe(fc.integer({ min: 0, max: 3 })),
  plan_discussed: maybe(anyValueOf(FACTS.plan_discussed as Fact)),
  performer_id: maybe(odds),
  performer_qualification: maybe(
    fc.array(anyValueOf(FACTS.performer_qualification as Fact) as fc.Arbitrary<string>, {
      maxLength: 2,
    }),
  ),
  amount_cents: maybe(fc.constantFrom(0, 1, 5, 9_999_999_999)),
  therapy_need_open_days: maybe(fc.integer({ min: 0, max: 6 })),
});

/** Lines of three people in two weeks, with ids whose order depends on who compares them. */
export const anyLines: fc.Arbitrary<readonly Line[]> = fc
  .array(fc.tuple(anyLine, fc.constantFrom("a", "B", "ﬀ", "😀")), {
    maxLength: 70,
    size: "max",
  })
  .map((drafts) =>
    drafts.map(([line, prefix], index) => ({
      ...line,
      line_id: `${prefix}${index % 10}/${index}`,
    })),
  );

function maybe<Value>(arbitrary: fc.Arbitrary<Value>): fc.Arbitrary<Value | null> {
  return fc.option(arbitrary, { freq: 4 });
}
