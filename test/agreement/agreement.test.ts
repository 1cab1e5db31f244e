import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Judged } from "../../src/policy/cases.ts";
import { runCases, typescriptEngine } from "../../src/policy/cases.ts";
import { loadBulletins } from "../../src/policy/shelf.ts";
import { sayProblem } from "../../src/policy/yaml-source.ts";
import { anyBulletinAndLines } from "./arbitraries.ts";
import { duckdbEngine, postgresqlEngine, type SqlEngine } from "./engines.ts";

let engines: { readonly PostgreSQL: SqlEngine; readonly DuckDB: SqlEngine };

beforeAll(async () => {
  engines = { PostgreSQL: await postgresqlEngine(), DuckDB: await duckdbEngine() };
});
afterAll(async () => {
  await Promise.all(Object.values(engines ?? {}).map((engine) => engine.close()));
});

test("random bulletins over random lines: the three engines say the same", async () => {
  await fc.assert(
    fc.asyncProperty(anyBulletinAndLines, async ([bulletin, lines]) => {
      const [expected, postgresql, duckdb] = await Promise.all([
        typescriptEngine(bulletin, lines),
        engines.PostgreSQL.judge(bulletin, lines),
        engines.DuckDB.judge(bulletin, lines),
      ]);
      expect(byLine(postgresql), "PostgreSQL").toEqual(byLine(expected));
      expect(byLine(duckdb), "DuckDB").toEqual(byLine(expected));
    }),
    { numRuns: 300, interruptAfterTimeLimit: 40_000 },
  );
});

describe("the worked cases of each bulletin come true", () => {
  test.each(["TypeScript", "PostgreSQL", "DuckDB"] as const)("in %s", async (name) => {
    const engine = name === "TypeScript" ? typescriptEngine : engines[name].judge;
    const loaded = await loadBulletins("bulletins");
    if (!loaded.ok) throw new Error(loaded.problems.map(sayProblem).join("\n"));
    expect(loaded.value.length).toBeGreaterThan(0);
    for (const { bulletin, cases } of loaded.value) {
      expect(cases.length).toBeGreaterThan(0);
      expect(await runCases(bulletin, cases, engine)).toEqual([]);
    }
  });
});

function byLine(judged: readonly Judged[]): Record<string, Judged> {
  return Object.fromEntries(judged.map((line) => [line.line_id, line]));
}
