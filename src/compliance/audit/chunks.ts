import { type Bulletin, limitsOf } from "../../policy/bulletin.ts";
import { weekStartSql } from "../../policy/sql-limit.ts";
import { type Duck, quoted } from "./duck.ts";
import type { Source } from "./source.ts";
import { DAYS } from "./tables.ts";

/** Rows whose service_date lies between two days, as written: the first included, the last not. */
export interface Chunk {
  readonly from: string | null;
  readonly to: string | null;
}

/** Lines that are judged at a time: few enough for the processor's caches, enough to keep it busy. */
const ROWS_AT_A_TIME = 1_000_000;

/**
 * Cuts the rows into stretches of whole periods, so that each is judged by itself: nothing that a
 * bulletin asks looks beyond a day (overlaps) or the period of its limits. Weeks and months share no
 * edges, so a bulletin that limits both gets one chunk. Needs `DAYS`.
 */
export async function planChunks(
  duck: Duck,
  source: Source,
  bulletin: Bulletin,
  atATime = ROWS_AT_A_TIME,
): Promise<readonly Chunk[]> {
  const periods = new Set(limitsOf(bulletin).map(({ limit }) => limit.per));
  const whole = [{ from: null, to: null }];
  if (source.rows <= atATime || (periods.has("week") && periods.has("month"))) return whole;
  const start = periods.has("month")
    ? "CAST(date_trunc('month', day) AS date)"
    : weekStartSql(bulletin, "day");
  const found = await duck.rows(`SELECT CAST(start AS text) AS start, rows FROM (
  SELECT ${start} AS start, SUM(rows) AS rows FROM ${DAYS}
  WHERE day BETWEEN DATE '1900-01-08' AND DATE '9999-12-31' GROUP BY 1) AS periods ORDER BY start`);

  const chunks: Chunk[] = [];
  let from: string | null = null;
  let rows = 0;
  for (const [index, period] of found.entries()) {
    const next = found[index + 1];
    rows += Number(period.rows);
    if (next === undefined || rows + Number(next.rows) / 2 > atATime) {
      const to = next === undefined ? null : String(next.start);
      chunks.push({ from, to });
      from = to;
      rows = 0;
    }
  }
  return chunks.length > 0 ? chunks : whole;
}

/**
 * Which rows are in the chunk. On the column as it is written, so that a Parquet file's statistics skip
 * what lies elsewhere; real dates written YYYY-MM-DD order as texts do.
 */
export function inChunkSql(source: Source, { from, to }: Chunk): string {
  const type = source.columns.find(({ name }) => name === "service_date")?.type;
  const plain = type === "VARCHAR" || type === "DATE";
  const column = plain ? "service_date" : `CAST(service_date AS text)`;
  const day = (text: string) => `${type === "DATE" ? "DATE " : ""}${quoted(text)}`;
  const bounds = [
    ...(from === null ? [] : [`${column} >= ${day(from)}`]),
    ...(to === null ? [] : [`${column} < ${day(to)}`]),
  ];
  return bounds.length === 0 ? "TRUE" : bounds.join(" AND ");
}
