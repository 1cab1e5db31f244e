import type { Refusal } from "../episodes/episode.ts";
import type { Day } from "../kernel/day.ts";

/** Courses within a package of care (MC A3). */
export const prescribingKinds = {
  "medically-assisted-withdrawal": "Medically assisted withdrawal",
  "relapse-prevention": "Prescribing that lowers the risk of relapse",
  "opioid-substitution": "Opioid substitution",
  other: "Other prescribing",
} as const;
export const settings = {
  inpatient: "Inpatient",
  residential: "Residential",
  community: "In the community",
} as const;

/** Whether a course runs on a day. Both its days belong to it. */
export function runs(course: { valid_from: string; valid_to: string | null }, on: Day): boolean {
  return course.valid_from <= on && (course.valid_to === null || course.valid_to >= on);
}

/** Why a course cannot begin as typed; null: it can. It may be noted after it began. */
export function whyNotBegin(
  episode: { opened_on: string } | null,
  from: Day,
  today: Day,
): Refusal | null {
  if (!episode)
    return { field: "form", message: "Open an episode first: a course belongs to one." };
  if (from < episode.opened_on)
    return { field: "valid_from", message: "The episode opened after that day." };
  return from > today ? { field: "valid_from", message: "Note it when it has begun." } : null;
}

/** Why a course cannot end on a day; null: it can. */
export function whyNotEnd(
  course: { valid_from: string; valid_to: string | null },
  on: Day,
  today: Day,
): Refusal | null {
  if (course.valid_to !== null) return { field: "valid_to", message: "It has an end already." };
  if (on < course.valid_from) return { field: "valid_to", message: "It began after that day." };
  return on > today ? { field: "valid_to", message: "That day is still to come." } : null;
}

/** Interventions of a plan that are a course once somebody prescribes it, and which kind that is, where it says. */
export const plannedKinds: Readonly<Record<string, keyof typeof prescribingKinds | null>> = {
  "medically-assisted-withdrawal": "medically-assisted-withdrawal",
  "relapse-prevention-prescribing": "relapse-prevention",
  prescribing: null,
};

/** Of what the plan says is prescribed, what none of these courses is. */
export function notBegun<T extends { lineage: string }>(
  planned: readonly T[],
  courses: readonly { intervention_lineage: string | null }[],
): T[] {
  return planned.filter(
    ({ lineage }) => !courses.some((course) => course.intervention_lineage === lineage),
  );
}

/** "Acamprosate, reviewed by Grace · Monthly": as the form of a course takes it over. */
export function plannedWords(planned: { text: string; frequency: string | null }): string {
  return [planned.text, planned.frequency].filter(Boolean).join(" · ").slice(0, 300);
}
