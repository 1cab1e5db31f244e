/** A sheet that goes home: plain words, and nothing that names the agency or a programme. */
export type Sheet = {
  title: string;
  parts: { heading: string; lines: { text: string; under: string[] }[] }[];
};

/** The domains of life in words for home. */
export const domainsAtHome: Record<string, string> = {
  "substance-use": "Staying well",
  health: "Health",
  offending: "Staying out of trouble",
  "social-functioning": "Home, work and people",
};

/** What was written on a sheet by staff, line by line. */
export function linesOf(sheet: Sheet): string[] {
  return sheet.parts.flatMap((part) => part.lines.flatMap((line) => [line.text, ...line.under]));
}

/** The lines in which one of the names stands as words of its own: somebody should look at them. */
export function naming(lines: readonly string[], names: readonly string[]): string[] {
  const plain = (text: string) =>
    ` ${text
      .toLowerCase()
      .replace(/[^\p{L}\p{N}]+/gu, " ")
      .trim()} `;
  const wanted = names.map(plain).filter((name) => name.trim() !== "");
  return lines.filter((line) => wanted.some((name) => plain(line).includes(name)));
}
