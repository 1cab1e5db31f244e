import type { Role } from "../../people/access.ts";
import type { Words } from "../../web/words.ts";
import { type Bulletin, type Clause, type RuleKind, rulesOf } from "../bulletin.ts";
import type { Verdict } from "../judgement.ts";
import { readingsLeanedOn } from "../leaning.ts";
import { findReadingKind, sayReading } from "../readings.ts";
import { clauseInEnglish } from "../to-english.ts";
import { type Carriage, type CarriedBy, carriagesOf, carriedByDates } from "./carried.ts";

/** How many of the agency's services, or records of care, had a verdict on a rule. */
export type ClauseCount = {
  bulletin: string;
  clause: string;
  kind: RuleKind;
  verdict: Verdict;
  lines: number;
};

/** `notCounted`: a limit is asked only of services that pass every other rule, a clause only `when` it says. */
export type Counts = { met: number; breached: number; unknown: number; notCounted: number };

export type CarriageRow = Carriage & {
  /** The rule in plain English; null for work and notes. */
  readonly english: string | null;
  /** Null where nothing is judged. */
  readonly counts: Counts | null;
};

/** A clause as a row of its bulletin's page. */
export type ClauseRow = {
  readonly number: string;
  readonly gist: string;
  readonly carriages: readonly CarriageRow[];
  /** Names of the readings that its verdicts lean on. */
  readonly readings: readonly string[];
};

export type ReadingRow = {
  readonly name: string;
  readonly question: string;
  readonly clause: string;
  readonly meaning: string;
  readonly because: string;
  readonly alternatives: readonly { meaning: string; unjudgeable: string | null }[];
  /** Judged by a rule that leans on it. */
  readonly lines: number;
};

/** The header, as a row before the clauses: nothing is judged by a bulletin before it is in force. */
export type HeaderRow = { readonly carriage: Carriage; readonly lines: number };

const carriedBy: Record<RuleKind, CarriedBy> = {
  must: "rule must",
  should: "rule should",
  limit: "limit",
};

/** Every clause of a bulletin, for somebody with these roles. */
export function clauseRows(
  bulletin: Bulletin,
  counts: readonly ClauseCount[],
  roles: readonly Role[],
  words: Words,
): readonly ClauseRow[] {
  return bulletin.clauses.map((clause) => {
    const rules = kindsOf(bulletin, clause);
    const sentences = clauseInEnglish(bulletin, clause);
    const carriages = carriagesOf(bulletin.about, clause, roles, words).map(
      (carriage): CarriageRow => {
        const at = rules.findIndex((kind) => carriedBy[kind] === carriage.by);
        const kind = rules[at];
        return {
          ...carriage,
          english: sentences[at] ?? null,
          counts: kind ? countsOf(counts, bulletin.number, clause.number, kind) : null,
        };
      },
    );
    const readings = rules.flatMap((kind) =>
      readingsLeanedOn(bulletin, { clause: clause.number, kind }),
    );
    const { number, gist } = clause;
    return { number, gist, carriages, readings: [...new Set(readings)] };
  });
}

/** The header's row, with how many lines the bulletin was asked about. */
export function headerRow(bulletin: Bulletin, counts: readonly ClauseCount[]): HeaderRow {
  // Every rule of a bulletin has a verdict on every line that it judges.
  const [first] = rulesOf(bulletin);
  const asked = first && countsOf(counts, bulletin.number, first.clause, first.kind);
  const lines = asked ? Object.values(asked).reduce((total, count) => total + count, 0) : 0;
  return { carriage: carriedByDates, lines };
}

/** Every reading of a bulletin, with what else it could have been. */
export function readingRows(
  bulletin: Bulletin,
  counts: readonly ClauseCount[],
): readonly ReadingRow[] {
  return bulletin.readings.map(({ name, value, clause, because }) => {
    const kind = findReadingKind(name);
    const options = Object.entries(kind?.options ?? {}).filter(([option]) => option !== value);
    const leaning = rulesOf(bulletin).filter((rule) =>
      readingsLeanedOn(bulletin, rule).includes(name),
    );
    // A line that one rule judges is judged by every rule; a limit or a `when` only leaves some out.
    const judged = leaning.map((rule) => {
      const { met, breached, unknown } = countsOf(counts, bulletin.number, rule.clause, rule.kind);
      return met + breached + unknown;
    });
    return {
      name,
      question: kind?.question ?? name,
      clause,
      meaning: sayReading(name, value),
      because,
      alternatives: options.map(([option, { unjudgeable }]) => ({
        meaning: sayReading(name, option),
        unjudgeable: unjudgeable ?? null,
      })),
      lines: Math.max(0, ...judged),
    };
  });
}

/** How many clauses are carried in each way; a clause carried in two ways counts in both. */
export function carriedTally(
  bulletin: Bulletin,
): Readonly<Record<Exclude<CarriedBy, "dates">, number>> {
  const having = (is: (clause: Clause) => boolean) => bulletin.clauses.filter(is).length;
  return {
    "rule must": having(({ must }) => must !== null),
    "rule should": having(({ should }) => should !== null),
    limit: having(({ limit }) => limit !== null),
    work: having(({ work }) => work.length > 0),
    note: having(({ note }) => note),
  };
}

/** The verdicts on all rules of a bulletin together. */
export function allCounts(counts: readonly ClauseCount[], bulletin: string): Counts {
  return sum(counts.filter((count) => count.bulletin === bulletin));
}

function countsOf(
  counts: readonly ClauseCount[],
  bulletin: string,
  clause: string,
  kind: RuleKind,
): Counts {
  return sum(
    counts.filter(
      (count) => count.bulletin === bulletin && count.clause === clause && count.kind === kind,
    ),
  );
}

function sum(counts: readonly ClauseCount[]): Counts {
  const of = (verdict: Verdict) =>
    counts
      .filter((count) => count.verdict === verdict)
      .reduce((total, { lines }) => total + lines, 0);
  return {
    met: of("met"),
    breached: of("breached"),
    unknown: of("unknown"),
    notCounted: of("not-applicable"),
  };
}

function kindsOf(bulletin: Bulletin, clause: Clause): readonly RuleKind[] {
  return rulesOf(bulletin)
    .filter((rule) => rule.clause === clause.number)
    .map(({ kind }) => kind);
}
