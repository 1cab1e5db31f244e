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
import { changesOf } from "../../src/policy/pages/draft-changes.ts";
import { sayAll } from "../../src/policy/pages/draft-checked.ts";
import { loadDraft, sayDraft } from "../../src/policy/pages/draft-said.ts";
import {
  deleteDraft,
  findDraft,
  findDrafts,
  findVersion,
  findVersions,
  saveDraft,
} from "../../src/policy/pages/draft-store.ts";
import { loadBulletins } from "../../src/policy/shelf.ts";
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

test("a draft of another number replaces the one in force from its first day", async () => {
  const against = loaded(text);
  const held = lines
    .filter(({ service }) => service === "family-conference")
    .map((l) => String(l.service_date));
  const from = getDay(held.toSorted()[Math.floor(held.length / 2)] ?? "");
  const rewritten = loaded(text.replace("units: 8,", "units: 2,"));
  const draft = { ...rewritten, number: "NEXT-1", effective: { from, until: null } };
  const effect = await acting((db) => findDraftEffect(db, { against, draft }, days));
  const [before, after] = [judge(against, lines), judge(draft, lines)];
  const stays = (place: number) => String(lines[place]?.service_date) < from;
  expect(effect?.after.units.payable).toBe(
    before.reduce(
      (all, was, place) => all + ((stays(place) ? was : after[place])?.units_payable ?? 0),
      0,
    ),
  );
  expect(effect?.all.lost.units).toBeGreaterThan(0);
  const whole = await acting((db) => findDraftEffect(db, { against, draft: rewritten }, days));
  expect(effect?.all.lost.units).toBeLessThan(whole?.all.lost.units ?? 0);
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

test("a stale tab overwrites nothing; what is written over is among the earlier versions", async () => {
  const [first] = await acting(findDrafts);
  const draft = await acting((db) => findDraft(db, first?.id ?? ""));
  if (!draft) throw new Error("the demonstration has a draft");
  const { id } = draft;
  // However long ago the demonstration was made, it is written on now.
  await sql`UPDATE bulletin_draft SET saved_at = now() WHERE id = ${id}`.execute(db.owner);
  const by = { agencyId: val.agency_id, staffId: val.id };
  const save = (yaml: string, saves: number, keep = false) =>
    acting((db) => saveDraft(db, by, { id, yaml, saves, keep }));
  const texts = async () => {
    const versions = await acting((db) => findVersions(db, id));
    return Promise.all(
      versions.map(async ({ saves }) => (await acting((db) => findVersion(db, id, saves)))?.yaml),
    );
  };
  // Nobody changed its cases yet, and they are kept beside each text from then on.
  expect(draft.cases).toBeNull();
  expect(await save("a: 1", draft.saves)).toBe(draft.saves + 1);
  expect(await save("a: 2", draft.saves)).toBeNull();
  expect((await acting((db) => findDraft(db, id)))?.yaml).toBe("a: 1");
  // The first text is kept; what is typed within minutes is one piece of writing.
  expect(await texts()).toEqual([draft.yaml]);
  await save("a: 3", draft.saves + 1);
  expect(await texts()).toEqual([draft.yaml]);
  // Told to, it keeps what stood there; so it does where another hand writes over it.
  await save("a: 4", draft.saves + 2, true);
  expect(await texts()).toEqual(["a: 3", draft.yaml]);
  const cases = "cases: []";
  expect(
    await acting((db) => saveDraft(db, by, { id, yaml: "a: 4", saves: draft.saves + 3, cases })),
  ).toBe(draft.saves + 4);
  expect((await acting((db) => findDraft(db, id)))?.cases).toBe(cases);
  await sql`UPDATE bulletin_draft SET saved_by = (SELECT id FROM staff WHERE email = 'ana@demo.example'),
    yaml = 'a: 5', saves = saves + 1 WHERE id = ${id}`.execute(db.owner);
  expect(await texts()).toEqual(["a: 4", "a: 3", draft.yaml]);
  const [, ana] = await db.owner
    .selectFrom("staff")
    .select(["id", "email"])
    .where("email", "in", ["val@demo.example", "ana@demo.example"])
    .orderBy("email", "desc")
    .execute();
  expect(await acting((db) => findVersions(db, id), ana?.id)).toEqual([]);
  await acting((db) => deleteDraft(db, id), ana?.id);
  expect(await acting((db) => findDraft(db, id))).not.toBeNull();
  await acting((db) => deleteDraft(db, id));
  expect(await acting((db) => findDraft(db, id))).toBeNull();
});

test("what a draft says otherwise is told clause by clause, and by the worked cases", async () => {
  const shelf = await loadBulletins("bulletins");
  const shelved =
    shelf.ok &&
    shelf.value.find(({ bulletin }) => bulletin.contentHash === loaded(text).contentHash);
  if (!shelved) throw new Error("the founding bulletin is not there");
  const before = sayDraft(text);
  const unchanged = await sayAll({ yaml: text, cases: shelved.casesText }, shelved);
  const now = text
    .replace("units: 8,", "units: 6,")
    .replace("value: sunday", "value: monday")
    .replace(/ {2}"3\.1\.1\.4":[\s\S]*?\n(?= {2}")/, "");
  const { said, cases } = await sayAll({ yaml: now, cases: shelved.casesText }, shelved);
  if (!before.ok || !said.ok || !unchanged.said.ok) throw new Error(JSON.stringify(said));
  expect(changesOf(before, unchanged.said)).toEqual([]);
  expect(unchanged.cases).toEqual({ tried: shelved.cases.length, otherwise: [] });
  const changes = changesOf(before, said);
  expect(changes.map(({ about }) => about)).toEqual([
    "Clause 3.1.1.4",
    "Clause 4.1",
    "Reading: week",
  ]);
  expect(changes[0]).toMatchObject({ clause: null, now: [] });
  expect(changes[1]?.was.join()).toContain("8");
  expect(changes[1]?.now.join()).toContain("6");
  expect(cases?.otherwise.length).toBeGreaterThan(0);
  expect(cases?.otherwise.length).toBeLessThan(shelved.cases.length);
  // The same cases are the draft's own until somebody edits them; then these are tried.
  const own = async (yaml: string, given: string) =>
    (await sayAll({ yaml, cases: given }, shelved)).own;
  const passing = await own(text, shelved.casesText);
  expect(passing?.ok && passing.rows.every(({ failures }) => failures.length === 0)).toBe(true);
  const slipped = shelved.casesText.replace(/(expect: \{ outcome: )payable/, "$1denied");
  const failing = await own(text, slipped);
  const failed = failing?.ok ? failing.rows.filter(({ failures }) => failures.length > 0) : [];
  expect(failed).toHaveLength(1);
  expect(failed[0]?.failures).toEqual([expect.stringContaining("expected denied")]);
  expect(slipped.split("\n")[(failed[0]?.line ?? 0) - 1]).toContain(failed[0]?.name);
  expect(await own(text, `${shelved.casesText}\n  - name: nothing\n    lines: {}\n`)).toMatchObject(
    {
      ok: false,
    },
  );
  expect(await own("title: [", shelved.casesText)).toBeNull();
  for (const { name, differs } of cases?.otherwise ?? []) {
    expect(differs.length, name).toBeGreaterThan(0);
    expect(differs.join(), name).not.toMatch(/must_|limit_|undefined/);
  }
});
