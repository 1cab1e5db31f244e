import { Temporal } from "temporal-polyfill";
import { z } from "zod";
import { parseTime } from "../../kernel/time.ts";
import { logAccess } from "../../storage/access-log.ts";
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
import { adviceAnswers, contactWays, naloxoneAnswers } from "../leaving.ts";
import { addTry, answerLeaving, findLeaving } from "../leaving-store.ts";
import { tellSupport } from "./tell.ts";

const codes = <T extends string>(of: Record<T, string>) => Object.keys(of) as [T, ...T[]];

const steps = z.discriminatedUnion("step", [
  z.object({
    step: z.literal("advice"),
    id: identifier(),
    said: z.enum(codes(adviceAnswers), "Choose an answer"),
  }),
  z.object({
    step: z.literal("naloxone"),
    id: identifier(),
    said: z.enum(codes(naloxoneAnswers), "Choose an answer"),
  }),
  z.object({
    step: z.literal("try"),
    id: identifier(),
    on: day(),
    time: z.string("Say at what time"),
    how: z.enum(codes(contactWays), "Say how"),
    support_id: identifier("Say through whom").optional(),
    told: z.string().max(40).optional(),
    purpose: optionalText(500),
    reached: z.enum(["yes", "no"], "Say whether they were reached"),
    note: optionalText(1000),
  }),
]);

/** Answers what an ending asks for: from the person's page, or from the list of the team. */
export async function leavingAction(visit: FormVisit, back: string) {
  const { db, me, by, form, today, services } = visit;
  const parsed = parseForm(steps, form);
  if (parsed.invalid) return refuse(parsed.invalid);
  const given = parsed.value;
  const leaving = await findLeaving(db, given.id);
  if (!leaving || (visit.consumerId && leaving.consumer_id !== visit.consumerId))
    throw noSuchPage();
  const { consumer_id } = leaving;
  // On the list of a team, no address says whose record is written.
  if (!visit.consumerId) {
    await logAccess(db, me, { action: "write", room: "leaving", consumerIds: [consumer_id] });
  }
  if (given.step !== "try") {
    const of = given.step === "advice" ? "overdose_advice" : "naloxone";
    const answer = { of, said: given.said, on: today } as const;
    if (await answerLeaving(db, by, consumer_id, given.id, answer)) return done(back, "Saved");
    return refuseField(form, "form", "A colleague has answered this meanwhile.");
  }
  const time = parseTime(given.time);
  if (!time) return refuseField(form, "time", "Say at what time");
  const at = Temporal.PlainDateTime.from(`${given.on}T${time}`).toZonedDateTime(me.agency.timeZone);
  // The minute that is typed may be the one that is running.
  if (at.epochMilliseconds > services.clock().epochMilliseconds + 60_000) {
    return refuseField(form, "time", "That is still to come.");
  }
  if (given.on < leaving.ended_on) return refuseField(form, "on", "They left after that day.");
  const { how, reached, note } = given;
  let through: { supportId: string; disclosureId: string } | null = null;
  if (how === "through-a-support") {
    if (!given.support_id) return refuseField(form, "support_id", "Say through whom");
    const told = await tellSupport(
      visit,
      { consumerId: consumer_id, supportId: given.support_id },
      {
        ...{ basis: given.told ?? "consent", purpose: given.purpose, topics: ["attendance"] },
        ...{ what: "That staff are trying to reach them", written: false },
        usually: "To reach them after they left, and to know that they are safe",
      },
    );
    if (!("id" in told)) return refuseField(form, told.field, told.message);
    through = { supportId: given.support_id, disclosureId: told.id };
  }
  await addTry(db, by, consumer_id, given.id, {
    ...{ at: new Date(at.epochMilliseconds), how, reached: reached === "yes", note: note ?? null },
    through,
  });
  return done(
    back,
    reached === "yes" ? "Reached: the clock has stopped" : "The try is written down",
  );
}
