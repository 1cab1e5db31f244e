import type { DraftEffect } from "../../compliance/audit/draft-effect.ts";
import { findDraftEffect } from "../../compliance/audit/draft-effect-store.ts";
import { getDay, parseDay } from "../../kernel/day.ts";
import { ask, noSuchPage } from "../../web/guard.ts";
import type { Bulletin } from "../bulletin.ts";
import { loadDraft } from "./draft-said.ts";
import { findDraft } from "./draft-store.ts";

export type EffectAnswer =
  | { readonly effect: DraftEffect; readonly seconds: number }
  | { readonly problem: string };

/** What a draft would change of the agency's own services, in counts. */
export const action = ask("draft.write", async ({ db, params, services, form }) => {
  const id = params.bulletinDraftId ?? "";
  const saved = /^[0-9a-f-]{36}$/.test(id) ? await findDraft(db, id) : null;
  if (!saved) throw noSuchPage();
  const began = performance.now();
  const answer = (problem: string): EffectAnswer => ({ problem });
  const [from, to] = ["from", "to"].map((name) => parseDay(String(form.get(name) ?? "")));
  if (!from || !to || to < from) return answer("Choose the first and the last day.");
  const draft = loadDraft(String(form.get("yaml") ?? saved.yaml));
  if (!draft.ok) return answer("The draft has something wrong in it.");
  const against = services.shelf.find(
    ({ bulletin }) =>
      bulletin.number === saved.against.number &&
      bulletin.jurisdiction === saved.against.jurisdiction,
  )?.bulletin;
  if (!against) return answer("The bulletin that it is compared with is no longer here.");
  if (against.about !== "service" || draft.value.about !== "service") {
    return answer("Only bulletins about services can be compared over your own records.");
  }
  const both = { against: always(against), draft: always(draft.value) };
  const effect = await findDraftEffect(db, both, { from, to });
  if (!effect) return answer("It took too long. Choose a shorter period.");
  const seconds = Math.ceil((performance.now() - began) / 100) / 10;
  return { effect, seconds } satisfies EffectAnswer;
});

/** As if it were in force on every day: what would change, not when. */
function always(bulletin: Bulletin): Bulletin {
  return { ...bulletin, effective: { from: getDay("1900-01-01"), until: null } };
}
