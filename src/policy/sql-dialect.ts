import { duckdb } from "./dialect-duckdb.ts";
import { postgresql } from "./dialect-postgresql.ts";
import type { FactKind } from "./facts.ts";

/** Everything in which the databases differ, as far as bulletins need it. */
export interface Dialect {
  readonly name: "postgresql" | "duckdb";
  /** A text as a literal that the database reads back as exactly this text. */
  readonly text: (value: string) => string;
  /** The expression, to be compared with others by its UTF-8 bytes. */
  readonly byBytes: (expression: string) => string;
  /** Whether a value is one of these constants; unknown when it is null. */
  readonly isOneOf: (value: string, literals: readonly string[]) => string;
  /** Whether a list of texts holds any of these; unknown when the list is null. */
  readonly holdsAny: (list: string, texts: readonly string[]) => string;
}

export const DIALECTS = { postgresql, duckdb } as const satisfies Record<string, Dialect>;

/** A name of a column or relation. Throws a RangeError for one that a database would cut or refuse. */
export function identifier(name: string): string {
  if (name === "" || name.includes("\0") || new TextEncoder().encode(name).length > 63) {
    throw new RangeError(`Not a name in SQL: ${JSON.stringify(name)}`);
  }
  return `"${name.replaceAll('"', '""')}"`;
}

/**
 * The one place where a bulletin's values become SQL. Throws a RangeError for a number that is not
 * whole and a text that no database can hold.
 */
export function literal(dialect: Dialect, value: string | number | boolean): string {
  if (typeof value === "boolean") return value ? "TRUE" : "FALSE";
  if (typeof value === "number") {
    if (!Number.isSafeInteger(value)) throw new RangeError(`Not a whole number: ${value}`);
    return String(value);
  }
  if (value.includes("\0") || !value.isWellFormed()) {
    throw new RangeError(`Not a text that a database holds: ${JSON.stringify(value)}`);
  }
  return dialect.text(value);
}

/** The type of a fact's column; the names mean the same in both databases. */
export const SQL_TYPES: Readonly<Record<FactKind, string>> = {
  "open-code": "text",
  "closed-code": "text",
  "held-codes": "text[]",
  count: "bigint",
  money: "bigint",
  flag: "boolean",
  day: "date",
  time: "text",
};
