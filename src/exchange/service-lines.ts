import { writeCsv } from "./csv.ts";

/** The columns of a file of service lines, in the order in which they are written. */
const COLUMNS = [
  "line_id",
  "consumer_id",
  "service",
  "service_date",
  "units",
  "agency_id",
  "program",
  "start_time",
  "end_time",
  "setting",
  "consumer_present",
  "supports_present",
  "plan_discussed",
  "performer_id",
  "performer_qualification",
  "amount_cents",
  // Beyond the contract, which passes over columns it does not know: what stands, for whoever bills.
  "outcome",
  "units_payable",
  "amount_payable_cents",
] as const;

/** A service as a file of service lines holds it; ids, never names. */
export type ExportedLine = {
  readonly [column in (typeof COLUMNS)[number]]: string | number | boolean | null;
};

/** A performer of whom no qualification is on file for the day: recorded, and none. */
const NONE_HELD = "none";

/**
 * The one qualification that a file has room for. Of several held on the day it is one that satisfies
 * the rules, so that the file is judged as the record is; else the first. A performer who held none
 * that day gets `none`: an empty cell would say that nothing is recorded, and pend what is denied.
 */
export function qualificationFor(
  held: readonly string[] | null,
  satisfies: (qualification: string) => boolean,
): string | null {
  if (held === null) return null;
  return held.find(satisfies) ?? held[0] ?? NONE_HELD;
}

/**
 * A file of service lines. A cell that begins with `=`, `+`, `-` or `@` could be taken for a formula by
 * a spreadsheet; it is written as it is all the same, because the files' meaning is exact to the
 * character and every free code here is set by the agency's administrator, not by outsiders.
 */
export function writeServiceLines(lines: readonly ExportedLine[]): string {
  return writeCsv(
    COLUMNS,
    lines.map((line) => COLUMNS.map((column) => line[column])),
  );
}
