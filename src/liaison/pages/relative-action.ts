import { z } from "zod";
import {
  day,
  done,
  identifier,
  optionalText,
  parseForm,
  refuse,
  refuseField,
} from "../../web/form.tsx";
import { type FormVisit, noSuchPage } from "../../web/guard.ts";
import { paths } from "../../web/paths.ts";
import { relativeStatuses } from "../relative.ts";
import {
  findRelativeOwners,
  findRelativeReferrals,
  moveRelativeReferral,
} from "../relative-store.ts";

const stepForm = z.object({
  id: identifier(),
  /** Nothing new: asked again, or handed on. */
  status: z.enum(relativeStatuses).optional(),
  on: day().optional(),
  chase_on: day("Choose the day on which you look at it again").optional(),
  owner: identifier().optional(),
  remark: optionalText(1000),
});

/** One step of a relative's referral, from the page of the call. */
export async function relativeAction(
  visit: FormVisit,
  call: { id: string; consumer_id: string | null },
) {
  const { db, by, form, today } = visit;
  const parsed = parseForm(stepForm, form);
  if (parsed.invalid) return refuse(parsed.invalid);
  const { id, status, on = today, chase_on, owner, remark } = parsed.value;
  const one = (await findRelativeReferrals(db, call.id)).find((each) => each.id === id);
  if (!one) throw noSuchPage();
  const no = (field: string, message: string) => refuseField(form, field, message);
  if (on > today) return no("on", "Choose today or an earlier day");
  if (one.sent_on && on < one.sent_on) return no("on", "It was sent after that day");
  if ((status === "closed" || status === "declined") && !remark) {
    return no("remark", status === "closed" ? "Say what came of it" : "Say why");
  }
  if (status !== "closed" && (!chase_on || chase_on < today)) {
    return no("chase_on", "Choose today or a later day");
  }
  if (
    owner &&
    !(await findRelativeOwners(db, call.consumer_id)).some((each) => each.id === owner)
  ) {
    return no("owner", "Choose a colleague");
  }
  const moved = await moveRelativeReferral(
    db,
    by,
    { callId: call.id, id },
    {
      ...{ status: status ?? null, on, chaseOn: status === "closed" ? null : (chase_on ?? null) },
      ...{ ownerId: owner && owner !== one.owner_id ? owner : null, remark: remark ?? null },
    },
  );
  if (!moved) return no("form", "A colleague has changed this meanwhile");
  return done(paths.call(call.id), status === "closed" ? "Closed" : "Kept");
}
