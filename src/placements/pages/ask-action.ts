import { z } from "zod";
import { done, identifier, optionalText, parseForm, refuse, refuseField } from "../../web/form.tsx";
import { type FormVisit, noSuchPage } from "../../web/guard.ts";
import { paths } from "../../web/paths.ts";
import { askFor, findOpenEpisode, findPlacements } from "../store.ts";
import { findUnit } from "../unit-store.ts";
import { askElsewhere, serviceNamed } from "./ask-elsewhere.ts";
import { waitFor } from "./enrolled.ts";
import { children, joint, judgeStay } from "./placement-action.ts";

const asked = z.object({
  step: z.literal("ask"),
  id: identifier(),
  why: optionalText(2000),
  children_with: children,
  ...joint,
  without_residential_reason: optionalText(500),
});

/** Asks for a place in a unit; the team of a programme of ours sees that somebody waits for it. */
export async function askAction(visit: FormVisit) {
  const { db, by, consumerId, form, today } = visit;
  const parsed = parseForm(asked, form);
  if (parsed.invalid) return refuse(parsed.invalid);
  const given = parsed.value;
  const unit = await findUnit(db, given.id);
  if (!unit?.active) throw noSuchPage();
  const episode = await findOpenEpisode(db, consumerId);
  if (!episode) return refuseField(form, "form", "Open an episode first: a place belongs to one.");
  const same = (await findPlacements(db, consumerId)).find(
    (one) => one.unit_id === unit.id && !one.ended_on && !one.withdrawn_on,
  );
  if (same) return refuseField(form, "form", `A place in ${unit.name} was asked for already.`);
  const service = await serviceNamed(visit, {
    providerId: given.joint_provider_id,
    name: given.joint_service,
  });
  const id = await askFor(db, by, consumerId, {
    ...{ episodeId: episode.id, unitId: unit.id, on: today },
    ...{ why: given.why ?? null, childrenWith: given.children_with },
    ...{ jointService: service?.name ?? null, jointProviderId: service?.id ?? null },
    jointLead: given.joint_lead ?? null,
    jointWhoDoesWhat: given.joint_who_does_what ?? null,
    withoutResidentialReason: given.without_residential_reason ?? null,
  });
  await waitFor(visit, { programId: unit.program_id, episodeId: episode.id });
  await judgeStay(visit, consumerId);
  if (!unit.provider_id) return done(paths.placement(consumerId, id), "Place asked for");
  // It is written down here. Asking them tells them of the person, and that needs a ground.
  const to = await askElsewhere(visit, {
    ...{ placementId: id, need: "placement", providerId: unit.provider_id, what: unit.name },
  });
  return done(to, `Written down. ${unit.provider ?? unit.name} has been told nothing yet`);
}
