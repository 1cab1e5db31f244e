import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Line } from "../../src/policy/facts.ts";
import { auditBench, COLUMNS, conference, csvOf } from "./files.ts";

let bench: Awaited<ReturnType<typeof auditBench>>;
let files = 0;
beforeAll(async () => {
  bench = await auditBench();
});
afterAll(() => bench?.close());

const auditLines = (lines: readonly Line[], options = {}) =>
  bench.audit(bench.write(`lines-${files++}.csv`, csvOf(lines)), options);

async function outcomes(lines: readonly Line[]): Promise<Record<string, string>> {
  const found = await auditLines(lines);
  return Object.fromEntries(
    found.lines.map((line) => [line.line_id, `${line.outcome} ${line.units_payable}`]),
  );
}

describe("on its boundaries FY10-Clinical-16 pays", () => {
  test("eight units a week and not nine, the earlier start first, ties by the id's bytes", async () => {
    const at = (line_id: string, units: number, start_time: string | null, day = "2010-05-04") =>
      conference(line_id, { units, start_time, end_time: null, service_date: day });
    expect(
      await outcomes([
        ...[at("a", 8, "09:00")].map((line) => ({ ...line, consumer_id: "eight" })),
        ...[at("b", 9, "09:00")].map((line) => ({ ...line, consumer_id: "nine" })),
        ...[at("😀", 6, "09:00"), at("ﬀ", 6, "09:00"), at("c", 1, null)],
        at("d", 8, "09:00", "2010-05-09"),
        at("e", 1, "09:00", "2010-05-08"),
      ]),
    ).toEqual({
      ...{ a: "payable 8", b: "reduced 8" },
      ...{ ﬀ: "payable 6", "😀": "reduced 2", c: "denied 0", e: "denied 0", d: "payable 8" },
    });
  });

  test("from 15 April 2010 on; before it, it is for nobody, and takes nothing of the week", async () => {
    const on = (service_date: string) => conference(service_date, { service_date, units: 8 });
    expect(await outcomes([on("2010-04-14"), on("2010-04-15"), on("2010-04-18")])).toEqual({
      "2010-04-14": "not-applicable 0",
      "2010-04-15": "payable 8",
      "2010-04-18": "payable 8",
    });
  });

  test("beside family therapy that touches it, not that overlaps, nor that has no usable times", async () => {
    const therapy = (consumer_id: string, start_time: string | null, end_time: string | null) =>
      conference(`${consumer_id} therapy`, {
        ...{ consumer_id, start_time, end_time, service: "family-therapy", program: "elsewhere" },
      });
    const found = await outcomes([
      ...["touching", "overlapping", "untimed", "turned", "both"].map((name) =>
        conference(name, { consumer_id: name }),
      ),
      therapy("touching", "10:00", "11:00"),
      therapy("overlapping", "09:59", "10:30"),
      therapy("untimed", "09:30", null),
      therapy("turned", "10:30", "09:30"),
      therapy("both", null, null),
      { ...therapy("both", "08:00", "24:00"), line_id: "both again" },
    ]);
    expect(found).toMatchObject({
      ...{ touching: "payable 2", overlapping: "denied 0", untimed: "pended 0" },
      ...{ turned: "pended 0", both: "denied 0" },
    });
  });
});

test("sentences name every line that overlaps, and every fact that is missing", async () => {
  const therapy = (line_id: string) => conference(line_id, { service: "family-therapy" });
  const two = await auditLines([conference("a"), therapy("t2"), therapy("t1")]);
  expect(two.findings.map(({ explanation }) => explanation)).toEqual([
    "Start time and end time overlap Family Therapy t1 and t2.",
  ]);
  const three = await auditLines([
    ...[conference("a", { end_time: null, plan_discussed: null }), therapy("t3")],
    ...[therapy("t2"), therapy("t1")],
  ]);
  expect(three.findings.map(({ explanation }) => explanation)).toEqual([
    "Plan discussed is not recorded.",
    "A usable start time and end time are not recorded for this line or for Family Therapy t1, t2 and t3.",
  ]);
});

