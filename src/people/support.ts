/** What a natural support can be, in the words of the page. */
export const supportKinds = {
  "family-member": "Family member",
  "significant-other": "Significant other",
  "referral-source": "Referral source",
} as const;
export type SupportKind = keyof typeof supportKinds;
