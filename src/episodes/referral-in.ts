import type { UrgencyOfNeed } from "./clock.ts";

type Locale = "en-US" | "en-GB";

/** Where a referral to the agency comes from; the code is stored, the words follow the locale. */
const sources = {
  self: { "en-US": "The person themself", "en-GB": "The person themself" },
  relative: { "en-US": "A relative or friend", "en-GB": "A relative or friend" },
  gp: { "en-US": "Primary care doctor", "en-GB": "GP" },
  hospital: { "en-US": "Hospital or emergency room", "en-GB": "Hospital or A&E" },
  psychiatry: { "en-US": "Psychiatry or mental health", "en-GB": "Mental health services" },
  "drug-service": { "en-US": "Another treatment agency", "en-GB": "Another drug service" },
  "social-services": { "en-US": "Children's Division or social services", "en-GB": "Social care" },
  probation: { "en-US": "Probation and parole", "en-GB": "Probation" },
  court: { "en-US": "Court", "en-GB": "Court or arrest referral" },
  prison: { "en-US": "Jail or prison", "en-GB": "Prison" },
  employer: { "en-US": "Employer", "en-GB": "Employer" },
  outreach: { "en-US": "Outreach", "en-GB": "Outreach" },
  "open-access": { "en-US": "Open access", "en-GB": "Open access" },
  "come-back": { "en-US": "Came back", "en-GB": "Came back" },
  other: { "en-US": "Somebody else", "en-GB": "Somebody else" },
} as const satisfies Record<string, Record<Locale, string>>;
export type ReferralSource = keyof typeof sources;

/** The codes that a form offers; coming back has a way of its own. */
export const referralSources = (Object.keys(sources) as ReferralSource[]).filter(
  (code) => code !== "come-back",
) as [ReferralSource, ...ReferralSource[]];

export function sourceWords(code: string | null, locale: Locale): string {
  return sources[code as ReferralSource]?.[locale] ?? code ?? "";
}

/** What helps until care starts; offered to be ticked, and free words beside them. */
export const interimHelp = [
  "Naloxone given",
  "Overdose advice given",
  "Number to call at any hour given",
  "Needle exchange explained",
] as const;

/** What was ticked and written as one line; null: nothing was. */
export function helpWords(
  ticked: readonly string[] | undefined,
  other: string | null | undefined,
): string | null {
  return [...(ticked ?? []), other].filter(Boolean).join(". ") || null;
}

/** What is decided about a referral. */
export const triageOutcomes = {
  assess: "Assess: they go on waiting for a start",
  "could-not-reach": "Could not reach them: try again",
  advice: "Advice was enough",
  "refer-on": "Another service suits better",
  declined: "They do not want it",
} as const;
export type TriageOutcome = keyof typeof triageOutcomes;

/** In a line, once it is decided. */
export const triagedWords: Record<TriageOutcome, string> = {
  assess: "To be assessed",
  "could-not-reach": "Could not be reached",
  advice: "Advice was enough",
  "refer-on": "Referred on",
  declined: "Declined by the person",
};

/** Whether the decision ends the wait: what the person came for is answered. */
export function endsTheWait(outcome: TriageOutcome): boolean {
  return outcome === "advice" || outcome === "refer-on" || outcome === "declined";
}

/** Why an episode closes with that decision, in the codes of `endReasons`. */
export const closesBecause = {
  advice: { reason: "completed", note: "Advice was enough, decided at triage" },
  "refer-on": { reason: "transferred", note: "Referred on at triage" },
  declined: { reason: "other", note: "Did not want treatment, at triage" },
} as const;

/** Why somebody comes before others who wait; empty when nothing says so. */
export function priorityBecause(
  ...told: { pregnant: boolean | null; injecting: boolean | null }[]
): string[] {
  return [
    ...(told.some(({ pregnant }) => pregnant) ? ["pregnant"] : []),
    ...(told.some(({ injecting }) => injecting) ? ["injecting"] : []),
  ];
}

export const offerAnswers = {
  accepted: "Accepted",
  declined: "Declined",
  "did-not-come": "Did not come",
} as const;
export type OfferAnswer = keyof typeof offerAnswers;

/** Why a start cannot be offered for a day; null: it can. */
export function whyNotOffer(
  wait: { offer_id: string | null; next: string },
  startOn: string,
  today: string,
): string | null {
  if (wait.offer_id) return "A start is offered already: record the answer first.";
  if (startOn < today) return "A start is offered for today or a later day.";
  return null;
}

/** A choice for a form: code and words. */
export function urgencyChoice(urgency: string | null): UrgencyOfNeed {
  return urgency === "emergency" || urgency === "urgent" ? urgency : "routine";
}