describe("whatever the order of rows, threads, format or size of chunks", () => {
  test("the outputs are the same", async () => {
    const services = ["family-conference", "family-conference", "family-therapy"];
    const lines = Array.from({ length: 400 }, (_, index) =>
      conference(`l${index}`, {
        consumer_id: `c${(index * 7) % 9}`,
        service: services[index % 3] ?? "",
        service_date: `2010-0${4 + (index % 3)}-${String(10 + ((index * 13) % 20))}`,
        units: 1 + (index % 4),
        program: index % 17 === 0 ? null : "cstar-general",
        start_time: index % 11 === 0 ? null : `${String(8 + (index % 9)).padStart(2, "0")}:00`,
        end_time: "18:00",
        setting: index % 13 === 0 ? "home" : "office",
        amount_cents: index % 5 === 0 ? null : 1000 + index,
      }),
    );
    const one = await auditLines(lines);
    const shuffled = lines.toSorted(
      (a, b) => ((Number(a.units) * 7919) % 13) - ((Number(b.units) * 7919) % 13),
    );
    const other = await auditLines(shuffled.toReversed(), {
      threads: 1,
      format: "csv",
      atATime: 20,
    });
    const flat = (rows: typeof one.lines) =>
      rows.map((row) => Object.values(row).join("|")).toSorted();
    expect(flat(other.lines)).toEqual(flat(one.lines));
    expect(flat(other.findings)).toEqual(flat(one.findings));
    expect({ ...other.summary, seconds: 0 }).toEqual({ ...one.summary, seconds: 0 });
    expect(one.summary.lines.reduced).toBeGreaterThan(0);

    const { lines: counts, units, by_program, by_month, by_agency } = one.summary;
    const sum = (numbers: readonly number[]) => numbers.reduce((a, b) => a + b, 0);
    expect(sum(Object.values(counts))).toBe(400);
    for (const shares of [by_program, by_month, by_agency]) {
      expect(sum(shares.map((share) => share.lines.denied))).toBe(counts.denied);
      expect(sum(shares.map((share) => share.units.billed))).toBe(units.billed);
      expect(sum(shares.map((share) => share.units.payable))).toBe(units.payable);
    }
    expect(sum(one.lines.map((line) => Number(line.units_payable)))).toBe(units.payable);
    for (const [clause, { breached, unknown }] of Object.entries(one.summary.clauses)) {
      const of = (verdict: string) =>
        one.findings.filter((row) => row.clause === clause && row.verdict === verdict).length;
      expect([of("breached"), of("unknown")]).toEqual([breached, unknown]);
    }
  });
});

describe("the summary", () => {
  test("rounds the money at risk half up, line by line, and counts lines without an amount", async () => {
    const { summary } = await auditLines([
      conference("a", { units: 3, amount_cents: 5, consumer_id: "1" }),
      conference("b", { units: 16, amount_cents: 1, consumer_id: "2" }), // 1 × 8 ÷ 16 is half
      conference("c", { units: 24, amount_cents: 1, consumer_id: "3" }), // 1 × 16 ÷ 24
      conference("d", { units: 9, amount_cents: 4, consumer_id: "4" }), // 4 × 1 ÷ 9
      conference("e", { setting: "home", amount_cents: null, consumer_id: "5" }),
      conference("f", { service: "other", amount_cents: 700 }),
    ]);
    expect(summary).toMatchObject({ amount_at_risk_cents: 2, lines_without_amount: 1 });
    expect(summary.units).toEqual({ billed: 54, payable: 27 });
  });

  test("holds every number of the report", async () => {
    const lines = Array.from({ length: 60 }, (_, index) =>
      conference(`l${index}`, {
        ...{ consumer_id: `c${index % 4}`, units: 1 + (index % 5), amount_cents: 123 * index },
        program: `x${index % 3}<b>`,
        setting: index % 4 ? "office" : null,
      }),
    );
    const { out, summary } = await auditLines(lines, { readings: true });
    const written = readFileSync(join(out, "summary.json"), "utf8");
    const report = readFileSync(join(out, "report.html"), "utf8");
    expect(JSON.parse(written)).toEqual(JSON.parse(JSON.stringify(summary)));
    expect(report).toContain("x1&lt;b&gt;");
    expect(report).not.toMatch(/<script|https?:|x1<b>/);
    const main = report.slice(report.indexOf("<main>"), report.indexOf("</main>"));
    // Positions in the charts are no numbers for people.
    const texts = [...main.matchAll(/>([^<>]+)</g)].map(([, text]) => text ?? "");
    const shown = texts.flatMap((text) => text.match(/^\$?[\d,]+(\.\d\d)?$/g) ?? []);
    const known = new Set(written.match(/\d+/g));
    expect(shown.length).toBeGreaterThan(40);
    for (const number of shown)
      expect(known).toContain(String(Number(number.replaceAll(/[$,.]/g, ""))));
  });

  test("says what hangs on each reading", async () => {
    const { summary } = await auditLines(
      [
        conference("saturday", { service_date: "2010-05-08", units: 6 }),
        conference("sunday", { service_date: "2010-05-09", units: 6, plan_discussed: "none" }),
        conference("later", { service_date: "2010-05-09", units: 6, agency_id: "south" }),
      ],
      { readings: true },
    );
    const effect = (reading: string, value: string) =>
      summary.other_readings?.find((one) => one.reading === reading && one.value === value);
    expect(effect("week", "monday")).toMatchObject({ lines: 1, units: { gained: 0, lost: 4 } });
    expect(effect("plan", "both")).toMatchObject({ lines: 0 });
    expect(effect("unit", "30-minutes")).toBeUndefined();
    expect(effect("support", "family-or-significant-other")).toBeUndefined();
  });
});

test("the columns are those of the contract", () => {
  expect(COLUMNS.join(" ")).toBe(
    "line_id consumer_id service service_date units agency_id program start_time end_time setting consumer_present supports_present plan_discussed performer_id performer_qualification amount_cents",
  );
});
