import { z } from "zod";
import { day, done, identifier, optionalText, refuseField, text } from "../../web/form.tsx";
import type { FormVisit } from "../../web/guard.ts";
import { type Finding, findings } from "../aftercare.ts";
import { addGain, endGain, lookAtGain } from "../gain-store.ts";

export const gainSteps = [
  z.object({ step: z.literal("gain-add"), text: text(500), look_again_on: day() }),
  z.object({
    step: z.literal("gain-look"),
    id: identifier(),
    on: day(),
    found: z.enum(Object.keys(findings) as [Finding, ...Finding[]], "Say how it was found"),
    note: optionalText(500),
    next: day().optional(),
  }),
  z.object({ step: z.literal("gain-end"), id: identifier() }),
] as const;

/** Names a gain to protect, looks at it again, or lets it go. */
export async function gainAction(
  { db, by, consumerId, form, today }: FormVisit,
  given: z.output<(typeof gainSteps)[number]>,
  of: { episodeId: string; back: string },
) {
  if (given.step === "gain-add") {
    if (given.look_again_on < today) {
      return refuseField(form, "look_again_on", "Choose today or a day to come.");
    }
    const gain = { text: given.text, lookAgainOn: given.look_again_on };
    await addGain(db, by, { consumerId, episodeId: of.episodeId }, gain);
    return done(of.back, "Saved");
  }
  if (given.step === "gain-end") {
    await endGain(db, consumerId, given.id, today);
    return done(of.back, "It is no longer looked at");
  }
  if (given.on > today) return refuseField(form, "on", "That day is still to come.");
  if (!given.next) {
    return refuseField(form, "next", "Say when to look next. Nothing more to look at: let it go.");
  }
  if (given.next <= given.on) {
    return refuseField(form, "next", "The next look is after this one.");
  }
  const look = { id: given.id, on: given.on, found: given.found };
  const more = { note: given.note ?? null, next: given.next };
  if (await lookAtGain(db, by, consumerId, { ...look, ...more })) return done(of.back, "Saved");
  return refuseField(form, "form", "A colleague has ended this meanwhile.");
}
