import { open, stat } from "node:fs/promises";
import { join } from "node:path";
import { identifier } from "../../policy/sql-dialect.ts";
import type { Column } from "./columns.ts";
import { scanCsv } from "./csv-scan.ts";
import { type Duck, quoted, quotedPath } from "./duck.ts";
import { type Found, isReadableType } from "./forms.ts";
import { onOneLine, Refusal } from "./refusal.ts";

/** A file as the view `name`: `row` from 1, and those of the contract's columns that it has. */
export interface Source {
  readonly file: string;
  /** The Parquet file that is read: the file itself, or what a CSV file became. */
  readonly path: string;
  readonly view: string;
  readonly columns: readonly Found[];
  readonly rows: number;
  /** Columns of the file that are not the contract's. */
  readonly unknown: readonly string[];
}

interface Opening {
  readonly duck: Duck;
  readonly file: string;
  readonly view: string;
  readonly columns: readonly Column[];
  /** A folder for what is made on the way. */
  readonly folder: string;
  readonly progress: (share: number) => void;
}

/** Opens a CSV or Parquet file, told apart by its first bytes. */
export async function openSource(opening: Opening): Promise<Source> {
  const parquet = await sniffParquet(opening.file);
  try {
    return await (parquet ? openParquet(opening, opening.file) : openCsv(opening));
  } catch (error) {
    throw asRefusal(opening.file, error);
  }
}

/** What kept a file from being read, without its content: that would be somebody's record. */
export function asRefusal(file: string, error: unknown): unknown {
  if (error instanceof Refusal || !(error instanceof Error)) return error;
  const { code } = error as NodeJS.ErrnoException;
  if (code === "ENOSPC" || code === "EFBIG" || code === "EDQUOT") {
    return new Refusal(`no room on the disk (${code})`, { cause: error });
  }
  const reading = /^(Invalid|IO Error|Serialization|Conversion|TProtocol|Snappy|ZSTD|Parquet)/;
  if (!reading.test(error.message)) return error;
  const line = /CSV Error on Line: (\d+)/.exec(error.message)?.[1];
  const why = /utf-?8|unicode/i.test(error.message)
    ? "it is not UTF-8"
    : line === undefined
      ? onOneLine(error.message.split("\n")[0] ?? "")
      : "it can't be read as CSV";
  return new Refusal(`${file}: ${line ? `line ${line}: ` : ""}${why}`, { cause: error });
}

async function sniffParquet(file: string): Promise<boolean> {
  let size: number;
  try {
    const found = await stat(file);
    if (!found.isFile()) throw new Refusal(`${file}: it is not a file`);
    size = found.size;
  } catch (error) {
    if (error instanceof Refusal) throw error;
    throw new Refusal(`${file}: it can't be opened (${(error as NodeJS.ErrnoException).code})`);
  }
  const handle = await open(file).catch((error: NodeJS.ErrnoException) => {
    throw new Refusal(`${file}: it can't be opened (${error.code})`);
  });
  try {
    const head = await handle.read(Buffer.alloc(4), 0, 4, 0);
    const isParquet = head.buffer.toString("latin1") === "PAR1";
    if (!isParquet && /\.parquet$/i.test(file)) throw new Refusal(`${file}: it is not Parquet`);
    const tail = await handle.read(Buffer.alloc(4), 0, 4, Math.max(0, size - 4));
    if (isParquet && (size < 12 || tail.buffer.toString("latin1") !== "PAR1")) {
      throw new Refusal(`${file}: the Parquet file is truncated`);
    }
    return isParquet;
  } finally {
    await handle.close();
  }
}

/** What DuckDB calls the place of a row in its Parquet file. */
const ROW_NUMBER = "file_row_number";

async function openParquet(opening: Opening, path: string): Promise<Source> {
  const { duck, file, view } = opening;
  const from = `read_parquet(${quotedPath(path)}, ${ROW_NUMBER}=true, hive_partitioning=false)`;
  const names = topLevelNames(
    await duck.rows(`SELECT name, num_children FROM parquet_schema(${quotedPath(path)})`),
  );
  if (names.some((name) => name.toLowerCase() === ROW_NUMBER)) {
    throw new Refusal(`${file}: column ${ROW_NUMBER} has a name that the reader needs; rename it`);
  }
  // The database renames columns that differ in case only; their places stay.
  const described = await duck.rows(`DESCRIBE SELECT * FROM ${from}`);
  const { places, unknown } = match(opening, names);
  const known = await readStatistics(duck, path);
  const columns = opening.columns.map((column): Found => {
    const place = places.get(column.name);
    const type = place === undefined ? null : String(described[place]?.column_type);
    if (type !== null && !isReadableType(type)) {
      throw new Refusal(`${file}: column ${column.name} has the type ${type}, which is not read`);
    }
    return { ...column, type, ...known.get(column.name) };
  });
  const selected = columns
    .filter(({ type }) => type !== null)
    .map(({ name }) => {
      const own = String(described[places.get(name) ?? 0]?.column_name);
      return `"${own.replaceAll('"', '""')}" AS ${identifier(name)}`;
    });
  await duck.run(
    `CREATE OR REPLACE VIEW ${view} AS SELECT ${ROW_NUMBER} + 1 AS "row", ${selected.join(", ")} FROM ${from}`,
  );
  const [count] = await duck.rows(`SELECT count(*) AS rows FROM ${view}`);
  return { file, path, view, columns, unknown, rows: Number(count?.rows) };
}

