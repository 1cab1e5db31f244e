import type { WeekMeter } from "../compliance/judge.ts";
import { type Bulletin, readingOf } from "../policy/bulletin.ts";
import type { Finding } from "../policy/judgement.ts";
import { type ReadingName, sayReading } from "../policy/readings.ts";
import type { Inserted } from "./service-store.ts";

/**
 * What a clause says of a session that was not held yet:
 * - `met`, `breached`: by what is already settled
 * - `when-held`: it will be met when those who are expected come and it goes as planned
 * - `arrange`: nobody can say yet, and something is still to be arranged before
 * - `not-counted`: a limit that counts nothing, since another clause leaves nothing to count
 */
export type ClauseState = "met" | "breached" | "when-held" | "arrange" | "not-counted";

export type ClauseAdvice = {
  bulletin: string;
  clause: string;
  /** It only advises, and never keeps a claim back. */
  advises: boolean;
  gist: string;
  state: ClauseState;
  explanation: string;
  arrange: readonly string[];
  /** What the answer takes the document to mean where the document does not say. */
  readings: readonly string[];
};

export type Advice = {
  /** Units that the planned times come to; 0 when they complete none. */
  units: number;
  /** The week's limit by this agency's own records; null when no bulletin sets one. */
  meter:
    | (Pick<WeekMeter, "limit" | "used" | "left" | "from" | "to" | "clause" | "bulletin"> & {
        readings: readonly string[];
      })
    | null;
  /** Other sessions that are booked in the meter's days and not held yet. */
  booked: { sessions: number; units: number };
  clauses: readonly ClauseAdvice[];
};

/** A planned session put to the bulletins: as known now, as hoped, and with everything arranged. */
export type Previews = { known: Inserted | null; hoped: Inserted | null; ideal: Inserted | null };

/** Says for every clause where the planned session stands and what is left to arrange. */
export function adviceOf(
  { known, hoped, ideal }: Previews,
  meter: WeekMeter | null,
  booked: Advice["booked"],
  bulletins: readonly Bulletin[],
): Advice {
  const judgements = known?.standing.judgements ?? [];
  const clauses = judgements.flatMap((judgement) => {
    const bulletin = bulletins.find(({ number }) => number === judgement.bulletin);
    if (!bulletin) throw new Error(`no bulletin ${judgement.bulletin}`);
    return judgement.findings.map((finding) => {
      const hopedFor = sameFinding(hoped, bulletin.number, finding);
      const idealFor = sameFinding(ideal, bulletin.number, finding);
      return clauseAdvice(bulletin, finding, hopedFor, idealFor);
    });
  });
  return {
    units: known?.units ?? 0,
    meter: meter && {
      ...{ limit: meter.limit, used: meter.used, left: meter.left, from: meter.from, to: meter.to },
      ...{ clause: meter.clause, bulletin: meter.bulletin },
      readings: readingWords(
        bulletins.find(({ number }) => number === meter.bulletin),
        meter.readings,
      ),
    },
    booked,
    clauses,
  };
}

function clauseAdvice(
  bulletin: Bulletin,
  known: Finding,
  hoped: Finding | null,
  ideal: Finding | null,
): ClauseAdvice {
  const limit = known.kind === "limit";
  const said = limit && ideal ? ideal : known;
  return {
    bulletin: bulletin.number,
    clause: said.clause,
    advises: said.kind === "should",
    gist: bulletin.clauses.find(({ number }) => number === said.clause)?.gist ?? "",
    state: stateOf(said, hoped),
    explanation: said.explanation,
    arrange: said.arrange,
    readings: readingWords(bulletin, said.readings),
  };
}

function stateOf(said: Finding, hoped: Finding | null): ClauseState {
  if (said.verdict === "not-applicable") return "not-counted";
  if (said.verdict !== "unknown") return said.verdict;
  return hoped?.verdict === "met" ? "when-held" : "arrange";
}

function sameFinding(of: Inserted | null, bulletin: string, like: Finding): Finding | null {
  const judgement = of?.standing.judgements.find((one) => one.bulletin === bulletin);
  return (
    judgement?.findings.find(({ clause, kind }) => clause === like.clause && kind === like.kind) ??
    null
  );
}

function readingWords(bulletin: Bulletin | undefined, names: readonly ReadingName[]): string[] {
  return bulletin ? names.map((name) => sayReading(name, readingOf(bulletin, name))) : [];
}
