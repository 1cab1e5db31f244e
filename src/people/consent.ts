import { ageOn, type Day } from "../kernel/day.ts";
import type { SignsAs } from "./consent-law.ts";

/** What a consent may let staff tell. */
export const topics = [
  "attendance",
  "treatment-plan",
  "discharge-plan",
  "relapse-plan",
  "needs",
  "progress",
] as const;
export type Topic = (typeof topics)[number];

/** Each in words that the person who signs can read; the plan is called as the agency's country does. */
export function topicWords({ carePlan }: { carePlan: string }): Record<Topic, string> {
  return {
    attendance: "that you come here, and when you meet",
    "treatment-plan": `your ${carePlan}: goals, steps and how they go`,
    "discharge-plan": "plans for when you leave",
    "relapse-plan": "your relapse prevention plan: triggers and what helps",
    needs: "other help that you or your family may need",
    progress: "how you are doing",
  };
}

/** The same, short, for staff. */
export function topicLabels({ carePlan }: { carePlan: string }): Record<Topic, string> {
  return {
    attendance: "attendance",
    "treatment-plan": carePlan,
    "discharge-plan": "discharge plan",
    "relapse-plan": "relapse prevention plan",
    needs: "needs for other help",
    progress: "progress",
  };
}

export type ConsentKind = "disclosure" | "criminal-justice";

/** Who signed and as what; for a parent or guardian also what shows that they are one. */
export type Signer = { as: SignsAs; name: string; evidence?: string | null };

/** As much of a consent as decides whether it answers for a day. */
export type GivenConsent = {
  id: string;
  kind: ConsentKind;
  topics: readonly Topic[];
  signedOn: Day;
  validFrom: Day;
  /** The last day it holds; null when an event ends it instead. */
  expiresOn: Day | null;
  expiryEvent: string | null;
  revoked: boolean;
};

/** One natural support with everything that decides what they may be told. */
export type SupportStanding = {
  criminalJustice: boolean;
  endedOn: Day | null;
  /** A no-contact flag stands: it beats any consent. */
  noContact: boolean;
  consents: readonly GivenConsent[];
};

/** A service elsewhere in the same terms: it never ends by itself and nobody flags it. */
export function serviceStanding(consents: readonly GivenConsent[]): SupportStanding {
  return { criminalJustice: false, endedOn: null, noContact: false, consents };
}

/** Whose consent it is: their age decides whether one signed in their youth still holds. */
export type Consenter = { dateOfBirth: Day | null; ofAge: number };

export type WhyNot =
  | "no-contact"
  | "ended"
  | "none"
  | "revoked"
  | "expired"
  | "not-yet"
  | "of-age"
  | "wrong-kind"
  | "topic";

/** Yes with what it rests on, or no with the reason and what would mend it; it names nobody. */
export type Answer =
  | { yes: true; consentIds: readonly string[]; until: Day | null }
  | { yes: false; because: WhyNot; reason: string; arrange: string };

/** Why a consent does not hold on a day; null when it does. */
export function whyDead(
  consent: GivenConsent,
  { dateOfBirth, ofAge }: Consenter,
  day: Day,
): WhyNot | null {
  if (consent.revoked) return "revoked";
  if (consent.validFrom > day) return "not-yet";
  if (consent.expiresOn !== null && consent.expiresOn < day) return "expired";
  // Nobody knows who had to sign: it is asked again, as the view live_consent has it.
  if (dateOfBirth === null) return "of-age";
  if (ageOn(dateOfBirth, consent.signedOn) < ofAge && ageOn(dateOfBirth, day) >= ofAge) {
    return "of-age";
  }
  return null;
}

/** The consents that hold for this support on this day; none while a no-contact flag stands. */
export function liveConsents(
  support: SupportStanding,
  person: Consenter,
  day: Day,
): readonly GivenConsent[] {
  if (support.noContact || hasEnded(support, day)) return [];
  const kind = kindFor(support);
  return support.consents.filter(
    (consent) => consent.kind === kind && whyDead(consent, person, day) === null,
  );
}

