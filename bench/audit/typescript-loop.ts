import { join } from "node:path";
import { DuckDBInstance } from "@duckdb/node-api";
import type { BenchFiles } from "./plain-sql.ts";

const COLUMNS = ["who", "day", "starts", "ends", "units", "kind", "flags"] as const;
type Columns = Record<(typeof COLUMNS)[number], Int32Array>;

/**
 * FY10-Clinical-16 by hand: columns as integers in typed arrays, read through DuckDB, one loop a rule, no
 * validation, no sentences. The outcome goes back as a table by row number, to be written. Gives the
 * units payable.
 */
export async function typescriptLoop({ lines, credentials, out }: BenchFiles): Promise<number> {
  const instance = await DuckDBInstance.create(":memory:", { threads: "2" });
  const duck = await instance.connect();
  const minutes = (time: string) =>
    `COALESCE(CAST(${time}[1:2] AS integer) * 60 + CAST(${time}[4:5] AS integer), -1)`;
  // flags: two bits a rule, 0 met, 1 breached, 2 unknown
  const flag = (truth: string) => `CASE WHEN ${truth} THEN 0 WHEN NOT (${truth}) THEN 1 ELSE 2 END`;
  const result = await duck.stream(`SELECT CAST(consumer_id[2:] AS integer) AS who,
  CAST(service_date - DATE '1970-01-04' AS integer) AS day, ${minutes("start_time")} AS starts,
  ${minutes("end_time")} AS ends, units,
  CASE service WHEN 'family-conference' THEN 1 WHEN 'family-therapy' THEN 2 ELSE 0 END AS kind,
  ${flag("list_contains(['cstar-adolescent', 'cstar-women-children', 'cstar-women-children-enhanced', 'cstar-general', 'cstar-general-enhanced', 'cstar-opioid'], program)")}
  + 4 * ${flag("supports_present >= 1 AND plan_discussed <> 'none'")}
  + 16 * ${flag("setting = 'office' AND consumer_present")}
  + 64 * CASE WHEN c.performer_id IS NULL THEN 1 ELSE 0 END AS flags
FROM '${lines}' AS l LEFT JOIN '${credentials}' AS c ON c.performer_id = l.performer_id
  AND c.qualification IN ('qsap', 'asac') AND l.service_date >= c.valid_from
  AND l.service_date <= COALESCE(c.valid_to, DATE '9999-12-31')
ORDER BY l.line_id`);
  const columns = Object.fromEntries(
    COLUMNS.map((name) => [name, new Int32Array(1 << 20)]),
  ) as Columns;
  let rows = 0;
  for (let chunk = await result.fetchChunk(); chunk?.rowCount; chunk = await result.fetchChunk()) {
    for (const [place, name] of COLUMNS.entries()) {
      if (rows + chunk.rowCount > columns[name].length) {
        const larger = new Int32Array(columns[name].length * 2);
        larger.set(columns[name]);
        columns[name] = larger;
      }
      const values = chunk.getColumnValues(place);
      const column = columns[name];
      for (let i = 0; i < values.length; i++) column[rows + i] = Number(values[i]);
    }
    rows += chunk.rowCount;
  }
  const { payable, total } = judge(columns, rows);
  await duck.run("CREATE TABLE judged (place integer, flags integer, payable integer)");
  const appender = await duck.createAppender("judged");
  for (let i = 0; i < rows; i++) {
    appender.appendInteger(i);
    appender.appendInteger(columns.flags[i] ?? 0);
    appender.appendInteger(payable[i] ?? 0);
    appender.endRow();
  }
  appender.closeSync();
  await duck.run(`COPY (SELECT line_id, flags, units, payable FROM judged
POSITIONAL JOIN (SELECT line_id, units FROM '${lines}' ORDER BY line_id)) TO '${join(out, "lines.parquet")}'`);
  await duck.run(`COPY (SELECT line_id, flags FROM '${join(out, "lines.parquet")}' WHERE flags <> 0)
TO '${join(out, "findings.parquet")}'`);
  duck.closeSync();
  instance.closeSync();
  return total;
}

function judge({ who, day, starts, ends, units, kind, flags }: Columns, rows: number) {
  const at = (array: Int32Array, i: number) => array[i] as number;
  const therapies = new Map<number, number[]>();
  for (let i = 0; i < rows; i++) {
    if (at(kind, i) !== 2) continue;
    const key = at(who, i) * 100_000 + at(day, i);
    const there = therapies.get(key);
    if (there) there.push(i);
    else therapies.set(key, [i]);
  }
  const usable = (i: number) => at(starts, i) >= 0 && at(ends, i) > at(starts, i);
  const weeks = new Map<number, number[]>();
  for (let i = 0; i < rows; i++) {
    if (at(kind, i) !== 1) continue;
    let overlap = 0;
    for (const other of therapies.get(at(who, i) * 100_000 + at(day, i)) ?? []) {
      if (!usable(i) || !usable(other)) overlap = Math.max(overlap, overlap === 1 ? 1 : 2);
      else if (at(starts, i) < at(ends, other) && at(starts, other) < at(ends, i)) overlap = 1;
      if (overlap === 1) break;
    }
    flags[i] = at(flags, i) + 256 * overlap;
    if (flags[i] !== 0) continue;
    const key = at(who, i) * 10_000 + Math.floor(at(day, i) / 7);
    const there = weeks.get(key);
    if (there) there.push(i);
    else weeks.set(key, [i]);
  }
  const payable = new Int32Array(rows);
  let total = 0;
  for (const week of weeks.values()) {
    const late = (i: number) => (at(starts, i) < 0 ? 9999 : at(starts, i));
    if (week.length > 1) week.sort((a, b) => at(day, a) - at(day, b) || late(a) - late(b) || a - b);
    let left = 8;
    for (const i of week) {
      payable[i] = Math.min(left, at(units, i));
      left -= at(payable, i);
      total += at(payable, i);
    }
  }
  return { payable, total };
}
