import { type Chunk, inChunkSql } from "./chunks.ts";
import type { Duck } from "./duck.ts";
import { problemSql, readableSql, valueSql } from "./forms.ts";
import type { Source } from "./source.ts";

/** The table of the lines being judged: the facts, typed, and `row`. */
export const LINES = "audit_line";
/** The table of rows that no rule ever sees, and why. */
export const REJECTS = "audit_reject";
const REPEATED = "audit_repeated";

/**
 * Finds readable rows whose line_id an earlier readable row had. Almost always there are none, so the
 * ids are first compared by a hash; only what that suspects is looked at closely.
 */
export async function findRepeated(duck: Duck, source: Source): Promise<boolean> {
  const id = valueIn(source, "line_id");
  await duck.run(`CREATE OR REPLACE TEMP TABLE audit_suspect AS
SELECT h FROM (SELECT hash(${id}) AS h FROM ${source.view} WHERE ${id} IS NOT NULL) AS hashes
GROUP BY h HAVING count(*) > 1`);
  await duck.run(`CREATE OR REPLACE TEMP TABLE ${REPEATED} AS
SELECT "row", line_id, first FROM (
  SELECT "row", line_id, MIN("row") OVER (PARTITION BY line_id) AS first
  FROM (
    SELECT "row", ${id} AS line_id FROM ${source.view}
    WHERE hash(${id}) IN (SELECT h FROM audit_suspect) AND ${isReadable(source)}
  ) AS suspects
) AS same WHERE "row" > first`);
  await duck.run("DROP TABLE audit_suspect");
  const [found] = await duck.rows(`SELECT count(*) AS count FROM ${REPEATED}`);
  return Number(found?.count) > 0;
}

/** Makes the empty tables that the chunks fill. */
export async function prepareRejects(duck: Duck): Promise<void> {
  await duck.run(
    `CREATE OR REPLACE TEMP TABLE ${REJECTS} ("row" bigint, line_id text, reason text)`,
  );
}

/** Reads the lines of a chunk into `LINES`, each value in its fact's type. */
export async function readLines(
  duck: Duck,
  source: Source,
  chunk: Chunk,
  given: { readonly repeated: boolean; readonly credentials: boolean },
): Promise<void> {
  const columns = source.columns.filter(({ name }) => name !== "performer_qualification");
  const values = columns.map((column) => `${valueSql(column)} AS ${column.name}`);
  const one = valueIn(source, "performer_qualification");
  const own = `CASE WHEN ${one} IS NOT NULL THEN [${one}] END`;
  const apart = given.repeated ? ` AND "row" NOT IN (SELECT "row" FROM ${REPEATED})` : "";
  const lines = `SELECT "row", ${values.join(", ")}, ${own} AS performer_qualification
FROM ${source.view} WHERE ${inChunkSql(source, chunk)} AND ${isReadable(source)}${apart}`;
  await duck.run(
    given.credentials
      ? `CREATE OR REPLACE TEMP TABLE ${LINES} AS
SELECT l.* EXCLUDE (performer_qualification),
  COALESCE(l.performer_qualification, h.codes, o.codes) AS performer_qualification
FROM (${lines}) AS l
LEFT JOIN audit_held AS h ON h.performer_id = l.performer_id
LEFT JOIN audit_held_on AS o ON o.performer_id = l.performer_id AND o.day = l.service_date`
      : `CREATE OR REPLACE TEMP TABLE ${LINES} AS ${lines}`,
  );
}

/** Adds the chunk's rows that were not read to the rejects, each with all its reasons. */
export async function addRejects(
  duck: Duck,
  source: Source,
  chunk: Chunk,
  repeated: boolean,
): Promise<void> {
  const [expected] = await duck.rows(
    `SELECT count(*) AS rows FROM ${source.view} WHERE ${inChunkSql(source, chunk)}`,
  );
  const [read] = await duck.rows(`SELECT count(*) AS rows FROM ${LINES}`);
  if (expected?.rows === read?.rows) return;
  const problems = source.columns.map(problemSql);
  await duck.run(`INSERT INTO ${REJECTS}
SELECT "row", ${valueIn(source, "line_id")}, concat_ws('; ', ${problems.join(", ")})
FROM ${source.view} WHERE ${inChunkSql(source, chunk)} AND NOT (${isReadable(source)})`);
  if (!repeated) return;
  await duck.run(`INSERT INTO ${REJECTS}
SELECT "row", line_id, 'line_id was already read in row ' || first FROM ${REPEATED}
WHERE "row" IN (SELECT "row" FROM ${source.view} WHERE ${inChunkSql(source, chunk)})`);
}

function isReadable(source: Source): string {
  const tests = source.columns.map(readableSql).filter((test) => test !== "TRUE");
  return tests.length === 0 ? "TRUE" : tests.join(" AND ");
}

function valueIn(source: Source, name: string): string {
  const column = source.columns.find((one) => one.name === name);
  if (column === undefined) throw new Error(`No column ${name}`);
  return valueSql(column);
}
