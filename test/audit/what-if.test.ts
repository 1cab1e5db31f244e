import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { whatIf } from "../../src/compliance/audit/what-if.ts";
import { addDays, getDay } from "../../src/kernel/day.ts";
import type { Bulletin } from "../../src/policy/bulletin.ts";
import type { Line } from "../../src/policy/facts.ts";
import { judge } from "../../src/policy/judge.ts";
import { anyBulletin, anyLines } from "../agreement/arbitraries.ts";
import { auditBench, conference, csvOf } from "./files.ts";

let bench: Awaited<ReturnType<typeof auditBench>>;
let files = 0;
beforeAll(async () => {
  bench = await auditBench();
});
afterAll(() => bench?.close());

async function compared(lines: readonly Line[], draft: Bulletin, against = bench.founding) {
  const file = bench.write(`what-if-${files++}.csv`, csvOf(lines));
  const out = `${file}.out`;
  const summary = await whatIf({
    ...{ lines: file, out, draft, against, format: "parquet", threads: 2, memory: "1GB" },
    ...{ force: false, warn: () => {}, progress: () => {}, atATime: 5 },
  });
  const changed = await bench.rows(
    `SELECT * FROM '${join(out, "changed.parquet")}' ORDER BY line_id`,
  );
  return { summary, changed, out };
}

function limitedTo(units: number): Bulletin {
  const clauses = bench.founding.clauses.map((clause) =>
    clause.limit ? { ...clause, limit: { ...clause.limit, units } } : clause,
  );
  return { ...bench.founding, clauses, contentHash: "drafted" };
}

test("a tighter limit takes units from those who reach it, and from nobody else", async () => {
  const { summary, changed, out } = await compared(
    [
      conference("a", { units: 8, amount_cents: 1000 }),
      conference("b", { consumer_id: "ben", units: 4, amount_cents: null }),
      conference("c", { consumer_id: "cy", units: 3, setting: "home" }),
      conference("d", { consumer_id: "di", units: 8, amount_cents: null, agency_id: "south" }),
    ],
    limitedTo(6),
  );
  expect(changed).toEqual(
    ["a", "d"].map((line_id) => ({
      ...{ line_id, outcome_before: "payable", outcome_after: "reduced", units_billed: 8 },
      ...{ units_payable_before: 8, units_payable_after: 6, clauses: "4.1" },
      ...{ clauses_not_met_before: "", clauses_not_met_after: "4.1" },
    })),
  );
  expect(summary).toMatchObject({
    lines: { changed: 2, gained: 0, lost: 2 },
    units: { gained: 0, lost: 4 },
    amount_cents: { gained: 0, lost: 250 },
    lines_without_amount: 1,
    before: { units: { billed: 23, payable: 20 } },
    after: { units: { billed: 23, payable: 16 } },
    consumers: {
      gaining: { count: 0 },
      losing: { count: 2, units: 4, median_units: 2, most_units: 2, amount_cents: 250 },
    },
  });
  expect(summary.by_clause.map(({ clause, units }) => [clause, units.lost])).toEqual([["4.1", 4]]);
  expect(summary.by_agency.map((one) => [one.agency_id, one.units.lost])).toEqual([
    ["north", 2],
    ["south", 2],
  ]);
  expect(readdirSync(out)).toEqual([
    ...["changed.parquet", "rejects.csv", "report.html", "summary.json"],
  ]);
});

test("the other way about, and a later start, in both directions", async () => {
  const lines = [
    conference("a", { units: 8 }),
    conference("b", { units: 2, service_date: "2010-05-05", setting: "home" }),
  ];
  const loose = await compared(lines, bench.founding, limitedTo(6));
  expect(loose.summary).toMatchObject({ units: { gained: 2, lost: 0 }, lines: { changed: 1 } });
  const from = getDay("2010-05-05");
  const later = await compared(lines, {
    ...bench.founding,
    effective: { from, until: null },
  });
  expect(later.changed[0]).toMatchObject({ line_id: "a", outcome_after: "not-applicable" });
  expect(later.summary.after.lines).toMatchObject({ "not-applicable": 1, denied: 1 });
});

