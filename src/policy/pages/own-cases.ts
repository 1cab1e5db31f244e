import type { Bulletin } from "../bulletin.ts";
import { loadCases, runCases, typescriptEngine } from "../cases.ts";
import { MOST_TEXT } from "./draft-said.ts";

/** What a draft's own worked cases come to by it, or what is wrong with their file. */
export type OwnCases =
  | { readonly ok: false; readonly problems: readonly { line: number; message: string }[] }
  | {
      readonly ok: true;
      readonly rows: readonly {
        readonly name: string;
        /** Where it stands in the file. */
        readonly line: number;
        /** What did not come true; none when it passes. */
        readonly failures: readonly string[];
      }[];
    };

/** As many lines are judged while somebody types. */
const MOST_LINES = 3000;

/** Reads the cases as the shelf reads a folder's, and runs each by the draft as it is written. */
export async function tryOwnCases(draft: Bulletin, text: string): Promise<OwnCases> {
  const wrong = (message: string): OwnCases => ({ ok: false, problems: [{ line: 1, message }] });
  if (text.length > MOST_TEXT) return wrong("they are longer than any bulletin's: shorten them");
  try {
    const loaded = loadCases(new TextEncoder().encode(text), "cases", draft);
    if (!loaded.ok) {
      const said = loaded.problems.map(({ line, message }) => ({ line, message }));
      return { ok: false, problems: said };
    }
    const cases = loaded.value;
    if (cases.reduce((sum, { lines }) => sum + lines.length, 0) > MOST_LINES) {
      return wrong(`they have more than ${MOST_LINES} lines together`);
    }
    const lines = text.split("\n");
    let at = -1;
    const rows = [];
    for (const one of cases) {
      const found = lines.findIndex((line, place) => place > at && line.includes(one.name));
      if (found >= 0) at = found;
      const failures = await runCases(draft, [one], typescriptEngine);
      rows.push({
        name: one.name,
        line: Math.max(1, at + 1),
        failures: failures.map((failure) => plainly(failure, one.name, one.lines.length)),
      });
    }
    return { ok: true, rows };
  } catch (error) {
    // Brackets within brackets, or a name for a name for a name.
    if (error instanceof RangeError || error instanceof ReferenceError) {
      return wrong("it is nested too deeply");
    }
    throw error;
  }
}

/** A difference as a page says it; a case of one line needs no name for the line. */
export function plainly(difference: string, name: string, lines: number): string {
  return difference
    .slice(`${name}: `.length)
    .replace(lines === 1 ? /^line [^:]+: / : /^$/, "")
    .replaceAll(/\b(?:must|should|limit)_/g, "clause ");
}
