import { z } from "zod";
import { lockConsumer } from "../../compliance/judge.ts";
import { findColleagues } from "../../episodes/store.ts";
import type { Day } from "../../kernel/day.ts";
import { judgeSince } from "../../liaison/pages/referral-action.ts";
import { findProviderChoices } from "../../liaison/provider-store.ts";
import {
  awaitsAnswer,
  type ReferralStatus,
  type SentHow,
  sentHow,
} from "../../liaison/referral.ts";
import { lockReferral, moveReferral } from "../../liaison/store.ts";
import { topics } from "../../people/consent.ts";
import { bases } from "../../people/disclosure.ts";
import { findLiveConsents } from "../../people/disclosure-store.ts";
import type { Acting } from "../../storage/database.ts";
import { day, done, identifier, optionalText, refuseField, text } from "../../web/form.tsx";
import type { FormVisit } from "../../web/guard.ts";
import { chaseDay, readChoice, supportWords } from "../aftercare.ts";
import {
  addSupport,
  changeSupport,
  chaseSupport,
  findGivers,
  findRecoverySupports,
  findReferralChoices,
  followReferral,
} from "../recovery-store.ts";
import { namesFlagged } from "../sheet.ts";
import { findSheetNames } from "../sheet-store.ts";
import { tellDeliverer } from "./tell.ts";

/** What is typed about the supports of second stage and aftercare, wherever a page shows them. */
export const supportSteps = [
  z.object({
    step: z.literal("support-add"),
    choice: z.string("Choose what it is"),
    detail: optionalText(500),
    provider_id: identifier().optional(),
    by_whom: optionalText(200),
    /** One of ours: `staff:…` or `group:…`. */
    ours: z.string().optional(),
    referral_id: identifier().optional(),
    owner_id: identifier("Choose who sees to it"),
  }),
  z.object({
    step: z.literal("support-hand"),
    id: identifier(),
    on: day(),
    chase_on: day(),
    told: z.enum(["self", "inside", ...bases], "Say what they were told, and by what right"),
    topics: z.array(z.enum(topics)).default([]),
    how: z.enum(Object.keys(sentHow) as [SentHow, ...SentHow[]], "Say how").optional(),
    consent_id: identifier().optional(),
    purpose: optionalText(500),
  }),
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
      ours: oursOf(await findGivers(db, consumerId)),
      colleagues: colleagues.map(({ id, name }) => ({ id, name })),
      consents: (await findLiveConsents(db, consumerId)).map((one) => ({
        ...{ id: one.id, recipient: one.recipient, providerId: one.provider_id },
        topics: one.topics,
      })),
    },
  };
}

/** Groups and colleagues as one choice of a form, peer mentors before the others. */
function oursOf({ staff, groups }: Awaited<ReturnType<typeof findGivers>>) {
  return {
    groups: groups.map(({ id, name, lead }) => ({ id: `group:${id}`, label: `${name} (${lead})` })),
    staff: staff
      .toSorted((a, b) => Number(b.peer_mentor) - Number(a.peer_mentor))
      .map(({ staff_id, name, peer_mentor }) => ({
        id: `staff:${staff_id}`,
        label: peer_mentor ? `${name}, peer mentor` : name,
      })),
  };
}

/** Adds a support to an episode, hands it over, records the answer, or ends it. */
export async function supportAction(
  visit: FormVisit,
  given: Given,
  of: { episodeId: string; back: string },
) {
  const { db, by, consumerId, form, today } = visit;
  const no = (field: string, message: string) => refuseField(form, field, message);
  if ("on" in given && given.on > today) return no("on", "That day is still to come.");
  if (given.step === "support-add") {
    const choice = readChoice(given.choice);
    if (!choice) return no("choice", "Choose what it is");
    const { choices } = await findSupportsAndChoices(db, consumerId);
    const referral = choices.referrals.find(({ id }) => id === given.referral_id);
    const ours = given.ours ?? null;
    if (ours && ![...choices.ours.groups, ...choices.ours.staff].some(({ id }) => id === ours)) {
      return no("ours", "Choose one of the list.");
    }
    if (ours && given.provider_id) {
      return no("ours", "Choose one of ours, or a service of the directory.");
    }
    const provider = given.provider_id ?? (ours ? null : (referral?.provider_id ?? null));
    if (!provider && !ours && !given.by_whom) return no("by_whom", "Say who delivers it.");
    if (await isFlagged(db, consumerId, given.by_whom ?? null)) {
      return no("by_whom", "A no-contact flag stands for them: ask somebody else.");
    }
    const known = (list: readonly { id: string }[], id: string | undefined) =>
      id === undefined || list.some((one) => one.id === id);
    if (!known(choices.providers, given.provider_id)) {
      return no("provider_id", "Choose one of the directory.");
    }
    if (!known(choices.referrals, given.referral_id)) {
      return no("referral_id", "Choose one of their referrals.");
    }
    if (!known(choices.colleagues, given.owner_id)) return no("owner_id", "Choose a colleague.");
    await addSupport(
      db,
      by,
      { consumerId, episodeId: of.episodeId },
      {
        ...choice,
        ...{ detail: given.detail ?? null, providerId: provider },
        ...{ byWhom: given.by_whom ?? null, referralId: given.referral_id ?? null },
        staffId: ours?.startsWith("staff:") ? ours.slice(6) : null,
        groupId: ours?.startsWith("group:") ? ours.slice(6) : null,
        ownerId: given.owner_id,
      },
    );
    const went = referral ? await followReferral(db, consumerId, referral.id, today) : 0;
    return done(
      of.back,
      went > 0
        ? "Added. It stands where its referral stands"
        : "Added. Hand it to whoever delivers it",
    );
  }
  if ("chase_on" in given && given.chase_on < today) {
    return no("chase_on", "Choose today or a day to come.");
  }
  if (given.step === "support-hand" && given.chase_on < given.on) {
    return no("chase_on", "Ask again after the day it was handed over.");
  }
  if (given.step === "support-hand") return handOver(visit, given, of.back);
  if (given.step === "support-answer") return answer(visit, given, of.back);
  const changed = await change(visit, given);
  if (!changed) return no("form", "A colleague has changed this meanwhile.");
  return done(of.back, "Saved");
}

