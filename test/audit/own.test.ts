import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import {
  auditOwn,
  auditOwnInto,
  findOwnFindings,
  type OwnFinding,
  type OwnScope,
} from "../../src/compliance/audit/own.ts";
import { findOwnLines } from "../../src/compliance/audit/own-store.ts";
import { getDay } from "../../src/kernel/day.ts";
import { withReadings } from "../../src/policy/bulletin.ts";
import { judge } from "../../src/policy/judge.ts";
import type { Acting } from "../../src/storage/database.ts";
import { type TestDatabase, testDatabase } from "../support/database.ts";
import { auditBench } from "./files.ts";

let bench: Awaited<ReturnType<typeof auditBench>>;
let database: TestDatabase;
let scope: OwnScope;
beforeAll(async () => {
  bench = await auditBench();
  database = await testDatabase("demonstration");
  const agency = await database.owner
    .selectFrom("agency")
    .select("id as agencyId")
    .where("jurisdiction", "=", bench.founding.jurisdiction)
    .executeTakeFirstOrThrow();
  scope = {
    agencyId: agency.agencyId,
    from: getDay("1900-01-01"),
    to: getDay("9999-12-31"),
  };
});
afterAll(async () => {
  bench?.close();
  await database?.drop();
});

function reading<T>(work: (db: Acting) => Promise<T>): Promise<T> {
  return database.owner.transaction().setAccessMode("read only").execute(work);
}

test("own records are judged as the TypeScript judge judges them, page by page", async () => {
  await reading(async (db) => {
    const { rows } = {
      rows: await db
        .selectFrom("service_line")
        .select("consumer_id")
        .where("agency_id", "=", scope.agencyId)
        .distinct()
        .execute(),
    };
    const people = rows.map((row) => String(row.consumer_id));
    const lines = await findOwnLines(db, scope, people);
    const judged = judge(bench.founding, lines);
    const summary = await auditOwn(db, bench.founding, scope);
    expect(lines.length).toBeGreaterThan(10);
    expect(Object.values(summary.lines).reduce((all, some) => all + some, 0)).toBe(lines.length);
    expect(summary.units.payable).toBe(judged.reduce((all, one) => all + one.units_payable, 0));

    const found: OwnFinding[] = [];
    let after: string | null = null;
    do {
      const page = await findOwnFindings(db, bench.founding, scope, { after, most: 3 });
      expect(page.findings.length).toBeLessThanOrEqual(3);
      found.push(...page.findings);
      after = page.next;
    } while (after !== null);
    const wanted = judged.flatMap(({ line_id, findings }) =>
      findings
        .filter(({ kind, verdict }) => kind !== "should" && /breached|unknown/.test(verdict))
        .map(({ clause, verdict, explanation }) => [line_id, clause, verdict, explanation].join()),
    );
    const said = found.map((one) => [one.line_id, one.clause, one.verdict, one.explanation].join());
    expect(wanted.length).toBeGreaterThan(3);
    expect(said.toSorted()).toEqual(wanted.toSorted());
    const counts = Object.values(summary.clauses).reduce(
      (all, one) => all + one.breached + one.unknown,
      0,
    );
    expect(counts).toBe(wanted.length);
  });
});

test("as five files, and of a part of the time with the week around it", async () => {
  const folder = mkdtempSync(join(tmpdir(), "throughcare-own-"));
  try {
    const out = join(folder, "out");
    const summary = await reading((db) =>
      auditOwnInto(db, {
        ...{ out, scope, bulletin: bench.founding, format: "parquet", threads: 2, memory: "1GB" },
        ...{ force: false, readings: true, warn: () => {}, progress: () => {} },
      }),
    );
    expect(JSON.parse(readFileSync(join(out, "summary.json"), "utf8"))).toEqual(
      JSON.parse(JSON.stringify(summary)),
    );
    const [lines] = await bench.rows(
      `SELECT count(*) AS count, SUM(units_payable) AS payable FROM '${join(out, "lines.parquet")}'`,
    );
    expect(Number(lines?.payable)).toBe(summary.units.payable);
    const [findings] = await bench.rows(
      `SELECT count(*) FILTER (explanation LIKE '%.') AS count FROM '${join(out, "findings.parquet")}'`,
    );
    const counts = Object.values(summary.clauses).reduce(
      (all, one) => all + one.breached + one.unknown,
      0,
    );
    expect(Number(findings?.count)).toBe(counts);

    const people = await reading((db) =>
      db.selectFrom("service_line").select("consumer_id").distinct().execute(),
    );
    const own = await reading((db) =>
      findOwnLines(
        db,
        scope,
        people.map((one) => String(one.consumer_id)),
      ),
    );
    const judged = judge(bench.founding, own);
    const priced = await database.owner
      .selectFrom("rate")
      .select(["service", "cents_per_unit", "valid_from", "valid_to"])
      .where("agency_id", "=", scope.agencyId)
      .where("withdrawn_at", "is", null)
      .execute();
    const lost = own.flatMap((line, place) => {
      const { outcome, units_billed = 0, units_payable = 0 } = judged[place] ?? {};
      const units = outcome === "not-applicable" ? 0 : units_billed - units_payable;
      const day = String(line.service_date);
      const rate = priced.find(
        (one) =>
          one.service === line.service &&
          String(one.valid_from) <= day &&
          (one.valid_to === null || String(one.valid_to) >= day),
      );
      return units > 0 ? [{ cents: rate && rate.cents_per_unit * units }] : [];
    });
    expect(lost.length).toBeGreaterThan(3);
    expect(summary.amount_at_risk_cents).toBeGreaterThan(0);
    expect(summary.amount_at_risk_cents).toBe(
      lost.reduce((all, { cents }) => all + (cents ?? 0), 0),
    );
    expect(summary.lines_without_amount).toBe(
      lost.filter(({ cents }) => cents === undefined).length,
    );
    for (const { reading, value, lines, units } of summary.other_readings ?? []) {
      const other = judge(withReadings(bench.founding, { [reading]: value }), own);
      const moved = other.map(
        (one, place) => one.units_payable - (judged[place]?.units_payable ?? 0),
      );
      const changed = other.filter(
        (one, place) => moved[place] !== 0 || one.outcome !== judged[place]?.outcome,
      );
      expect([lines, units.gained, units.lost]).toEqual([
        changed.length,
        moved.filter((by) => by > 0).reduce((all, by) => all + by, 0),
        moved.filter((by) => by < 0).reduce((all, by) => all - by, 0),
      ]);
    }
    expect(summary.other_readings?.some(({ lines }) => lines > 0)).toBe(true);

    const months = summary.by_month.map(({ month }) => month);
    const month = String(months.at(-1));
    const part = await reading((db) =>
      auditOwn(db, bench.founding, {
        ...{ agencyId: scope.agencyId, from: getDay(`${month}-01`), to: getDay(`${month}-28`) },
      }),
    );
    expect(part.by_month.map((one) => one.month)).toEqual([month]);
    expect(part.units.payable).toBeLessThanOrEqual(summary.units.payable);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
