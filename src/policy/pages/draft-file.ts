import { noSuchPage, page } from "../../web/guard.ts";
import { againstOf, casesOf } from "./draft-checked.ts";
import { findDraft, findVersion } from "./draft-store.ts";

/** The draft or its worked cases, or what they were before, as the files that a folder under bulletins/ wants. */
export const loader = page("draft.write", async ({ db, params, url, services }) => {
  const id = params.bulletinDraftId ?? "";
  const draft = /^[0-9a-f-]{36}$/.test(id) ? await findDraft(db, id) : null;
  if (!draft) throw noSuchPage();
  const version = url.searchParams.get("version");
  const before = /^\d{1,9}$/.test(version ?? "")
    ? await findVersion(db, id, Number(version))
    : null;
  if (version !== null && before === null) throw noSuchPage();
  const asked = before ?? draft;
  const cases = url.searchParams.get("what") === "cases";
  const text = cases ? casesOf(asked, againstOf(services.shelf, draft)) : asked.yaml;
  return new Response(text, {
    headers: {
      "Content-Type": "application/yaml; charset=utf-8",
      "Content-Disposition": `attachment; filename="${cases ? "cases" : "bulletin"}.yaml"`,
      "Cache-Control": "no-store",
    },
  });
});
