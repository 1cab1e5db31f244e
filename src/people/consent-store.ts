import type { Day } from "../kernel/day.ts";
import type { Acting } from "../storage/database.ts";
import {
  type Answer,
  type Consenter,
  type ConsentKind,
  type GivenConsent,
  liveConsents,
  mayInvite,
  type Signer,
  type SupportStanding,
  serviceStanding,
  type Topic,
  topics,
} from "./consent.ts";
import { ageOfConsent } from "./consent-law.ts";

/** One natural support and what stands between them and being told anything, on one day. */
export type Standing = SupportStanding & {
  supportId: string;
  name: string;
  relation: string;
  kind: "family-member" | "significant-other" | "referral-source";
  organisation: string | null;
  /** Ask mayInvite, mayCheckIn and mayShare of `people/consent.ts` with this and the standing. */
  person: Consenter;
  /** Whether any consent holds on the day. */
  live: boolean;
  /** What the live consents let staff tell, together. */
  topics: readonly Topic[];
  /** The last day they may be invited; null when an event ends it, or nothing lives. */
  until: Day | null;
  /** Whether, and if not why not, they may be invited: the answer to show beside their name. */
  invite: Answer;
};

/** How each of a consumer's supports stands on a day: no-contact flags, consents, what they allow. */
export async function consentStanding(
  db: Acting,
  consumerId: string,
  day: Day,
): Promise<Standing[]> {
  const person = await findConsenter(db, consumerId);
  if (!person) return [];
  const supports = await db
    .selectFrom("support as s")
    .leftJoin("no_contact as n", (on) =>
      on.onRef("n.support_id", "=", "s.id").on("n.lifted_at", "is", null),
    )
    .select(["s.id", "s.name", "s.relation", "s.kind", "s.organisation", "s.criminal_justice"])
    .select(["s.ended_on", "n.id as flag"])
    .where("s.consumer_id", "=", consumerId)
    .orderBy("s.ended_on", (order) => order.asc().nullsFirst())
    .orderBy("s.name")
    .orderBy("s.id")
    .execute();
  const consents = await db
    .selectFrom("consent as c")
    .leftJoin("consent_revocation as r", "r.consent_id", "c.id")
    .select(["c.id", "c.support_id", "c.kind", "c.topics", "c.signed_on", "c.valid_from"])
    .select(["c.expires_on", "c.expiry_event", "r.consent_id as revoked"])
    .where("c.consumer_id", "=", consumerId)
    .orderBy("c.signed_on", "desc")
    .orderBy("c.id", "desc")
    .execute();
  return supports.map((support) => {
    const standing: SupportStanding = {
      criminalJustice: support.criminal_justice,
      endedOn: support.ended_on as Day | null,
      noContact: support.flag !== null,
      consents: consents.filter(({ support_id }) => support_id === support.id).map(given),
    };
    const live = liveConsents(standing, person, day);
    const invite = mayInvite(standing, person, day);
    return {
      ...standing,
      supportId: support.id,
      name: support.name,
      relation: support.relation,
      kind: support.kind as Standing["kind"],
      organisation: support.organisation,
      person,
      live: live.length > 0,
      topics: topics.filter((topic) => live.some((consent) => consent.topics.includes(topic))),
      until: invite.yes ? invite.until : null,
      invite,
    };
  });
}

async function findConsenter(db: Acting, consumerId: string): Promise<Consenter | null> {
  const consumer = await db
    .selectFrom("consumer")
    .innerJoin("agency", "agency.id", "consumer.agency_id")
    .select(["date_of_birth", "jurisdiction"])
    .where("consumer.id", "=", consumerId)
    .executeTakeFirst();
  if (!consumer) return null;
  return {
    dateOfBirth: consumer.date_of_birth as Day | null,
    ofAge: ageOfConsent(consumer.jurisdiction),
  };
}

/**
 * How a service of the directory stands: every consent of this person to it, for the same questions
 * as of a natural support. Null when there is no such person.
 */
export async function serviceConsents(
  db: Acting,
  consumerId: string,
  providerId: string,
): Promise<(SupportStanding & { person: Consenter }) | null> {
  const person = await findConsenter(db, consumerId);
  if (!person) return null;
  const consents = await findConsents(db, consumerId, { providerId });
  return { ...serviceStanding(consents), person };
}

/** Every consent of a person that names a service of the directory, the newest first. */
export async function findServiceConsents(db: Acting, consumerId: string) {
  const person = await findConsenter(db, consumerId);
  if (!person) return [];
  const rows = await db
    .selectFrom("consent as c")
    .innerJoin("provider as p", "p.id", "c.provider_id")
    .leftJoin("consent_revocation as r", "r.consent_id", "c.id")
    .select(["c.id", "c.kind", "c.topics", "c.signed_on", "c.valid_from", "c.expires_on"])
    .select(["c.expiry_event", "r.consent_id as revoked", "p.id as provider_id", "p.name"])
    .where("c.consumer_id", "=", consumerId)
    .orderBy("c.signed_on", "desc")
    .orderBy("c.id", "desc")
    .limit(100)
    .execute();
  return rows.map((row) => ({
    ...given(row),
    name: row.name,
    providerId: row.provider_id,
    person,
  }));
}

