import { act, noSuchPage } from "../../web/guard.ts";
import type { DraftCases } from "./draft-cases.ts";
import { againstOf, sayAll, wrongText } from "./draft-checked.ts";
import type { DraftSaid } from "./draft-said.ts";
import {
  type Draft,
  type DraftVersion,
  findDraft,
  findVersions,
  saveDraft,
} from "./draft-store.ts";

/** What saving answers. */
export type DraftAnswer = {
  readonly said: DraftSaid;
  readonly cases: DraftCases | null;
  /** What it said before. */
  readonly versions: readonly DraftVersion[];
} & (
  | { readonly state: "saved"; readonly saves: number }
  /** Somebody else saved it since: what stands there now. */
  | {
      readonly state: "conflict";
      readonly theirs: Pick<Draft, "yaml" | "saves" | "savedAt" | "savedBy">;
    }
  | { readonly state: "invalid"; readonly message: string }
);

/** Saves a draft while it is typed, and says what it says or what is wrong with it; `only` the latter. */
export const action = act("draft.write", async ({ db, me, params, services, form }) => {
  const id = params.bulletinDraftId ?? "";
  const draft = await findDraft(db, id);
  if (!draft) throw noSuchPage();
  // What a form sends has the line ends of letters.
  const yaml = String(form.get("yaml") ?? "").replaceAll("\r\n", "\n");
  const tried = await sayAll(yaml, againstOf(services.shelf, draft));
  if (form.get("only") === "said" && yaml === draft.yaml) {
    const versions = await findVersions(db, id);
    return { ...tried, versions, state: "saved", saves: draft.saves } satisfies DraftAnswer;
  }
  const by = { agencyId: me.agency.id, staffId: me.staffId };
  const message = wrongText(yaml);
  if (message !== null) {
    const versions = await findVersions(db, id);
    return { ...tried, versions, state: "invalid", message } satisfies DraftAnswer;
  }
  const asked = { id, yaml, saves: Number(form.get("saves")), keep: form.get("keep") === "yes" };
  const saves = await saveDraft(db, by, asked);
  const versions = await findVersions(db, id);
  if (saves !== null) return { ...tried, versions, state: "saved", saves } satisfies DraftAnswer;
  const theirs = (await findDraft(db, id)) ?? draft;
  return { ...tried, versions, state: "conflict", theirs } satisfies DraftAnswer;
});
