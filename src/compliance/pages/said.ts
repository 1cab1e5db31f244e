import type { Bulletin } from "../../policy/bulletin.ts";
import { type Fact, type FactValue, findFact, SUBJECTS, sayValue } from "../../policy/facts.ts";
import type { Verdict } from "../../policy/judgement.ts";
import { sayReading } from "../../policy/readings.ts";
import { capitalized } from "../../policy/words.ts";
import type { StandingJudgement } from "../standing.ts";

/**
 * One rule's verdict with what a person needs to trust it. What would have mended it is left out: after
 * a session nobody is coached, and a fact is corrected only where it was wrongly recorded.
 */
export type SaidFinding = {
  clause: string;
  advises: boolean;
  gist: string | null;
  verdict: Verdict;
  explanation: string;
  readings: readonly { says: string; because: string | null }[];
};

/** The findings of a judgement, with the clause's gist and its readings in words. */
export function sayFindings(
  judgement: Pick<StandingJudgement, "bulletin" | "findings">,
  bulletins: readonly Bulletin[],
): readonly SaidFinding[] {
  const bulletin = bulletins.find(({ number }) => number === judgement.bulletin);
  return judgement.findings.map(({ clause, kind, verdict, explanation, readings }) => ({
    clause,
    advises: kind === "should",
    gist: bulletin?.clauses.find(({ number }) => number === clause)?.gist ?? null,
    verdict,
    explanation,
    readings: readings.flatMap((name) => {
      const reading = bulletin?.readings.find((one) => one.name === name);
      if (!reading) return [];
      const says = capitalized(sayReading(name, reading.value));
      return [{ says, because: reading.because || null }];
    }),
  }));
}

/** Facts that a page shows by other means, or that are no use to read. */
const SHOWN_ELSEWHERE = new Set(["agency_id", "performer_id", "service", "units", "service_date"]);

/** A fact in words; a time is left as it is, for the page to write as its reader does. */
export type SaidFact = { label: string; value: string | null; time: boolean };

/** The facts a judgement used, in the catalogue's order; what is not recorded says so. */
export function sayFacts(facts: Readonly<Record<string, FactValue>>): readonly SaidFact[] {
  return Object.entries<Fact>(SUBJECTS.service.facts).flatMap(([name, fact]) => {
    const value = facts[name];
    if (value === undefined || SHOWN_ELSEWHERE.has(name)) return [];
    const label = capitalized(fact.label);
    const time = fact.kind === "time" && value !== null;
    return [{ label, time, value: value === null ? null : sayValue(fact, value) }];
  });
}

/** A fact's name in words. */
export function factLabel(name: string): string {
  return capitalized(findFact("service", name)?.label ?? name.replaceAll("_", " "));
}
