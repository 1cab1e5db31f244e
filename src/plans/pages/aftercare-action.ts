import { z } from "zod";
import { findEpisodes } from "../../episodes/store.ts";
import { addNotObtained } from "../../reports/outcome-store.ts";
import { done, refuseField, text } from "../../web/form.tsx";
import type { FormVisit } from "../../web/guard.ts";
import { paths } from "../../web/paths.ts";
import { beginAftercare } from "../aftercare-store.ts";
import { gainAction, gainSteps } from "./gains-action.ts";
import { relapseAction, relapseSteps } from "./relapse-action.ts";
import { supportAction, supportSteps } from "./supports-action.ts";

const begin = z.object({ step: z.literal("begin") });
const noPlan = z.object({ step: z.literal("no-plan"), reason: text(300) });

/** Everything that the page of the aftercare plan can do. */
export const aftercareSteps = [
  begin,
  noPlan,
  ...relapseSteps,
  ...supportSteps,
  ...gainSteps,
] as const;
type Given = z.output<(typeof aftercareSteps)[number]>;

export async function aftercareAction(visit: FormVisit, given: Given) {
  const { db, by, consumerId, form } = visit;
  const back = paths.aftercare(consumerId);
  if (given.step === "trigger" || given.step === "strategy" || given.step === "end") {
    return relapseAction(visit, given, back);
  }
  const [episode] = await findEpisodes(db, consumerId);
  if (!episode) {
    return refuseField(form, "form", "Open an episode first: an aftercare plan belongs to one.");
  }
  const of = { episodeId: episode.id, back };
  switch (given.step) {
    case "support-add":
    case "support-hand":
    case "support-chase":
    case "support-answer":
    case "support-end":
      return supportAction(visit, given, of);
    case "gain-add":
    case "gain-look":
    case "gain-end":
      return gainAction(visit, given, of);
  }
  if (given.step === "no-plan") {
    const missed = { what: "aftercare", on: visit.today, reason: given.reason } as const;
    await addNotObtained(db, by, { consumerId, episodeId: episode.id }, missed);
    return done(back, "Kept: it is asked for no more");
  }
  const begun = await beginAftercare(db, by, consumerId, episode.id);
  return done(
    paths.aftercareEdit(consumerId),
    begun ? "Begun" : "A colleague has begun one already: here it is",
  );
}
