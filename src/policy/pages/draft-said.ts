import type { Bulletin } from "../bulletin.ts";
import type { SubjectName } from "../facts.ts";
import { loadBulletin } from "../load.ts";
import { sayReading } from "../readings.ts";
import { appliesInEnglish, clauseInEnglish } from "../to-english.ts";
import { capitalized } from "../words.ts";
import type { Loaded } from "../yaml-source.ts";

/** As much text as a draft may be; the longest bulletin here has a tenth of it. */
export const MOST_TEXT = 100_000;

/** What a draft says, or what is wrong with it and where. */
export type DraftSaid =
  | {
      readonly ok: true;
      readonly number: string;
      readonly title: string;
      readonly about: SubjectName;
      readonly applies: string;
      readonly clauses: readonly {
        readonly number: string;
        readonly gist: string;
        readonly english: readonly string[];
      }[];
      readonly readings: readonly { readonly name: string; readonly says: string }[];
      readonly effective: { readonly from: string; readonly until: string | null };
    }
  | {
      readonly ok: false;
      readonly problems: readonly { line: number; clause: string | null; message: string }[];
    };

/** Reads a draft with the loader that reads bulletins' files. */
export function loadDraft(yaml: string): Loaded<Bulletin> {
  const problem = (message: string) => ({
    ok: false as const,
    problems: [{ file: "draft", line: 1, clause: null, message }],
  });
  if (yaml.length > MOST_TEXT) return problem("it is longer than any bulletin: shorten it");
  try {
    const loaded = loadBulletin(new TextEncoder().encode(yaml), "draft");
    // No database takes it in a text; YAML writes it "\0".
    const noText = loaded.ok && JSON.stringify(loaded.value).includes("\\u0000");
    return noText ? problem("it holds a character that no text has") : loaded;
  } catch (error) {
    // Brackets within brackets, deeper than anybody reads.
    if (error instanceof RangeError) return problem("it is nested too deeply");
    throw error;
  }
}

/** The same for a page: each clause in English, or each problem at its line. */
export function sayDraft(yaml: string): DraftSaid {
  const loaded = loadDraft(yaml);
  if (!loaded.ok) {
    const problems = loaded.problems.map(({ line, clause, message }) => ({
      ...{ line, clause, message },
    }));
    // One bracket left open can be told twice.
    const once = new Map(problems.map((one) => [JSON.stringify(one), one]));
    return { ok: false, problems: [...once.values()] };
  }
  const bulletin = loaded.value;
  return {
    ok: true,
    number: bulletin.number,
    title: bulletin.title,
    about: bulletin.about,
    applies: appliesInEnglish(bulletin),
    clauses: bulletin.clauses.map((clause) => ({
      ...{ number: clause.number, gist: clause.gist },
      english: clauseInEnglish(bulletin, clause),
    })),
    readings: bulletin.readings.map(({ name, value }) => ({
      name,
      says: capitalized(sayReading(name, value)),
    })),
    effective: bulletin.effective,
  };
}
