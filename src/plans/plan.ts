import type { Day } from "../kernel/day.ts";

/** The four domains of a person's life that a plan looks at. */
export const domains = {
  "substance-use": "Substance use",
  health: "Health",
  offending: "Offending",
  "social-functioning": "Social functioning",
} as const;
export type Domain = keyof typeof domains;

export const lineStatuses = { open: "Open", met: "Met", dropped: "Dropped" } as const;
export type LineStatus = keyof typeof lineStatuses;

/** What staff do, of the kinds of MC A1 to A3 and others. */
export const interventionKinds = {
  keywork: "Sessions with the primary counselor",
  "individual-counseling": "Individual counseling",
  group: "Group",
  advice: "Information, advice and support",
  liaison: "Work with another service",
  "family-conference": "Family conference",
  "family-therapy": "Family therapy",
  "medically-assisted-withdrawal": "Medically assisted withdrawal",
  "relapse-prevention-prescribing": "Prescribing that lowers the risk of relapse",
  prescribing: "Other prescribing",
  "relapse-prevention": "Relapse prevention",
  "harm-reduction": "Harm reduction",
  "peer-mentoring": "Peer mentoring",
  "mutual-aid": "Mutual aid",
  detox: "Inpatient detoxification",
  residential: "Residential treatment",
  "second-stage": "Second stage, supported housing",
  "practical-help": "Help with housing, work or education",
  other: "Something else",
} as const;
type InterventionKind = keyof typeof interventionKinds;

const inEngland: Partial<Record<InterventionKind, string>> = {
  keywork: "Keywork",
  "individual-counseling": "One-to-one counselling",
  residential: "Residential rehabilitation",
  "second-stage": "Second stage, supported accommodation",
};

/** The kinds of interventions as they are called in a locale. */
export function interventionWords(locale: string): Record<string, string> {
  return locale === "en-GB" ? { ...interventionKinds, ...inEngland } : interventionKinds;
}

export type Objective = {
  id: string;
  lineage: string;
  text: string;
  target_on: string | null;
  status: string;
  settled_on: string | null;
};

export type Intervention = {
  id: string;
  lineage: string;
  kind: string;
  text: string;
  frequency: string | null;
  responsible_id: string | null;
  responsible: string | null;
};

/** What the person wants to reach, the steps towards it, and what staff do about it. */
export type Goal = {
  id: string;
  lineage: string;
  domain: string;
  text: string;
  status: string;
  settled_on: string | null;
  objectives: Objective[];
  interventions: Intervention[];
};

/** The words of a stored code; what is no code stands as it is. */
export function wordsFor(codes: Record<string, string>, stored: string): string {
  return codes[stored] ?? stored;
}

const signers = {
  consumer: "the person",
  "parent-or-guardian": "a parent or guardian",
  both: "the person and a parent or guardian",
  nobody: "nobody yet",
} as const;
export type Signer = keyof typeof signers;
export const signerCodes = Object.keys(signers) as [Signer, ...Signer[]];

/** Who agreed, as it is stored: `parent-or-guardian: a name`, `nobody: why`. */
export function agreedText(signer: Signer, more: string | null | undefined): string {
  return more ? `${signer}: ${more}` : signer;
}

/** Who agreed, in words; a name that was stored alone stands as it is. */
export function agreedWords(stored: string | null): string {
  if (!stored) return "nobody yet";
  const [code = "", ...rest] = stored.split(": ");
  const words = (signers as Record<string, string>)[code];
  if (!words) return stored;
  return rest.length ? `${words} (${rest.join(": ")})` : words;
}

/** Whether the plan's day of review has come, or comes within two weeks. */
export function reviewState(reviewOn: string | null, today: Day, soon: Day) {
  if (!reviewOn) return "none" as const;
  if (reviewOn < today) return "overdue" as const;
  return reviewOn <= soon ? ("soon" as const) : ("later" as const);
}

/** What a plan lacks before anybody should agree to it; it may be agreed all the same. */
export function gapsOf(goals: readonly Goal[]): string[] {
  const gaps: string[] = [];
  for (const goal of goals) {
    if (goal.status !== "open") continue;
    if (goal.objectives.length === 0) gaps.push(`No step leads to “${goal.text}”.`);
    if (goal.interventions.length === 0) gaps.push(`Staff do nothing yet about “${goal.text}”.`);
  }
  return gaps;
}
