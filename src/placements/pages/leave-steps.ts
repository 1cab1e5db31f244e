import { done } from "../../web/form.tsx";
import { noSuchPage } from "../../web/guard.ts";
import { comeBackFromLeave, goOnLeave } from "../store.ts";
import type { GivenOf } from "./placement-action.ts";
import { type About, ENDED, no, over } from "./stay-steps.ts";

export async function leave(about: About, given: GivenOf<"leave">) {
  const { visit, by, placement, parts, here } = about;
  const { db, form, today, consumerId } = visit;
  if (over(placement) || !placement.admitted_on) return no(form, "form", ENDED);
  if (given.from_on < placement.admitted_on) {
    return no(form, "from_on", "They were admitted after that day.");
  }
  if (given.back_by < given.from_on) return no(form, "back_by", "They are back after they go.");
  if (given.back_by < today) return no(form, "back_by", "Choose today or a later day.");
  const open = parts.leaves.some(
    ({ placement_id, returned_on }) => placement_id === placement.id && returned_on === null,
  );
  if (open) return no(form, "form", "A leave is open already. Record that they came back first.");
  const span = { from: given.from_on, backBy: given.back_by, why: given.why ?? null };
  await goOnLeave(db, by, { consumerId, placementId: placement.id }, span);
  return done(here, "Leave recorded; the bed is kept");
}

export async function back({ visit, placement, parts, here }: About, given: GivenOf<"back">) {
  const { db, form, today, consumerId } = visit;
  const open = parts.leaves.find(
    ({ id, placement_id }) => id === given.id && placement_id === placement.id,
  );
  if (!open) throw noSuchPage();
  if (given.returned_on > today) return no(form, "returned_on", "Choose today or an earlier day.");
  if (given.returned_on < open.from_on) return no(form, "returned_on", "They left after that day.");
  await comeBackFromLeave(db, consumerId, open.id, given.returned_on);
  return done(here, "Back from leave");
}
