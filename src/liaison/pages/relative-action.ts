import { Temporal } from "temporal-polyfill";
import { z } from "zod";
import { type Day, formatDay, todayIn } from "../../kernel/day.ts";
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
  findRelativeSteps,
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
  call: { id: string; consumer_id: string | null; at: Date },
) {
  const { db, by, me, form, today } = visit;
  const parsed = parseForm(stepForm, form);
  if (parsed.invalid) return refuse(parsed.invalid);
  const { id, status, on = today, chase_on, owner, remark } = parsed.value;
  const one = (await findRelativeReferrals(db, call.id)).find((each) => each.id === id);
  if (!one) throw noSuchPage();
  const no = (field: string, message: string) => refuseField(form, field, message);
  if (on > today) return no("on", "Choose today or an earlier day");
  const before = await lastDayOf(visit, call, one);
  if (on < before.day) {
    const day = formatDay(before.day, me.agency.locale);
    return no("on", `${before.what} ${day}: choose that day or a later one`);
  }
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

/** The last day before which nothing more can have come of it, and what happened then. */
async function lastDayOf(
  { db, me }: FormVisit,
  call: { id: string; at: Date },
  one: { id: string; sent_on: string | null },
): Promise<{ day: Day; what: string }> {
  const called = Temporal.Instant.fromEpochMilliseconds(call.at.getTime());
  const days = [{ day: todayIn(called, me.agency.timeZone), what: "They called on" }];
  if (one.sent_on) days.push({ day: one.sent_on as Day, what: "It was sent on" });
  // When it was asked again or handed on is our day, not theirs.
  for (const { referral_id, on_day, status } of await findRelativeSteps(db, call.id)) {
    if (referral_id === one.id && status)
      days.push({ day: on_day as Day, what: "The last step was on" });
  }
  return days.reduce((last, next) => (next.day > last.day ? next : last));
}
