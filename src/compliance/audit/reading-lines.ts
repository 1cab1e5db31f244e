import type { Bulletin } from "../../policy/bulletin.ts";
import { auditAppliesSql, heldColumns } from "../../policy/sql-audit.ts";
import { DIALECTS } from "../../policy/sql-dialect.ts";
import { type Chunk, inChunkSql } from "./chunks.ts";
import { holdFor, qualificationWords } from "./credentials.ts";
import { allOf, type Duck, quoted } from "./duck.ts";
import { problemSql, readableSql, valueSql } from "./forms.ts";
import type { Source } from "./source.ts";
import { AGENCY, DAYS, FACTS, FOUND, HELD, LINES, PROGRAM, REJECTS } from "./tables.ts";

const REPEATED = "audit_repeated";

/** What was found out about the rows of a file before any is judged. */
export interface Surveyed {
  readonly source: Source;
  /** Whether some rows are rejects. */
  readonly rejects: boolean;
  readonly credentials: boolean;
  /** Whether ids rise from row to row. */
  readonly rising: boolean;
  /** A folder for what is made on the way. */
  readonly folder: string;
  /** The view that chunks are read from, once it is known which serves them best. */
  chunked: string | null;
}

/** Reads every value once: counts lines by day and more, and sets aside the rows that are no lines. */
export async function surveyLines(
  duck: Duck,
  source: Source,
  bulletin: Bulletin,
  { credentials, folder }: { readonly credentials: boolean; readonly folder: string },
): Promise<Surveyed> {
  const values = source.columns
    .filter(({ name }) => name !== "performer_qualification")
    .map((column) => `${valueSql(column)} AS ${column.name}`);
  const rows = `SELECT ${values.join(", ")}, ${isReadable(source)} AS readable FROM ${source.view}`;
  await duck.run(`CREATE OR REPLACE TABLE ${REJECTS} ("row" bigint, line_id text, reason text)`);
  const beside = await duck.beside();
  const [, rising] = await allOf([
    duck.run(countSql(bulletin, rows)),
    areRising(beside, source),
  ]).finally(beside.close);
  await duck.run(`CREATE TYPE ${PROGRAM} AS ENUM (SELECT DISTINCT program FROM ${DAYS} WHERE program IS NOT NULL);
CREATE TYPE ${AGENCY} AS ENUM (SELECT DISTINCT agency_id FROM ${DAYS} WHERE agency_id IS NOT NULL)`);
  const [days] = await duck.rows(`SELECT SUM(rows - readable) AS unreadable FROM ${DAYS}`);
  const unreadable = Number(days?.unreadable ?? 0) > 0;
  if (unreadable) {
    const problems = source.columns.map(problemSql);
    await duck.run(`INSERT INTO ${REJECTS}
SELECT "row", ${valueIn(source, "line_id")}, concat_ws('; ', ${problems.join(", ")})
FROM ${source.view} WHERE NOT (${isReadable(source)})`);
  }
  const repeated = !rising && (await findRepeated(duck, source));
  const rejects = unreadable || repeated;
  const surveyed: Surveyed = { source, rejects, credentials, rising, folder, chunked: null };
  if (surveyed.rejects) {
    await viewLines(duck, surveyed, bulletin, { from: null, to: null });
    await duck.run(countSql(bulletin, `SELECT *, TRUE AS readable FROM ${LINES}`));
  }
  return surveyed;
}

function countSql(bulletin: Bulletin, lines: string): string {
  return `CREATE OR REPLACE TABLE ${DAYS} AS
SELECT service_date AS day, program, agency_id, ${auditAppliesSql(bulletin, "column")} AS applies,
  count(*) AS rows, count(*) FILTER (readable) AS readable, SUM(units) AS units
FROM (${lines}) AS l GROUP BY ALL`;
}

/**
 * Whether ids rise from row to row, as in most files: then none repeats, and rows are in the order of ids.
 * Rows come in whatever order the database reads them; out of turn, they count as falling.
 */
