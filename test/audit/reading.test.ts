import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { parseDay } from "../../src/kernel/day.ts";
import { auditBench, COLUMNS, conference, csvOf } from "./files.ts";

let bench: Awaited<ReturnType<typeof auditBench>>;
let files = 0;
beforeAll(async () => {
  bench = await auditBench();
});
afterAll(() => bench?.close());

const auditText = (text: string | Uint8Array, options = {}) =>
  bench.audit(bench.write(`lines-${files++}.csv`, text), options);
const idsOf = (rows: readonly Readonly<Record<string, unknown>>[]) =>
  rows.map(({ line_id }) => line_id);

/** The lexical rule of service-lines.md, column by column, written again without the product's code. */
const NUMBER = /^[0-9]{1,10}$/;
const READABLE: Readonly<Record<string, (text: string) => boolean>> = {
  service_date: (text) => parseDay(text) !== null,
  units: (text) => /^[1-9][0-9]?$/.test(text) && Number(text) <= 96,
  start_time: (text) => /^([01]\d|2[0-3]):[0-5]\d$/.test(text),
  end_time: (text) => /^(([01]\d|2[0-3]):[0-5]\d|24:00)$/.test(text),
  setting: (text) =>
    ["office", "home", "community", "residential", "telehealth", "telephone", "other"].includes(
      text,
    ),
  consumer_present: (text) => text === "true" || text === "false",
  supports_present: (text) => NUMBER.test(text),
  plan_discussed: (text) => ["treatment-plan", "discharge-plan", "both", "none"].includes(text),
  amount_cents: (text) => NUMBER.test(text),
};
const NEEDED = ["line_id", "consumer_id", "service", "service_date", "units"];

function readable(row: Readonly<Record<string, string>>): boolean {
  return COLUMNS.every((name) => {
    const text = row[name] ?? "";
    return text === "" ? !NEEDED.includes(name) : (READABLE[name]?.(text) ?? true);
  });
}

const TRICKY = [
  ...["", " ", "0", "1", "9", "96", "97", "01", "+1", "-1", "2.5", "1e1", " 2", "2 ", "٣", "1_000"],
  ...["9999999999", "10000000000", "0000000001", "00000000001", "0x1F", "NaN", "NULL", "null"],
  ...["true", "TRUE", "t", "yes", "false", "False", "09:00", "9:00", "24:00", "24:01", "23:59"],
  ...["09:00:00", "09:60", "09:00\n", "2010-04-05", "2010-04-05 x", "2010-4-5", "2010-02-29"],
  ...["2012-02-29", "1899-12-31", "1900-01-01", "9999-12-31", "10000-01-01", "infinity", "epoch"],
  ...["2010-04-05T00:00", "20100405", "0010-04-05 (BC)", "office", "Office", "office ", "both"],
  ...["none", "ﬀ", "é", "a,b", 'say "no"', "line\nbreak", "cr\r\nlf", "=1+1", "'", "\\N", "#x"],
];

test("a row is readable just when a small reader of the contract says so; the others are told", async () => {
  const cell = fc.oneof(fc.constantFrom(...TRICKY), fc.string({ unit: "grapheme", maxLength: 6 }));
  const row = fc
    .tuple(fc.constantFrom(...COLUMNS), fc.constantFrom(...COLUMNS), cell, cell)
    .map(([a, b, x, y]) => ({ [a]: x, [b]: y }))
    .filter((changed) => Object.values(changed).every((text) => !text.includes("\0")));
  await fc.assert(
    fc.asyncProperty(fc.array(row, { minLength: 30, maxLength: 60 }), async (changes) => {
      const rows = changes.map((changed, index) => {
        const base = conference(`L${index}`);
        const texts = Object.fromEntries(COLUMNS.map((name) => [name, String(base[name] ?? "")]));
        // Ids stay apart here; repeated ones have a test of their own.
        const id = changed.line_id ? `${changed.line_id}${index}` : changed.line_id;
        return { ...texts, ...changed, line_id: id ?? `L${index}` } as Record<string, string>;
      });
      const found = await auditText(csvOf(rows));
      const numbers = rows.flatMap((one, index) => (readable(one) ? [] : [String(index + 1)]));
      expect(found.rejects.map((one) => one.row).toSorted()).toEqual(numbers.toSorted());
      expect(idsOf(found.lines).toSorted()).toEqual(
        rows
          .filter(readable)
          .map((one) => one.line_id)
          .toSorted(),
      );
    }),
    { numRuns: 15, interruptAfterTimeLimit: 15_000 },
  );
});

