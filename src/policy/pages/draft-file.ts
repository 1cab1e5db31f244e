import { noSuchPage, page } from "../../web/guard.ts";
import { findDraft } from "./draft-store.ts";

/** The draft as the file that a folder under bulletins/ wants. */
export const loader = page("draft.write", async ({ db, params }) => {
  const id = params.bulletinDraftId ?? "";
  const draft = /^[0-9a-f-]{36}$/.test(id) ? await findDraft(db, id) : null;
  if (!draft) throw noSuchPage();
  return new Response(draft.yaml, {
    headers: {
      "Content-Type": "application/yaml; charset=utf-8",
      "Content-Disposition": `attachment; filename="bulletin.yaml"`,
      "Cache-Control": "no-store",
    },
  });
});
