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

/** The qualifications that the product's bulletins know by code, and whether one is an associate's. */
export const qualifications = [
  {
    value: "qsap",
    label: "Qualified substance abuse professional (QSAP)",
    associate: false,
  },
  { value: "asac", label: "Associate substance abuse counselor", associate: true },
  { value: "family-therapist", label: "Licensed family therapist", associate: false },
  { value: "peer", label: "Certified peer specialist", associate: false },
  { value: "other", label: "Another qualification", associate: false },
] as const;

/** How a qualification is called on a page. */
export function qualificationName(code: string): string {
  return qualifications.find(({ value }) => value === code)?.label ?? code;
}
