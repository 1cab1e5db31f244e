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

/** Somebody around a person, as far as a sheet that goes home may name them. */
export type Around = { name: string; relation: string; noContact: boolean };

const partsOf = (name: string) => name.match(/[\p{L}'’-]{3,}/gu) ?? [];

/**
 * Whether a text names somebody who must not be contacted: by a part of their name that is nobody
 * else's around the person, or by what they are to them where nobody else is that.
 */
export function namesFlagged(
  text: string | null,
  around: readonly Around[],
  ownNames: readonly string[] = [],
): boolean {
  if (!text) return false;
  const others = around.filter(({ noContact }) => !noContact);
  const shared = new Set(
    [...ownNames, ...others.map(({ name }) => name)]
      .flatMap(partsOf)
      .map((part) => part.toLowerCase()),
  );
  const relations = new Set(others.map(({ relation }) => relation.toLowerCase()));
  const words = new Set(
    (text.match(/[\p{L}'’-]+/gu) ?? []).map((word) => word.replace(/['’]s$/, "")),
  );
  const plain = ` ${text
    .toLowerCase()
    .replace(/[^\p{L}]+/gu, " ")
    .trim()} `;
  return around
    .filter(({ noContact }) => noContact)
    .some(({ name, relation }) => {
      const own = partsOf(name).filter((part) => !shared.has(part.toLowerCase()));
      const whole = plain.includes(
        ` ${name
          .toLowerCase()
          .replace(/[^\p{L}]+/gu, " ")
          .trim()} `,
      );
      const as = relation.toLowerCase().trim();
      return (
        whole ||
        own.some((part) => words.has(part)) ||
        (as !== "" && !relations.has(as) && plain.includes(` ${as} `))
      );
    });
}

/** A line with who helps, if that is somebody who may be contacted. */
export function withoutFlagged<L extends { helper: string | null }>(
  lines: readonly L[],
  isFlagged: (text: string | null) => boolean,
): L[] {
  return lines.map((line) => (isFlagged(line.helper) ? { ...line, helper: null } : line));
}
