import { now } from "../../kernel/clock.ts";
import { findCarrying } from "../../people/carrying-store.ts";
import { confidentialityOf } from "../../people/confidentiality.ts";
import { mayShare, type Topic } from "../../people/consent.ts";
import { consentStanding } from "../../people/consent-store.ts";
import { type Basis, groundsOf } from "../../people/disclosure.ts";
import { findLiveConsents, recordDisclosure } from "../../people/disclosure-store.ts";
import type { FormVisit, Visit } from "../../web/guard.ts";
import { familyGrounds } from "./grounds.ts";

/** What goes with it by law, or in plain words, and whether the words of the law are missing. */
export function noticeOf({ me }: Pick<Visit, "me">): {
  text: string | null;
  missing: string | null;
} {
  const { notice } = confidentialityOf(me.agency.jurisdiction);
  if (!notice.prescribed) return { text: notice.text, missing: null };
  const text = me.agency.redisclosureNotice;
  return { text, missing: text ? null : notice.missing };
}

type Telling = {
  basis: string;
  /** Why without consent. */
  purpose: string | undefined;
  topics: readonly Topic[];
  what: string;
  /** Why, where it is with consent. */
  usually: string;
  /** On paper or a screen, so that the words of the law have to go with it. */
  written: boolean;
};
/** Told: the row of the accounting. Not told: the field, and what would mend it. */
type Told = { id: string } | { field: string; message: string };

/** Those around a person through whom they may be looked for: nobody who must not be contacted. */
export async function findThroughWhom(
  { db, today }: Pick<Visit, "db" | "today">,
  consumerId: string,
) {
  const standings = await consentStanding(db, consumerId, today);
  return standings
    .filter(({ noContact, endedOn }) => !noContact && (endedOn === null || endedOn > today))
    .map((one) => ({
      id: one.supportId,
      name: one.name,
      relation: one.relation,
      consented: mayShare(one, one.person, today, "attendance").yes,
    }));
}

/** Tells somebody close to a person, on a ground that is written down; never past a no-contact flag. */
export async function tellSupport(
  visit: FormVisit,
  of: { consumerId: string; supportId: string },
  telling: Telling,
): Promise<Told> {
  const { db, today, me } = visit;
  const standings = await consentStanding(db, of.consumerId, today);
  const standing = standings.find(({ supportId }) => supportId === of.supportId);
  if (!standing || standing.noContact) {
    return { field: "support_id", message: "Choose somebody who may be contacted." };
  }
  const refused = refusal(visit, telling, familyGrounds(me.agency.jurisdiction));
  if (refused) return refused;
  let consentId: string | null = null;
  if (telling.basis === "consent") {
    const answers = telling.topics.map((topic) =>
      mayShare(standing, standing.person, today, topic),
    );
    const no = answers.find((answer) => !answer.yes);
    if (no && !no.yes) return { field: "support_id", message: `${no.reason} ${no.arrange}` };
    const [answer] = answers;
    consentId = (answer?.yes && answer.consentIds[0]) || null;
  }
  return record(visit, of.consumerId, telling, {
    ...{ recipient: standing.name, supportId: of.supportId, providerId: null, consentId },
  });
}

/** Tells whoever is to deliver something: a service of the directory, or somebody named in words. */
export async function tellDeliverer(
  visit: FormVisit,
  to: { providerId: string | null; name: string; consentId: string | undefined },
  telling: Telling,
): Promise<Told> {
  const { db, consumerId, me } = visit;
  const refused = refusal(visit, telling, groundsOf(me.agency.jurisdiction));
  if (refused) return refused;
  const nobody = { recipient: to.name, supportId: null, consentId: null };
  if (telling.basis !== "consent") {
    return record(visit, consumerId, telling, { ...nobody, providerId: to.providerId });
  }
  if (to.providerId) {
    const consent = await findCarrying(visit, to.providerId, telling.topics);
    if (!consent) {
      return {
        field: "told",
        message: "No live consent to this service names all of that: ask for one, or tell less.",
      };
    }
    const on = { providerId: to.providerId, consentId: consent.id };
    return record(visit, consumerId, telling, { ...nobody, ...on });
  }
  const consents = await findLiveConsents(db, consumerId);
  const consent = consents.find(({ id }) => id === to.consentId);
  if (!consent) return { field: "consent_id", message: "Choose the consent that names them." };
  if (telling.topics.some((topic) => !consent.topics.includes(topic))) {
    return { field: "topics", message: "The consent does not name all of that: tell less." };
  }
  return record(visit, consumerId, telling, {
    ...{ recipient: consent.recipient, supportId: consent.support_id },
    ...{ providerId: consent.provider_id, consentId: consent.id },
  });
}

function refusal(
  visit: FormVisit,
  { basis, purpose, written }: Telling,
  grounds: readonly { basis: Basis }[],
): { field: string; message: string } | null {
  if (!grounds.some((ground) => ground.basis === basis)) {
    return { field: "told", message: "The law here knows no such ground." };
  }
  if (basis !== "consent" && !purpose) {
    return { field: "purpose", message: "Say why it is told without consent." };
  }
  const { missing } = noticeOf(visit);
  return basis === "consent" && written && missing ? { field: "how", message: missing } : null;
}

async function record(
  { db, me, services }: FormVisit,
  consumerId: string,
  { basis, purpose, topics, what, usually }: Telling,
  to: {
    recipient: string;
    supportId: string | null;
    providerId: string | null;
    consentId: string | null;
  },
): Promise<{ id: string }> {
  const told = { basis: basis as Basis, topics, what, purpose: purpose ?? usually };
  const at = now(services.clock, me.agency.timeZone);
  return { id: await recordDisclosure(db, me, consumerId, { ...told, ...to, ...at }) };
}