function given(row: {
  id: string;
  kind: string;
  topics: string[];
  signed_on: string;
  valid_from: string;
  expires_on: string | null;
  expiry_event: string | null;
  revoked: string | null;
}): GivenConsent {
  return {
    id: row.id,
    kind: row.kind as ConsentKind,
    topics: row.topics as Topic[],
    signedOn: row.signed_on as Day,
    validFrom: row.valid_from as Day,
    expiresOn: row.expires_on as Day | null,
    expiryEvent: row.expiry_event,
    revoked: row.revoked !== null,
  };
}

/** One consent as it was signed, with its recipient, its revocation and who recorded it. */
export async function findConsent(db: Acting, consumerId: string, consentId: string) {
  const consent = await db
    .selectFrom("consent as c")
    .leftJoin("support as s", "s.id", "c.support_id")
    .leftJoin("provider as p", "p.id", "c.provider_id")
    .innerJoin("staff as by", "by.id", "c.created_by")
    .leftJoin("consent_revocation as r", "r.consent_id", "c.id")
    .leftJoin("staff as revoker", "revoker.id", "r.recorded_by")
    .selectAll("c")
    .select((eb) => eb.fn.coalesce("s.name", "p.name", "c.recipient").as("names"))
    .select("by.name as recorded_by")
    .select(["r.consent_id as revoked", "r.revoked_at", "r.reason as revoked_because"])
    .select("revoker.name as revoked_by")
    .where("c.consumer_id", "=", consumerId)
    .where("c.id", "=", consentId)
    .executeTakeFirst();
  return consent
    ? { ...consent, signers: consent.signers as Signer[], given: given(consent) }
    : null;
}

/** A person's consents to one support, or to one service elsewhere, the newest first. */
export async function findConsents(
  db: Acting,
  consumerId: string,
  to: { supportId: string } | { providerId: string },
) {
  return db
    .selectFrom("consent as c")
    .leftJoin("consent_revocation as r", "r.consent_id", "c.id")
    .select(["c.id", "c.support_id", "c.kind", "c.topics", "c.signed_on", "c.valid_from"])
    .select(["c.expires_on", "c.expiry_event", "c.purpose", "r.consent_id as revoked"])
    .where("c.consumer_id", "=", consumerId)
    .where((eb) =>
      "supportId" in to
        ? eb("c.support_id", "=", to.supportId)
        : eb("c.provider_id", "=", to.providerId),
    )
    .orderBy("c.signed_on", "desc")
    .orderBy("c.id", "desc")
    .limit(100)
    .execute()
    .then((rows) => rows.map((row) => ({ ...given(row), purpose: row.purpose })));
}

export type NewConsent = {
  /** Whom it names: a natural support, or a service of the directory; one of the two. */
  supportId: string | null;
  providerId?: string | null;
  kind: ConsentKind;
  discloser: string;
  recipient: string;
  topics: readonly Topic[];
  purpose: string;
  signedOn: Day;
  signers: readonly Signer[];
  manner: "paper" | "electronic";
  validFrom: Day;
  expiresOn: Day | null;
  expiryEvent: string | null;
};

/** Saves a signed consent; it is never edited afterwards. */
export async function saveConsent(
  db: Acting,
  by: { staffId: string; agency: { id: string } },
  consumerId: string,
  consent: NewConsent,
): Promise<string> {
  const { id } = await db
    .insertInto("consent")
    .values({
      agency_id: by.agency.id,
      consumer_id: consumerId,
      support_id: consent.supportId,
      provider_id: consent.providerId ?? null,
      kind: consent.kind,
      discloser: consent.discloser,
      recipient: consent.recipient,
      topics: [...consent.topics],
      purpose: consent.purpose,
      signed_on: consent.signedOn,
      signers: JSON.stringify(consent.signers),
      manner: consent.manner,
      valid_from: consent.validFrom,
      expires_on: consent.expiresOn,
      expiry_event: consent.expiryEvent,
      created_by: by.staffId,
    })
    .returning("id")
    .executeTakeFirstOrThrow();
  return id;
}

/** From this moment the consent is dead; revoking one that is dead already changes nothing. */
export async function revokeConsent(
  db: Acting,
  by: { staffId: string; agency: { id: string } },
  consumerId: string,
  { consentId, reason }: { consentId: string; reason: string },
): Promise<void> {
  await db
    .insertInto("consent_revocation")
    .values({
      consent_id: consentId,
      agency_id: by.agency.id,
      consumer_id: consumerId,
      reason,
      recorded_by: by.staffId,
    })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

/** What decides who must sign: the day of birth and the kinds of programme they are in or wait for. */
export async function findSigningFacts(db: Acting, consumerId: string, today: Day) {
  const consumer = await db
    .selectFrom("consumer")
    .select(["given_name", "family_name", "date_of_birth"])
    .where("id", "=", consumerId)
    .executeTakeFirst();
  if (!consumer) return null;
  const programs = await db
    .selectFrom("enrolment")
    .innerJoin("program", "program.id", "enrolment.program_id")
    .select("program.kind")
    .distinct()
    .where("consumer_id", "=", consumerId)
    .where((eb) => eb.or([eb("valid_to", "is", null), eb("valid_to", ">=", today)]))
    .execute();
  return {
    name: `${consumer.given_name} ${consumer.family_name}`,
    born: consumer.date_of_birth as Day | null,
    programKinds: programs.map(({ kind }) => kind),
  };
}
