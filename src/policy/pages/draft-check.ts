import { act, noSuchPage } from "../../web/guard.ts";
import type { DraftCases } from "./draft-cases.ts";
import { againstOf, casesOf, sayAll, wrongCases, wrongText } from "./draft-checked.ts";
import type { DraftSaid } from "./draft-said.ts";
import {
  type Draft,
  type DraftVersion,
  findDraft,
  findVersions,
  saveDraft,
} from "./draft-store.ts";
import type { OwnCases } from "./own-cases.ts";

/** Both files of a draft. */
export type Texts = { readonly yaml: string; readonly cases: string };

/** What saving answers. */
export type DraftAnswer = {
  readonly said: DraftSaid;
  readonly cases: DraftCases | null;
  /** Its own worked cases; null while the bulletin's file can't be read. */
  readonly own: OwnCases | null;
  /** What it said before. */
  readonly versions: readonly DraftVersion[];
} & (
  | { readonly state: "saved"; readonly saves: number }
  /** Somebody else saved it since: what stands there now. */
  | {
      readonly state: "conflict";
      readonly theirs: Texts & Pick<Draft, "saves" | "savedAt" | "savedBy">;
    }
  | { readonly state: "invalid"; readonly message: string }
);

/** Saves a draft while it is typed, and says what it says or what is wrong with it; `only` the latter. */
export const action = act("draft.write", async ({ db, by, params, services, form }) => {
  const id = params.bulletinDraftId ?? "";
  const draft = await findDraft(db, id);
  if (!draft) throw noSuchPage();
  // What a form sends has the line ends of letters.
  const text = (name: string) => String(form.get(name) ?? "").replaceAll("\r\n", "\n");
  const against = againstOf(services.shelf, draft);
  const before = casesOf(draft, against);
  const texts = { yaml: text("yaml"), cases: form.has("cases") ? text("cases") : before };
  const tried = await sayAll(texts, against);
  const { yaml, cases } = texts;
  if (form.get("only") === "said" && yaml === draft.yaml && cases === before) {
    const versions = await findVersions(db, id);
    return { ...tried, versions, state: "saved", saves: draft.saves } satisfies DraftAnswer;
  }
  const message = wrongText(yaml) ?? wrongCases(cases);
  if (message !== null) {
    const versions = await findVersions(db, id);
    return { ...tried, versions, state: "invalid", message } satisfies DraftAnswer;
  }
  const asked = {
    ...{ id, yaml, saves: Number(form.get("saves")), keep: form.get("keep") === "yes" },
    // What nobody changed goes on being that of the bulletin in force.
    ...(cases !== before && { cases }),
  };
  const saves = await saveDraft(db, by, asked);
  const versions = await findVersions(db, id);
  if (saves !== null) return { ...tried, versions, state: "saved", saves } satisfies DraftAnswer;
  const found = (await findDraft(db, id)) ?? draft;
  const theirs = { ...found, cases: casesOf(found, against) };
  return { ...tried, versions, state: "conflict", theirs } satisfies DraftAnswer;
});
