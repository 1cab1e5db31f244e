import { addDays, type Day } from "../kernel/day.ts";

/** Days before its end from which a credential is marked as about to lapse. */
export const LAPSING_DAYS = 60;

/** How a span of days, both included, stands on a day. */
export type Standing = "to-come" | "holds" | "lapsing" | "over";

/** Whether something dated holds today, and whether it is about to end. */
export function standingOn(
  today: Day,
  { valid_from, valid_to }: { valid_from: string; valid_to: string | null },
): Standing {
  if (valid_from > today) return "to-come";
  if (valid_to === null) return "holds";
  if (valid_to < today) return "over";
  return valid_to <= addDays(today, LAPSING_DAYS) ? "lapsing" : "holds";
}

/** Two spans of days that share one, both ends included; null means open. */
export function overlap(
  a: { valid_from: string; valid_to: string | null },
  b: { valid_from: string; valid_to: string | null },
): boolean {
  return (
    (b.valid_to === null || a.valid_from <= b.valid_to) &&
    (a.valid_to === null || b.valid_from <= a.valid_to)
  );
}

type Qualification = { value: string; label: string; associate: boolean };
const plain = (value: string, label: string): Qualification => ({ value, label, associate: false });

/** By place: those that its bulletins know by code, and whether one is an associate's. */
const qualifications: Record<string, readonly Qualification[]> = {
  "us-mo": [
    plain("qsap", "Qualified substance abuse professional (QSAP)"),
    { value: "asac", label: "Associate substance abuse counselor", associate: true },
    plain("family-therapist", "Licensed family therapist"),
    plain("peer", "Certified peer specialist"),
  ],
  england: [
    plain("practitioner", "Drug and alcohol practitioner: diploma or assessed competence"),
    plain("nurse", "Registered nurse"),
    plain("doctor", "Registered doctor"),
    plain("prescriber", "Independent prescriber"),
    plain("social-worker", "Registered social worker"),
    plain("psychologist", "Registered psychologist"),
    plain("counsellor", "Accredited counsellor or psychotherapist"),
    plain("family-therapist", "Registered family therapist"),
    plain("peer", "Peer mentor, trained"),
  ],
};
const another = plain("other", "Another qualification");

/** What a member of staff can hold, as the page of an agency of this place offers it. */
export function qualificationsOf(jurisdiction: string): readonly Qualification[] {
  return [...(qualifications[jurisdiction] ?? []), another];
}

/** How a qualification is called on a page. */
export function qualificationName(code: string): string {
  const known = [...Object.values(qualifications).flat(), another];
  return known.find(({ value }) => value === code)?.label ?? code;
}
