import { act, noSuchPage } from "../../web/guard.ts";
import { type DraftSaid, MOST_TEXT, sayDraft } from "./draft-said.ts";
import { findDraft, saveDraft } from "./draft-store.ts";

/** What saving answers: the number of this save, or null when somebody else saved it since. */
export type DraftAnswer = { readonly saves: number | null; readonly said: DraftSaid };

/** Saves a draft while it is typed, and says what it says or what is wrong with it. */
export const action = act("draft.write", async ({ db, me, params, form }) => {
  const id = params.bulletinDraftId ?? "";
  if (!/^[0-9a-f-]{36}$/.test(id) || !(await findDraft(db, id))) throw noSuchPage();
  // What a form sends has the line ends of letters.
  const yaml = String(form.get("yaml") ?? "").replaceAll("\r\n", "\n");
  const said = sayDraft(yaml);
  const by = { agencyId: me.agency.id, staffId: me.staffId };
  const keeps = yaml.length > 0 && yaml.length <= MOST_TEXT && !yaml.includes("\0");
  const saves = Number(form.get("saves"));
  if (!keeps) return { saves, said } satisfies DraftAnswer;
  return { saves: await saveDraft(db, by, { id, yaml, saves }), said } satisfies DraftAnswer;
});
