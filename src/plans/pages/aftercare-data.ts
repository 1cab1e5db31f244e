import { findEpisodes } from "../../episodes/store.ts";
import type { Acting } from "../../storage/database.ts";
import { partsOf, planInForce } from "../aftercare.ts";
import { findAftercarePlans } from "../aftercare-store.ts";
import { findDischargePoints } from "../discharge-store.ts";
import { fold } from "../fold.ts";
import { findGains } from "../gain-store.ts";
import { standingPlan } from "../relapse.ts";
import { findRelapsePlan } from "../relapse-store.ts";
import { findSupportsAndChoices } from "./supports-action.ts";

/** The aftercare plan with everything that belongs to it and is kept elsewhere once. */
export async function findAftercare(db: Acting, consumerId: string) {
  const [latest] = await findEpisodes(db, consumerId);
  const plans = await findAftercarePlans(db, consumerId);
  const inForce = planInForce(plans);
  const draft = plans.find((one) => one.state === "draft" && one.episode_id === latest?.id) ?? null;
  const relapse = standingPlan(await findRelapsePlan(db, consumerId));
  const gains = await findGains(db, consumerId);
  const { supports, choices } = await findSupportsAndChoices(db, consumerId);
  const around = { ...relapse, supports, gains };
  return {
    episode: latest ?? null,
    ...{ plans, inForce, draft, relapse, gains, supports, choices },
    partsOf: (plan: NonNullable<typeof draft>) => partsOf(plan, around),
  };
}

/** Open points of the discharge plan that no support says yet: what a support may be made of. */
export async function findProposals(
  db: Acting,
  consumerId: string,
  episodeId: string | undefined,
  supports: readonly { detail: string | null }[],
) {
  const said = new Set(supports.map(({ detail }) => fold(detail ?? "")));
  const points = await findDischargePoints(db, consumerId);
  return points
    .filter((point) => point.episode_id === episodeId && !point.dropped_on && !point.done_on)
    .filter((point) => !said.has(fold(point.text)))
    .map(({ id, text, responsible }) => ({ id, text, by: responsible }));
}
