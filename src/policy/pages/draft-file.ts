import { noSuchPage, page } from "../../web/guard.ts";
import { findDraft, findVersionText } from "./draft-store.ts";

/** The draft, or what it said before, as the file that a folder under bulletins/ wants. */
export const loader = page("draft.write", async ({ db, params, url }) => {
  const id = params.bulletinDraftId ?? "";
  const draft = /^[0-9a-f-]{36}$/.test(id) ? await findDraft(db, id) : null;
  if (!draft) throw noSuchPage();
  const version = url.searchParams.get("version");
  const before = /^\d{1,9}$/.test(version ?? "")
    ? await findVersionText(db, id, Number(version))
    : null;
  if (version !== null && before === null) throw noSuchPage();
  return new Response(before ?? draft.yaml, {
    headers: {
      "Content-Type": "application/yaml; charset=utf-8",
      "Content-Disposition": `attachment; filename="bulletin.yaml"`,
      "Cache-Control": "no-store",
    },
  });
});
