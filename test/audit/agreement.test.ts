import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { compareByBytes } from "../../src/kernel/text.ts";
import { type Bulletin, rulesOf } from "../../src/policy/bulletin.ts";
import type { Line } from "../../src/policy/facts.ts";
import { judge } from "../../src/policy/judge.ts";
import { anyBulletin, anyLines } from "../agreement/arbitraries.ts";
import { auditBench, csvOf } from "./files.ts";

let bench: Awaited<ReturnType<typeof auditBench>>;
beforeAll(async () => {
  bench = await auditBench();
});
afterAll(() => bench?.close());

/** What a file can hold of a line: one qualification, and no fact that only own records know. */
function asInFile(line: Line): Line {
  const held = line.performer_qualification as readonly string[] | null;
  const one = held?.[0];
  return {
    ...line,
    performer_qualification: one === undefined ? null : [one],
    therapy_need_open_days: null,
  };
}

/** What the TypeScript judge says, in the rows that an audit writes. */
function expected(bulletin: Bulletin, lines: readonly Line[]) {
  const judged = judge(
    bulletin,
    lines.toSorted((a, b) => compareByBytes(a.line_id, b.line_id)),
  );
  const kinds = new Map(rulesOf(bulletin).map((rule) => [`${rule.clause} ${rule.kind}`, rule]));
  expect(kinds.size).toBe(rulesOf(bulletin).length);
  return {
    lines: judged.map(({ line_id, outcome, units_billed, units_payable }) =>
      [line_id, outcome, units_billed, units_payable].join("|"),
    ),
    findings: judged.flatMap(({ line_id, bulletin: number, findings }) =>
      findings
        .filter(({ kind, verdict }) => kind !== "should" && /breached|unknown/.test(verdict))
        .map(({ clause, verdict, explanation }) =>
          [line_id, number, clause, verdict, explanation].join("|"),
        ),
    ),
  };
}

function joined(rows: readonly Readonly<Record<string, unknown>>[]): readonly string[] {
  return rows.map((row) => Object.values(row).join("|"));
}

test("random bulletins over random files: as the TypeScript judge says, sentences included", async () => {
  let run = 0;
  await fc.assert(
    fc.asyncProperty(anyBulletin, anyLines, fc.boolean(), async (bulletin, drawn, csv) => {
      const inFile = drawn.map(asInFile);
      // Where ids rise from row to row, lines take their turn by row.
      const lines =
        run % 2 === 0 ? inFile : inFile.toSorted((a, b) => compareByBytes(a.line_id, b.line_id));
      const file = bench.write(`random-${run++}.csv`, csvOf(lines));
      const found = await bench.audit(file, {
        bulletin,
        format: csv ? "csv" : "parquet",
        threads: 1 + (run % 2),
        atATime: run % 3 === 0 ? 5 : 1000,
      });
      const wanted = expected(bulletin, lines);
      expect(found.rejects).toEqual([]);
      expect(joined(found.lines).toSorted()).toEqual(wanted.lines.toSorted());
      expect(joined(found.findings).toSorted()).toEqual(wanted.findings.toSorted());
    }),
    { numRuns: 60, interruptAfterTimeLimit: 25_000 },
  );
});