/** An invitation already tells that somebody is in treatment, so it needs a live consent. */
export function mayInvite(support: SupportStanding, person: Consenter, day: Day): Answer {
  return answer(support, person, day, "attendance");
}

/** Asked again at the door: a consent may have been revoked since the invitation. */
export function mayCheckIn(support: SupportStanding, person: Consenter, day: Day): Answer {
  const found = answer(support, person, day, "attendance");
  if (found.yes || found.because === "no-contact") return found;
  const meanwhile = "Until then staff may listen to them, and tell nothing.";
  return { ...found, arrange: `${found.arrange} ${meanwhile}` };
}

/** Whether staff may tell this support about this topic on this day. */
export function mayShare(
  support: SupportStanding,
  person: Consenter,
  day: Day,
  topic: Topic,
): Answer {
  return answer(support, person, day, topic);
}

/** Probation and courts have a consent of their own kind (in the US 42 CFR 2.35). */
export function kindFor(support: Pick<SupportStanding, "criminalJustice">): ConsentKind {
  return support.criminalJustice ? "criminal-justice" : "disclosure";
}

function answer(support: SupportStanding, person: Consenter, day: Day, topic: Topic): Answer {
  if (support.noContact) return no("no-contact");
  if (hasEnded(support, day)) return no("ended");
  const live = liveConsents(support, person, day);
  const naming = live.filter((consent) => consent.topics.includes(topic));
  if (naming.length > 0) {
    return { yes: true, consentIds: naming.map(({ id }) => id), until: lastDay(naming) };
  }
  if (live.length > 0) return no("topic");
  return no(whyNoneLives(support, person, day));
}

/** The last day that any of them holds; null when one ends with an event. */
function lastDay(consents: readonly GivenConsent[]): Day | null {
  let last: Day | null = null;
  for (const { expiresOn } of consents) {
    if (expiresOn === null) return null;
    if (last === null || expiresOn > last) last = expiresOn;
  }
  return last;
}

/** The nearest miss first: what was signed last says most about what to ask for. */
function whyNoneLives(support: SupportStanding, person: Consenter, day: Day): WhyNot {
  const own = support.consents.filter(({ kind }) => kind === kindFor(support));
  if (own.length === 0) return support.consents.length > 0 ? "wrong-kind" : "none";
  const reasons = own.map((consent) => whyDead(consent, person, day));
  const order: WhyNot[] = ["not-yet", "of-age", "expired", "revoked"];
  return order.find((reason) => reasons.includes(reason)) ?? "none";
}

function hasEnded({ endedOn }: SupportStanding, day: Day): boolean {
  return endedOn !== null && endedOn <= day;
}

const words: Record<WhyNot, { reason: string; arrange: string }> = {
  "no-contact": {
    reason: "A no-contact flag stands; it beats any consent.",
    arrange: "Do not invite, call or write to them.",
  },
  ended: {
    reason: "They are no longer a support.",
    arrange: "If that has changed, take the end date off and ask for a new consent.",
  },
  none: {
    reason: "There is no signed consent to tell them anything.",
    arrange: "Ask for a signed consent that names them.",
  },
  revoked: {
    reason: "The consent was revoked.",
    arrange: "Respect it; only a new signed consent would change it.",
  },
  expired: {
    reason: "The consent has expired.",
    arrange: "Ask whether they want to sign a new one.",
  },
  "not-yet": {
    reason: "The consent does not hold yet.",
    arrange: "Wait for its first day, or ask for one that holds now.",
  },
  "of-age": {
    reason: "The consent was signed before they came of age, and lapsed on that birthday.",
    arrange: "Ask again: they now sign alone.",
  },
  "wrong-kind": {
    reason: "The consent is not of the kind this recipient needs.",
    arrange: "Probation and courts need a consent of their own kind; others an ordinary one.",
  },
  topic: {
    reason: "The consent does not name this topic.",
    arrange: "Leave it out, or ask for a consent that names it.",
  },
};

function no(because: WhyNot): Answer {
  return { yes: false, because, ...words[because] };
}