/** What the statistics of a Parquet file say of its columns; nothing of those that lack them somewhere. */
async function readStatistics(duck: Duck, path: string) {
  const rows = await duck.rows(`SELECT path_in_schema AS name, type,
  COALESCE(bool_and(stats_min_value > '' OR stats_null_count = num_values), FALSE) AS filled,
  MIN(CASE WHEN type LIKE 'INT%' THEN TRY_CAST(stats_min_value AS hugeint) END) AS min,
  MAX(CASE WHEN type LIKE 'INT%' THEN TRY_CAST(stats_max_value AS hugeint) END) AS max,
  MIN(stats_min_value) AS first, MAX(stats_max_value) AS last, SUM(stats_null_count) AS nulls,
  bool_and(stats_null_count IS NOT NULL AND stats_min_value IS NOT NULL AND stats_max_value IS NOT NULL) AS whole
FROM parquet_metadata(${quotedPath(path)}) GROUP BY path_in_schema, type`);
  return new Map(
    rows.map(({ name, filled, min, max, first, last, nulls, whole }) => {
      const range = { min: String(min ?? first), max: String(max ?? last), nulls: Number(nulls) };
      return [String(name), { filled: filled === true, ...(whole === true ? { range } : {}) }];
    }),
  );
}

/** The names below the root of a Parquet schema, which lists a tree depth first. */
function topLevelNames(nodes: readonly Readonly<Record<string, unknown>>[]): readonly string[] {
  const names: string[] = [];
  let at = 1;
  const skip = () => {
    const children = Number(nodes[at++]?.num_children ?? 0);
    for (let child = 0; child < children; child++) skip();
  };
  while (at < nodes.length) {
    names.push(String(nodes[at]?.name));
    skip();
  }
  return names;
}

/**
 * A CSV file becomes a Parquet file of texts in the order of its rows, while its bytes are checked. A
 * file that the database can't read in parallel, or whose lines are very long, is read again slowly.
 */
async function openCsv(opening: Opening): Promise<Source> {
  const { duck, file, view, folder, progress } = opening;
  const staged = join(folder, `${view}.parquet`);
  const { size } = await stat(file);
  const headerRead = Promise.withResolvers<readonly string[]>();
  const scanned = scanCsv(file, headerRead.resolve, (bytes) => progress(bytes / Math.max(1, size)));
  scanned.catch(headerRead.reject);
  const header = await headerRead.promise;
  const { places, unknown } = match(opening, header);

  const stage = async (extra: string) => {
    const cells = header.map((_, place) => `'c${place}': 'VARCHAR'`);
    const selected = [...places].map(([name, place]) => `c${place} AS ${identifier(name)}`);
    await duck.run("SET preserve_insertion_order = true");
    await duck.run(`COPY (SELECT ${selected.join(", ")} FROM read_csv(${quotedPath(file)}, auto_detect=false,
header=true, delim=',', quote='"', escape='"', comment='', strict_mode=true,
compression='none', columns={${cells.join(", ")}}${extra})) TO ${quoted(staged)} (FORMAT parquet)`);
    await duck.run("SET preserve_insertion_order = false");
  };
  const attempt = stage("").then(
    () => null,
    (error: unknown) => error,
  );
  const [scan, failed] = await Promise.all([scanned, attempt]).catch(async (error) => {
    await attempt;
    throw error;
  });
  if (failed instanceof Refusal) throw failed;
  const read = async () =>
    openParquet(
      { ...opening, columns: opening.columns.filter(({ name }) => places.has(name)) },
      staged,
    );
  let source = failed === null ? await read() : null;
  if (source?.rows !== scan.records) {
    const longest = Math.max(scan.longest + 1, 2_097_152);
    await stage(`, parallel=false, max_line_size=${longest}, buffer_size=${2 * longest}`);
    source = await read();
    if (source.rows !== scan.records) {
      throw new Refusal(
        `${file}: ${scan.records} rows are written and ${source.rows} could be read`,
      );
    }
  }
  const columns = opening.columns.map(
    (column): Found =>
      source.columns.find(({ name }) => name === column.name) ?? { ...column, type: null },
  );
  return { ...source, columns, unknown };
}

/** Where each of the contract's columns stands in the file. */
function match({ file, columns }: Opening, names: readonly string[]) {
  const places = new Map<string, number>();
  for (const { name, needed, expected } of columns) {
    const place = names.indexOf(name);
    if (place !== names.lastIndexOf(name))
      throw new Refusal(`${file}: column ${name} is there twice`);
    if (place >= 0) places.set(name, place);
    else if (needed || expected)
      throw new Refusal(`${file}: column ${name} is missing${otherDelimiter(names)}`);
  }
  const known = new Set(columns.map(({ name }) => name));
  return { places, unknown: names.filter((name) => !known.has(name)) };
}

function otherDelimiter([only = "", ...more]: readonly string[]): string {
  if (only.includes("\0")) return "; it is neither CSV nor Parquet";
  const found = more.length === 0 ? /[;\t|]/.exec(only)?.[0] : undefined;
  if (found === undefined) return "";
  return `; cells seem to be separated by ${found === "\t" ? "tabs" : `"${found}"`}, not by commas`;
}
