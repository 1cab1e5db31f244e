import { type ImportColumn, type ImportKind, wordOf } from "./import-column.ts";
import { readDay } from "./import-day.ts";
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

/** A label as an empty file has it for the other country. */
const american = (label: string) =>
  label
    .replaceAll("programme", "program")
    .replaceAll("keyworker", "primary counselor")
    .replaceAll("organisation", "organization");

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
  const exact = ({ name, label }: ImportColumn) => {
    const said = plain(label);
    return [plain(name), said, american(said)];
  };
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
    rows.push(row);
  }
  problems.push(...twice(kind, rows), ...alike(kind, rows));
  for (const row of rows) problems.push(...together(kind, row));
  return { rows, problems: problems.toSorted((a, b) => a.row - b.row) };
}

const same = (value: ImportRow[string] | undefined) => JSON.stringify(value ?? null).toLowerCase();

/** Rows that say again what may be said once. */
function twice(kind: ImportKind, rows: readonly ImportRow[]): Problem[] {
  return kind.once.flatMap((names) => {
    const seen = new Map<string, number>();
    const column = names.at(-1) ?? "";
    return rows.flatMap((row): Problem[] => {
      if (names.some((name) => row[name] === undefined)) return [];
      if (names.every((name) => row[name] === null)) return [];
      const key = names.map((name) => same(row[name])).join();
      const before = seen.get(key);
      if (before === undefined) seen.set(key, row.row);
      return before === undefined
        ? []
        : [{ row: row.row, column, problem: `The same as in row ${before}` }];
    });
  });
}

/** Gives every row of one thing what one of them says of it; two that say different things are named. */
function alike({ alike }: ImportKind, rows: readonly ImportRow[]): Problem[] {
  if (!alike) return [];
  const things = Map.groupBy(
    rows.filter((row) => row[alike.by]),
    (row) => same(row[alike.by]),
  );
  const said = (value: ImportRow[string] | undefined) =>
    value !== undefined && value !== null && !(Array.isArray(value) && value.length === 0);
  return [...things.values()].flatMap((of) =>
    alike.columns.flatMap((column) => {
      const first = of.find((row) => said(row[column]));
      if (!first) return [];
      return of.flatMap((row): Problem[] => {
        // A cell that could not be read is named already.
        if (row[column] === undefined) return [];
        if (!said(row[column])) row[column] = first[column] ?? null;
        return same(row[column]) === same(first[column])
          ? []
          : [
              {
                row: row.row,
                column,
                problem: `Row ${first.row} says otherwise of the same ${alike.by}`,
              },
            ];
      });
    }),
  );
}

const several = new Set<ImportColumn["form"]>(["words", "role", "codes"]);

type Read = { value: ImportRow[string] } | { problem: string };

function readCell(column: ImportColumn, text: string, dayFirst: boolean): Read {
  if (text === "") {
    if (column.needed) return { problem: "Is missing" };
    return { value: several.has(column.form) ? [] : null };
  }
  const most = column.form === "count" ? 20 : (column.most ?? 2000);
  if (text.length > most) return { problem: `Is longer than ${most} characters` };
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
    case "count": {
      const count = /^\d+(\.0+)?$/.test(text) ? Number(text) : 0;
      return count >= 1 && count <= (column.most ?? 1000)
        ? { value: count }
        : { problem: `${quoted(text)} is not a number from 1 to ${column.most ?? 1000}` };
    }
    case "code": {
      const found = codeOf(column, text);
      return found ? { value: found } : { problem: noCode(column, text) };
    }
    case "codes": {
      const said = parts(text).map((part) => ({ part, code: codeOf(column, part) }));
      const unknown = said.find(({ code }) => code === undefined);
      return unknown
        ? { problem: noCode(column, unknown.part) }
        : { value: [...new Set(said.flatMap(({ code }) => code ?? []))] };
    }
  }
}

function codeOf(column: ImportColumn, text: string): string | undefined {
  const said = plain(text);
  return Object.entries(column.codes ?? {}).find(
    ([code, also]) => plain(code) === said || also.some((word) => plain(word) === said),
  )?.[0];
}

const noCode = (column: ImportColumn, text: string) =>
  `${quoted(text)} is none of: ${Object.keys(column.codes ?? {})
    .map((code) => wordOf(column, code))
    .join(", ")}`;

/** A cell as a problem names it. */
const quoted = (text: string) => `“${text.length > 40 ? `${text.slice(0, 39)}…` : text}”`;

const parts = (text: string) =>
  text
    .split(/[,;]/)
    .map((part) => part.trim())
    .filter(Boolean);

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
  after("since", "admitted_on", "Is before the stay began");
  after("expected_to", "since", "Is before they came into the bed");
  if (has("bed") && row.bed && !row.unit)
    problems.push(wrong("unit", "Is missing: a bed stands in a unit"));
  if (has("unit_kind") && row.unit && !row.unit_kind)
    problems.push(wrong("unit_kind", "Is missing: say what kind of unit it is"));
  if (has("capacity")) problems.push(...unitTogether(row, wrong));
  if (has("organisation") && row.kind === "referral-source" && !row.organisation) {
    problems.push(wrong("organisation", "Is missing: a referral source has one"));
  }
  return problems;
}

function unitTogether(
  row: ImportRow,
  wrong: (column: string, problem: string) => Problem,
): Problem[] {
  const list = (name: string) => (Array.isArray(row[name]) ? row[name] : []);
  const both = list("serves").filter((group) => list("does_not_take").includes(group));
  const checks: [boolean, string, string][] = [
    [Boolean(row.capacity && row.bed), "capacity", "The beds are listed: leave their number empty"],
    [Boolean(row.capacity && !row.unit), "unit", "Is missing: beds stand in a unit"],
    [Boolean(row.child_place && !row.bed), "bed", "Is missing: say which bed is a child's place"],
    [Boolean(row.women_only && row.men_only), "men_only", "It is for women only, the row says"],
    [
      Boolean(row.attached_to && row.unit_kind && row.unit_kind !== "detox"),
      "attached_to",
      "Only a detox is attached to a rehab",
    ],
    [both.length > 0, "does_not_take", `It is made for ${both.join(", ")}, the row says`],
    [
      Boolean(row.takes_children && list("does_not_take").includes("children")),
      "does_not_take",
      "It takes children, the row says",
    ],
  ];
  return checks.flatMap(([is, column, problem]) => (is ? [wrong(column, problem)] : []));
}