/** What they answered: said here, it is said of the referral that it follows as well. */
async function answer(
  visit: FormVisit,
  given: Extract<Given, { step: "support-answer" }>,
  back: string,
) {
  const { db, by, consumerId, form, today } = visit;
  await lockConsumer(db, consumerId);
  const support = (await findRecoverySupports(db, consumerId)).find(({ id }) => id === given.id);
  if (support?.state === "planned") {
    const first = "Say first what they were told, and by what right: hand it over.";
    return refuseField(form, "form", first);
  }
  const { said: to, on, by_whom: byWhom } = given;
  if (!(await changeSupport(db, consumerId, given.id, { to, on, byWhom }))) {
    return refuseField(form, "form", "A colleague has changed this meanwhile.");
  }
  const referral = support?.referral_id
    ? await lockReferral(db, consumerId, support.referral_id)
    : null;
  const status = referral && answeredBy(referral, support, to);
  if (!referral || !status) return done(back, "Saved");
  const moved = await moveReferral(db, by, consumerId, referral.id, {
    status,
    on: referral.sent_on && on < referral.sent_on ? (referral.sent_on as Day) : on,
    outcome: `${byWhom}, on the aftercare plan`,
    chaseOn: chaseDay(today),
  });
  if (moved) await judgeSince(visit, referral.found_on);
  return done(back, moved ? "Saved, here and on its referral" : "Saved");
}

/** What a referral becomes when the support that follows it is answered; null: it says so already, or is another's. */
function answeredBy(
  referral: { status: string; provider_id: string | null },
  support:
    | { provider_id: string | null; staff_id: string | null; group_id: string | null }
    | undefined,
  to: "accepted" | "declined",
): ReferralStatus | null {
  const others = support?.staff_id || support?.group_id;
  const other =
    support?.provider_id && referral.provider_id && support.provider_id !== referral.provider_id;
  if (others || other) return null;
  if (awaitsAnswer(referral.status)) return to === "accepted" ? "accepted" : "refused";
  return referral.status === "open" && to === "accepted" ? "arranged" : null;
}

async function isFlagged(db: Acting, consumerId: string, text: string | null) {
  const names = await findSheetNames(db, consumerId);
  return names !== null && namesFlagged(text, names.around, names.ownNames);
}

/** Hands a support over: told with a ground that is written down, or nothing told at all. */
async function handOver(
  visit: FormVisit,
  given: Extract<Given, { step: "support-hand" }>,
  back: string,
) {
  const { db, consumerId, form } = visit;
  const supports = await findRecoverySupports(db, consumerId);
  const support = supports.find(({ id }) => id === given.id);
  const meanwhile = "A colleague has changed this meanwhile.";
  if (support?.state !== "planned") return refuseField(form, "form", meanwhile);
  const name = support.provider ?? support.by_whom;
  if (!name) {
    const nobody = "Nobody is named who gives it: end this one, and add it with whoever does.";
    return refuseField(form, "form", nobody);
  }
  if (await isFlagged(db, consumerId, support.by_whom)) {
    return refuseField(form, "form", "A no-contact flag stands for them: ask somebody else.");
  }
  if ((support.staff_id || support.group_id) && given.told !== "inside") {
    return refuseField(form, "told", "It is one of ours: nothing leaves the agency.");
  }
  let disclosureId: string | null = null;
  if (given.told !== "self" && given.told !== "inside") {
    const how = given.how ?? "telephone";
    const told = await tellDeliverer(
      visit,
      { providerId: support.provider_id, name, consentId: given.consent_id },
      {
        ...{ basis: given.told, purpose: given.purpose },
        topics: topics.filter((one) => one === "attendance" || given.topics.includes(one)),
        what: `Aftercare handed over, ${sentHow[how].toLowerCase()}: ${supportWords(support)}`,
        usually: "So that the support is there when treatment ends",
        written: how === "letter" || how === "secure-message",
      },
    );
    if (!("id" in told)) return refuseField(form, told.field, told.message);
    disclosureId = told.id;
  } else if (given.told === "inside" && support.provider_id) {
    return refuseField(form, "told", "A service of the directory is not of this agency.");
  }
  const handed = await changeSupport(db, consumerId, given.id, {
    ...{ to: "handed-over", on: given.on, chaseOn: given.chase_on },
    ...{ basis: given.told, disclosureId },
  });
  // Nothing is in the accounting that did not happen: throwing takes it back.
  if (!handed) throw new Error("a support that was read as planned was handed over meanwhile");
  return done(
    back,
    disclosureId ? "Handed over, and written into what was disclosed" : "Handed over",
  );
}

function change(
  { db, consumerId }: FormVisit,
  given: Extract<Given, { step: "support-chase" | "support-end" }>,
): Promise<boolean> {
  switch (given.step) {
    case "support-chase":
      return chaseSupport(db, consumerId, given.id, given.chase_on);
    case "support-end":
      return changeSupport(db, consumerId, given.id, {
        ...{ to: "ended", on: given.on, reason: given.reason },
      });
  }
}
