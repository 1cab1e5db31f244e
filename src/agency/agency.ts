import type { Role } from "../people/access.ts";

/** How a jurisdiction is called on a page; one that is not named here goes by its code. */
export function jurisdictionName(code: string): string {
  return { "us-mo": "Missouri, United States", england: "England" }[code] ?? code;
}

/** The languages of the pages, by locale. */
export const locales = [
  { value: "en-US", label: "English, United States" },
  { value: "en-GB", label: "English, England" },
] as const;

/** Where a meeting can be: what a room carries so that nobody has to type it. */
export const settings = [
  { value: "office", label: "Office of the agency" },
  { value: "home", label: "At the consumer's home" },
  { value: "community", label: "Elsewhere in the community" },
  { value: "residential", label: "Residential unit" },
  { value: "telehealth", label: "By video" },
  { value: "telephone", label: "By telephone" },
  { value: "other", label: "Another place" },
] as const;

/** What each role is called, and what comes with it, for whoever gives it. */
export const roleWords: Record<Role, { label: string; sees: string }> = {
  counselor: { label: "Counselor", sees: "Whole records of the programs they work in" },
  keyworker: { label: "Keyworker", sees: "Whole records of the programs they work in" },
  "peer-mentor": {
    label: "Peer mentor",
    sees: "The people assigned to them: identity, appointments, supports; no notes",
  },
  supervisor: {
    label: "Supervisor",
    sees: "Records of their programs; co-signs notes, decides corrections, reviews emergency access",
  },
  "program-manager": {
    label: "Program manager",
    sees: "Records of their programs; reviews emergency access",
  },
  "front-desk": {
    label: "Front desk",
    sees: "Identity and appointments of everybody; no notes, no program",
  },
  biller: { label: "Biller", sees: "Services, units, verdicts and identity; no notes" },
  auditor: { label: "Auditor", sees: "Only what an audit's scope names" },
  "policy-analyst": { label: "Policy analyst", sees: "Bulletins and counts; nobody's name" },
  administrator: { label: "Administrator", sees: "Accounts and settings; no record" },
};
