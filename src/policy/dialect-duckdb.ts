import type { Dialect } from "./sql-dialect.ts";

/** DuckDB 1.5 and later. */
export const duckdb: Dialect = {
  name: "duckdb",

  text: (value) => `'${value.replaceAll("'", "''")}'`,

  // Bytes are how it compares text by itself.
  byBytes: (expression) => expression,

  // Many times faster than IN over a Parquet file's dictionaries.
  isOneOf: (value, literals) => `list_contains([${literals.join(", ")}], ${value})`,

  holdsAny: (list, texts) => `list_has_any(${list}, [${texts.join(", ")}])`,
};
