import { sql } from "kysely";
import { afterAll, beforeAll, expect, test } from "vitest";
import { testDatabase } from "../../test/support/database.ts";
import { type Facts, type Recorded, recordedAgency } from "../../test/support/recorded.ts";
import { addDays, getDay, weekOf } from "../kernel/day.ts";
import type { ServiceLine } from "../policy/facts.ts";
import { judgeAll } from "../policy/judge-all.ts";
import { verdictColumn } from "../policy/sql-judged.ts";
import { toSql } from "../policy/to-sql.ts";
import { actingFor, connect, type Database } from "../storage/database.ts";
import { findStanding, judgeAgain, lockConsumer } from "./judge.ts";

let it: Recorded;
let twenty: Database;
beforeAll(async () => {
  it = await recordedAgency(await testDatabase());
  twenty = connect(it.db.logins.app, 20);
});
afterAll(async () => {
  await twenty.destroy();
  await it.db.drop();
});

const sunday = getDay("2026-03-01");

/** The i-th recording of a round: two weeks, all days, some late, some that fail or miss a fact. */
function facts(round: number, i: number): Facts {
  const n = round * 20 + i;
  const hour = 8 + (n % 10);
  const time = (minutes: string) => `${String(hour).padStart(2, "0")}:${minutes}`;
  return {
    day: addDays(sunday, (n * 5) % 14),
    units: 1 + (n % 4),
    start: n % 7 === 0 ? null : time("00"),
    end: time("45"),
    kind: n % 6 === 5 ? "family-therapy" : "family-conference",
    setting: n % 9 === 4 ? null : n % 11 === 6 ? "home" : "office",
    supports: n % 13 === 8 ? 0 : 2,
  };
}

test("twenty connections recording for one consumer at once never pass the week's eight units", async () => {
  const open = await Promise.all(
    Array.from({ length: 20 }, () =>
      sql<{ pid: number }>`SELECT pg_backend_pid() AS pid, pg_sleep(0.1)`.execute(twenty),
    ),
  );
  expect(new Set(open.map(({ rows }) => rows[0]?.pid)).size).toBe(20);

  const consumer = await it.consumer();
  const everything: string[] = [];
  for (let round = 0; round < 5; round++) {
    const recorded = await Promise.all(
      Array.from({ length: 20 }, (_, i) => it.record(consumer, facts(round, i), twenty)),
    );
    everything.push(...recorded);
    const stands = await standingLines(consumer);
    expect(stands.map(({ line_id }) => line_id).sort()).toEqual([...everything].sort());
    for (const start of [sunday, addDays(sunday, 7)]) {
      const { from, to } = weekOf(start, "sunday");
      const payable = stands
        .filter(({ service_date }) => from <= service_date && service_date <= to)
        .reduce((sum, { units_payable }) => sum + units_payable, 0);
      expect(payable).toBeLessThanOrEqual(8);
    }
    expect(stands.map(outcome)).toEqual((await bulk(consumer)).map(outcome));
    expect(stands.map(outcome)).toEqual((await bulkSql(consumer)).map(outcome));
  }
  const outcomes = new Set((await standingLines(consumer)).map((line) => line.outcome));
  expect([...outcomes].sort()).toEqual([
    "denied",
    "not-applicable",
    "payable",
    "pended",
    "reduced",
  ]);
});

test("people who record for, move and void sessions of two consumers at once all get through", async () => {
  const consumers = [await it.consumer(), await it.consumer()];
  const services = await Promise.all(
    Array.from({ length: 10 }, (_, i) => it.record(consumers[i % 2] ?? "", facts(0, i), twenty)),
  );
  const change = (i: number) =>
    actingFor(twenty, it.counselor, async (db) => {
      const consumer = consumers[i % 2] ?? "";
      await lockConsumer(db, consumer);
      const id = services[i % 10] ?? "";
      const before = await db
        .selectFrom("service")
        .select("service_date")
        .where("id", "=", id)
        .executeTakeFirstOrThrow();
      const to = addDays(sunday, (i * 3) % 14);
      await db
        .updateTable("service")
        .set(i % 10 === 9 ? { voided_at: new Date() } : { service_date: to })
        .where("id", "=", id)
        .where("voided_at", "is", null)
        .execute();
      await judgeAgain(db, it.bench, consumer, [getDay(before.service_date), to]);
    });
  await Promise.all(
    Array.from({ length: 20 }, (_, i) =>
      i % 2 ? change(i) : it.record(consumers[(i >> 1) % 2] ?? "", facts(3, i), twenty),
    ),
  );
  for (const consumer of consumers) {
    expect((await standingLines(consumer)).map(outcome)).toEqual(
      (await bulk(consumer)).map(outcome),
    );
  }
  const twice = await sql`SELECT service_id FROM judgement WHERE superseded_at IS NULL AND decides
    GROUP BY service_id HAVING count(*) > 1`.execute(it.db.owner);
  expect(twice.rows).toEqual([]);
});

type Outcomes = { line_id: string; outcome: string; units_payable: number; verdicts: string[] };

const outcome = ({ line_id, outcome, units_payable, verdicts }: Outcomes) =>
  `${line_id} ${outcome} ${units_payable} ${verdicts.join(" ")}`;

/** What is kept, in the order of ids, with the service's day. */
async function standingLines(consumer: string) {
  const lines = await ownLines(consumer);
  const standing = await it.as(it.counselor, (db) =>
    findStanding(
      db,
      lines.map(({ line_id }) => line_id),
    ),
  );
  return lines.map(({ line_id, service_date }) => {
    const one = standing.get(line_id);
    return {
      line_id,
      service_date,
      outcome: one?.outcome ?? "",
      units_payable: one?.unitsPayable ?? -1,
      verdicts: (one?.judgements[0]?.findings ?? []).map(({ verdict }) => verdict),
    };
  });
}

async function ownLines(consumer: string): Promise<ServiceLine[]> {
  const rows = await it.as(it.counselor, (db) =>
    db
      .selectFrom("service_line")
      .selectAll()
      .where("consumer_id", "=", consumer)
      .orderBy("line_id")
      .execute(),
  );
  return rows as unknown as ServiceLine[];
}

async function bulk(consumer: string): Promise<Outcomes[]> {
  const judged = judgeAll(it.bench.bulletins, await ownLines(consumer));
  return judged.map((one) => ({
    ...one,
    verdicts: (one.judgements[0]?.findings ?? []).map(({ verdict }) => verdict),
  }));
}

/** The bulletin as one SELECT over the view, for everybody the counselor may see. */
async function bulkSql(consumer: string): Promise<Outcomes[]> {
  const [bulletin] = it.bench.bulletins;
  if (!bulletin) throw new Error("no bulletin");
  const select = toSql(bulletin, "postgresql", { lines: "service_line", facts: "own-records" });
  const { rows } = await it.as(it.counselor, (db) =>
    sql<Outcomes & Record<string, string>>`
      SELECT judged.* FROM (${sql.raw(select)}) AS judged
      JOIN service_line AS mine ON mine.line_id = judged.line_id AND mine.consumer_id = ${consumer}
      ORDER BY judged.line_id`.execute(db),
  );
  const columns = [
    "must 1.1",
    "must 3.1",
    "must 3.2",
    "should 3.2",
    "limit 4.1",
    "must 4.2",
    "must 5.1",
  ]
    .map((rule) => rule.split(" "))
    .map(([kind, clause]) => verdictColumn({ kind: kind as "must", clause: clause ?? "" }));
  return rows.map((row) => ({
    ...row,
    verdicts: row.outcome === "not-applicable" ? [] : columns.map((column) => row[column] ?? ""),
  }));
}
