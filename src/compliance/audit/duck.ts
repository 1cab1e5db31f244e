import { type DuckDBConnection, DuckDBInstance } from "@duckdb/node-api";
import { DIALECTS, literal } from "../../policy/sql-dialect.ts";
import { onOneLine, Refusal } from "./refusal.ts";

/** A DuckDB in memory that spills to a folder. */
export interface Duck {
  readonly threads: number;
  readonly run: (sql: string) => Promise<void>;
  /** The rows of a small answer; never lines. */
  readonly rows: (sql: string) => Promise<readonly Readonly<Record<string, unknown>>[]>;
  /** Another connection, for a statement beside others: tables and views are shared but for temporary ones. */
  readonly beside: () => Promise<Duck>;
  readonly close: () => void;
}

export interface DuckOptions {
  readonly threads: number;
  /** As DuckDB writes sizes: "4GB". */
  readonly memory: string;
  readonly folder: string;
}

/** Opens it. It looks nowhere but at the files it is told of. */
export async function openDuck({ threads, memory, folder }: DuckOptions): Promise<Duck> {
  const instance = await DuckDBInstance.create(":memory:", {
    threads: String(threads),
    memory_limit: memory,
    temp_directory: folder,
    preserve_insertion_order: "false",

    autoinstall_known_extensions: "false",
    autoload_known_extensions: "false",
  });
  const connect = async (close: () => void): Promise<Duck> => {
    const connection = await instance.connect();
    return {
      threads,
      run: async (sql) => {
        await saying(() => connection.run(sql));
      },
      rows: (sql) => saying(() => rowsOf(connection, sql)),
      beside: () => connect(() => {}),
      close: () => {
        connection.closeSync();
        close();
      },
    };
  };
  const duck = await connect(() => instance.closeSync());
  // Each chunk asks for the file's footer a dozen times over.
  await duck.run("LOAD parquet; SET parquet_metadata_cache = true");
  return duck;
}

/** Does works at once and waits for all of them, even when one fails; then throws what failed first. */
export async function allOf<const T extends readonly Promise<unknown>[]>(
  works: T,
): Promise<{ -readonly [K in keyof T]: Awaited<T[K]> }> {
  await Promise.allSettled(works);
  return Promise.all(works);
}

async function rowsOf(connection: DuckDBConnection, sql: string) {
  const reader = await connection.runAndReadAll(sql);
  return reader.getRowObjectsJS() as readonly Readonly<Record<string, unknown>>[];
}

/** Names the machine's own limits in a way that can be acted on; else lets the error be. */
async function saying<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const message = onOneLine(error instanceof Error ? error.message : String(error));
    if (
      /no space left|disk full|file too large|not enough disk|max_temp_directory_size/i.test(
        message,
      )
    ) {
      throw new Refusal(`no room on the disk: ${message}`, { cause: error });
    }
    if (/out of memory/i.test(message)) {
      throw new Refusal("the memory allowed is too little; give more with --memory", {
        cause: error,
      });
    }
    throw error;
  }
}

/** A text as a literal. */
export function quoted(text: string): string {
  return literal(DIALECTS.duckdb, text);
}

/** A file's path as a literal that names this file and no pattern of files. */
export function quotedPath(path: string): string {
  return quoted(path.replaceAll(/[[*?]/g, "[$&]"));
}
