/** What second stage goes on with (MC B4), as it stands on a day. */
export type GoingOn = {
  activePlan: boolean;
  keyworker: string | null;
  drugRelated: number;
  nonDrugRelated: number;
  /** A residential stay of this episode ended as planned before. */
  residentialBefore: boolean;
  withoutResidentialReason: string | null;
  /** Whether the house is drug-free accommodation; null: nobody asked. */
  drugFree: boolean | null;
};

export type Missing =
  | "plan"
  | "keyworker"
  | "drug-free"
  | "drug-related"
  | "non-drug-related"
  | "why-without";

/** Second stage is drug-free; of other supported housing it is told where it is known. */
export function asksDrugFree(unit: { kind: string }): boolean {
  return unit.kind === "second-stage";
}

/** What is missing; nothing of it stops anybody from moving in. */
export function missingFrom(going: GoingOn): Missing[] {
  return [
    !going.drugFree && "drug-free",
    !going.activePlan && "plan",
    !going.keyworker && "keyworker",
    going.drugRelated === 0 && "drug-related",
    going.nonDrugRelated === 0 && "non-drug-related",
    !going.residentialBefore && !going.withoutResidentialReason && "why-without",
  ].filter((part): part is Missing => Boolean(part));
}
