import { isDeepStrictEqual } from "node:util";
import type { FactValue } from "../policy/facts.ts";
import { strictest } from "../policy/judge-all.ts";
import type { Finding, Outcome } from "../policy/judgement.ts";

/** What one bulletin said of one service, as it is kept. */
export interface StandingJudgement {
  readonly id: string;
  /** The bulletin's number. */
  readonly bulletin: string;
  /** Of the bulletin's file by which it was judged. */
  readonly contentHash: string;
  readonly outcome: Outcome;
  readonly unitsBilled: number;
  readonly unitsPayable: number;
  /** Every fact that was known of the service. */
  readonly facts: Readonly<Record<string, FactValue>>;
  readonly findings: readonly Finding[];
  readonly judgedAt: Date;
  /** Among those of several bulletins this one is the strictest. */
  readonly decides: boolean;
}

/** What all bulletins together say of a service now. Without a judgement no bulletin is for it. */
export interface Standing {
  readonly serviceId: string;
  readonly outcome: Outcome;
  readonly unitsBilled: number;
  readonly unitsPayable: number;
  readonly judgements: readonly StandingJudgement[];
}

/** What is judged but not yet kept. */
export type Judged = Omit<StandingJudgement, "id" | "judgedAt" | "decides">;

/** Whether a judgement says word for word what another said, by the same file and the same facts. */
export function sameJudgement(a: Judged, b: Judged): boolean {
  return isDeepStrictEqual(comparable(a), comparable(b));
}

/** The combination of a service's judgements: the strictest of them stands. */
export function combine(
  serviceId: string,
  unitsBilled: number,
  judgements: readonly StandingJudgement[],
): Standing {
  const decides = judgements.find((judgement) => judgement.decides);
  return {
    serviceId,
    outcome: decides?.outcome ?? "not-applicable",
    unitsBilled,
    unitsPayable: decides?.unitsPayable ?? 0,
    judgements,
  };
}

/** The bulletin whose judgement decides among several, or null when there are none. */
export function decidingBulletin(judged: readonly Judged[]): string | null {
  return (
    strictest(judged.map((one) => ({ ...one, units_payable: one.unitsPayable })))?.bulletin ?? null
  );
}

function comparable({ bulletin, contentHash, outcome, ...rest }: Judged) {
  const { unitsBilled, unitsPayable, facts, findings } = rest;
  const said = findings.map(({ clause, kind, verdict, explanation, arrange, readings, facts }) =>
    JSON.parse(JSON.stringify({ clause, kind, verdict, explanation, arrange, readings, facts })),
  );
  return { bulletin, contentHash, outcome, unitsBilled, unitsPayable, facts: { ...facts }, said };
}
