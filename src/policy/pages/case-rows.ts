import type { Bulletin } from "../bulletin.ts";
import { type Case, type Expectation, runCases, typescriptEngine } from "../cases.ts";
import { type FactValue, findFact, type Line, sayValue } from "../facts.ts";
import { sayReading } from "../readings.ts";
import { capitalized } from "../words.ts";

/** A worked case as it stands on its bulletin's page. */
export type CaseRow = {
  readonly name: string;
  /** Readings that it tries in place of the bulletin's, in English. */
  readonly readings: readonly string[];
  readonly lines: readonly {
    readonly id: string;
    /** What is recorded otherwise than usual; none for a usual line. */
    readonly given: readonly string[];
    readonly expected: readonly string[];
  }[];
  /** What did not come true when it was run just now; none when it passes. */
  readonly failures: readonly string[];
};

export type WorkedCases = {
  /** What is recorded of a line unless its case says otherwise. */
  readonly usual: readonly string[];
  readonly rows: readonly CaseRow[];
};

/** Runs the cases on the judge of this room and puts them in English. */
export async function workCases(bulletin: Bulletin, cases: readonly Case[]): Promise<WorkedCases> {
  const lines = cases.flatMap((one) => one.lines);
  const names = [...new Set(lines.flatMap((line) => Object.keys(line)))].filter(
    (name) => name !== "line_id",
  );
  const usual = Object.fromEntries(names.map((name) => [name, commonest(lines, name)]));
  const rows = cases.map(
    async (one): Promise<CaseRow> => ({
      name: capitalized(one.name),
      readings: Object.entries(one.readings).map(([name, value]) => sayReading(name, value)),
      lines: one.lines.map((line) => ({
        id: line.line_id,
        given: names
          .filter((name) => !same(line[name], usual[name]))
          .map((name) => sayFact(bulletin, name, line[name] ?? null)),
        expected: sayExpectation(one.expect.get(line.line_id)),
      })),
      failures: await runCases(bulletin, [one], typescriptEngine),
    }),
  );
  return {
    usual: names
      .filter((name) => name !== "consumer_id" && usual[name] !== null)
      .map((name) => sayFact(bulletin, name, usual[name] ?? null)),
    rows: await Promise.all(rows),
  };
}

function sayFact(bulletin: Bulletin, name: string, value: FactValue): string {
  if (name === "consumer_id") return `consumer: ${value}`;
  const fact = findFact(bulletin.about, name);
  const label = fact?.label ?? name;
  if (value === null) return `${label}: not recorded`;
  return `${label}: ${fact ? sayValue(fact, value) : String(value)}`;
}

/** "payable, 4 units", "3.2 should: breached". */
function sayExpectation(expected: Expectation | undefined): readonly string[] {
  if (!expected) return [];
  const { outcome, units, verdicts } = expected;
  const counted = units === undefined ? [] : [`${units} ${units === 1 ? "unit" : "units"}`];
  const head = [...(outcome === undefined ? [] : [outcome]), ...counted].join(", ");
  const rules = Object.entries(verdicts).map(([column, verdict]) => {
    const [kind = "", clause] = column.split(/_(.*)/);
    return `${clause}${kind === "should" ? " should" : ""}: ${verdict}`;
  });
  return [...(head ? [head] : []), ...rules];
}

function commonest(lines: readonly Line[], name: string): FactValue {
  const groups = Map.groupBy(lines, (line) => JSON.stringify(line[name] ?? null));
  const [most] = [...groups.values()].toSorted((a, b) => b.length - a.length);
  return most?.[0]?.[name] ?? null;
}

function same(a: FactValue | undefined, b: FactValue | undefined): boolean {
  return JSON.stringify(a ?? null) === JSON.stringify(b ?? null);
}
