import { DIALECTS, identifier, literal } from "../../policy/sql-dialect.ts";
import { type Column, type Form, TEN_DIGITS } from "./columns.ts";

/** A column as it stands in a file: the type DuckDB gives it, or null when the file lacks it. */
export interface Found extends Column {
  readonly type: string | null;
  /** No value of it is an empty text. */
  readonly filled?: boolean;
  /** What a Parquet file's statistics say of the column, as texts; absent where they don't tell. */
  readonly range?: { readonly min: string; readonly max: string; readonly nulls: number };
}

const INTEGERS = new Set(
  ["TINY", "SMALL", "", "BIG", "HUGE"].flatMap((size) => [
    `${size}${size === "" ? "INTEGER" : "INT"}`,
    `U${size}${size === "" ? "INTEGER" : "INT"}`,
  ]),
);
const TIMES = new Set(["TIME", "TIME_NS", "TIME WITH TIME ZONE"]);

/** Whether values of this type can be read by the lexical rule. */
export function isReadableType(type: string): boolean {
  return (
    type === "VARCHAR" ||
    type === "DATE" ||
    type === "BOOLEAN" ||
    TIMES.has(type) ||
    INTEGERS.has(type)
  );
}

/** The recorded value in the type its fact has in SQL; null when it is not recorded or malformed. */
export function valueSql(found: Found): string {
  const { name, form, type } = found;
  if (type === null) return `CAST(NULL AS ${SQL_TYPE[form.kind]})`;
  const column = identifier(name);
  if (type === "DATE" && form.kind === "day") return column;
  if (type === "BOOLEAN" && form.kind === "flag") return column;
  if (INTEGERS.has(type) && form.kind === "number") return `TRY_CAST(${column} AS bigint)`;
  const written = textSql(found);
  switch (form.kind) {
    case "flag":
      return `(${written} = 'true')`;
    case "number":
      return `TRY_CAST(${written} AS bigint)`;
    case "day":
      return `TRY_CAST(${written} AS date)`;
    default:
      return written;
  }
}

/**
 * Whether the row is readable as far as this column goes: true or false, never null. Of one column and
 * without nested cases, so that a Parquet file's dictionaries are tested a value at a time.
 */
export function readableSql(found: Found): string {
  const { needed, type } = found;
  if (type === null) return needed ? "FALSE" : "TRUE";
  if (isProven(found)) return "TRUE";
  const fits = fitsSql(found);
  if (!needed) return fits === null ? "TRUE" : `COALESCE(${fits}, ${missingSql(found)})`;
  return fits === null ? `NOT ${missingSql(found)}` : `COALESCE(${fits}, FALSE)`;
}

/** Whether the statistics of a Parquet file already say that all of the column is readable. */
function isProven({ form, needed, type, filled, range }: Found): boolean {
  if (range === undefined || (needed && range.nulls > 0)) return false;
  if (form.kind === "text") return !needed || filled === true;
  if (INTEGERS.has(type ?? "") && form.kind === "number") {
    return Number(range.min) >= form.min && Number(range.max) <= form.max;
  }
  const fourDigits = (day: string) => /^(19|[2-9]\d)\d\d-\d\d-\d\d$/.test(day);
  return type === "DATE" && form.kind === "day" && fourDigits(range.min) && fourDigits(range.max);
}

/** Why the column makes a row unreadable, as a text; null when it does not. */
export function problemSql(found: Found): string {
  const { name, form, needed, type } = found;
  if (type === null) return "NULL";
  const missing = needed ? ` WHEN ${missingSql(found)} THEN '${name} is missing'` : "";
  const fits = `NOT ${readableSql({ ...found, needed: false })}`;
  return `CASE${missing} WHEN ${fits} THEN ${text(`${name} is not ${sayForm(form)}`)} END`;
}

function missingSql({ name, type, filled }: Found): string {
  const column = identifier(name);
  return type === "VARCHAR" && !filled
    ? `(${column} IS NULL OR ${column} = '')`
    : `(${column} IS NULL)`;
}

/**
 * Whether a recorded value has its form; null where every value has. Comes to null only for a value that
 * is missing or no day at all; where missing is allowed, an empty text may fit.
 */
function fitsSql(found: Found): string | null {
  const { form, type, needed } = found;
  const column = identifier(found.name);
  if (type === "DATE" && form.kind === "day") {
    return `${column} BETWEEN DATE '1900-01-01' AND DATE '9999-12-31'`;
  }
  if (type === "BOOLEAN" && form.kind === "flag") return null;
  if (INTEGERS.has(type ?? "") && form.kind === "number") {
    return `${column} BETWEEN ${form.min} AND ${form.max}`;
  }
  const written = type === "VARCHAR" ? column : textSql(found);
  const among = (texts: readonly string[]) =>
    `list_contains([${(needed ? texts : ["", ...texts]).map(text).join(", ")}], ${written})`;
  const matches = (pattern: string) =>
    `regexp_full_match(${written}, '${needed ? pattern : `|${pattern}`}')`;
  switch (form.kind) {
    case "text":
      return null;
    case "code":
      return among(form.codes);
    case "flag":
      return among(["true", "false"]);
    case "number": {
      const digits = matches(form.min > 0 ? "[1-9][0-9]{0,9}" : "[0-9]{1,10}");
      return form.min === 0 && form.max === TEN_DIGITS
        ? digits
        : `(${digits} AND TRY_CAST(${written} AS bigint) BETWEEN ${form.min} AND ${form.max})`;
    }
    case "day":
      // A cast takes more than one spelling; only the right one comes back as it was.
      return `(CAST(TRY_CAST(${written} AS date) AS text) = ${written} AND ${written} BETWEEN '1900-01-01' AND '9999-12-31')`;
    case "time":
      return matches(`([01][0-9]|2[0-3]):[0-5][0-9]${form.end ? "|24:00" : ""}`);
  }
}

/** The value as the lexical rule reads it: a typed one as it would be written. Empty is not recorded. */
function textSql({ name, type, filled }: Pick<Found, "name" | "type" | "filled">): string {
  const column = identifier(name);
  if (type === "VARCHAR") return filled ? column : `NULLIF(${column}, '')`;
  if (!TIMES.has(type ?? "")) return `CAST(${column} AS text)`;
  // Whole minutes lose their seconds; others keep them and don't have the form.
  return `regexp_replace(CAST(CAST(${column} AS time) AS text), '^(\\d\\d:\\d\\d):00$', '\\1')`;
}

function sayForm(form: Form): string {
  switch (form.kind) {
    case "text":
      return "a text";
    case "code":
      return `one of ${form.codes.join(", ")}`;
    case "flag":
      return "true or false";
    case "number":
      return form.max < 100
        ? `a whole number from ${form.min} to ${form.max}`
        : "at most ten digits";
    case "day":
      return "a date YYYY-MM-DD in the years 1900 to 9999";
    case "time":
      return `a time HH:MM from 00:00 to ${form.end ? "24:00" : "23:59"}`;
  }
}

const SQL_TYPE: Readonly<Record<Form["kind"], string>> = {
  text: "text",
  code: "text",
  number: "bigint",
  flag: "boolean",
  day: "date",
  time: "text",
};

function text(value: string): string {
  return literal(DIALECTS.duckdb, value);
}
