import { cp, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { getDay } from "../../src/kernel/day.ts";
import { runCases, typescriptEngine } from "../../src/policy/cases.ts";
import type { ServiceLine } from "../../src/policy/facts.ts";
import { judgeAll } from "../../src/policy/judge-all.ts";
import { loadBulletins } from "../../src/policy/shelf.ts";
import { sayProblem } from "../../src/policy/yaml-source.ts";
import { duckdbEngine, postgresqlEngine, type SqlEngine } from "./engines.ts";

/** An invented bulletin: other limits, other periods, another week, another order of words. */
const BULLETIN = `number: INVENTED-1
title: Evening conferences
issuer: Nobody
jurisdiction: us-mo
status: new
effective: { from: "2011-01-01", until: "2011-12-31" }
about: service
applies: { service: { is: family-conference } }
readings:
  week: { value: monday, clause: "2.1", because: Invented. }
clauses:
  "1.1":
    gist: Not in the evening of o'clock's program, nor while individual counseling goes on.
    must:
      allOf:
        - not: { allOf: [ { start_time: { isAtLeast: "18:00" } }, { program: { is: "o'clock\\\\'; --" } } ] }
        - noOverlapWith: { service: individual-counseling }
  "2.1": { gist: Six a week., limit: { units: 6, per: week, each: consumer } }
  "2.2": { gist: Three a day., limit: { units: 3, per: day, each: consumer } }
`;
const CASES = `given: { service: family-conference, service_date: "2011-03-01", units: 4, program: x }
cases:
  - name: a day's three, then a week's six
    lines:
      A: { given: { service_date: "2011-03-01" }, expect: { outcome: reduced, units: 3, verdicts: { "2.1": met, "2.2": breached } } }
      B: { given: { service_date: "2011-03-02" }, expect: { outcome: reduced, units: 3 } }
      C: { given: { service_date: "2011-03-03" }, expect: { outcome: denied, verdicts: { "2.1": breached, "2.2": breached } } }
      D: { given: { service_date: "2011-03-07" }, expect: { outcome: reduced, units: 3 } }
  - name: a text with quotes in it is a text
    lines:
      A: { given: { program: "o'clock\\\\'; --", start_time: "18:00", units: 1 }, expect: { outcome: denied, verdicts: { "1.1": breached } } }
      B: { given: { program: "o'clock\\\\'; --", start_time: "17:59", units: 1 }, expect: { outcome: payable } }
      C: { given: { program: "o'clock\\\\'; --", units: 1 }, expect: { outcome: pended, verdicts: { "1.1": unknown } } }
  - name: after its last day it is no more
    lines:
      A: { given: { service_date: "2012-01-01" }, expect: { outcome: not-applicable } }
`;

const LINE: ServiceLine = {
  line_id: "A",
  consumer_id: "Ann",
  service: "family-conference",
  service_date: getDay("2011-03-01"),
  units: 5,
  program: "cstar-general",
  setting: "office",
  consumer_present: true,
  supports_present: 1,
  plan_discussed: "both",
  performer_qualification: ["asac"],
};

let folder: string;
let engines: readonly SqlEngine[] = [];

beforeAll(async () => {
  engines = [await postgresqlEngine(), await duckdbEngine()];
  folder = await mkdtemp(join(tmpdir(), "throughcare-bulletins-"));
  await cp("bulletins", folder, { recursive: true });
  await mkdir(join(folder, "us-mo", "invented-1"), { recursive: true });
  await writeFile(join(folder, "us-mo", "invented-1", "bulletin.yaml"), BULLETIN);
  await writeFile(join(folder, "us-mo", "invented-1", "cases.yaml"), CASES);
});
afterAll(async () => {
  await Promise.all(engines.map((engine) => engine.close()));
  await rm(folder, { recursive: true, force: true });
});

async function shelf(...folders: readonly string[]) {
  const loaded = await loadBulletins(...folders);
  if (!loaded.ok) throw new Error(loaded.problems.map(sayProblem).join("\n"));
  return loaded.value;
}

test("one more folder changes what is judged", async () => {
  const before = (await shelf("bulletins")).map(({ bulletin }) => bulletin);
  expect(judgeAll(before, [LINE])[0]).toMatchObject({ outcome: "payable" });
  const after = (await shelf(folder)).map(({ bulletin }) => bulletin);
  expect(judgeAll(after, [LINE])[0]).toMatchObject({
    outcome: "reduced",
    units_payable: 3,
  });
});

test("its cases come true in every engine", async () => {
  const invented = (await shelf(folder)).find(({ bulletin }) => bulletin.number === "INVENTED-1");
  if (invented === undefined) throw new Error("not on the shelf");
  for (const engine of [typescriptEngine, ...engines.map(({ judge }) => judge)]) {
    expect(await runCases(invented.bulletin, invented.cases, engine)).toEqual([]);
  }
});

test("the same bulletin twice, a folder without cases and cases that make no sense are told", async () => {
  const twice = await loadBulletins("bulletins", folder);
  expect(twice.ok || twice.problems.map(({ message }) => message)).toContain(
    "FY10-Clinical-16 is already in us-mo/fy10-clinical-16",
  );
  await writeFile(
    join(folder, "us-mo", "invented-1", "cases.yaml"),
    CASES.replace('"2.2": breached', '"2.9": breached').replace("units: 4", "units: 4.5"),
  );
  const senseless = await loadBulletins(folder);
  expect(senseless.ok || senseless.problems.map((one) => [one.line, one.message])).toEqual([
    [1, "units is a whole number from 1 to 96, not 4.5"],
    [5, 'no rule is called "2.9"'],
  ]);
  await rm(join(folder, "us-mo", "invented-1", "cases.yaml"));
  const without = await loadBulletins(folder);
  expect(without.ok || without.problems.map(({ message }) => message)).toEqual(["is missing"]);
});
