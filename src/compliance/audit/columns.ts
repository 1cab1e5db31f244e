import { type Fact, SUBJECTS } from "../../policy/facts.ts";

/** A column of a file, as service-lines.md lists it. */
export interface Column {
  readonly name: string;
  readonly form: Form;
  /** Whether every row must have a value. */
  readonly needed: boolean;
  /** Whether the column must be there although its cells may be empty. */
  readonly expected?: boolean;
}

/** What a recorded value must look like. */
export type Form =
  | { readonly kind: "text" }
  | { readonly kind: "code"; readonly codes: readonly string[] }
  | { readonly kind: "number"; readonly min: number; readonly max: number }
  | { readonly kind: "flag" }
  | { readonly kind: "day" }
  /** `end`: 24:00 is one too. */
  | { readonly kind: "time"; readonly end: boolean };

/** The largest number that ten digits make. */
export const TEN_DIGITS = 9_999_999_999;

const text: Form = { kind: "text" };
const day: Form = { kind: "day" };

/** The columns of a file of service lines: two ids, then every fact that a file can hold. */
export const LINE_COLUMNS: readonly Column[] = [
  { name: "line_id", form: text, needed: true },
  { name: "consumer_id", form: text, needed: true },
  ...Object.entries(SUBJECTS.service.facts as Readonly<Record<string, Fact>>)
    .filter(([, { source }]) => source === "files")
    .map(([name, fact]) => ({ name, form: formOf(name, fact), needed: fact.needed })),
];

/** The columns of a credentials file. All must be there: without valid_to, all would be held forever. */
export const CREDENTIAL_COLUMNS: readonly Column[] = [
  { name: "performer_id", form: text, needed: true },
  { name: "qualification", form: text, needed: true },
  { name: "valid_from", form: day, needed: false, expected: true },
  { name: "valid_to", form: day, needed: false, expected: true },
];

function formOf(name: string, fact: Fact): Form {
  switch (fact.kind) {
    case "open-code":
    case "held-codes":
      return text;
    case "closed-code":
      return { kind: "code", codes: Object.keys(fact.codes ?? {}) };
    case "count":
    case "money":
      return { kind: "number", ...(fact.range ?? { min: 0, max: TEN_DIGITS }) };
    case "flag":
      return { kind: "flag" };
    case "day":
      return day;
    case "time":
      return { kind: "time", end: name === "end_time" };
  }
}
