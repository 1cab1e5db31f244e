import type { RuleKind } from "./bulletin.ts";
import type { FactValue } from "./facts.ts";
import type { ReadingName } from "./readings.ts";

/** What a rule says of a line. A missing fact is never met. */
export type Verdict = "met" | "breached" | "unknown" | "not-applicable";

/** What may be claimed for a line. */
export type Outcome = "payable" | "reduced" | "denied" | "pended" | "not-applicable";

/** One rule of one clause, judged for one line. */
export interface Finding {
  readonly clause: string;
  readonly kind: RuleKind;
  readonly verdict: Verdict;
  /**
   * One sentence: for a breach the facts that fail, for an unknown the facts that are missing, else
   * the facts that carried it.
   */
  readonly explanation: string;
  /** What to arrange or record to mend it; empty when met. */
  readonly arrange: readonly string[];
  /** The facts that decided, with the values they had. */
  readonly facts: Readonly<Record<string, FactValue>>;
  /** The bulletin's readings that the verdict leans on. */
  readonly readings: readonly ReadingName[];
}

/** What one bulletin says of one line. */
export interface Judgement {
  readonly line_id: string;
  /** The bulletin's number. */
  readonly bulletin: string;
  readonly outcome: Outcome;
  readonly units_billed: number;
  readonly units_payable: number;
  /** One for each rule, in the order of the bulletin; none when the bulletin does not apply. */
  readonly findings: readonly Finding[];
}

/** What all bulletins together say of one line: the strictest of them. */
export interface CombinedJudgement {
  readonly line_id: string;
  readonly outcome: Outcome;
  readonly units_billed: number;
  readonly units_payable: number;
  /** Those of the bulletins that apply. */
  readonly judgements: readonly Judgement[];
}
