import type { Topic } from "./consent.ts";

/** Every ground that the law of some place knows, to tell somebody outside the agency. */
export const bases = [
  "consent",
  "medical-emergency",
  "child-abuse-report",
  "court-order",
  "audit",
  "crime-on-premises",
  "vital-interests",
  "safeguarding-child",
  "safeguarding-adult",
  "public-interest",
  "legal-duty",
] as const;
export type Basis = (typeof bases)[number];

type Ground = { label: string; hint?: string; facility?: string };

/** By place, in the order of the page; people.lawful_bases in the database keeps the same. */
const grounds: Record<string, Partial<Record<Basis, Ground>>> = {
  "us-mo": {
    consent: { label: "A live consent" },
    "medical-emergency": {
      label: "Medical emergency (42 CFR 2.51)",
      hint: "Only to medical personnel, when consent could not be had.",
      facility: "42 CFR 2.51 asks for the facility of whoever was told",
    },
    "child-abuse-report": { label: "Report of child abuse or neglect" },
    "court-order": { label: "Court order" },
    audit: { label: "Audit or evaluation" },
    "crime-on-premises": { label: "Crime on the premises or against staff" },
  },
  england: {
    consent: { label: "The person's agreement" },
    "vital-interests": {
      label: "Medical emergency: to protect somebody's life",
      hint: "Only to those who give the care, and no more than they need for it.",
    },
    "safeguarding-child": {
      label: "Safeguarding a child",
      hint: "Say under Why what the risk is, whether the person was asked or told, and if not, why that was not safe.",
    },
    "safeguarding-adult": {
      label: "Safeguarding an adult at risk",
      hint: "Say under Why what the risk is, what the adult wants, and why it is told without their agreement if it is.",
    },
    "public-interest": {
      label: "Public interest: to prevent serious harm or serious crime",
      hint: "Say under Why what harm it prevents, why that outweighs confidentiality, and who decided.",
    },
    "court-order": { label: "Court order" },
    "legal-duty": {
      label: "A duty in law to tell",
      hint: "Say under Why which law asks for it.",
    },
    audit: { label: "Audit or inspection that the law allows" },
  },
};

/** What every place knows: a place that nobody wrote down has these alone. */
const anywhere: Partial<Record<Basis, Ground>> = {
  consent: { label: "The person's agreement" },
  "medical-emergency": { label: "Medical emergency" },
  "court-order": { label: "Court order" },
};

/** The grounds that the law of a place knows, as its page offers them. */
export function groundsOf(jurisdiction: string): (Ground & { basis: Basis })[] {
  const known = grounds[jurisdiction] ?? anywhere;
  return bases.flatMap((basis) => {
    const ground = known[basis];
    return ground ? [{ basis, ...ground }] : [];
  });
}

/** How a ground is called; one of another place, from before the agency's was put right, as it was. */
export function groundLabel(jurisdiction: string, basis: Basis): string {
  const here = (grounds[jurisdiction] ?? anywhere)[basis];
  const there = Object.values(grounds).find((place) => place[basis])?.[basis];
  return (here ?? there)?.label ?? basis;
}

/** What is recorded of one disclosure; on a consent, the topics it was about are among those it names. */
export type NewDisclosure = {
  basis: Basis;
  recipient: string;
  supportId: string | null;
  /** A service of the directory, where it was one that was told. */
  providerId?: string | null;
  consentId: string | null;
  topics: readonly Topic[];
  what: string;
  purpose: string;
  day: string;
  time: string;
};
