import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { testDatabase } from "../../test/support/database.ts";
import { type Recorded, recordedAgency } from "../../test/support/recorded.ts";
import { type Day, getDay } from "../kernel/day.ts";
import { type Bulletin, inForce } from "../policy/bulletin.ts";
import { bulletinsOf, type Chosen } from "./chosen.ts";
import { chooseBulletin, endBulletin, findChosen } from "./chosen-store.ts";
import { judgeDue } from "./due.ts";
import { benchOf, findStanding } from "./judge.ts";

const FC = { jurisdiction: "us-mo", number: "FY10-Clinical-16" };
const MC = { jurisdiction: "england", number: "Models-of-Care-2006" };

let it: Recorded;
let shelf: readonly Bulletin[];
let before: readonly (typeof FC & { from: Day })[];

beforeAll(async () => {
  it = await recordedAgency(await testDatabase());
  shelf = it.shelf.map(({ bulletin }) => bulletin);
  before = bulletinsOf({ jurisdiction: "us-mo" }, shelf).map(({ number, effective }) => ({
    ...{ jurisdiction: "us-mo", number, from: effective.from },
  }));
});
afterAll(() => it.db.drop());

describe("the bulletins in force for an agency", () => {
  const held = (bulletins: readonly Chosen[]) =>
    bulletinsOf({ jurisdiction: "us-mo", bulletins }, shelf).map(({ number, effective }) => [
      ...[number, effective.from, effective.until],
    ]);
  const chosen = (from: string, until: string | null, of = FC): Chosen => ({
    ...of,
    ...{ from: getDay(from), until: until === null ? null : getDay(until) },
  });

  test("are all of its jurisdiction where it chose none, else those it chose, of any", () => {
    expect(held([])).toEqual([["FY10-Clinical-16", "2010-04-15", null]]);
    expect(held([chosen("2026-01-01", null, MC)])).toEqual([
      ["Models-of-Care-2006", "2026-01-01", null],
    ]);
  });

  test("hold no longer than the bulletin and the choice both do", () => {
    expect(held([chosen("2000-01-01", "2011-12-31")])).toEqual([
      ["FY10-Clinical-16", "2010-04-15", "2011-12-31"],
    ]);
    expect(held([chosen("2000-01-01", "2001-01-01")])).toEqual([]);
    expect(held([chosen("2010-01-01", "2010-12-31"), chosen("2012-01-01", null)])).toEqual([
      ["FY10-Clinical-16", "2010-04-15", "2010-12-31"],
      ["FY10-Clinical-16", "2012-01-01", null],
    ]);
  });

  test("are asked on the days of the choice only", () => {
    const [one] = bulletinsOf(
      { jurisdiction: "us-mo", bulletins: [chosen("2026-01-01", "2026-01-31")] },
      shelf,
    );
    expect(
      ["2025-12-31", "2026-01-01", "2026-01-31", "2026-02-01"].map(
        (day) => one && inForce(one, getDay(day)),
      ),
    ).toEqual([false, true, true, false]);
    expect(one?.contentHash).toBe(shelf.find(({ number }) => number === FC.number)?.contentHash);
  });
});

describe("choosing", () => {
  beforeEach(() => it.db.owner.deleteFrom("agency_bulletin").execute());
  const by = () => ({ agencyId: it.agencyId, staffId: it.administrator });
  const choose = (of: typeof FC, from: string) =>
    it.as(it.administrator, (db) =>
      chooseBulletin(db, by(), { ...of, from: getDay(from) }, before),
    );
  const end = (of: typeof FC, lastDay: string) =>
    it.as(it.administrator, (db) =>
      endBulletin(db, by(), { ...of, lastDay: getDay(lastDay) }, before),
    );
  const rows = async () =>
    (await it.as(it.administrator, findChosen)).map(({ number, from, until }) => [
      number,
      from,
      until,
    ]);

  test("the first choice keeps what held without one", async () => {
    expect(await choose(MC, "2026-01-01")).toBe("chosen");
    expect(await rows()).toEqual([
      ["Models-of-Care-2006", "2026-01-01", null],
      ["FY10-Clinical-16", "2010-04-15", null],
    ]);
  });

  test("a bulletin is not in force twice on a day, and may come again", async () => {
    expect(await choose(FC, "2026-01-01")).toBe("chosen-already");
    expect(await end(FC, "2026-01-31")).toBe(true);
    expect(await end(FC, "2026-02-28")).toBe(false);
    expect(await choose(FC, "2026-01-31")).toBe("chosen-already");
    expect(await choose(FC, "2026-03-01")).toBe("chosen");
  });

  test("two administrators at once choose it once", async () => {
    const answers = await Promise.all([choose(MC, "2026-01-01"), choose(MC, "2026-01-01")]);
    expect(answers.toSorted()).toEqual(["chosen", "chosen-already"]);
    expect(await rows()).toHaveLength(2);
  });

  test("nobody else chooses", async () => {
    const chosen = it.as(it.biller, (db) =>
      chooseBulletin(
        db,
        { agencyId: it.agencyId, staffId: it.biller },
        { ...MC, from: getDay("2026-01-01") },
        [],
      ),
    );
    await expect(chosen).rejects.toThrow(/row-level security/);
  });

  test("ending one judges the services of later days again, without it", async () => {
    const [early, late] = ["2026-02-02", "2026-02-10"].map(getDay);
    const consumer = await it.consumer();
    const ids = [
      await it.record(consumer, { day: early as Day }),
      await it.record(consumer, { day: late as Day }),
    ];
    await end(FC, "2026-02-05");
    const bulletins = (await it.as(it.administrator, findChosen)) as readonly Chosen[];
    const agency = { id: it.agencyId, jurisdiction: "us-mo", bulletins };
    await it.as(it.biller, (db) => judgeDue(db, benchOf({ agency }, it.shelf)));
    const standing = await it.as(it.biller, (db) => findStanding(db, ids));
    expect(ids.map((id) => standing.get(id)?.outcome)).toEqual(["payable", "not-applicable"]);
  });
});
