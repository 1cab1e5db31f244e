import type { Shelved } from "../shelf.ts";
import { tryCases } from "./draft-cases.ts";
import { loadDraft, MOST_TEXT, sayDraft } from "./draft-said.ts";
import type { Draft } from "./draft-store.ts";

/** Why a text can't be kept at all; null when it can, whatever else is wrong with it. */
export function wrongText(yaml: string): string | null {
  if (yaml.length === 0) return "There is nothing in it: an empty file isn't saved.";
  if (yaml.length > MOST_TEXT) {
    return `It has more than ${MOST_TEXT.toLocaleString("en-US")} characters: shorten it.`;
  }
  return yaml.includes("\0") ? "It holds a character that no text has." : null;
}

/** What a draft says, and what the worked cases come to by it. */
export async function sayAll(yaml: string, against: Shelved | null) {
  const said = sayDraft(yaml);
  const loaded = said.ok && against ? loadDraft(yaml) : null;
  const cases = loaded?.ok && against ? await tryCases(against, loaded.value) : null;
  return { said, cases };
}

/** The bulletin that a draft is compared with; null when it is no longer here. */
export function againstOf(shelf: readonly Shelved[], { against }: Pick<Draft, "against">) {
  const { number, jurisdiction } = against;
  const found = shelf.find(
    ({ bulletin }) => bulletin.number === number && bulletin.jurisdiction === jurisdiction,
  );
  return found ?? null;
}
