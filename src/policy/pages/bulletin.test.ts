import { RouterContextProvider } from "react-router";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { testDatabase } from "../../../test/support/database.ts";
import { type Recorded, recordedAgency } from "../../../test/support/recorded.ts";
import { systemClock, today as todayOf } from "../../kernel/clock.ts";
import { addDays } from "../../kernel/day.ts";
import { type Role, roles } from "../../people/access.ts";
import { type Me, type Services, servicesContext } from "../../web/services.ts";
import type { Shelved } from "../shelf.ts";
import * as one from "./bulletin.tsx";
import * as all from "./bulletins.tsx";
import type { Counts } from "./clause-rows.ts";

const today = todayOf(systemClock, "America/Chicago");
let it: Recorded;
let analyst: string;
let staff: Record<"counselor" | "biller" | "policy-analyst", string>;

beforeAll(async () => {
  it = await recordedAgency(await testDatabase());
  analyst = await hire("policy-analyst");
  staff = { counselor: it.counselor, biller: it.biller, "policy-analyst": analyst };
  // A consumer each, so that no week's limit stands between them.
  const record = async (facts: Partial<Parameters<Recorded["record"]>[1]>) =>
    it.record(await it.consumer(), { day: today, ...facts });
  await record({});
  await record({ day: addDays(today, -89) });
  await record({ day: addDays(today, -90), setting: "home" });
  await record({ setting: "home" });
  await record({ setting: null });
  await record({ kind: "individual-counseling" });
  await record({ units: 9 });
  const voided = await record({ setting: "home" });
  await it.db.owner
    .updateTable("service")
    .set({ voided_at: new Date() })
    .where("id", "=", voided)
    .execute();
});
afterAll(() => it.db.drop());

describe.each(["policy-analyst", "biller", "counselor"] as const)("to a %s", (role) => {
  test("a bulletin shows what was judged in the last 90 days", async () => {
    const page = await visit(one.loader, role, { number: "FY10-Clinical-16" });
    expect(counts(page, "1.1")).toEqual({ met: 5, breached: 0, unknown: 0, notCounted: 0 });
    expect(counts(page, "4.2")).toEqual({ met: 3, breached: 1, unknown: 1, notCounted: 0 });
    expect(counts(page, "4.1")).toEqual({ met: 2, breached: 1, unknown: 0, notCounted: 2 });
    expect(counts(page, "3.1.1.2")).toBeNull();
    expect(page.header.lines).toBe(5);
    expect(page.readings.find(({ name }) => name === "week")?.lines).toBe(3);
    expect(page.readings.find(({ name }) => name === "support")?.lines).toBe(5);
    await agreesWithTheRows(page);
  });

  test("the list shows it as in force, with all its verdicts", async () => {
    const { bulletins } = await visit(all.loader, role);
    const [row] = bulletins.filter(({ number }) => number === "FY10-Clinical-16");
    expect(row).toMatchObject({ inForceHere: true, clauses: 11 });
    const carried = { "rule must": 5, "rule should": 1, limit: 1, work: 6, note: 1 };
    expect(row?.carried).toEqual(carried);
    expect(row?.counts).toMatchObject({ breached: 2, unknown: 1, notCounted: 2 });
  });
});

test("every clause, reading and worked case is there, and every case comes true", async () => {
  const page = await visit(one.loader, "counselor", { number: "FY10-Clinical-16" });
  const shelved = shelvedOf("FY10-Clinical-16");
  expect(page.clauses.map(({ number }) => number)).toEqual(
    shelved.bulletin.clauses.map(({ number }) => number),
  );
  expect(page.readings.map(({ name }) => name)).toEqual(
    shelved.bulletin.readings.map(({ name }) => name),
  );
  expect(page.cases.rows).toHaveLength(shelved.cases.length);
  expect(page.cases.rows.flatMap(({ failures }) => failures)).toEqual([]);
  expect(page.contentHash).toBe(shelved.bulletin.contentHash);
});

test("a rule stands beside its own English, and work beside none", async () => {
  const page = await visit(one.loader, "counselor", { number: "FY10-Clinical-16" });
  const clause = page.clauses.find(({ number }) => number === "3.2");
  expect(clause?.carriages.map(({ by, english }) => [by, english])).toEqual([
    ["rule must", expect.stringContaining("shares no minute with Family Therapy")],
    ["rule should", expect.stringContaining("30 or less")],
    ["work", null],
  ]);
});

test("a case that no longer comes true says so", async () => {
  const [first, ...rest] = shelvedOf("FY10-Clinical-16").cases;
  if (!first) throw new Error("no cases");
  const expect_ = new Map([["A", { outcome: "denied" as const, verdicts: {} }]]);
  const broken = {
    ...shelvedOf("FY10-Clinical-16"),
    cases: [{ ...first, expect: expect_ }, ...rest],
  };
  const page = await visit(one.loader, "counselor", { number: "FY10-Clinical-16" }, [broken]);
  const failing = page.cases.rows.filter(({ failures }) => failures.length > 0);
  expect(failing.map(({ failures }) => failures)).toEqual([
    [expect.stringContaining("outcome is payable, expected denied")],
  ]);
});

