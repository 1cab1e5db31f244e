import { type Day, parseDay } from "../kernel/day.ts";
import type { ImportColumn, ImportKind } from "./import-column.ts";
import { isRole } from "./import-kinds.ts";

/** What a cell became, by column; a row keeps its number in the file, where 1 is the header. */
export type ImportRow = { row: number } & Record<
  string,
  string | number | boolean | string[] | null
>;
export type Problem = { row: number; column: string; problem: string };

/** Which column of the file is which of ours: by its place in the header. */
export type Matching = Readonly<Record<string, number>>;

const plain = (text: string) =>
  text
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, " ")
    .trim();

/** The columns that can be told by their names: what is offered before anybody chooses. */
export function matchColumns(kind: ImportKind, header: readonly string[]): Matching {
  const names = header.map(plain);
  const taken = new Set<number>();
  const matched: Record<string, number> = {};
  const take = (column: ImportColumn, place: number) => {
    if (place < 0 || taken.has(place) || column.name in matched) return;
    taken.add(place);
    matched[column.name] = place;
  };
  const exact = (column: ImportColumn) => [plain(column.name), plain(column.label)];
  for (const column of kind.columns)
    take(
      column,
      names.findIndex((name) => exact(column).includes(name)),
    );
  for (const column of kind.columns) {
    take(
      column,
      names.findIndex((name, place) => !taken.has(place) && (column.also ?? []).includes(name)),
    );
  }
  return matched;
}

/** Columns of the file that nothing takes, by their names; one without a name by its place. */
export function unused(header: readonly string[], matching: Matching): string[] {
  const taken = new Set(Object.values(matching));
  return header.flatMap((name, place) => (taken.has(place) ? [] : [name || `column ${place + 1}`]));
}

/** Needed columns that nothing was matched to. */
export function unmatched(kind: ImportKind, matching: Matching): ImportColumn[] {
  return kind.columns.filter(({ name, needed }) => needed && matching[name] === undefined);
}

/** Reads every cell: rows to write, and everything that is wrong, by row and column. */
export function readRows(
  kind: ImportKind,
  matching: Matching,
  table: readonly (readonly string[])[],
  dayFirst: boolean,
): { rows: ImportRow[]; problems: Problem[] } {
  const problems: Problem[] = [];
  const rows: ImportRow[] = [];
  const seen = new Map<string, number>();
  for (const [index, cells] of table.entries()) {
    const number = index + 2;
    if (cells.every((cell) => cell.trim() === "")) continue;
    const row: ImportRow = { row: number };
    for (const column of kind.columns) {
      const place = matching[column.name];
      const text = place === undefined ? "" : (cells[place] ?? "").trim();
      const read = readCell(column, text, dayFirst);
      if ("problem" in read)
        problems.push({ row: number, column: column.name, problem: read.problem });
      else row[column.name] = read.value;
    }
    const key = kind.once.map((name) => String(row[name] ?? "").toLowerCase()).join("\u0000");
    const before = seen.get(key);
    if (before !== undefined && kind.once.some((name) => row[name] != null)) {
      const column = kind.once.at(-1) ?? "";
      problems.push({ row: number, column, problem: `The same as in row ${before}` });
    }
    seen.set(key, before ?? number);
    problems.push(...together(kind, row));
    rows.push(row);
  }
  return { rows, problems };
}

type Read = { value: ImportRow[string] } | { problem: string };

