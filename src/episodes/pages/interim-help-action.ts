import { z } from "zod";
import { day, optionalText, refuseField } from "../../web/form.tsx";
import type { FormVisit } from "../../web/guard.ts";
import { insertInterimHelp } from "../interim-help-store.ts";
import { helpWords, interimHelp } from "../referral-in.ts";

/** Help given while somebody waits, as the form sends it. */
export const helpForm = z.object({
  given_on: day("Say when it was given"),
  help: z.array(z.enum(interimHelp)).optional(),
  other_help: optionalText(500),
});

/** Writes it down; null when it is, and otherwise what is wrong with it. */
export async function keepHelp(
  { db, by, form, today }: FormVisit,
  of: { consumerId: string; episodeId: string },
  given: z.output<typeof helpForm>,
) {
  if (given.given_on > today) return refuseField(form, "given_on", "That day is still to come");
  const what = helpWords(given.help, given.other_help);
  if (!what) return refuseField(form, "other_help", "Tick what was given, or write it here");
  await insertInterimHelp(db, by, of, { on: given.given_on, what });
  return null;
}
