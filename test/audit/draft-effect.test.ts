import { readFileSync } from "node:fs";
import { join } from "node:path";
import { sql } from "kysely";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { DraftEffect } from "../../src/compliance/audit/draft-effect.ts";
import { findDraftEffect } from "../../src/compliance/audit/draft-effect-store.ts";
import { getDay } from "../../src/kernel/day.ts";
import type { Bulletin } from "../../src/policy/bulletin.ts";
import type { ServiceLine } from "../../src/policy/facts.ts";
import { judge } from "../../src/policy/judge.ts";
import { loadDraft, sayDraft } from "../../src/policy/pages/draft-said.ts";
import { findDraft, findDrafts, saveDraft } from "../../src/policy/pages/draft-store.ts";
import { type Acting, actingFor } from "../../src/storage/database.ts";
import { type TestDatabase, testDatabase } from "../support/database.ts";

const file = join(import.meta.dirname, "../../bulletins/us-mo/fy10-clinical-16/bulletin.yaml");
const text = readFileSync(file, "utf8");

let db: TestDatabase;
let val: { id: string; agency_id: string };
let lines: ServiceLine[];
const names: string[] = [];
beforeAll(async () => {
  db = await testDatabase("demonstration");
  val = await db.owner
    .selectFrom("staff")
    .select(["id", "agency_id"])
    .where("email", "=", "val@demo.example")
    .executeTakeFirstOrThrow();
  const { rows } = await sql<ServiceLine>`
    SELECT * FROM service_line WHERE agency_id = ${val.agency_id}`.execute(db.owner);
  lines = rows;
  const people = await db.owner.selectFrom("consumer").select(["id", "number"]).execute();
  names.push(...people.flatMap(({ id, number }) => [id, number]));
  names.push(...rows.map(({ line_id }) => line_id));
});
afterAll(() => db?.drop());

const acting = <T>(work: (db: Acting) => Promise<T>, staffId = val.id) =>
  actingFor(db.app, staffId, work);
const days = { from: getDay("1900-01-01"), to: getDay("9999-12-31") };

function loaded(yaml: string): Bulletin {
  const draft = loadDraft(yaml);
  if (!draft.ok) throw new Error(JSON.stringify(draft.problems));
  return draft.value;
}

/** The same comparison by the judge in TypeScript, over the real lines. */
function byHand(against: Bulletin, draft: Bulletin) {
  const [before, after] = [judge(against, lines), judge(draft, lines)];
  const pairs = before.map((was, place) => {
    const will = after[place];
    const line = lines[place];
    if (!will || !line) throw new Error("as many after as before");
    return { was, will, line, units: will.units_payable - was.units_payable };
  });
  const changed = pairs.filter(
    ({ was, will, units }) => units !== 0 || was.outcome !== will.outcome,
  );
  const sum = (of: number[]) => of.reduce((all, one) => all + one, 0);
  const balance = Map.groupBy(changed, ({ line }) => line.consumer_id);
  const balances = [...balance.values()].map((of) => sum(of.map(({ units }) => units)));
  return {
    lines: changed.length,
    gained: sum(changed.map(({ units }) => Math.max(0, units))),
    lost: sum(changed.map(({ units }) => Math.max(0, -units))),
    payable: sum(after.map(({ units_payable }) => units_payable)),
    gaining: balances.filter((units) => units > 0).length,
    losing: balances.filter((units) => units < 0).length,
  };
}

function said({ all, after, people }: DraftEffect) {
  return {
    lines: all.lines,
    gained: all.gained.units,
    lost: all.lost.units,
    payable: after.units.payable,
    gaining: people.gaining,
    losing: people.losing,
  };
}

