import { z } from "zod";
import { now } from "../../kernel/clock.ts";
import { findCarrying } from "../../people/carrying-store.ts";
import { confidentialityOf } from "../../people/confidentiality.ts";
import type { Topic } from "../../people/consent.ts";
import type { Basis } from "../../people/disclosure.ts";
import { recordDisclosure } from "../../people/disclosure-store.ts";
import { day, done, parseForm, refuse, refuseField } from "../../web/form.tsx";
import { type FormVisit, noSuchPage, type Visit } from "../../web/guard.ts";
import { paths } from "../../web/paths.ts";
import { sendReferral } from "../out-store.ts";
import { purposeOf, type SentHow, sayNeed, sentHow } from "../referral.ts";
import { findSending, markSent } from "../sending-store.ts";
import { judgeSince, supportsFollow } from "./referral-action.ts";
import { getReferral } from "./send-action.ts";

/** What goes with it by law, and whether it is missing. */
export function noticeFor(
  { me }: Visit,
  basis: string,
): { text: string | null; missing: string | null } {
  const { notice } = confidentialityOf(me.agency.jurisdiction);
  if (!notice.prescribed || basis !== "consent") return { text: null, missing: null };
  const text = me.agency.redisclosureNotice;
  return { text, missing: text ? null : notice.missing };
}

export async function getSending(visit: Visit) {
  const referral = await getReferral(visit);
  return { referral, sending: await findSending(visit.db, visit.consumerId, referral.id) };
}

const leftForm = z.object({
  how: z.enum(Object.keys(sentHow) as [SentHow, ...SentHow[]], "Say how it left"),
  chase_on: day("Choose the day on which you ask what came of it"),
});

/** It left: the disclosure is logged with its ground, and the clock of the answer starts. */
export async function letterLeft(visit: FormVisit) {
  const { db, me, by, consumerId, form, today, services } = visit;
  const { referral, sending } = await getSending(visit);
  if (!sending) throw noSuchPage();
  const here = paths.letter(consumerId, referral.id);
  if (sending.sent_at) return done(here, "It was recorded as sent already");
  const parsed = parseForm(leftForm, form);
  if (parsed.invalid) return refuse(parsed.invalid);
  const { how, chase_on } = parsed.value;
  if (chase_on < today) return refuseField(form, "chase_on", "Choose today or a later day");
  const { missing } = noticeFor(visit, sending.basis);
  if (missing && how !== "telephone" && how !== "in-person") {
    return refuseField(form, "how", missing);
  }
  const told = sending.topics as Topic[];
  const consent =
    sending.basis === "consent" ? await findCarrying(visit, sending.provider_id, told) : null;
  if (sending.basis === "consent" && !consent) {
    return refuseField(form, "form", "No live consent carries it any more: nothing may be sent.");
  }
  const at = now(services.clock, me.agency.timeZone);
  const asked = await sendReferral(db, by, consumerId, referral.id, {
    ...{ status: "sent", providerId: sending.provider_id, on: today, chaseOn: chase_on },
    remark: sentHow[how],
  });
  if (!asked) return refuseField(form, "form", "Somebody changed this referral meanwhile.");
  const disclosureId = await recordDisclosure(db, me, consumerId, {
    basis: sending.basis as Basis,
    recipient: sending.provider,
    supportId: null,
    providerId: sending.provider_id,
    consentId: consent?.id ?? null,
    topics: told,
    what: `A referral, ${sentHow[how].toLowerCase()}: ${sayNeed(referral.need)}`,
    purpose: sending.purpose ?? purposeOf(referral.need),
    ...at,
  });
  await markSent(db, by, consumerId, sending.id, { how, disclosureId });
  await judgeSince(visit, referral.found_on);
  await supportsFollow(visit, referral.id, today);
  return done(here, "Recorded as sent, and written into the accounting of what left the agency");
}
