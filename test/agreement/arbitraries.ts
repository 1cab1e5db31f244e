import fc from "fast-check";
import { addDays, getDay } from "../../src/kernel/day.ts";
import type { Bulletin, Clause, Limit, Reading } from "../../src/policy/bulletin.ts";
import type { Condition, Value } from "../../src/policy/condition.ts";
import { type Fact, type Line, SUBJECTS, type SubjectName } from "../../src/policy/facts.ts";
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

const noOverlap = fc
  .constantFrom(...SERVICES)
  .map((service): Condition => ({ op: "noOverlapWith", service }));

/** Trees whose leaves are these. */
function treesOf(...leaves: fc.WeightedArbitrary<Condition>[]): fc.Arbitrary<Condition> {
  return fc.letrec<{ condition: Condition }>((tie) => ({
    condition: fc.oneof(
      { depthSize: "medium", withCrossShrink: true },
      ...leaves,
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
  })).condition;
}

function comparisonsOf(facts: readonly [string, Fact][]): fc.WeightedArbitrary<Condition> {
  return { arbitrary: fc.constantFrom(...facts).chain(comparisonOf), weight: 3 };
}

/** Mostly so weak that lines pass it: a limit is only tried by lines that do. */
function mostlyHolds(condition: fc.Arbitrary<Condition>): fc.Arbitrary<Condition> {
  return fc.oneof(
    condition,
    condition.map((of): Condition => ({ op: "anyOf", of: [of, { op: "not", of }] })),
  );
}

/** Half of the clauses are asked of every line. */
function whenOf(condition: fc.Arbitrary<Condition>): fc.Arbitrary<Condition | null> {
  return fc.option(condition, { freq: 2 });
}

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
    work: [],
    when: null,
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

/** Several rules of each kind, so that one run judges many trees. */
function bulletinsOf(about: SubjectName): fc.Arbitrary<Bulletin> {
  const facts = Object.entries<Fact>(SUBJECTS[about].facts);
  const needed = facts.filter(([, fact]) => fact.needed);
  const overlaps = about === "service" ? [{ arbitrary: noOverlap, weight: 1 }] : [];
  const condition = treesOf(comparisonsOf(facts), ...overlaps);
  const never = treesOf(comparisonsOf(needed));
  const limited = { maxLength: SUBJECTS[about].claimed ? 2 : 0 };
  return fc
    .record({
      applies: appliesTo[about],
      from: fc.constantFrom(getDay("1900-01-01"), getDay("2010-04-15")),
      until: fc.constantFrom(null, getDay("2010-04-20")),
      readings,
      musts: fc.array(fc.tuple(mostlyHolds(condition), whenOf(condition)), { maxLength: 2 }),
      shoulds: fc.array(fc.tuple(condition, whenOf(condition)), { minLength: 3, maxLength: 6 }),
      limits: fc.array(fc.tuple(limit, whenOf(never)), limited),
    })
    .map(({ applies, from, until, readings, musts, shoulds, limits }) => ({
      ...{ number: "X-1", title: "x", issuer: "x", jurisdiction: "xx", status: "new" },
      ...{ about, contentHash: "", applies, readings },
      effective: { from, until },
      clauses: [
        ...musts.map(([must, when], index) => clause(`1.${index}`, { must, when })),
        ...shoulds.map(([should, when], index) => clause(`2.${index}`, { should, when })),
        ...limits.map(([limit, when], index) => clause(`3.${index}`, { limit, when })),
      ],
    }));
}

const appliesTo: Readonly<Record<SubjectName, fc.Arbitrary<Condition>>> = {
  service: fc.oneof(
    fc.constant<Condition>({ op: "is", fact: "service", value: "family-conference" }),
    fc.constant<Condition>({ op: "isOneOf", fact: "service", values: SERVICES }),
    fc.constant<Condition>({ op: "isAtLeast", fact: "units", value: 2 }),
  ),
  care: fc.oneof(
    fc.constant<Condition>({ op: "is", fact: "placement_kind", value: "detox" }),
    fc.constant<Condition>({
      ...{ op: "isOneOf", fact: "care_record" },
      values: ["prescribing", "placement", "aftercare-plan"],
    }),
  ),
};

const weekdays = fc.oneof(
  { arbitrary: fc.constantFrom(...DAYS.slice(1, 6)), weight: 3 },
  fc.constantFrom(...DAYS),
);

const anyService = fc.record({
  service: fc.oneof(
    { arbitrary: fc.constant("family-conference"), weight: 2 },
    fc.constantFrom(...SERVICES),
  ),
  service_date: weekdays,
  units: fc.integer({ min: 1, max: 5 }),
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

/** Any values at all: a record of care is judged by itself. */
const anyCare = fc.record(
  Object.fromEntries(
    Object.entries<Fact>(SUBJECTS.care.facts).map(([name, fact]) => [
      name,
      fact.needed ? anyValueOf(fact) : maybe(anyValueOf(fact)),
    ]),
  ),
);

/** Lines of three people in two weeks, with ids whose order depends on who compares them. */
function linesOf(about: SubjectName): fc.Arbitrary<readonly Line[]> {
  const draft = fc.record({
    consumer_id: fc.constantFrom("Ann", "ann", "Ben's"),
    prefix: fc.constantFrom("a", "B", "ﬀ", "😀"),
    facts: about === "service" ? anyService : anyCare,
  });
  return fc.array(draft, { maxLength: 70, size: "max" }).map((drafts) =>
    drafts.map(({ consumer_id, prefix, facts }, index) => ({
      ...facts,
      consumer_id,
      line_id: `${prefix}${index % 10}/${index}`,
    })),
  );
}

export const anyBulletin = bulletinsOf("service");
export const anyLines = linesOf("service");

/** A bulletin, and lines of what it is about. */
export const anyBulletinAndLines: fc.Arbitrary<readonly [Bulletin, readonly Line[]]> = fc.oneof(
  { arbitrary: fc.tuple(anyBulletin, anyLines), weight: 2 },
  { arbitrary: fc.tuple(bulletinsOf("care"), linesOf("care")), weight: 1 },
);

function maybe<Value>(arbitrary: fc.Arbitrary<Value>): fc.Arbitrary<Value | null> {
  return fc.option(arbitrary, { freq: 4 });
}