describe("a file is read", () => {
  const lines = [conference("a"), conference("b\nb"), conference('c,"c"', { setting: "home" })];

  test("with a byte-order mark, CRLF, quoted line ends, shuffled columns, no last line end", async () => {
    const plain = await auditText(csvOf(lines));
    const shuffled = csvOf(lines, COLUMNS.toReversed()).replaceAll(/(?<!b)\n/g, "\r\n");
    const other = await auditText(`\ufeff${shuffled.trimEnd()}`, { format: "csv" });
    expect(other.findings.map((row) => Object.values(row))).toEqual(
      plain.findings.map((row) => Object.values(row)),
    );
    expect(other.lines.map((row) => Object.values(row).join())).toEqual(
      plain.lines.map((row) => Object.values(row).join()),
    );
    expect(idsOf(plain.lines)).toEqual(["a", "b\nb", 'c,"c"']);
  });

  test("with a thousand more columns, which are named, and ten megabytes in a cell", async () => {
    const more = Array.from({ length: 1000 }, (_, index) => `more ${index}`);
    const wide = lines.map((line) => ({ ...line, "more 7": "x".repeat(10_000_000) }));
    const found = await auditText(csvOf(wide.slice(0, 2), [...more, ...COLUMNS]));
    expect(found.lines).toHaveLength(2);
    expect(found.warnings.join()).toContain('"more 0"');
    expect(found.warnings.join()).toContain("990 more");
  });

  test("with only the columns that are needed: what is missing is unknown, and pends", async () => {
    const needed = ["line_id", "consumer_id", "service", "service_date", "units"];
    const found = await auditText(csvOf([conference("a")], needed));
    expect(found.lines[0]).toMatchObject({ outcome: "pended", units_payable: 0 });
    expect(found.findings.map(({ clause }) => clause)).toEqual(["1.1", "3.1", "4.2", "5.1"]);
    expect(found.findings[1]?.explanation).toBe(
      "Supports present and plan discussed are not recorded.",
    );
  });

  test("with no rows at all", async () => {
    const found = await auditText(csvOf([]));
    expect(found.lines).toEqual([]);
    expect(found.summary.lines.payable).toBe(0);
  });

  test("an id that an earlier readable row had is a reject, whatever its row says", async () => {
    const unreadable = conference("a", { units: 0 });
    const later = conference("a", { units: 3 });
    const found = await auditText(
      csvOf([unreadable, conference("a"), later, conference("A"), conference("a")]),
    );
    expect(found.rejects.map((row) => [row.row, row.line_id, row.reason])).toEqual([
      ["1", "a", "units is not a whole number from 1 to 96"],
      ["3", "a", "line_id was already read in row 2"],
      ["5", "a", "line_id was already read in row 2"],
    ]);
    expect(found.lines.find(({ line_id }) => line_id === "a")).toMatchObject({ units_billed: 2 });
  });

  test("units that are far too many, on rows that add up to more than a number holds, are rejects", async () => {
    const many = ["d", "e", "f"].map((id) => conference(id, { units: "9223372036854775807" }));
    const found = await auditText(csvOf([conference("a", { units: 2 }), ...many]));
    expect(found.rejects).toHaveLength(3);
    expect(found.summary.units.billed).toBe(2);
  });

  test("an id that comes twice in a row is a reject among ids that otherwise rise", async () => {
    const found = await auditText(csvOf(["a", "b", "b", "c"].map((id) => conference(id))));
    expect(found.rejects.map((row) => row.row)).toEqual(["3"]);
    expect(found.summary.lines.payable + found.summary.lines.reduced).toBe(3);
    expect(found.summary.by_month[0]?.units.billed).toBe(6);
  });

  test("as Parquet of typed columns just as of texts, and types without a form are refused", async () => {
    const text = await auditText(csvOf(lines.concat(conference("d", { units: 97 }))));
    const file = (name: string) => `${bench.folder}/${name}.parquet`;
    const from = `read_csv('${bench.write("typed.csv", csvOf(lines.concat(conference("d", { units: 97 }))))}', all_varchar=true, quote='"', escape='"')`;
    await bench.rows(`COPY (SELECT * REPLACE (CAST(service_date AS date) AS service_date,
      CAST(units AS utinyint) AS units, CAST(start_time AS time) AS start_time,
      CAST(end_time AS time) AS end_time, CAST(consumer_present AS boolean) AS consumer_present,
      CAST(supports_present AS hugeint)::bigint AS supports_present,
      CAST(amount_cents AS integer) AS amount_cents) FROM ${from}) TO '${file("typed")}'`);
    const typed = await bench.audit(file("typed"));
    expect(typed.lines).toEqual(text.lines);
    expect(typed.findings).toEqual(text.findings);
    expect(typed.rejects).toEqual(text.rejects);

    await bench.rows(
      `COPY (SELECT * REPLACE (CAST('09:00:30' AS time) AS start_time) FROM ${from}) TO '${file("seconds")}'`,
    );
    expect((await bench.audit(file("seconds"))).rejects).toHaveLength(4);
    await bench.rows(
      `COPY (SELECT * REPLACE (CAST(units AS double) AS units) FROM ${from}) TO '${file("double")}'`,
    );
    await expect(bench.audit(file("double"))).rejects.toThrow(
      /double\.parquet: column units has the type DOUBLE/,
    );
    const { readFileSync } = await import("node:fs");
    const whole = readFileSync(file("typed"));
    const truncated = bench.write("truncated.parquet", whole.subarray(0, whole.length - 20));
    await expect(bench.audit(truncated)).rejects.toThrow(/truncated\.parquet: .*truncated/);
  });
});

