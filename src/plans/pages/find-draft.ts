import { findEpisodes } from "../../episodes/store.ts";
import type { Acting } from "../../storage/database.ts";
import { findGoals, findPlans } from "../store.ts";

/** The draft of the open episode with its goals, and the version it is to take the place of. */
export async function findDraft(db: Acting, consumerId: string) {
  const episodes = await findEpisodes(db, consumerId);
  const open = episodes.find((episode) => episode.closed_on === null);
  const plans = await findPlans(db, consumerId);
  const draft = plans.find((plan) => plan.state === "draft" && plan.episode_id === open?.id);
  if (!draft) return null;
  const goals = await findGoals(db, consumerId, [draft.id]);
  const before = plans.find((plan) => plan.state === "active");
  return { draft, goals: goals.get(draft.id) ?? [], before: before ?? null };
}
