/** What services of others help with: the kinds of the directory (MC A2, C1, C2). */
export const providerKinds = {
  medical: "Doctors and hospitals",
  psychiatric: "Mental health",
  "child-care": "Child care",
  "social-care": "Social care",
  housing: "Housing",
  benefits: "Benefits and debt",
  legal: "Legal advice",
  "domestic-abuse": "Domestic abuse",
  education: "Education",
  employment: "Work",
  "mutual-aid": "Mutual aid meetings",
  "harm-reduction": "Harm reduction",
  "relapse-prevention": "Relapse prevention",
  relationships: "Relationships",
  parenting: "Parenting",
  "womens-service": "Women's service",
  "peer-mentoring": "Peer mentoring",
  activity: "Activities",
  "family-service": "For families",
  detox: "Detox",
  rehab: "Rehab",
  crisis: "Crisis",
  other: "Something else",
} as const;
export type ProviderKind = keyof typeof providerKinds;
export const providerKindCodes = Object.keys(providerKinds) as [ProviderKind, ...ProviderKind[]];

/** What it is called; a code of an earlier day stands as it is. */
export function sayProviderKind(kind: string): string {
  return providerKinds[kind as ProviderKind] ?? kind;
}

/** What one looks for in the directory. */
export type Looked = {
  words: string;
  kind: ProviderKind | null;
  openAccess: boolean;
  womenOnly: boolean;
};

/** Reads what is looked for from an address; what makes no sense is nothing. */
export function readLooked(search: URLSearchParams): Looked {
  const kind = search.get("kind") ?? "";
  return {
    words: (search.get("q") ?? "").trim().slice(0, 100),
    kind: Object.hasOwn(providerKinds, kind) ? (kind as ProviderKind) : null,
    openAccess: search.get("open") === "on",
    womenOnly: search.get("women") === "on",
  };
}
