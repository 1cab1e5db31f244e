/**
 * The services that are recorded simply, besides the Family Conference, which is recorded by holding
 * it. Codes are those of service lines; an agency's files may carry others.
 */
export const simpleKinds = {
  "individual-counseling": "Individual counseling",
  "family-therapy": "Family therapy",
  "collateral-counseling": "Collateral counseling",
  "group-counseling": "Group counseling",
  "case-management": "Case management",
} as const;
export type SimpleKind = keyof typeof simpleKinds;

/** What any service is called on a page. */
export function sayKind(kind: string): string {
  if (kind === "family-conference") return "Family Conference";
  return simpleKinds[kind as SimpleKind] ?? kind;
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
