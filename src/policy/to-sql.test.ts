import { beforeAll, describe, expect, test } from "vitest";
import { type Bulletin, withReadings } from "./bulletin.ts";
import { loadBulletins } from "./shelf.ts";
import { DIALECTS, identifier, literal } from "./sql-dialect.ts";
import { verdictColumn } from "./sql-judged.ts";
import { toSql } from "./to-sql.ts";

let bulletin: Bulletin;

beforeAll(async () => {
  const loaded = await loadBulletins("bulletins");
  const founding =
    loaded.ok && loaded.value.find((one) => one.bulletin.number === "FY10-Clinical-16");
  if (!founding) throw new Error("FY10-Clinical-16 does not load");
  bulletin = founding.bulletin;
});

describe("the SQL of a bulletin", () => {
  test("reads a relation by its quoted name and gives a column for each rule", () => {
    const sql = toSql(bulletin, "postgresql", { lines: "audit.service_line" });
    expect(sql).toContain('FROM "audit"."service_line" AS l');
    expect(verdictColumn({ kind: "should", clause: "3.2" })).toBe("should_3.2");
    const answer = sql.slice(sql.lastIndexOf("\nSELECT"));
    expect([...answer.matchAll(/ AS "(.+)"/g)].map(([, column]) => column)).toEqual([
      ...["must_1.1", "must_3.1", "must_3.2", "should_3.2", "limit_4.1", "must_4.2", "must_5.1"],
    ]);
  });

  test("compares texts by bytes on PostgreSQL, as DuckDB does by itself", () => {
    expect(toSql(bulletin, "postgresql", { lines: "l" })).toContain('line_id COLLATE "C"');
    expect(toSql(bulletin, "duckdb", { lines: "l" })).not.toContain("COLLATE");
  });

  test("knows that files have no columns for what only the agency's own records know", () => {
    const should = 'AS "should_3.2"';
    expect(toSql(bulletin, "duckdb", { lines: "l" })).toContain(
      `(CAST(NULL AS bigint) <= 30) ${should}`,
    );
    expect(toSql(bulletin, "duckdb", { lines: "l", facts: "own-records" })).toContain(
      `(l.therapy_need_open_days <= 30) ${should}`,
    );
  });

  test("follows the readings", () => {
    const sql = (readings: Parameters<typeof withReadings>[1]) =>
      toSql(withReadings(bulletin, readings), "postgresql", { lines: "l" });
    expect(sql({ week: "monday" })).toContain("ISODOW");
    expect(sql({ plan: "both" })).toContain("l.plan_discussed = 'both'");
    expect(sql({ scope: "agency" })).toMatch(/GROUP BY a.consumer_id, .*, a.agency_id\n/);
    expect(sql({ over: "deny-line" })).toContain("limit_1_walk");
  });
});

describe("a value from a bulletin", () => {
  const hostile = `x'); DROP TABLE consumer; --`;

  test("stays a literal, whatever is in it", () => {
    expect(literal(DIALECTS.duckdb, hostile)).toBe(`'x''); DROP TABLE consumer; --'`);
    expect(literal(DIALECTS.postgresql, hostile)).toBe(`'x''); DROP TABLE consumer; --'`);
    expect(literal(DIALECTS.postgresql, `\\'`)).toBe(`E'\\\\'''`);
    expect(literal(DIALECTS.duckdb, `\\'`)).toBe(`'\\'''`);
  });

  test("that no database can hold is refused", () => {
    expect(() => literal(DIALECTS.postgresql, "a\0b")).toThrow(RangeError);
    expect(() => literal(DIALECTS.postgresql, "\ud800")).toThrow(RangeError);
    expect(() => literal(DIALECTS.duckdb, 1.5)).toThrow(RangeError);
    expect(() => literal(DIALECTS.duckdb, Number.POSITIVE_INFINITY)).toThrow(RangeError);
  });

  test("a name is quoted, and refused when a database would cut it", () => {
    expect(identifier(`a"b`)).toBe(`"a""b"`);
    expect(() => identifier("é".repeat(32))).toThrow(RangeError);
    expect(() => identifier("")).toThrow(RangeError);
  });
});
