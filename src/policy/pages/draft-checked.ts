import type { Shelved } from "../shelf.ts";
import { tryCases } from "./draft-cases.ts";
import { loadDraft, MOST_TEXT, sayDraft } from "./draft-said.ts";
import type { Draft } from "./draft-store.ts";
import { tryOwnCases } from "./own-cases.ts";

/** Why a text can't be kept at all; null when it can, whatever else is wrong with it. */
export function wrongText(yaml: string): string | null {
  if (yaml.length === 0) return "There is nothing in it: an empty file isn't saved.";
  if (yaml.length > MOST_TEXT) {
    return `It has more than ${MOST_TEXT.toLocaleString("en-US")} characters: shorten it.`;
  }
  return yaml.includes("\0") ? "It holds a character that no text has." : null;
}

/** The same of its worked cases; that there are none yet is no reason. */
export function wrongCases(cases: string): string | null {
  const wrong = cases === "" ? null : wrongText(cases);
  return wrong && `Of the cases: ${wrong}`;
}

/** The worked cases that a draft has: its own, or until somebody changes them those it began with. */
export function casesOf({ cases }: Pick<Draft, "cases">, against: Shelved | null): string {
  return cases ?? against?.casesText ?? NO_CASES;
}

const NO_CASES = "given: {}\n\ncases: []\n";

/** What a draft says, and what its own worked cases and those in force come to by it. */
export async function sayAll(texts: { yaml: string; cases: string }, against: Shelved | null) {
  const said = sayDraft(texts.yaml);
  const loaded = said.ok ? loadDraft(texts.yaml) : null;
  const cases = loaded?.ok && against ? await tryCases(against, loaded.value) : null;
  const own = loaded?.ok ? await tryOwnCases(loaded.value, texts.cases) : null;
  return { said, cases, own };
}

/** The bulletin that a draft is compared with; null when it is no longer here. */
export function againstOf(shelf: readonly Shelved[], { against }: Pick<Draft, "against">) {
  const { number, jurisdiction } = against;
  const found = shelf.find(
    ({ bulletin }) => bulletin.number === number && bulletin.jurisdiction === jurisdiction,
  );
  return found ?? null;
}
