import { page } from "../../web/guard.ts";
import { findStandingAlerts } from "../duty-store.ts";

/** Asked every few seconds by the bar of every page: what wants this clinician now, and nobody's name. */
export const loader = page("alert.read", async ({ db }) => ({
  alerts: await findStandingAlerts(db),
}));
