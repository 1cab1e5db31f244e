import { done, refuseField } from "../../web/form.tsx";
import { noSuchPage } from "../../web/guard.ts";
import { askElsewhere, type Elsewhere } from "./ask-elsewhere.ts";
import type { GivenOf } from "./placement-action.ts";
import type { About } from "./stay-steps.ts";

/** Goes to where a service elsewhere is asked, by letter or by word, with the ground that allows it. */
export async function tell({ visit, placement, parts }: About, given: GivenOf<"tell">) {
  const line = parts.funding.find(
    ({ id, placement_id }) => id === given.id && placement_id === placement.id,
  );
  if (given.need === "funding" && !line) throw noSuchPage();
  const asked: Record<Elsewhere["need"], [provider: string | null, what: string]> = {
    placement: [placement.provider_id, placement.unit],
    "joint-work": [placement.joint_provider_id, placement.unit],
    funding: [line?.provider_id ?? null, placement.unit],
  };
  const [providerId, what] = asked[given.need];
  if (!providerId) {
    return refuseField(visit.form, "form", "Choose a service of the directory first.");
  }
  const to = await askElsewhere(visit, {
    ...{ placementId: placement.id, need: given.need, providerId, what },
    fundingId: line?.id ?? null,
  });
  return done(
    to,
    "Nothing has been told yet: say by what right they are asked, and what they are told",
  );
}
