import { expect, test } from "vitest";
import { choicesAt, placeAt } from "./complete.ts";
import { bulletinSchema } from "./json-schema.ts";

const schema = bulletinSchema();

/** What is offered where the text has a bar, and the path that was found. */
function at(text: string) {
  const offset = text.indexOf("|");
  const place = placeAt(text.replace("|", ""), offset);
  const labels = choicesAt(schema, place).map(({ label }) => label);
  return { ...place, labels, typed: text.slice(place.from, offset) };
}

test("at the top: the file's own keys", () => {
  expect(at("number: X\n|").labels).toEqual(expect.arrayContaining(["title", "clauses", "about"]));
  expect(at("number: X\ncla|").typed).toBe("cla");
  expect(at("about: |").labels).toEqual(["service", "care"]);
});

test("in a clause: what a clause has", () => {
  const { path, labels } = at('clauses:\n  "1.1":\n    gist: x\n    |');
  expect(path).toEqual(["clauses", "1.1"]);
  expect(labels).toEqual(expect.arrayContaining(["must", "should", "limit", "when", "note"]));
});

test("in a condition: facts and operators, and of a fact its comparisons", () => {
  const must = at('clauses:\n  "1.1":\n    gist: x\n    must: { |');
  expect(must.labels).toEqual(expect.arrayContaining(["program", "setting", "allOf", "byReading"]));
  expect(at('clauses:\n  "1.1":\n    must: { setting: { |').labels).toEqual(["is", "isOneOf"]);
  const ordered = at('clauses:\n  "1.1":\n    must:\n      units:\n        |');
  expect(ordered.labels).toEqual(expect.arrayContaining(["isAtLeast", "isAtMost"]));
});

test("of a coded fact: its codes, in block and in flow, in a list and in an item of allOf", () => {
  expect(at('clauses:\n  "1.1":\n    must: { setting: { is: |').labels).toContain("office");
  expect(at('clauses:\n  "1.1":\n    must: { setting: { isOneOf: [office, |').labels).toContain(
    "home",
  );
  const inList = at('clauses:\n  "1.1":\n    must:\n      allOf:\n        - setting: { is: te|');
  expect(inList.labels).toContain("telehealth");
  expect(inList.typed).toBe("te");
  const item = at('clauses:\n  "1.1":\n    must:\n      program:\n        isOneOf:\n          - |');
  expect(item.labels).toContain("cstar-general");
  const next = at(
    `${'clauses:\n  "1.1":\n    must:\n      program:\n        isOneOf:\n'}          - x\n          - |`,
  );
  expect(next.path).toEqual(["clauses", "1.1", "must", "program", "isOneOf", "[]"]);
  expect(at('clauses:\n  "1.1":\n    must: { consumer_present: { is: |').labels).toEqual([
    ...["true", "false"],
  ]);
});

test("readings, with their values and what they mean", () => {
  expect(at("readings:\n  |").labels).toEqual(expect.arrayContaining(["week", "over"]));
  const week = at("readings:\n  week:\n    value: |");
  expect(week.labels).toEqual(["sunday", "monday"]);
  const meaning = choicesAt(schema, week).find(({ label }) => label === "monday")?.detail;
  expect(meaning).toMatch(/Monday/);
});

test("after a clause that is finished, the next one's keys are its own", () => {
  const { path } = at(
    'clauses:\n  "1.1":\n    gist: x\n    must: { units: { isAtMost: 8 } }\n  "1.2":\n    |',
  );
  expect(path).toEqual(["clauses", "1.2"]);
});

test("nowhere sensible, nothing is offered, and nothing throws", () => {
  for (const text of ["}}}] |", "- - - : |", '"|', "clauses: 5\n   |", "\t|"]) {
    expect(Array.isArray(at(text).labels)).toBe(true);
  }
});
