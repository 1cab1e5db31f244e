import { z } from "zod";
import { type Bulletin, type Rule, rulesOf, withReadings } from "./bulletin.ts";
import type { Line } from "./facts.ts";
import { SUBJECTS } from "./facts.ts";
import { judge } from "./judge.ts";
import type { Outcome, Verdict } from "./judgement.ts";
import { checkReadingValue } from "./load-checks.ts";
import { problemWithRecorded } from "./parse-condition.ts";
import type { ReadingName } from "./readings.ts";
import { verdictColumn } from "./sql-judged.ts";
import { type Loaded, openYaml } from "./yaml-source.ts";

/** A worked case: some lines, and what an analyst expects to be judged of them. */
export interface Case {
  readonly name: string;
  /** Readings that it tries in place of the bulletin's. */
  readonly readings: Readonly<Partial<Record<ReadingName, string | number>>>;
  /** Their ids are the names they have in the case. They belong to one consumer, unless said. */
  readonly lines: readonly Line[];
  readonly expect: ReadonlyMap<string, Expectation>;
}

/** What is expected of a line; what it leaves out may be anything. */
export interface Expectation {
  readonly outcome?: Outcome;
  /** Units payable. */
  readonly units?: number;
  /** By verdict column: `must_3.2`. */
  readonly verdicts: Readonly<Record<string, Verdict>>;
}

/** What an engine says of a line; `verdicts` by verdict column. */
export interface Judged {
  readonly line_id: string;
  readonly outcome: Outcome;
  readonly units_billed: number;
  readonly units_payable: number;
  readonly verdicts: Readonly<Record<string, Verdict>>;
}

/** A way of judging all lines: in TypeScript, PostgreSQL or DuckDB. In any order. */
export type Engine = (bulletin: Bulletin, lines: readonly Line[]) => Promise<readonly Judged[]>;

/** The judge of this room, as an engine. */
export const typescriptEngine: Engine = async (bulletin, lines) =>
  judge(bulletin, lines).map(({ findings, bulletin: _, ...judged }) => {
    const none = rulesOf(bulletin).map((rule) => [verdictColumn(rule), "not-applicable"] as const);
    const found = findings.map((finding) => [verdictColumn(finding), finding.verdict] as const);
    return { ...judged, verdicts: Object.fromEntries([...none, ...found]) };
  });

const facts = z.record(z.string(), z.unknown()).default({});
const expectation = z.strictObject({
  outcome: z.enum(["payable", "reduced", "denied", "pended", "not-applicable"]).optional(),
  units: z.int().min(0).optional(),
  verdicts: z
    .record(z.string(), z.enum(["met", "breached", "unknown", "not-applicable"]))
    .default({}),
});
const outline = z.strictObject({
  given: facts,
  cases: z.array(
    z.strictObject({
      name: z.string().min(1),
      readings: z.record(z.string(), z.union([z.string(), z.number()])).default({}),
      lines: z.record(
        z.string().min(1),
        z.strictObject({ given: facts, expect: expectation.optional() }),
      ),
    }),
  ),
});

/** Reads a bulletin's `cases.yaml`. Facts and verdicts that the bulletin doesn't know are problems. */
export function loadCases(
  bytes: Uint8Array,
  file: string,
  bulletin: Bulletin,
): Loaded<readonly Case[]> {
  const { data, problems, report } = openYaml(bytes, file);
  if (problems.length > 0) return { ok: false, problems };
  const parsed = outline.safeParse(data);
  if (!parsed.success) {
    for (const issue of parsed.error.issues) report(issue.path as string[], issue.message);
    return { ok: false, problems };
  }
  const given = (raw: Record<string, unknown>, path: readonly (string | number)[]) => {
    for (const [name, value] of Object.entries(raw)) {
      if (name === "consumer_id") continue;
      const problem = problemWithRecorded(bulletin.about, name, value);
      if (problem !== null) report([...path, name], problem);
    }
    return raw;
  };
  const usual = given(parsed.data.given, ["given"]);
  const needed = Object.entries(SUBJECTS[bulletin.about].facts).filter(([, fact]) => fact.needed);

  const cases = parsed.data.cases.map((raw, index): Case => {
    const path = ["cases", index];
    for (const [name, value] of Object.entries(raw.readings)) {
      const problem = checkReadingValue(name, value);
      if (problem !== null) report([...path, "readings", name], problem);
    }
    const expect = new Map<string, Expectation>();
    const lines = Object.entries(raw.lines).map(([line_id, line]) => {
      const at = [...path, "lines", line_id];
      if (line.expect) expect.set(line_id, expectationOf(line.expect, bulletin, at, report));
      const own = given(line.given, [...at, "given"]);
      const whole = { consumer_id: "consumer", ...usual, ...own, line_id } as Line;
      for (const [name] of needed) {
        if (whole[name] == null) report(at, `${name} is not given, and no line is without it`);
      }
      return Object.freeze(whole);
    });
    if (expect.size === 0) report(path, `"${raw.name}" expects nothing`);
    return Object.freeze({ name: raw.name, readings: raw.readings, lines, expect });
  });
  return problems.length > 0 ? { ok: false, problems } : { ok: true, value: cases };
}

