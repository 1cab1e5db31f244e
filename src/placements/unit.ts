import { stayKinds } from "../episodes/assessment.ts";

/** Where people stay, in the words of the pages (MC B1 to B4). */
export const unitKinds = stayKinds;
export type UnitKind = keyof typeof unitKinds;

export const approaches = {
  "therapeutic-community": "Therapeutic community",
  "12-step": "12-step",
  "faith-based": "Faith-based",
  "social-learning": "Social learning",
  "crisis-intervention": "Crisis intervention",
  eclectic: "Several approaches",
  other: "Another approach",
} as const;
export type Approach = keyof typeof approaches;

/** Particular groups (MC B3) that a unit is made for. */
export const groups = {
  pregnant: "Pregnant women",
  "liver-disease": "Liver disease",
  "severe-mental-illness": "Severe and enduring mental illness",
  offenders: "People with offending behind them",
  "young-adults": "Young adults (under 25)",
  couples: "Couples",
} as const;
export type Group = keyof typeof groups;

/** What a unit cannot care for safely. */
export const notTaken = {
  ...groups,
  children: "Children",
  "current-prescribing": "People on a current prescription",
  "risk-to-self": "High risk to oneself",
  "risk-to-others": "High risk to others",
} as const;
export type NotTaken = keyof typeof notTaken;

export type Unit = {
  id: string;
  name: string;
  kind: UnitKind;
  approach: Approach | null;
  /** Null: nobody asked. */
  drug_free: boolean | null;
  /** By the codes of the assessment's access needs; in neither: not known. */
  access_has: string[];
  access_lacks: string[];
  /** Spoken there besides English, with commas between. */
  languages: string | null;
  interpreters: boolean | null;
  women_only: boolean;
  men_only: boolean;
  takes_children: boolean;
  serves: string[];
  does_not_take: string[];
  attached_to: string | null;
  locality: string | null;
  weeks: number | null;
  /** Our own programme, or a provider elsewhere. */
  program_id: string | null;
  provider_id: string | null;
};

/** The words of a stored code; one we do not know stands as it is. */
export function wordsFor(list: Record<string, string>, code: string): string {
  return list[code] ?? code.replaceAll("-", " ");
}

/**
 * What a unit is in a few words, for lists: kind, approach, for whom.
 */
export function briefly(
  unit: Pick<
    Unit,
    "kind" | "approach" | "women_only" | "men_only" | "takes_children" | "drug_free"
  >,
): string[] {
  return [
    unitKinds[unit.kind],
    unit.approach && approaches[unit.approach],
    unit.women_only && "Women only",
    unit.men_only && "Men only",
    unit.takes_children && "Takes children",
    unit.drug_free && "Drug-free",
  ].filter((part): part is string => Boolean(part));
}

/**
 * Where a stay in a unit can go on as the same stay: its own beds, those of the rehab it is attached
 * to (MC B2), and from there back to the detox.
 */
export function goesOnTo(
  unit: (Pick<Unit, "id" | "attached_to"> & { detoxes: readonly { id: string }[] }) | null,
): string[] {
  if (!unit) return [];
  return [unit.id, unit.attached_to ?? [], unit.detoxes.map(({ id }) => id)].flat();
}

/** What is asked before somebody is put into a unit that something speaks against. */
export function fitsWords(unit: string, asked: readonly string[]): string {
  return `${unit}: ${asked.join("; ")}. Talk it over with the person, and say why in a word.`;
}

/** What a unit is by itself, without whose it is. */
export function factsOf(unit: Unit): Unit {
  return {
    ...{ id: unit.id, name: unit.name, kind: unit.kind, approach: unit.approach },
    ...{ drug_free: unit.drug_free, women_only: unit.women_only, men_only: unit.men_only },
    ...{ takes_children: unit.takes_children, serves: unit.serves },
    ...{ does_not_take: unit.does_not_take, attached_to: unit.attached_to },
    ...{ locality: unit.locality, weeks: unit.weeks },
    ...{ access_has: unit.access_has, access_lacks: unit.access_lacks },
    ...{ languages: unit.languages, interpreters: unit.interpreters },
    ...{ program_id: unit.program_id, provider_id: unit.provider_id },
  };
}

/** Whether it is drug-free accommodation, where that is known or asked of its kind (MC B4). */
export function drugFreeWords({
  drug_free,
  kind,
}: Pick<Unit, "drug_free" | "kind">): string | null {
  if (drug_free !== null) return drug_free ? "Drug-free" : "Not drug-free";
  return kind === "second-stage" ? "Whether it is drug-free was not written down" : null;
}
