import type { FactValue, Line } from "../policy/facts.ts";
import type { Judgement } from "../policy/judgement.ts";

/** What a record of care can be: a prescribing course, a stay, or an aftercare plan. */
export type CareKind = "prescribing" | "placement" | "aftercare-plan";

/** A record of care as it stands today. */
export interface CareRecord {
  /** The id of the course, the placement or the plan. */
  readonly id: string;
  readonly kind: CareKind;
  /** An aftercare plan that is still being written: told what it lacks, and counted nowhere. */
  readonly draft: boolean;
  readonly line: Line;
}

/** A record of care, and what each bulletin that is for it says of it now. */
export interface CareStanding {
  readonly record: CareRecord;
  readonly judgements: readonly Judgement[];
}

/** What is kept of a judgement: enough to say when a record began or ceased to fall short. */
export interface KeptVerdicts {
  readonly bulletin: string;
  readonly contentHash: string;
  readonly verdicts: readonly KeptVerdict[];
}

export interface KeptVerdict {
  readonly clause: string;
  readonly kind: string;
  readonly verdict: string;
}

/** The verdicts of a judgement as they are kept. */
export function verdictsOf({ findings }: Judgement): readonly KeptVerdict[] {
  return findings.map(({ clause, kind, verdict }) => ({ clause, kind, verdict }));
}

/** Whether a judgement says what was said before, by the same file. Days that went by say nothing new. */
export function saysTheSame(before: KeptVerdicts | undefined, now: KeptVerdicts): boolean {
  if (before?.contentHash !== now.contentHash) return false;
  const said = ({ verdicts }: KeptVerdicts) =>
    verdicts.map(({ clause, kind, verdict }) => `${kind} ${clause} ${verdict}`).join();
  return said(before) === said(now);
}

/** What was kept of a record by one bulletin, and when. */
export interface KeptSaying extends KeptVerdicts {
  readonly recordId: string;
  readonly at: Date;
}

/**
 * Since when a rule has been said to come to this verdict; null when what was last kept says another,
 * as when days went by and nothing was saved.
 *
 * @param history of the record by the rule's bulletin, the oldest first
 */
export function saidSince(
  history: readonly KeptSaying[],
  { clause, kind, verdict }: KeptVerdict,
): Date | null {
  const same = ({ verdicts }: KeptSaying) =>
    verdicts.some((one) => one.clause === clause && one.kind === kind && one.verdict === verdict);
  const otherwise = history.findLastIndex((one) => !same(one));
  return history[otherwise + 1]?.at ?? null;
}

/** The facts of a record without whose it is. */
export function factsOf({ line }: CareRecord): Readonly<Record<string, FactValue>> {
  const { line_id: _, consumer_id: __, ...facts } = line;
  return facts as Record<string, FactValue>;
}
