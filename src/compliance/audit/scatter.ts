import { join } from "node:path";
import { identifier } from "../../policy/sql-dialect.ts";
import type { Chunk } from "./chunks.ts";
import { type Duck, quoted, quotedPath } from "./duck.ts";
import type { Surveyed } from "./reading-lines.ts";

/** How many times over a file may be read before it pays to put its rows in order first. */
const MOST_READING = 2;

/**
 * Chunks read only those row groups of a file that hold their days. Where days lie all over it, its rows
 * are first written to a file for each chunk, from which chunks are then read. Done once for a file.
 */
export async function scatterWhereNeeded(
  duck: Duck,
  lines: Surveyed,
  chunks: readonly Chunk[],
): Promise<void> {
  const { source } = lines;
  if (lines.chunked !== null || chunks.length <= MOST_READING) return;
  const groups =
    await duck.rows(`SELECT row_group_num_rows AS rows, stats_min_value AS first, stats_max_value AS last
FROM parquet_metadata(${quotedPath(source.path)}) WHERE path_in_schema = 'service_date'`);
  const read = chunks.map((chunk) =>
    groups
      .filter(({ first, last }) => mayHold(chunk, first, last))
      .reduce((sum, { rows }) => sum + Number(rows), 0),
  );
  const all = read.reduce((sum, rows) => sum + rows, 0);
  if (all <= MOST_READING * source.rows) {
    lines.chunked = source.view;
    return;
  }
  const folder = join(lines.folder, "chunks");
  const columns = source.columns.filter(({ type }) => type !== null);
  const date = "CAST(service_date AS text)";
  const ends = chunks
    .slice(0, -1)
    .map(({ to }) => `CASE WHEN ${date} >= ${quoted(String(to))} THEN 1 ELSE 0 END`);
  await duck.run(`COPY (
SELECT "row", ${columns.map(({ name }) => identifier(name)).join(", ")}, ${ends.join(" + ")} AS part FROM ${source.view}
) TO ${quoted(folder)} (FORMAT parquet, PARTITION_BY (part))`);
  lines.chunked = `${source.view}_chunked`;
  await duck.run(`CREATE OR REPLACE VIEW ${lines.chunked} AS
SELECT * FROM read_parquet(${quoted(join(folder, "*", "*.parquet"))}, hive_partitioning=false)`);
}

/** Whether a row group with these first and last days may hold one of the chunk's; unknown ones may. */
function mayHold({ from, to }: Chunk, first: unknown, last: unknown): boolean {
  if (typeof first !== "string" || typeof last !== "string") return true;
  return (from === null || last >= from) && (to === null || first < to);
}
