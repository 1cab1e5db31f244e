import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { testDatabase } from "../../test/support/database.ts";
import { type Recorded, recordedAgency } from "../../test/support/recorded.ts";
import { getDay } from "../kernel/day.ts";
import { loadBulletins } from "../policy/shelf.ts";
import { judgeDue } from "./due.ts";
import { benchOf, findStanding } from "./judge.ts";

let it: Recorded;
let folder: string;
beforeAll(async () => {
  it = await recordedAgency(await testDatabase());
  folder = await mkdtemp(join(tmpdir(), "throughcare-editions-"));
  await cp("bulletins", folder, { recursive: true });
});
afterAll(async () => {
  await it.db.drop();
  await rm(folder, { recursive: true, force: true });
});

const day = getDay("2026-03-02");
const standing = async (id: string) =>
  (await it.as(it.biller, (db) => findStanding(db, [id]))).get(id);
const due = (bench = it.bench) => it.as(it.biller, (db) => judgeDue(db, bench));
const waiting = () => it.db.owner.selectFrom("judgement_due").selectAll().execute();

test("a credential that is recorded, ended or backdated later is felt by the services it was for", async () => {
  const id = await it.record(await it.consumer(), { day });
  await due();
  const credential = it.db.owner.updateTable("credential").where("staff_id", "=", it.counselor);
  await credential.set({ valid_to: "2026-03-01" }).execute();
  expect(await waiting()).toMatchObject([{ day }]);
  await due();
  expect(await standing(id)).toMatchObject({ outcome: "denied" });
  await credential.set({ valid_to: "2026-03-02" }).execute();
  await due();
  expect(await standing(id)).toMatchObject({ outcome: "payable" });
  await credential.set({ valid_to: "2030-01-01" }).execute();
  expect(await waiting()).toEqual([]);
  await credential.set({ valid_to: null }).execute();
});

test("a need for family therapy that is found and later arranged moves the warning only", async () => {
  const consumer = await it.consumer();
  const id = await it.record(consumer, { day: getDay("2026-05-04") });
  const warning = async () =>
    (await standing(id))?.judgements[0]?.findings.find(({ kind }) => kind === "should")?.verdict;
  expect(await warning()).toBe("met");
  const { id: referral } = await it.as(it.counselor, (db) =>
    db
      .insertInto("referral")
      .values({
        ...{
          agency_id: it.agencyId,
          consumer_id: consumer,
          need: "family-therapy",
          what: "Family therapy",
        },
        ...{ for_whom: "consumer", owner_id: it.counselor, found_on: day, due_on: day },
      })
      .returning("id")
      .executeTakeFirstOrThrow(),
  );
  await due();
  expect(await warning()).toBe("breached");
  expect(await standing(id)).toMatchObject({ outcome: "payable", unitsPayable: 4 });
  await it.as(it.counselor, (db) =>
    db
      .updateTable("referral")
      .set({ status: "arranged", arranged_on: day })
      .where("id", "=", referral)
      .execute(),
  );
  await due();
  expect(await warning()).toBe("met");
});

test("another edition of a bulletin, and a new bulletin, judge again what they are for", async () => {
  const consumer = await it.consumer();
  const id = await it.record(consumer, { day });
  await due();
  const file = join(folder, "us-mo/fy10-clinical-16/bulletin.yaml");
  const text = await readFile(file, "utf8");
  await writeFile(file, text.replace("limit: { units: 8,", "limit: { units: 3,"));
  const edited = await loadBulletins(folder);
  if (!edited.ok) throw new Error();
  const agency = { agency: { id: it.agencyId, jurisdiction: "us-mo" } };
  await due(benchOf(agency, edited.value));
  expect(await standing(id)).toMatchObject({ outcome: "reduced", unitsPayable: 3 });

  await writeFile(file, text);
  await mkdir(join(folder, "us-mo/invented"));
  await writeFile(
    join(folder, "us-mo/invented/bulletin.yaml"),
    `number: INVENTED-1\ntitle: Two a month\nissuer: Nobody\njurisdiction: us-mo\nstatus: new\neffective: { from: "2026-01-01" }\nabout: service\napplies: { service: { is: family-conference } }\nclauses:\n  "1": { gist: Two a month., limit: { units: 2, per: month, each: consumer } }\n`,
  );
  await writeFile(join(folder, "us-mo/invented/cases.yaml"), `cases: []\n`);
  const added = await loadBulletins(folder);
  if (!added.ok) throw new Error(JSON.stringify(added.problems));
  const both = benchOf(agency, added.value);
  await due(both);
  const stands = await standing(id);
  expect(stands).toMatchObject({ outcome: "reduced", unitsPayable: 2 });
  expect(
    stands?.judgements.map(({ bulletin, outcome, decides }) => [bulletin, outcome, decides]),
  ).toEqual([
    ["FY10-Clinical-16", "payable", false],
    ["INVENTED-1", "reduced", true],
  ]);

  await due();
  expect(await standing(id)).toMatchObject({ outcome: "payable", unitsPayable: 4 });
  expect((await standing(id))?.judgements).toHaveLength(1);
  expect(await waiting()).toEqual([]);
});

test("many consumers are judged in parts, and two billers at once do not get in each other's way", async () => {
  await it.db.owner.updateTable("program").set({ kind: "cstar-opioid" }).execute();
  const before = (await waiting()).length;
  expect(before).toBeGreaterThan(0);
  await Promise.all([due(), due(), due()]);
  expect(await waiting()).toEqual([]);
});