function readCell(column: ImportColumn, text: string, dayFirst: boolean): Read {
  if (text === "") {
    if (column.needed) return { problem: "Is missing" };
    return { value: column.form === "words" || column.form === "role" ? [] : null };
  }
  if (text.length > (column.most ?? 2000))
    return { problem: `Is longer than ${column.most ?? 2000} characters` };
  switch (column.form) {
    case "text":
      return { value: text };
    case "email":
      return /^[^@\s]+@[^@\s]+\.[^@\s]+$/.test(text)
        ? { value: text.toLowerCase() }
        : { problem: `${quoted(text)} is not an email address` };
    case "day": {
      const day = readDay(text, dayFirst);
      return day
        ? { value: day }
        : {
            problem: `${quoted(text)} is not a date: write it as 2026-11-22${dayFirst ? " or 22/11/2026" : " or 11/22/2026"}`,
          };
    }
    case "yes-no": {
      const said = plain(text);
      if (["yes", "y", "true", "1", "x"].includes(said)) return { value: true };
      return ["no", "n", "false", "0"].includes(said)
        ? { value: false }
        : { problem: `${quoted(text)} is neither yes nor no` };
    }
    case "words":
      return { value: parts(text) };
    case "role": {
      const named = parts(text).map((part) =>
        plain(part)
          .replaceAll(" ", "-")
          .replace("programme", "program")
          .replace("primary-counselor", "keyworker"),
      );
      const unknown = named.find((role) => !isRole(role));
      return unknown === undefined ? { value: named } : { problem: `“${unknown}” is no role here` };
    }
    case "code": {
      const said = plain(text);
      const found = Object.entries(column.codes ?? {}).find(
        ([code, also]) => plain(code) === said || also.includes(said),
      );
      return found
        ? { value: found[0] }
        : { problem: `${quoted(text)} is none of: ${Object.keys(column.codes ?? {}).join(", ")}` };
    }
  }
}

/** A cell as a problem names it. */
const quoted = (text: string) => `“${text.length > 40 ? `${text.slice(0, 39)}…` : text}”`;

const parts = (text: string) =>
  text
    .split(/[,;]/)
    .map((part) => part.trim())
    .filter(Boolean);

const MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split(" ");

/** `2026-11-22`, `22 Nov 2026`, or the country's own order with slashes, dots or dashes. */
export function readDay(text: string, dayFirst: boolean): Day | null {
  const iso = parseDay(text.slice(0, 10));
  if (iso && /^\S{10}(T00:00.*)?$/.test(text)) return iso;
  const said = /^(\d{1,2})[ -]([a-z]{3})[a-z]*[ -](\d{4})$/i.exec(text);
  if (said) {
    const [, day = "", name = "", year = ""] = said;
    const month = MONTHS.indexOf(name.toLowerCase()) + 1;
    return parseDay(`${year}-${String(month).padStart(2, "0")}-${day.padStart(2, "0")}`);
  }
  const found = /^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})$/.exec(text);
  if (!found) return null;
  const [, first = "", second = "", year = ""] = found;
  const [day, month] = dayFirst ? [first, second] : [second, first];
  return parseDay(`${year}-${month.padStart(2, "0")}-${day.padStart(2, "0")}`);
}

/** What cells of one row say against each other. */
function together(kind: ImportKind, row: ImportRow): Problem[] {
  const has = (name: string) => kind.columns.some((column) => column.name === name);
  const wrong = (column: string, problem: string): Problem => ({ row: row.row, column, problem });
  const problems: Problem[] = [];
  const after = (later: string, earlier: string, problem: string) => {
    const [a, b] = [row[later], row[earlier]];
    if (has(later) && typeof a === "string" && typeof b === "string" && a < b)
      problems.push(wrong(later, problem));
  };
  after("valid_to", "valid_from", "Is before the first day");
  after("in_program_since", "opened_on", "Is before the episode opened");
  if (has("bed") && row.bed && !row.unit)
    problems.push(wrong("unit", "Is missing: a bed stands in a unit"));
  if (has("unit_kind") && row.unit && !row.unit_kind)
    problems.push(wrong("unit_kind", "Is missing: say what kind of unit it is"));
  if (has("organisation") && row.kind === "referral-source" && !row.organisation) {
    problems.push(wrong("organisation", "Is missing: a referral source has one"));
  }
  return problems;
}
