import { z } from "zod";
import { findColleagues } from "../../episodes/store.ts";
import { findCarrying } from "../../people/carrying-store.ts";
import { topics } from "../../people/consent.ts";
import { bases, groundsOf } from "../../people/disclosure.ts";
import {
  checkbox,
  day,
  done,
  optionalText,
  parseForm,
  refuse,
  refuseField,
} from "../../web/form.tsx";
import { type FormVisit, noSuchPage, type Visit } from "../../web/guard.ts";
import { paths } from "../../web/paths.ts";
import { alwaysTold, partsOf } from "../letter.ts";
import { sendReferral } from "../out-store.ts";
import { findProvider } from "../provider-store.ts";
import { maySend } from "../referral.ts";
import { markSent, prepareSending } from "../sending-store.ts";
import { findReferrals } from "../store.ts";
import { findSayable, findWho } from "./letter-data.ts";
import { judgeSince, supportsFollow } from "./referral-action.ts";

/** The referral of the address, of this person. */
export async function getReferral({ db, consumerId, params }: Visit) {
  const referral = (await findReferrals(db, consumerId)).find(({ id }) => id === params.referralId);
  if (!referral) throw noSuchPage();
  return referral;
}

const sendForm = z.object({
  provider: z.uuid("Choose whom you ask"),
  basis: z.enum(["self", ...bases], "Say by what right"),
  purpose: optionalText(500),
  topics: z.array(z.enum(topics)).default([]),
  words: optionalText(4000),
  ring: checkbox,
  phone: optionalText(100),
  reach: optionalText(300),
  chase_on: day("Choose the day on which you ask what came of it"),
});

/** Prepares a letter, or records that the person took the referral along themselves. */
export async function sendAction(visit: FormVisit) {
  const { db, me, by, consumerId, form, today } = visit;
  const referral = await getReferral(visit);
  const parsed = parseForm(sendForm, form);
  if (parsed.invalid) return refuse(parsed.invalid);
  const given = parsed.value;
  if (!maySend(referral.status)) {
    return refuseField(
      form,
      "form",
      "Somebody has been asked already: say first what they answered.",
    );
  }
  const provider = await findProvider(db, given.provider);
  if (!provider?.active) return refuseField(form, "provider", "Choose one of the directory");
  if (given.chase_on < today) return refuseField(form, "chase_on", "Choose today or a later day");
  const colleagues = await findColleagues(db, consumerId);
  if (!colleagues.some(({ id }) => id === me.staffId)) throw noSuchPage();
  const letter = paths.letter(consumerId, referral.id);
  const to = { referralId: referral.id, providerId: provider.id };
  if (given.basis === "self") {
    const nothing = { basis: "self", purpose: null, topics: [], letter: null };
    const id = await prepareSending(db, by, consumerId, { ...to, ...nothing });
    await markSent(db, by, consumerId, id, { how: "in-person", disclosureId: null });
    await sendReferral(db, by, consumerId, referral.id, {
      ...{ status: "handed", providerId: provider.id, on: today, chaseOn: given.chase_on },
      remark: "Taken along by the person; nothing was told",
    });
    await judgeSince(visit, referral.found_on);
    await supportsFollow(visit, referral.id, today);
    return done(letter, "Recorded: they take it along themselves, and nothing was told to anybody");
  }
  const told = topics.filter((topic) => topic === alwaysTold || given.topics.includes(topic));
  if (given.basis === "consent") {
    if (!(await findCarrying(visit, provider.id, told))) {
      return refuseField(form, "topics", "No live consent to this service names all of that");
    }
  } else {
    if (!groundsOf(me.agency.jurisdiction).some(({ basis }) => basis === given.basis)) {
      return refuseField(form, "basis", "The law here knows no such ground");
    }
    if (!given.purpose) return refuseField(form, "purpose", "Say why it is told without consent");
  }
  // They answer us. Only where they have to ring the person does the letter say how that is safe.
  if (given.ring && !given.phone) {
    return refuseField(form, "phone", "Give the number that they are to ring");
  }
  if (given.ring && !given.reach) {
    return refuseField(form, "reach", "Say how it is safe to ring: ask the person first");
  }
  const ring = given.ring ? { phone: given.phone ?? null, reach: given.reach ?? null } : null;
  const who = await findWho(visit, ring);
  if (!who) throw noSuchPage();
  await prepareSending(db, by, consumerId, {
    ...to,
    basis: given.basis,
    purpose: given.purpose ?? null,
    topics: told,
    letter: {
      to: provider.name,
      who,
      parts: partsOf(await findSayable(visit, referral), told),
      words: given.words ?? null,
    },
  });
  return done(`${letter}?chase=${given.chase_on}`, "The letter is prepared. Nothing has left yet");
}