/**
 * Runs the cases on an engine, as few runs as there are different readings. Gives a sentence for
 * each expectation that did not come true; none when all did.
 */
export async function runCases(
  bulletin: Bulletin,
  cases: readonly Case[],
  engine: Engine,
): Promise<readonly string[]> {
  const groups = Map.groupBy(cases, ({ readings }) => JSON.stringify(readings));
  const failures = await Promise.all(
    [...groups.values()].map(async (group) => {
      const lines = group.flatMap((one, index) => one.lines.map((line) => apart(line, index)));
      const judged = await engine(withReadings(bulletin, group[0]?.readings ?? {}), lines);
      const byId = new Map(judged.map((line) => [line.line_id, line]));
      return group.flatMap((one, index) =>
        [...one.expect].flatMap(([id, expected]) =>
          differences(expected, byId.get(prefixed(id, index))).map(
            (difference) => `${one.name}: line ${id}: ${difference}`,
          ),
        ),
      );
    }),
  );
  return failures.flat();
}

/** Cases run together must not see each other: other consumers, other line ids in the same order. */
function apart(line: Line, index: number): Line {
  return {
    ...line,
    line_id: prefixed(line.line_id, index),
    consumer_id: prefixed(line.consumer_id, index),
  };
}

function prefixed(id: string, index: number): string {
  return `${index}/${id}`;
}

function differences(expected: Expectation, judged: Judged | undefined): readonly string[] {
  if (judged === undefined) return ["was not judged"];
  const differs = (what: string, wanted: unknown, got: unknown) =>
    wanted === undefined || wanted === got ? [] : [`${what} is ${got}, expected ${wanted}`];
  return [
    ...differs("outcome", expected.outcome, judged.outcome),
    ...differs("units payable", expected.units, judged.units_payable),
    ...Object.entries(expected.verdicts).flatMap(([column, verdict]) =>
      differs(column, verdict, judged.verdicts[column]),
    ),
  ];
}

/** A verdict is expected of a clause, "3.1", or of one of its rules, "3.2 should". */
function expectationOf(
  raw: z.infer<typeof expectation>,
  bulletin: Bulletin,
  path: readonly (string | number)[],
  report: (path: readonly (string | number)[], message: string) => void,
): Expectation {
  const verdicts = Object.entries(raw.verdicts).flatMap(([name, verdict]) => {
    const rule = findRule(bulletin, name);
    if (rule === null) report([...path, "expect", "verdicts", name], `no rule is called "${name}"`);
    return rule === null ? [] : [[verdictColumn(rule), verdict] as const];
  });
  const { outcome, units } = raw;
  const { claimed, label } = SUBJECTS[bulletin.about];
  if (!claimed && (outcome ?? units) !== undefined) {
    report(
      [...path, "expect"],
      `${label} is never claimed, so it has verdicts, no outcome or units`,
    );
  }
  return Object.freeze({
    ...(outcome === undefined ? {} : { outcome }),
    ...(units === undefined ? {} : { units }),
    verdicts: Object.freeze(Object.fromEntries(verdicts)),
  });
}

function findRule(bulletin: Bulletin, name: string): Rule | null {
  const [clause, kind] = name.split(" ");
  const rules = rulesOf(bulletin).filter((rule) => rule.clause === clause);
  return rules.find((rule) => kind === undefined || rule.kind === kind) ?? null;
}