async function areRising(duck: Duck, source: Source): Promise<boolean> {
  const [falling] = await duck.rows(`SELECT 1 AS falls FROM (
  SELECT id, "row", LAG(id) OVER () AS id_before, LAG("row") OVER () AS row_before
  FROM (SELECT "row", ${valueIn(source, "line_id")} AS id FROM ${source.view}) AS ids WHERE id IS NOT NULL
) AS pairs WHERE id <= id_before OR "row" <= row_before LIMIT 1`);
  return falling === undefined;
}

/**
 * Adds readable rows whose line_id an earlier readable row had to the rejects. Ids are compared by a hash
 * first, and only what that suspects is looked at closely.
 */
async function findRepeated(duck: Duck, source: Source): Promise<boolean> {
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
) AS same WHERE "row" > first;
DROP TABLE audit_suspect;
INSERT INTO ${REJECTS} SELECT "row", line_id, 'line_id was already read in row ' || first FROM ${REPEATED}`);
  const [found] = await duck.rows(`SELECT count(*) AS count FROM ${REPEATED}`);
  return Number(found?.count) > 0;
}

/**
 * Lets `LINES` and `FACTS` be the lines of a chunk, as a bulletin needs them, and `FOUND` those of its
 * lines that are exceptions, beside what was said of them.
 */
export async function viewLines(
  duck: Duck,
  { source, rejects, credentials, chunked }: Surveyed,
  bulletin: Bulletin,
  chunk: Chunk,
  exceptions: string | null = null,
): Promise<void> {
  const columns = source.columns.filter(({ name }) => name !== "performer_qualification");
  const values = columns.map((column) => `${valueSql(column)} AS ${column.name}`);
  const whole = chunk.from === null && chunk.to === null;
  const from = whole ? source.view : (chunked ?? source.view);
  const apart = rejects ? ` ANTI JOIN ${REJECTS} USING ("row")` : "";
  const own = source.columns.find(({ name }) => name === "performer_qualification");
  const stated = own?.type == null ? null : valueSql(own);
  await duck.run(`CREATE OR REPLACE TEMP VIEW ${LINES} AS
SELECT "row", ${values.join(", ")}${stated === null ? "" : `, ${stated} AS stated_qualification`}
FROM ${from}${apart} WHERE ${inChunkSql(source, chunk)}`);

  const asked = heldColumns(bulletin);
  const joined = credentials && asked.length > 0;
  const statedOr = (said: string, held: string | null) =>
    stated === null
      ? (held ?? "NULL")
      : `CASE WHEN l.stated_qualification IS NOT NULL THEN ${said}${held === null ? "" : ` ELSE ${held}`} END`;
  const answers = asked.map(({ column, codes }) => {
    const said = DIALECTS.duckdb.isOneOf("l.stated_qualification", codes.map(quoted));
    return `CAST(${statedOr(said, joined ? `h.${column}` : null)} AS boolean) AS ${column}`;
  });
  const said = qualificationWords("[l.stated_qualification]");
  const words = `CAST(${statedOr(said, joined ? "h.words" : null)} AS text) AS performer_qualification_words`;
  if (joined) await holdFor(duck, bulletin, chunk);
  const answered = (name: string, lines: string) => `CREATE OR REPLACE TEMP VIEW ${name} AS
SELECT l.*, ${[words, ...answers].join(", ")} FROM ${lines} AS l${
    joined
      ? `\nLEFT JOIN ${HELD} AS h ON h.performer_id = l.performer_id AND l.service_date BETWEEN h.from_day AND h.to_day`
      : ""
  }`;
  await duck.run(answered(FACTS, LINES));
  if (exceptions === null) return;
  // Before the held codes, so that they are looked up for few lines.
  await duck.run(
    answered(
      FOUND,
      `(SELECT l.*, j.* EXCLUDE ("row", units, program, agency_id, service_date, amount_cents) FROM ${LINES} AS l JOIN ${exceptions} AS j ON j."row" = l."row" WHERE ${auditAppliesSql(bulletin, "filter")})`,
    ),
  );
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
