import { z } from "zod";
import { findColleagues } from "../../episodes/store.ts";
import { findProviderChoices } from "../../liaison/provider-store.ts";
import type { Acting } from "../../storage/database.ts";
import { day, done, identifier, optionalText, refuseField, text } from "../../web/form.tsx";
import type { FormVisit } from "../../web/guard.ts";
import { readChoice } from "../aftercare.ts";
import {
  addSupport,
  changeSupport,
  chaseSupport,
  findRecoverySupports,
  findReferralChoices,
} from "../recovery-store.ts";

/** What is typed about the supports of second stage and aftercare, wherever a page shows them. */
export const supportSteps = [
  z.object({
    step: z.literal("support-add"),
    choice: z.string("Choose what it is"),
    detail: optionalText(500),
    provider_id: identifier().optional(),
    by_whom: optionalText(200),
    referral_id: identifier().optional(),
    owner_id: identifier("Choose who sees to it"),
  }),
  z.object({ step: z.literal("support-hand"), id: identifier(), on: day(), chase_on: day() }),
  z.object({ step: z.literal("support-chase"), id: identifier(), chase_on: day() }),
  z.object({
    step: z.literal("support-answer"),
    id: identifier(),
    said: z.enum(["accepted", "declined"], "Say what they answered"),
    on: day(),
    by_whom: text(200),
  }),
  z.object({ step: z.literal("support-end"), id: identifier(), on: day(), reason: text(300) }),
] as const;
type Given = z.output<(typeof supportSteps)[number]>;

/** The supports of one person with everything the forms choose from. */
export async function findSupportsAndChoices(db: Acting, consumerId: string) {
  const colleagues = await findColleagues(db, consumerId);
  return {
    supports: await findRecoverySupports(db, consumerId),
    choices: {
      providers: await findProviderChoices(db),
      referrals: await findReferralChoices(db, consumerId),
      colleagues: colleagues.map(({ id, name }) => ({ id, name })),
    },
  };
}

/** Adds a support to an episode, hands it over, records the answer, or ends it. */
export async function supportAction(
  visit: FormVisit,
  given: Given,
  of: { episodeId: string; back: string },
) {
  const { db, me, consumerId, form, today } = visit;
  const no = (field: string, message: string) => refuseField(form, field, message);
  if ("on" in given && given.on > today) return no("on", "That day is still to come.");
  if (given.step === "support-add") {
    const choice = readChoice(given.choice);
    if (!choice) return no("choice", "Choose what it is");
    if (!given.provider_id && !given.by_whom) return no("by_whom", "Say who delivers it.");
    const { choices } = await findSupportsAndChoices(db, consumerId);
    const known = (list: readonly { id: string }[], id: string | undefined) =>
      id === undefined || list.some((one) => one.id === id);
    if (!known(choices.providers, given.provider_id)) {
      return no("provider_id", "Choose one of the directory.");
    }
    if (!known(choices.referrals, given.referral_id)) {
      return no("referral_id", "Choose one of their referrals.");
    }
    if (!known(choices.colleagues, given.owner_id)) return no("owner_id", "Choose a colleague.");
    const by = { staffId: me.staffId, agencyId: me.agency.id };
    await addSupport(
      db,
      by,
      { consumerId, episodeId: of.episodeId },
      {
        ...choice,
        ...{ detail: given.detail ?? null, providerId: given.provider_id ?? null },
        ...{ byWhom: given.by_whom ?? null, referralId: given.referral_id ?? null },
        ownerId: given.owner_id,
      },
    );
    return done(of.back, "Added. Hand it to whoever delivers it");
  }
  if ("chase_on" in given && given.chase_on < today) {
    return no("chase_on", "Choose today or a day to come.");
  }
  if (given.step === "support-hand" && given.chase_on < given.on) {
    return no("chase_on", "Ask again after the day it was handed over.");
  }
  const changed = await change(visit, given);
  if (!changed) return no("form", "A colleague has changed this meanwhile.");
  return done(of.back, "Saved");
}

function change(
  { db, consumerId }: FormVisit,
  given: Exclude<Given, { step: "support-add" }>,
): Promise<boolean> {
  switch (given.step) {
    case "support-hand":
      return changeSupport(db, consumerId, given.id, {
        ...{ to: "handed-over", on: given.on, chaseOn: given.chase_on },
      });
    case "support-chase":
      return chaseSupport(db, consumerId, given.id, given.chase_on);
    case "support-answer":
      return changeSupport(db, consumerId, given.id, {
        ...{ to: given.said, on: given.on, byWhom: given.by_whom },
      });
    case "support-end":
      return changeSupport(db, consumerId, given.id, {
        ...{ to: "ended", on: given.on, reason: given.reason },
      });
  }
}
