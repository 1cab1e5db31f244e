import { addReferral } from "../../liaison/store.ts";
import { addBarriers } from "../../plans/barrier-store.ts";
import { addDischargePoints } from "../../plans/discharge-store.ts";
import { addStrategies, addTriggers } from "../../plans/relapse-store.ts";
import type { Feeds } from "../sign-writes-store.ts";

/** The plans and referrals that a signed conference writes into. */
export const feeds: Feeds = {
  addBarriers,
  addTriggers,
  addStrategies,
  addDischargePoints,
  addReferral,
};
