/** What a cell is read as. `words` and `codes`: several, parted by commas or semicolons. */
type Form = "text" | "day" | "yes-no" | "email" | "words" | "role" | "code" | "codes" | "count";

export type ImportColumn = {
  name: string;
  label: string;
  form: Form;
  needed?: boolean;
  /** Characters; of a count, the number itself. */
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
  once: readonly (readonly string[])[];
  /** What the rows of one thing need to say only once, and must not say two ways. */
  alike?: { by: string; columns: readonly string[] };
};

/** Codes with the words that pages have for them, and others that mean the same, in small letters. */
export function codesOf<Code extends string>(
  words: Readonly<Record<Code, string>>,
  also: Partial<Record<Code, readonly string[]>> = {},
): Readonly<Record<string, readonly string[]>> {
  return Object.fromEntries(
    (Object.keys(words) as Code[]).map((code) => [code, [words[code], ...(also[code] ?? [])]]),
  );
}

export const number: ImportColumn = {
  name: "number",
  label: "Number",
  form: "text",
  needed: true,
  most: 40,
  also: [
    ...[
      "id",
      "ref",
      "reference",
      "ref no",
      "ref number",
      "no",
      "case number",
      "case no",
      "case id",
    ],
    ...["client id", "client number", "client no", "client ref", "patient id", "patient number"],
    ...["consumer id", "consumer number", "service user id", "service user number", "su id"],
    ...["mrn", "chart number", "file number", "nhs number", "local id", "unique id", "person id"],
  ],
};
/** What else a telephone number is called. */
export const phoneNames = [
  ...["tel", "tel no", "telephone", "telephone number", "telephone no", "phone number", "phone no"],
  ...["mobile", "mobile number", "mobile no", "mobile phone", "mob", "cell", "cell phone"],
  ...["contact number", "contact no", "home phone", "phone 1"],
];
export const emailNames = ["e mail", "email address", "e mail address", "mail", "work email"];

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

/** A code as pages say it: the first of its words. */
export function wordOf({ codes }: ImportColumn, code: string): string {
  return codes?.[code]?.[0] ?? code;
}