test("a draft of another number replaces the one in force from its first day; earlier lines stay", async () => {
  const from = getDay("2010-05-05");
  const replacing = { ...limitedTo(6), number: "Next", effective: { from, until: null } };
  const { summary, changed } = await compared(
    [
      conference("a", { units: 8 }),
      conference("b", { consumer_id: "ben", units: 8, service_date: "2010-05-05" }),
      // The week is shared: "c" is before the day and takes nothing from "d" any more.
      conference("c", { consumer_id: "cy", units: 8 }),
      conference("d", { consumer_id: "cy", units: 4, service_date: "2010-05-06" }),
    ],
    replacing,
  );
  expect(changed.map((row) => [row.line_id, row.outcome_after, row.units_payable_after])).toEqual([
    ["b", "reduced", 6],
    ["d", "payable", 4],
  ]);
  expect(summary).toMatchObject({
    replaces_from: from,
    before: { units: { payable: 24 } },
    after: { units: { billed: 28, payable: 26 }, lines: { "not-applicable": 0 } },
    units: { gained: 4, lost: 2 },
  });
});

test("holds every number of its report", async () => {
  const lines = Array.from({ length: 60 }, (_, index) =>
    conference(`l${index}`, {
      ...{ consumer_id: `c${index % 4}`, units: 1 + (index % 5), amount_cents: 123 * index },
      ...{ program: index % 3 ? "cstar-general" : "x<b>", agency_id: `a${index % 2}` },
    }),
  );
  const { out } = await compared(lines, limitedTo(3));
  const written = readFileSync(join(out, "summary.json"), "utf8");
  const report = readFileSync(join(out, "report.html"), "utf8");
  expect(report).not.toMatch(/<script|https?:|x<b>/);
  const main = report.slice(report.indexOf("<main>"), report.indexOf("</main>"));
  const texts = [...main.matchAll(/>([^<>]+)</g)].map(([, text]) => text ?? "");
  const shown = texts.flatMap((text) => text.match(/^\$?[\d,]+(\.\d\d)?$/g) ?? []);
  const known = new Set(written.match(/\d+/g));
  expect(shown.length).toBeGreaterThan(40);
  for (const number of shown)
    expect(known).toContain(String(Number(number.replaceAll(/[$,.]/g, ""))));
});

test("random bulletins against each other: what changes is what the TypeScript judge changes", async () => {
  const asInFile = (line: Line): Line => {
    const held = line.performer_qualification as readonly string[] | null;
    const one = held?.[0];
    const performer_qualification = one === undefined ? null : [one];
    return { ...line, performer_qualification, therapy_need_open_days: null };
  };
  await fc.assert(
    fc.asyncProperty(anyBulletin, anyBulletin, anyLines, fc.boolean(), async (...drawn) => {
      const [drafted, against, drawnLines, replaces] = drawn;
      const lines = drawnLines.map(asInFile);
      const draft = replaces ? { ...drafted, number: "X-2" } : drafted;
      const { from } = draft.effective;
      const { summary, changed } = await compared(lines, draft, against);
      const before = judge(against, lines);
      // The one in force ends the day before, unless it had ended already.
      const ends = from > "1900-01-01" ? addDays(from, -1) : from;
      const until = [ends, against.effective.until ?? ends].toSorted()[0] ?? ends;
      const ended = judge({ ...against, effective: { ...against.effective, until } }, lines);
      const after = judge(draft, lines).map((one, place) =>
        replaces && String(lines[place]?.service_date) < from ? (ended[place] ?? one) : one,
      );
      const wanted = before.flatMap((one, index) => {
        const other = after[index];
        if (other === undefined) throw new Error("a line is missing");
        const same = one.outcome === other.outcome && one.units_payable === other.units_payable;
        return same
          ? []
          : [
              [
                one.line_id,
                one.outcome,
                other.outcome,
                one.units_payable,
                other.units_payable,
              ].join(),
            ];
      });
      const found = changed.map((row) =>
        [row.line_id, row.outcome_before, row.outcome_after].concat([
          row.units_payable_before,
          row.units_payable_after,
        ]),
      );
      expect(found.map((row) => row.join()).toSorted()).toEqual(wanted.toSorted());
      expect(summary.lines.changed).toBe(wanted.length);
      const sum = (judged: typeof before) =>
        judged.reduce((all, one) => all + one.units_payable, 0);
      expect(summary.before.units.payable).toBe(sum(before));
      expect(summary.after.units.payable).toBe(sum(after));
    }),
    { numRuns: 20, interruptAfterTimeLimit: 20_000 },
  );
});
