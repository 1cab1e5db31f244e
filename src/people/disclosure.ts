/** The lawful grounds to tell somebody outside the agency, in the words of the page. */
export const bases = {
  consent: "A live consent",
  "medical-emergency": "Medical emergency (42 CFR 2.51)",
  "child-abuse-report": "Report of child abuse or neglect",
  "court-order": "Court order",
  audit: "Audit or evaluation",
  "crime-on-premises": "Crime on the premises or against staff",
} as const;
export type Basis = keyof typeof bases;

/** What is recorded of one disclosure. */
export type NewDisclosure = {
  basis: Basis;
  recipient: string;
  supportId: string | null;
  consentId: string | null;
  what: string;
  purpose: string;
  day: string;
  time: string;
};