describe("a run ends, with one line that names what and where, and leaves nothing, on", () => {
  const good = csvOf([conference("a"), conference("b")]);
  const header = COLUMNS.join(",");
  test.each([
    ["a broken quote", `${good}"c,x\n`, /line 4, row 3: a quote is opened and never closed/],
    ["text after a quote", `${good}"c"x,y\n`, /line 4, row 3: something stands between/],
    ["a quote in a plain cell", `${good}c"d,y\n`, /row 3: a quote inside/],
    ["a short row", `${good}c,ann\n`, /line 4, row 3: it has 2 cells and the header has 16/],
    ["a long row", good.replace(/\n$/, ",x\n"), /row 2: it has 17 cells/],
    ["an empty line", good.replace("\n", "\n\n"), /line 2, row 1: it has 1 cell /],
    ["both line ends", good.replace("\n", "\r\n"), /both LF and CRLF/],
    ["a bare carriage return", good.replace("cstar", "cs\rtar"), /carriage return/],
    ["a file of another kind", `PK\u0003\u0004\0\0${good}`, /neither CSV nor Parquet/],
    ["semicolons", good.replaceAll(",", ";"), /column line_id is missing.*";"/],
    ["tabs", good.replaceAll(",", "\t"), /separated by tabs/],
    ["a column that is missing", good.replace("units", "Units"), /column units is missing/],
    [
      "a column that is there twice",
      good.replace("setting", "units"),
      /column units is there twice/,
    ],
    ["an empty file", "", /without a header/],
    ["a header of another encoding", Buffer.from(`${header},\xe9\n`, "latin1"), /not UTF-8/],
    [
      "a row of another encoding",
      Buffer.from(`${good}c\xe9${"x,".repeat(15)}\n`, "latin1"),
      /UTF-8/,
    ],
  ])("%s", async (_, text, message) => {
    const before = bench.entries().length;
    const run = auditText(text);
    await expect(run).rejects.toThrow(message);
    await expect(run).rejects.toMatchObject({ message: expect.not.stringContaining("\n") });
    expect(bench.entries().length).toBe(before + 1);
  });
});

describe("credentials", () => {
  const audited = async (credentials: string, facts = {}) => {
    const file = bench.write(`credentials-${files++}.csv`, credentials);
    const line = conference("a", { performer_qualification: null, ...facts });
    const found = await auditText(csvOf([line]), { credentials: file });
    return [found.lines[0]?.outcome, found.findings.map((row) => row.explanation).join()];
  };
  const head = "performer_id,qualification,valid_from,valid_to\n";

  test("hold on their first and last day, and deny when none is valid", async () => {
    expect((await audited(`${head}p,qsap,2010-05-04,2010-05-04\n`))[0]).toBe("payable");
    expect((await audited(`${head}p,peer,,\np,asac,,2010-05-04\n`))[0]).toBe("payable");
    expect(await audited(`${head}p,qsap,2010-05-05,\n`)).toEqual([
      "denied",
      "Performer's qualification is none and must be Qualified Substance Abuse Professional or Associate Substance Abuse Counselor.",
    ]);
    expect((await audited(`${head}p,peer,,\np,qsap,,2010-05-03\n`))[0]).toBe("denied");
  });

  test("say nothing of a performer that they don't know, nor against what the line records", async () => {
    expect((await audited(`${head}q,qsap,,\n`))[0]).toBe("pended");
    expect((await audited(`${head}p,peer,,\n`, { performer_qualification: "qsap" }))[0]).toBe(
      "payable",
    );
    expect((await audited(head))[0]).toBe("pended");
  });

  test("without the column valid_to end the run, since what they grant would never end", async () => {
    await expect(
      audited("performer_id,qualification,valid_from\np,qsap,2010-05-05\n"),
    ).rejects.toThrow(/column valid_to is missing/);
  });

  test.each([
    ["without a performer", "p,qsap,,\n,qsap,,\n", /row 2: performer_id is missing/],
    ["without a qualification", "p,,,\n", /row 1: qualification is missing/],
    ["with a bad date", "p,qsap,2010-02-30,\n", /row 1: valid_from is not a date/],
    ["that end before they begin", "p,qsap,2010-05-05,2010-05-04\n", /row 1: valid_to is before/],
  ])("%s end the run", async (_, rows, message) => {
    await expect(audited(head + rows)).rejects.toThrow(message);
  });
});
