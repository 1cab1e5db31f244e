/** What a cell is read as. `words`: several, parted by commas or semicolons. */
type Form = "text" | "day" | "yes-no" | "email" | "words" | "role" | "code";

export type ImportColumn = {
  name: string;
  label: string;
  form: Form;
  needed?: boolean;
  most?: number;
  /** The codes it takes, with other words that mean the same. */
  codes?: Readonly<Record<string, readonly string[]>>;
  /** Other names that it has in files, in small letters. */
  also?: readonly string[];
};

export type ImportKind = {
  label: string;
  about: string;
  columns: readonly ImportColumn[];
  /** No two rows of a file may have the same of these. */
  once: readonly string[];
};

export const number: ImportColumn = {
  name: "number",
  label: "Number",
  form: "text",
  needed: true,
  most: 40,
  also: [
    "id",
    "client id",
    "consumer number",
    "client number",
    "case number",
    "service user id",
    "mrn",
  ],
};
export const email = (
  name: string,
  label: string,
  also: readonly string[],
  needed = false,
): ImportColumn => ({
  ...{ name, label, also, needed },
  form: "email",
  most: 200,
});
