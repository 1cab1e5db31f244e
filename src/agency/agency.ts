import type { Role } from "../people/access.ts";

/** How a jurisdiction is called on a page; one that is not named here goes by its code. */
export function jurisdictionName(code: string): string {
  return { "us-mo": "Missouri, United States", england: "England" }[code] ?? code;
}

/** What an agency has that opens in a place: proposed at set-up, and changed in the settings. */
export const placeDefaults: Record<string, { locale: "en-US" | "en-GB"; timeZone: string }> = {
  "us-mo": { locale: "en-US", timeZone: "America/Chicago" },
  england: { locale: "en-GB", timeZone: "Europe/London" },
};

/** Whether services are claimed one by one there, at a rate of the agency's own. */
export function claimsServices(jurisdiction: string): boolean {
  return jurisdiction !== "england";
}

/** The kinds of programme that a place knows beside those its bulletins name, with a usual name. */
export const programKinds: Record<string, readonly { value: string; label: string }[]> = {
  england: [
    { value: "open-access", label: "Open access (tier 2)" },
    { value: "community", label: "Community treatment (tier 3)" },
    { value: "day-programme", label: "Day programme" },
    { value: "prescribing", label: "Prescribing" },
    { value: "detox", label: "Inpatient detoxification (tier 4)" },
    { value: "rehab", label: "Residential rehabilitation (tier 4)" },
    { value: "second-stage", label: "Second stage, with supported housing" },
    { value: "aftercare", label: "Aftercare and recovery support" },
  ],
};

/** The languages of the pages, by locale. */
export const locales = [
  { value: "en-US", label: "English, United States" },
  { value: "en-GB", label: "English, England" },
] as const;

/** Where a meeting can be: what a room carries so that nobody has to type it. */
export const settings = [
  { value: "office", label: "Office of the agency" },
  { value: "home", label: "At the person's home" },
  { value: "community", label: "Elsewhere in the community" },
  { value: "residential", label: "Residential unit" },
  { value: "telehealth", label: "By video" },
  { value: "telephone", label: "By telephone" },
  { value: "other", label: "Another place" },
] as const;

/** What each role is called, and what comes with it, for whoever gives it. */
export function roleWords({
  program,
  programs,
  keyworker,
  counsels,
}: {
  program: string;
  programs: string;
  keyworker: string;
  counsels: string;
}): Record<Role, { label: string; sees: string }> {
  const whole = `Whole records of the ${programs} they work in`;
  const large = (word: string) => word.charAt(0).toUpperCase() + word.slice(1);
  return {
    counselor: { label: large(counsels), sees: whole },
    keyworker: { label: large(keyworker), sees: whole },
    "peer-mentor": {
      label: "Peer mentor",
      sees: "The people assigned to them: identity, appointments, supports; no notes",
    },
    supervisor: {
      label: "Supervisor",
      sees: `Records of their ${programs}; co-signs notes, decides corrections, reviews emergency access`,
    },
    "program-manager": {
      label: `${large(program)} manager`,
      sees: `Records of their ${programs}; reviews emergency access`,
    },
    "front-desk": {
      label: "Front desk",
      sees: `Identity and appointments of everybody; no notes, no ${program}`,
    },
    biller: { label: "Biller", sees: "Services, units, verdicts and identity; no notes" },
    auditor: { label: "Auditor", sees: "Only what an audit's scope names" },
    "policy-analyst": { label: "Policy analyst", sees: "Bulletins and counts; nobody's name" },
    administrator: { label: "Administrator", sees: "Accounts and settings; no record" },
  };
}
