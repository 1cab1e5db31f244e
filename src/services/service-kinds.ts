type Locale = "en-US" | "en-GB";

/**
 * The services that are recorded simply, besides the Family Conference, which is recorded by holding
 * it, and groups, which come from a register. Codes are those of service lines; an agency's files
 * may carry others. Each is called as the agency's country calls it.
 */
const kinds = {
  "en-US": {
    "individual-counseling": "Individual counseling",
    "family-therapy": "Family therapy",
    "collateral-counseling": "Collateral counseling",
    "group-counseling": "Group counseling",
    "case-management": "Case management",
    keywork: "Session with the primary counselor",
    "assessment-session": "Assessment session",
    advice: "Information and advice",
    "harm-reduction": "Harm reduction",
    liaison: "Work with another service",
  },
  "en-GB": {
    keywork: "Keywork session",
    "assessment-session": "Assessment session",
    psychosocial: "Psychosocial intervention",
    advice: "Information and advice",
    "harm-reduction": "Harm reduction",
    liaison: "Work with another service",
    "family-therapy": "Family therapy",
    "prescribing-review": "Prescribing review",
  },
} as const;

/** The kinds that can be recorded simply where this locale is spoken, with their names. */
export function kindsFor(locale: Locale): Readonly<Record<string, string>> {
  return kinds[locale];
}

const everywhere: Readonly<Record<string, string>> = {
  "family-conference": "Family Conference",
  group: "Group",
};

/** What any service is called on a page. */
export function sayKind(kind: string, locale: Locale): string {
  const own: Readonly<Record<string, string>> = kinds[locale];
  const other: Readonly<Record<string, string>> = kinds[locale === "en-GB" ? "en-US" : "en-GB"];
  return everywhere[kind] ?? own[kind] ?? other[kind] ?? kind;
}

/** What an agency means when it says just "a session": how the shortest form starts. */
export const usualKind: Readonly<Record<Locale, string>> = {
  "en-US": "individual-counseling",
  "en-GB": "keywork",
};

/**
 * Contacts that are recorded however short they were: no unit of theirs is claimed. Of every other
 * service there is none without a whole unit.
 */
const contacts: readonly string[] = [
  ...["keywork", "assessment-session", "psychosocial", "advice", "harm-reduction", "liaison"],
  ...["prescribing-review", "group"],
];

/** Whether it is a service even where its minutes come to no whole unit. */
export function isContact(kind: string): boolean {
  return contacts.includes(kind);
}

/**
 * The performer's qualification that a service keeps for itself (FC 3.2 leaves Family Therapy with
 * its own qualified staff and does not say which). Which credential that is, is a reading: this
 * agency's own code for it. It warns and never keeps anybody from recording what was done.
 */
export const ownQualification: Readonly<Record<string, { code: string; label: string }>> = {
  "family-therapy": { code: "family-therapist", label: "family therapist" },
};

type Holder = { staff_id: string; valid_from: string; valid_to: string | null };

/** Whether somebody held a credential on a day, among those who ever did. */
export function heldOn(holders: readonly Holder[], staffId: string | null, day: string): boolean {
  return holders.some(
    ({ staff_id, valid_from, valid_to }) =>
      staff_id === staffId && valid_from <= day && (valid_to === null || valid_to >= day),
  );
}
