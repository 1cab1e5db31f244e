import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { testDatabase } from "../../test/support/database.ts";
import { type Recorded, recordedAgency } from "../../test/support/recorded.ts";
import { findStanding } from "../compliance/judge.ts";
import { satisfiesAlone } from "../compliance/qualification.ts";
import { getDay } from "../kernel/day.ts";
import type { Line } from "../policy/facts.ts";
import { judgeAll } from "../policy/judge-all.ts";
import { writeCsv, writeSheet } from "./csv.ts";
import { qualificationFor, writeServiceLines } from "./service-lines.ts";
import { findExportedLines } from "./service-lines-store.ts";

/** RFC 4180, read the slow and obvious way. */
function readCsv(text: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  let cell = "";
  let quoted = false;
  for (let i = 0; i < text.length; i++) {
    const at = text[i];
    if (quoted) {
      if (at !== '"') cell += at;
      else if (text[i + 1] === '"') cell += text[i++];
      else quoted = false;
    } else if (at === '"') quoted = true;
    else if (at === ",") {
      row.push(cell);
      cell = "";
    } else if (at === "\r" && text[i + 1] === "\n") {
      rows.push([...row, cell]);
      row = [];
      cell = "";
      i++;
    } else cell += at;
  }
  return rows;
}

test("whatever a cell holds, it is read back as it was", () => {
  const cell = fc.oneof(
    fc.string({ unit: "binary" }),
    fc.constantFrom('"', ",", "\r\n", "=1+1", '""', " x "),
  );
  fc.assert(
    fc.property(fc.array(fc.array(cell, { minLength: 2, maxLength: 2 })), (rows) => {
      expect(readCsv(writeCsv(["a", "b"], rows))).toEqual([["a", "b"], ...rows]);
    }),
  );
});

test("in a sheet for people no text is a formula, and numbers stay numbers", () => {
  const risky = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1"];
  const plain = ["a=1", "", "1-2", "Ann", "'x"];
  const text = writeSheet(
    ["h"],
    [...risky, ...plain, -5].map((value) => [value]),
  );
  expect(readCsv(text).flat()).toEqual(["h", ...risky.map((one) => `'${one}`), ...plain, "-5"]);
});

test("of several qualifications the one that satisfies is written; of none held, that there is none", () => {
  const qsap = (code: string) => code === "qsap";
  expect(qualificationFor(["family-therapist", "qsap"], qsap)).toBe("qsap");
  expect(qualificationFor(["family-therapist", "peer"], qsap)).toBe("family-therapist");
  expect(qualificationFor([], qsap)).toBe("none");
  expect(qualificationFor(null, qsap)).toBeNull();
});

describe("a file of the agency's own services", () => {
  let it: Recorded;
  beforeAll(async () => {
    it = await recordedAgency(await testDatabase());
  });
  afterAll(() => it.db.drop());

  test("is judged, line by line, as the record itself is", async () => {
    const consumer = await it.consumer();
    const lapsed = (
      await it.db.owner
        .insertInto("staff")
        .values({
          agency_id: it.agencyId,
          name: "Lapsed",
          email: "l@test.example",
          active_from: "2000-01-01",
        })
        .returning("id")
        .executeTakeFirstOrThrow()
    ).id;
    const credential = { agency_id: it.agencyId, name: "X", issuer: "Y", valid_from: "2000-01-01" };
    await it.db.owner
      .insertInto("credential")
      .values([
        { ...credential, staff_id: lapsed, qualification: "qsap", valid_to: "2026-03-01" },
        { ...credential, staff_id: it.counselor, qualification: "family-therapist" },
      ])
      .execute();
    const day = getDay("2026-03-02");
    const next = getDay("2026-03-09");
    const ids = [
      await it.record(consumer, { day, units: 6 }),
      await it.record(consumer, { day, units: 6, start: "12:00", end: "13:30" }),
      await it.record(consumer, { day: next, performer: lapsed, start: "08:00", end: "09:00" }),
      await it.record(consumer, { day: next }),
      await it.record(consumer, { day: next, performer: null, start: "13:00", end: "14:00" }),
      await it.record(consumer, { day: next, start: null, end: null, units: 2 }),
      await it.record(consumer, {
        day: next,
        kind: "family-therapy",
        start: "10:30",
        end: "11:30",
      }),
      await it.record(consumer, { day: next, start: "15:00", end: "24:00", supports: null }),
      await it.record(consumer, { day: getDay("2027-03-09"), kind: "individual-counseling" }),
    ];
    const all = { from: null, to: null, program: null, performer: null, batch: null };
    const lines = await it.as(it.biller, (db) => findExportedLines(db, all, 100));
    const text = writeServiceLines(
      lines.map((line) => ({
        ...line,
        performer_qualification: qualificationFor(line.performer_qualification, (code) =>
          satisfiesAlone(it.bench.bulletins, line as Line, code),
        ),
      })),
    );
    const [header = [], ...rows] = readCsv(text);
    expect(header.join()).toBe(
      "line_id,consumer_id,service,service_date,units,agency_id,program,start_time,end_time,setting,consumer_present,supports_present,plan_discussed,performer_id,performer_qualification,amount_cents,outcome,units_payable,amount_payable_cents",
    );
    const stands = rows.map((row) => [row[0], row.at(-3), Number(row.at(-2))]);
    const read = rows.map((row) =>
      lineOf(Object.fromEntries(header.map((name, i) => [name, row[i] ?? ""]))),
    );
    const fromFile = judgeAll(it.bench.bulletins, read);
    const own = await it.as(it.biller, (db) => findStanding(db, ids));
    expect(stands).toEqual(
      fromFile.map(({ line_id, outcome, units_payable }) => [line_id, outcome, units_payable]),
    );
    for (const { line_id, outcome, units_payable } of fromFile) {
      const one = own.get(line_id);
      expect(`${outcome} ${units_payable}`).toBe(`${one?.outcome} ${one?.unitsPayable}`);
    }
    expect(fromFile.map(({ outcome }) => outcome).sort()).toEqual(
      "denied denied not-applicable not-applicable payable pended pended pended reduced".split(" "),
    );
    expect(rows[0]?.at(-1)).toBe(String(6 * 1842));
  });

  test("holds what the filter asks for, and nobody's name", async () => {
    const filter = {
      from: "2026-03-09",
      to: "2026-03-09",
      program: it.programId,
      performer: it.counselor,
      batch: null,
    };
    const lines = await it.as(it.biller, (db) => findExportedLines(db, filter, 100));
    expect(lines).toHaveLength(4);
    expect(JSON.stringify(lines)).not.toMatch(/Jo|Test/);
    const outside = await it.as(it.administrator, (db) => findExportedLines(db, filter, 100));
    expect(outside).toEqual([]);
  });
});

function lineOf(cells: Record<string, string>): Line {
  const known = (name: string) => cells[name] || null;
  const number = (name: string) => (known(name) === null ? null : Number(cells[name]));
  const qualification = known("performer_qualification");
  const present = known("consumer_present");
  return {
    ...cells,
    line_id: cells.line_id ?? "",
    consumer_id: cells.consumer_id ?? "",
    units: number("units"),
    start_time: known("start_time"),
    end_time: known("end_time"),
    setting: known("setting"),
    program: known("program"),
    plan_discussed: known("plan_discussed"),
    performer_id: known("performer_id"),
    consumer_present: present === null ? null : present === "true",
    supports_present: number("supports_present"),
    amount_cents: number("amount_cents"),
    performer_qualification: qualification === null ? null : [qualification],
  };
}
