import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { testDatabase } from "../../test/support/database.ts";
import { type Recorded, recordedAgency } from "../../test/support/recorded.ts";
import { systemClock, today as todayOf } from "../kernel/clock.ts";
import { addDays } from "../kernel/day.ts";
import { findClauseCounts } from "../policy/pages/count-store.ts";
import { judgeCare } from "./care.ts";
import { findKeyworkers, findOwnPrograms, findShortFalls, NOBODY } from "./care-short-store.ts";
import { type Bench, benchOf } from "./judge.ts";

const today = todayOf(systemClock, "Europe/London");
type Asked = Parameters<typeof findShortFalls>[2];
const all: Asked = {
  ...{ bulletin: null, clause: null, programId: null, keyworkerId: null },
  ...{ order: "weight", skip: 0, most: 100 },
};

let it: Recorded;
let bench: Bench;
const people: string[] = [];

beforeAll(async () => {
  it = await recordedAgency(await testDatabase());
  await it.db.owner
    .updateTable("agency")
    .set({ jurisdiction: "england", locale: "en-GB", time_zone: "Europe/London" })
    .execute();
  bench = benchOf({ agency: { id: it.agencyId, jurisdiction: "england" } }, it.shelf);
  for (const days of [3, 20, 40]) people.push(await prescribed(it, days));
  const drafting = await it.consumer("Drafting");
  await aftercare(drafting, "draft");
  const kept = await it.consumer("Kept");
  await aftercare(kept, "active");
  people.push(kept);
});
afterAll(() => it.db.drop());

describe("what falls short", () => {
  test("is what judging each record by itself says, what is required first, the newest first", async () => {
    const { rows, total } = await list();
    expect(rows.map(({ clause, kind, verdict }) => `${clause} ${kind} ${verdict}`)).toEqual([
      "C must breached",
      "C should breached",
      "A3 should breached",
      "A3 should breached",
    ]);
    expect(rows.map(({ consumer }) => people.indexOf(consumer.id))).toEqual([3, 3, 1, 2]);
    expect(total).toBe(4);
    const one = await Promise.all(
      people.map((id) => it.as(it.counselor, (db) => judgeCare(db, bench, id))),
    );
    const short = one
      .flat()
      .flatMap(({ judgements }) => judgements)
      .flatMap(({ findings }) => findings)
      .filter(({ verdict }) => verdict === "breached" || verdict === "unknown");
    expect(short).toHaveLength(4);
  });

  test("is narrowed by clause and programme, and read in pages", async () => {
    const of = { bulletin: "Models-of-Care-2006", clause: "A3" };
    expect((await list(of)).rows).toHaveLength(2);
    expect(await list({ ...of, skip: 1, most: 1 })).toMatchObject({
      total: 2,
      rows: [{ clause: "A3" }],
    });
    expect((await list({ programId: it.programId })).total).toBe(4);
    expect((await list({ programId: it.agencyId })).total).toBe(0);
    const none = await list({ keyworkerId: NOBODY });
    expect(none.total).toBe(4);
    const { agencyId, counselor } = it;
    await it.db.owner
      .insertInto("assignment")
      .values({
        ...{ agency_id: agencyId, consumer_id: people[1] ?? "", staff_id: counselor },
        ...{ part: "keyworker", valid_from: addDays(today, -30) },
      })
      .execute();
    const [keyworker] = await it.as(it.counselor, findKeyworkers);
    expect(keyworker?.id).toBe(counselor);
    const theirs = await list({ keyworkerId: counselor });
    expect(theirs).toMatchObject({
      total: 1,
      rows: [{ clause: "A3", keyworker: keyworker?.name }],
    });
    expect((await list({ keyworkerId: NOBODY })).total).toBe(3);
    const by = async (order: Asked["order"]) => (await list({ order })).rows;
    expect((await by("keyworker")).at(-1)?.keyworker).toBe(keyworker?.name);
    const days = (await by("oldest")).map(({ onDay }) => onDay);
    expect(days).toEqual(days.toSorted());
    expect((await by("newest")).map(({ onDay }) => onDay)).toEqual(days.toReversed());
    const [program, ...more] = await it.as(it.counselor, findOwnPrograms);
    expect([program?.id, more]).toEqual([it.programId, []]);
  });

  test("is nothing to whoever may not read the records, and nothing without a bulletin", async () => {
    const theirs = await it.as(it.biller, (db) => findShortFalls(db, bench.care, all));
    expect(theirs).toEqual({ rows: [], total: 0 });
    expect(await it.as(it.counselor, (db) => findShortFalls(db, [], all))).toEqual({
      rows: [],
      total: 0,
    });
  });
});

describe("a bulletin's counts", () => {
  const count = async (who: string, clause: string, kind = "must") => {
    const rows = await it.as(who, (db) => findClauseCounts(db, bench.care, today));
    return Object.fromEntries(
      rows
        .filter((row) => row.clause === clause && row.kind === kind)
        .map(({ verdict, lines }) => [verdict, lines]),
    );
  };

  test("are the whole agency's, without drafts, for whoever reads bulletins", async () => {
    for (const who of [it.biller, it.administrator, it.counselor]) {
      expect(await count(who, "A3", "should")).toEqual({
        met: 1,
        breached: 2,
        "not-applicable": 1,
      });
      expect(await count(who, "C")).toEqual({ breached: 1, "not-applicable": 3 });
    }
  });

  test("know nothing of another agency's records", async () => {
    const other = await recordedAgency(it.db, it.shelf);
    await prescribed(other, 50);
    expect(await count(it.biller, "A3", "should")).toMatchObject({ breached: 2 });
  });

  test("come from facts that name nobody", async () => {
    const rows = await it.as(it.biller, async (db) => {
      const found = await sql<Record<string, unknown>>`SELECT * FROM access.care_facts()`.execute(
        db,
      );
      return found.rows;
    });
    expect(rows).toHaveLength(4);
    const text = JSON.stringify(rows);
    for (const id of people) expect(text).not.toContain(id);
    expect(rows.every(({ consumer_id }) => consumer_id === "")).toBe(true);
  });
});

async function list(of: Partial<Asked> = {}) {
  return it.as(it.counselor, (db) => findShortFalls(db, bench.care, { ...all, ...of }));
}

/** Somebody whose course began so many days ago, and nothing else. */
async function prescribed(at: Recorded, days: number): Promise<string> {
  const consumer_id = await at.consumer(`Day ${days}`);
  const { id: episode_id } = await episodeOf(consumer_id);
  await it.db.owner
    .insertInto("prescribing")
    .values({
      ...{ agency_id: at.agencyId, consumer_id, episode_id, recorded_by: at.counselor },
      ...{ kind: "opioid-substitution", what: "Methadone", prescriber: "Dr Reed" },
      ...{ setting: "community", valid_from: addDays(today, -days) },
    })
    .execute();
  return consumer_id;
}

async function aftercare(consumer_id: string, state: string) {
  const { id: episode_id } = await episodeOf(consumer_id);
  await it.db.owner
    .insertInto("aftercare_plan")
    .values({
      ...{ agency_id: it.agencyId, consumer_id, episode_id, created_by: it.counselor },
      ...{ version: 1, state },
      ...(state === "active"
        ? { agreed_on: today, agreed_by_whom: "Jo", activated_at: sql<string>`now()` }
        : {}),
    })
    .execute();
}

function episodeOf(consumerId: string) {
  return it.db.owner
    .selectFrom("episode")
    .select("id")
    .where("consumer_id", "=", consumerId)
    .executeTakeFirstOrThrow();
}