test("a bulletin of another jurisdiction counts nothing here; one's own of the same number comes first", async () => {
  const own = shelvedOf("FY10-Clinical-16");
  const elsewhere: Shelved = {
    ...own,
    folder: "elsewhere/fy10",
    bulletin: { ...own.bulletin, jurisdiction: "elsewhere" },
  };
  const number = own.bulletin.number;
  const both = await visit(one.loader, "biller", { number }, [elsewhere, own]);
  expect(both).toMatchObject({ jurisdiction: "us-mo", inForce: true });
  const alone = await visit(one.loader, "biller", { number }, [elsewhere]);
  expect(alone).toMatchObject({ jurisdiction: "elsewhere", inForce: false, held: [] });
  expect(counts(alone, "4.2")).toEqual({ met: 0, breached: 0, unknown: 0, notCounted: 0 });
  const { bulletins } = await visit(all.loader, "biller", {}, [elsewhere]);
  expect(bulletins).toMatchObject([{ inForceHere: false, counts: null }]);
});

test("what an agency chose is in force for it, and for no longer", async () => {
  const number = "FY10-Clinical-16";
  const chose = (until: string | null) => [
    { jurisdiction: "us-mo", number, from: "2020-01-01", until },
  ];
  const page = await visit(one.loader, "biller", { number }, it.shelf, chose(null));
  expect(page).toMatchObject({ inForce: true, held: [{ from: "2020-01-01", until: null }] });
  expect(page.header.lines).toBe(5);
  const over = await visit(one.loader, "biller", { number }, it.shelf, chose("2020-12-31"));
  expect(over).toMatchObject({ inForce: false, held: [{ until: "2020-12-31" }] });
  const { bulletins } = await visit(all.loader, "biller", {}, it.shelf, chose("2020-12-31"));
  expect(
    bulletins.map((row) => [row.number, row.inForceHere, row.here, row.counts !== null]),
  ).toEqual([
    ["Models-of-Care-2006", false, [], false],
    [number, false, [{ from: "2020-01-01", until: "2020-12-31" }], true],
  ]);
});

test("another agency's services are not counted", async () => {
  const other = await recordedAgency(it.db, it.shelf);
  await other.record(await other.consumer(), { day: today, setting: "home" });
  const page = await visit(one.loader, "policy-analyst", { number: "FY10-Clinical-16" });
  expect(page.header.lines).toBe(5);
});

test("a number that is on no shelf is no page", async () => {
  const asked = visit(one.loader, "counselor", { number: "FY10-Clinical-99" });
  await expect(asked).rejects.toMatchObject({ init: { status: 404 } });
});

test.each(roles)("a %s may read bulletins", async (role) => {
  const { bulletins } = await visit(all.loader, role);
  expect(bulletins.length).toBeGreaterThan(0);
});

type Page = Awaited<ReturnType<typeof one.loader>>;

function counts(page: Page, clause: string): Counts | null {
  const row = page.clauses.find(({ number }) => number === clause);
  return row?.carriages.find((carriage) => carriage.counts !== null)?.counts ?? null;
}

/** Counted again from the rows themselves, past the function that the page asks. */
async function agreesWithTheRows(page: Page): Promise<void> {
  const rows = await it.db.owner
    .selectFrom("verdict")
    .innerJoin("judgement", "judgement.id", "verdict.judgement_id")
    .innerJoin("service", "service.id", "judgement.service_id")
    .where("judgement.agency_id", "=", it.agencyId)
    .where("judgement.superseded_at", "is", null)
    .where("service.voided_at", "is", null)
    .where("service.service_date", ">=", page.since)
    .where("verdict.kind", "=", "must")
    .select(["verdict.clause", "verdict.verdict"])
    .execute();
  for (const { number, carriages } of page.clauses) {
    const shown = carriages.find(({ by }) => by === "rule must")?.counts;
    if (!shown) continue;
    for (const verdict of ["met", "breached", "unknown"] as const) {
      const found = rows.filter((row) => row.clause === number && row.verdict === verdict);
      expect(shown[verdict], `${number} ${verdict}`).toBe(found.length);
    }
  }
}

function shelvedOf(number: string): Shelved {
  const found = it.shelf.find(({ bulletin }) => bulletin.number === number);
  if (!found) throw new Error(`${number} is not on the shelf`);
  return found;
}

async function hire(role: Role): Promise<string> {
  const valid_from = "2000-01-01";
  const { id } = await it.db.owner
    .insertInto("staff")
    .values({
      ...{ agency_id: it.agencyId, name: role, email: `${role}@hired.example` },
      active_from: valid_from,
    })
    .returning("id")
    .executeTakeFirstOrThrow();
  await it.db.owner
    .insertInto("staff_role")
    .values({ agency_id: it.agencyId, staff_id: id, role, valid_from })
    .execute();
  return id;
}

/** Opens a page as somebody who is signed in. */
async function visit<T>(
  loader: (args: Parameters<typeof one.loader>[0]) => Promise<T>,
  role: Role,
  params: Record<string, string> = {},
  shelf: readonly Shelved[] = it.shelf,
  bulletins: readonly object[] = [],
): Promise<T> {
  const me: Partial<Me> = {
    staffId: role in staff ? staff[role as keyof typeof staff] : analyst,
    name: role,
    roles: [role],
    agency: {
      ...{ id: it.agencyId, name: "Test agency", neutralName: "Test", phone: null },
      ...{ jurisdiction: "us-mo", locale: "en-US", timeZone: "America/Chicago" },
      bulletins: bulletins as NonNullable<Me["agency"]["bulletins"]>,
      cosignAssociates: true,
      redisclosureNotice: null,
    },
  };
  const context = new RouterContextProvider();
  const services = { database: it.db.app, clock: systemClock, shelf, me: Promise.resolve(me) };
  context.set(servicesContext, services as unknown as Services);
  const request = new Request("http://localhost/bulletins");
  const args = { request, params, context } as unknown as Parameters<typeof loader>[0];
  return loader(args);
}
