import { act } from "../../web/guard.ts";
import { keepable, readAssessment } from "../assessment-form.ts";
import { saveAssessment } from "../assessment-store.ts";
import { findEpisodes } from "../store.ts";

/** What keeping a draft answers; `wrong` is by field what could not be kept, beside all that was. */
export type DraftAnswer =
  | { state: "saved"; version: number; at: string; wrong: Record<string, string> }
  | { state: "conflict"; version: number }
  | { state: "closed" };

/** Keeps the draft while it is typed. Not a form's page: the assessment sends it by itself. */
export const action = act("record.write", async ({ db, by, consumerId, form, today, services }) => {
  const episode = (await findEpisodes(db, consumerId)).find((one) => one.closed_on === null);
  if (!episode) return answer({ state: "closed" }, 409);
  const { answers, substances, errors } = readAssessment(form);
  const version = Number(form.get("version"));
  const saved = await saveAssessment(
    db,
    by,
    { consumerId, episodeId: episode.id },
    { version, on: today, answers, substances: keepable(substances), complete: false },
  );
  if (saved.state !== "saved") return answer(saved, 409);
  return answer({ ...saved, at: services.clock().toString(), wrong: errors });
});

function answer(body: DraftAnswer, status = 200): Response {
  return Response.json(body, { status });
}