test.each([
  ["the same text", (yaml: string) => yaml],
  ["fewer units", (yaml: string) => yaml.replace("units: 8,", "units: 2,")],
  ["by video too", (yaml: string) => yaml.replace("is: office", "isOneOf: [office, telehealth]")],
  [
    "both at once, read otherwise",
    (yaml: string) =>
      yaml
        .replace("units: 8,", "units: 3,")
        .replace("is: office", "isOneOf: [office, telehealth, home]")
        .replace("value: sunday", "value: monday")
        .replace("value: cutback", "value: deny-line"),
  ],
  ["for nobody", (yaml: string) => yaml.replace("is: family-conference", "is: day-treatment")],
] as const)("%s: the effect is what the judge says line by line", async (_, change) => {
  const against = loaded(text);
  const draft = loaded(change(text));
  const effect = await acting((db) => findDraftEffect(db, { against, draft }, days));
  expect(lines.length).toBeGreaterThan(10);
  expect(effect && said(effect)).toEqual(byHand(against, draft));
  expect(names.filter((name) => JSON.stringify(effect).includes(name))).toEqual([]);
});

test("what changes is told by the clause that decides it, its month, its programme, and in money", async () => {
  const against = loaded(text);
  const draft = loaded(text.replace("units: 8,", "units: 2,"));
  const effect = await acting((db) => findDraftEffect(db, { against, draft }, days));
  expect(effect?.byClause.map(({ key }) => key)).toEqual(["4.1"]);
  expect(effect?.byClause[0]?.lost.units).toBe(effect?.all.lost.units);
  const sum = (of: readonly { lines: number }[] = []) =>
    of.reduce((all, { lines: n }) => all + n, 0);
  expect(sum(effect?.byMonth)).toBe(effect?.all.lines);
  expect(sum(effect?.byProgram)).toBe(effect?.all.lines);
  expect(effect?.all.lost.cents).toBe((effect?.all.lost.units ?? 0) * 1842);
});

test("services without a name are for a policy analyst alone, and nobody is in them", async () => {
  const nameless = async (acting: Acting) => {
    const { rows } =
      await sql`SELECT * FROM access.nameless_lines('1900-01-01', '9999-12-31')`.execute(acting);
    return rows;
  };
  const rows = await acting(nameless);
  expect(rows.length).toBe(lines.length);
  expect(names.filter((name) => JSON.stringify(rows).includes(name))).toEqual([]);
  const staff = await db.owner
    .selectFrom("staff")
    .select("id")
    .where("email", "in", ["ana@demo.example", "bill@demo.example", "aud@demo.example"])
    .execute();
  for (const { id } of staff) expect(await acting(nameless, id)).toEqual([]);
});

test("a draft with something wrong says what and at which line; nothing typed makes it throw", () => {
  const wrong = text.replace("setting: { is: office }", "setting: { is: pub }");
  const line = wrong.split("\n").findIndex((one) => one.includes("pub")) + 1;
  const answer = sayDraft(wrong);
  expect(answer).toMatchObject({ ok: false, problems: [{ clause: "4.2" }] });
  expect(!answer.ok && answer.problems[0]?.line).toBe(line);
  for (const yaml of ["", ": : :", "[".repeat(60_000), "a: &a [*a]", "x".repeat(200_000)]) {
    expect(sayDraft(yaml).ok, yaml.slice(0, 20)).toBe(false);
  }
  const unsayable = text
    .replace("is: office", "isOneOf: [office]")
    .replace("isOneOf: [qsap, asac]", 'isOneOf: ["qsap\\0"]');
  expect(sayDraft(unsayable).ok).toBe(false);
});

test("quotes and other signs in a draft stay text", async () => {
  const against = loaded(text);
  const draft = loaded(
    text.replace("[qsap, asac]", `["'; DROP TABLE service; --", "$1", "\\\\", "é😀"]`),
  );
  const effect = await acting((db) => findDraftEffect(db, { against, draft }, days));
  expect(effect && said(effect)).toEqual(byHand(against, draft));
});

test("a stale tab overwrites nothing", async () => {
  const [first] = await acting(findDrafts);
  const draft = await acting((db) => findDraft(db, first?.id ?? ""));
  if (!draft) throw new Error("the demonstration has a draft");
  const by = { agencyId: val.agency_id, staffId: val.id };
  const save = (yaml: string, saves: number) =>
    acting((db) => saveDraft(db, by, { id: draft.id, yaml, saves }));
  expect(await save("a: 1", draft.saves)).toBe(draft.saves + 1);
  expect(await save("a: 2", draft.saves)).toBeNull();
  expect((await acting((db) => findDraft(db, draft.id)))?.yaml).toBe("a: 1");
});
