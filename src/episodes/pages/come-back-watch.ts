import { watch } from "../../web/guard.ts";
import { findComeBack } from "../come-back-store.ts";

/** Asked every few seconds while somebody waits for a clinician: whether one has taken the alert up. */
export const loader = watch("come-back.take", async ({ db, consumerId }) => {
  const call = await findComeBack(db, consumerId);
  return { taken: call?.alert_taken_by ?? null, closed: Boolean(call?.alert_closed_at) };
});
