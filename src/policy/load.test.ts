import { createHash } from "node:crypto";
import { describe, expect, test } from "vitest";
import { loadBulletin } from "./load.ts";
import { sayProblem } from "./yaml-source.ts";

const bytes = (text: string) => new TextEncoder().encode(text);
const HEAD = `number: T-1
title: Test
issuer: Us
jurisdiction: us-xx
status: new
effective: { from: "2020-01-01" }
about: service
applies: { service: { is: family-conference } }
`;

/** Problems of a bulletin with these clauses; the clauses begin at line 10. */
function problems(clauses: string, head = HEAD): readonly string[] {
  const loaded = loadBulletin(bytes(`${head}clauses:\n${clauses}`), "t.yaml");
  return loaded.ok ? [] : loaded.problems.map(sayProblem);
}

describe("a bulletin's file", () => {
  test("becomes a frozen bulletin that knows its content hash", () => {
    const text = `${HEAD}clauses:\n  "1.1": { gist: x, must: { setting: { is: office } } }\n`;
    const loaded = loadBulletin(bytes(text), "t.yaml");
    if (!loaded.ok) throw new Error(loaded.problems.map(sayProblem).join());
    expect(loaded.value.contentHash).toBe(createHash("sha256").update(text).digest("hex"));
    expect(loaded.value.clauses[0]?.must).toEqual({ op: "is", fact: "setting", value: "office" });
    expect(Object.isFrozen(loaded.value)).toBe(true);
    expect(Object.isFrozen(loaded.value.clauses[0]?.must)).toBe(true);
    expect(loaded.value.effective).toEqual({ from: "2020-01-01", until: null });
  });

  test("that leaves a reading out gets the default, and says that it is one", () => {
    const text = `${HEAD}clauses:\n  "1": { gist: x, limit: { units: 8, per: week, each: consumer } }\n`;
    const loaded = loadBulletin(bytes(text), "t.yaml");
    if (!loaded.ok) throw new Error(loaded.problems.map(sayProblem).join());
    const week = loaded.value.readings.find(({ name }) => name === "week");
    expect(week).toMatchObject({ value: "sunday", clause: "1" });
    expect(week?.because).toContain("default");
  });

  test.each([
    [
      "an unknown fact",
      `  "1": { gist: x, must: { weather: { is: fine } } }`,
      't.yaml:10: clause 1: a service has no fact "weather", and no operator is called that either',
    ],
    [
      "a fact by an inherited name",
      `  "1": { gist: x, must: { constructor: { is: fine } } }`,
      't.yaml:10: clause 1: a service has no fact "constructor", and no operator is called that either',
    ],
    [
      "an unknown value of a closed list, on its own line",
      `  "1":\n    gist: x\n    must:\n      setting: { is: garden }`,
      't.yaml:13: clause 1: setting is one of office, home, community, residential, telehealth, telephone, other, not "garden"',
    ],
    [
      "an unknown operator",
      `  "1": { gist: x, must: { setting: { isNot: home } } }`,
      't.yaml:10: clause 1: unknown operator "isNot"; there are is, isOneOf, isAtLeast, isAtMost',
    ],
    [
      "an order where there is none",
      `  "1": { gist: x, must: { setting: { isAtLeast: home } } }`,
      "t.yaml:10: clause 1: setting has no order, so isAtLeast can't be asked of it",
    ],
    [
      "a number in place of a flag",
      `  "1": { gist: x, must: { consumer_present: { is: 1 } } }`,
      "t.yaml:10: clause 1: consumer_present is true or false, not 1",
    ],
    [
      "a time that YAML reads as a number",
      `  "1": { gist: x, must: { start_time: { isAtLeast: 900 } } }`,
      't.yaml:10: clause 1: start_time is a time "HH:MM" in quotes, not 900',
    ],
    [
      "two conditions at once",
      `  "1": { gist: x, must: { setting: { is: office }, consumer_present: { is: true } } }`,
      "t.yaml:10: clause 1: a condition has exactly one key, a fact or one of allOf, anyOf, not, noOverlapWith, byReading; join several with allOf or anyOf",
    ],
    [
      "an empty allOf",
      `  "1": { gist: x, must: { allOf: [] } }`,
      "t.yaml:10: clause 1: expected a list of one or more",
    ],
    [
      "a reading's branch left out",
      `  "1": { gist: x, must: { byReading: { plan: { either: { setting: { is: office } } } } } }`,
      "t.yaml:10: clause 1: expected a condition for each of either, both",
    ],
    [
      "a reading that is no number",
      `  "1": { gist: x, must: { units: { isAtMost: { reading: week } } } }`,
      't.yaml:10: clause 1: reading "week" is not a number that units can be compared with',
    ],
    [
      "a clause number that YAML reads as a number",
      `  1.10: { gist: x, note: true }`,
      't.yaml:10: clause 1.1: put the clause number in quotes: "1.10"',
    ],
    [
      "a clause twice",
      `  "1": { gist: x, note: true }\n  "1": { gist: y, note: true }`,
      "t.yaml:11: clause 1: Map keys must be unique",
    ],
    [
      "a clause left out",
      `  "1.1": { gist: x, note: true }\n  "1.3": { gist: y, note: true }`,
      "t.yaml:11: clause 1.3: clause 1.2, which comes before it, is missing",
    ],
    [
      "a clause carried by nothing",
      `  "1": { gist: x }`,
      "t.yaml:10: clause 1: is carried by nothing: give it must, should, limit, work or note",
    ],
    [
      "a clause that says when, and asks nothing",
      `  "1": { gist: x, work: y, when: { setting: { is: office } } }`,
      "t.yaml:10: clause 1: says when, and asks nothing",
    ],
    [
      "an unknown fact in a when",
      `  "1": { gist: x, when: { weather: { is: fine } }, must: { setting: { is: office } } }`,
      't.yaml:10: clause 1: a service has no fact "weather", and no operator is called that either',
    ],
    [
      "a limit that a missing fact would leave open",
      `  "1": { gist: x, when: { setting: { is: home } }, limit: { units: 8, per: week, each: consumer } }`,
      "t.yaml:10: clause 1: setting can be missing, so it can't decide whether a limit counts a line",
    ],
    [
      "a limit that other lines would decide",
      `  "1": { gist: x, when: { noOverlapWith: { service: y } }, limit: { units: 8, per: week, each: consumer } }`,
      "t.yaml:10: clause 1: noOverlapWith can't decide whether a limit counts a line",
    ],
    [
      "the same work twice",
      `  "1": { gist: x, work: [y, y] }`,
      "t.yaml:10: clause 1: names the same work twice",
    ],
    [
      "a misspelt key",
      `  "1": { gist: x, note: true, shoud: { setting: { is: office } } }`,
      't.yaml:10: clause 1: Unrecognized key: "shoud"',
    ],
    [
      "a clause number that is none",
      `  "1; DROP TABLE": { gist: x, note: true }`,
      't.yaml:10: clause 1; DROP TABLE: "1; DROP TABLE" is not a clause number like "3.1.1.2"',
    ],
  ])("names file, line and clause of %s", (_, clauses, problem) => {
    expect(problems(clauses)).toEqual([problem]);
  });

  test("about a record of care can ask neither for units nor for times", () => {
    const head = HEAD.replace("about: service", "about: care").replace(
      "service: { is: family-conference }",
      "care_record: { is: placement }",
    );
    const clauses = `  "1": { gist: x, limit: { units: 8, per: week, each: consumer } }
  "2": { gist: x, must: { noOverlapWith: { service: family-therapy } } }
  "3": { gist: x, must: { units: { isAtMost: 8 } } }`;
    expect(problems(clauses, head)).toEqual([
      "t.yaml:10: clause 1: a record of care has no units to limit",
      "t.yaml:11: clause 2: only services can overlap",
      't.yaml:12: clause 3: a record of care has no fact "units", and no operator is called that either',
    ]);
  });

  const NOTE = `  "1": { gist: x, note: true }`;
  const reading = (line: string) => `${HEAD}readings:\n  ${line}\n`;
  test.each([
    [
      "an unknown reading",
      reading(`moon: { value: full, clause: "1", because: y }`),
      't.yaml:10: unknown reading "moon"',
    ],
    [
      "a value that a reading can't have",
      reading(`week: { value: friday, clause: "1", because: y }`),
      't.yaml:10: week is one of sunday, monday, not "friday"',
    ],
    [
      "a reading that nothing recorded can judge",
      reading(`support: { value: family-or-significant-other, clause: "1", because: y }`),
      "t.yaml:10: support can't be family-or-significant-other: a line counts the supports who came and does not say who they were",
    ],
    [
      "a reading of a clause that is not there",
      reading(`week: { value: sunday, clause: "4.1", because: y }`),
      "t.yaml:10: week is about clause 4.1, which the bulletin lacks",
    ],
    [
      "a reading without a reason",
      reading(`week: { value: sunday, clause: "1" }`),
      "t.yaml:10: Invalid input: expected string, received undefined",
    ],
    [
      "a date that is none",
      HEAD.replace("2020-01-01", "2020-02-30"),
      "t.yaml:6: expected a date YYYY-MM-DD",
    ],
    [
      "an end before the start",
      HEAD.replace(`from: "2020-01-01"`, `from: "2020-01-01", until: "2019-12-31"`),
      "t.yaml:6: the last day in force is before the first",
    ],
    [
      "a bulletin that would apply by a fact that can be missing",
      HEAD.replace("service: { is: family-conference }", "program: { is: x }"),
      "t.yaml:8: program can be missing, so it can't decide whether it applies",
    ],
    [
      "an unknown subject",
      HEAD.replace("about: service", "about: weather"),
      't.yaml:7: Invalid option: expected one of "service"|"care"',
    ],
  ])("names %s", (_, head, problem) => {
    expect(problems(NOTE, head)).toEqual([problem]);
  });

  test("says everything that is wrong at once", () => {
    expect(
      problems(`  "1": { gist: x, must: { weather: { is: fine } }, should: { setting: { is: x } } }
  "2": { gist: x }`),
    ).toHaveLength(3);
  });

  test.each([100, 2_000, 5_000, 20_000])("that is nested %i deep is refused", (depth) => {
    const rule = `${"{ not: ".repeat(depth)}{ setting: { is: office } }${" }".repeat(depth)}`;
    expect(problems(`  "1": { gist: x, must: ${rule} }`)).not.toEqual([]);
  });

  test("is neither YAML nor text: problems, not an exception", () => {
    expect(problems("  - [")).not.toEqual([]);
    expect(problems("  *nothing : x")).not.toEqual([]);
    const loaded = loadBulletin(new Uint8Array([0xff, 0xfe]), "t.yaml");
    expect(loaded.ok || loaded.problems.map(sayProblem)).toEqual(["t.yaml:1: is not UTF-8 text"]);
    expect(loadBulletin(bytes(""), "t.yaml").ok).toBe(false);
    expect(loadBulletin(bytes("[]"), "t.yaml").ok).toBe(false);
  });
});
