import { type Bulletin, type RuleKind, readingOf } from "./bulletin.ts";
import type { Evaluation, Reason } from "./evaluate.ts";
import { type FactValue, getFact, type Line, sayValue } from "./facts.ts";
import type { Finding } from "./judgement.ts";
import type { Take } from "./limit.ts";
import { capitalized, listed, sayWanted } from "./words.ts";

type Explained = Pick<Finding, "explanation" | "arrange" | "facts">;

/** Says why a condition came to what it did, what to arrange, and which facts decided. */
export function explainEvaluation(
  bulletin: Bulletin,
  kind: RuleKind,
  { truth, because }: Evaluation,
): Explained {
  const facts: Record<string, FactValue> = Object.assign({}, ...because.map(({ facts }) => facts));
  const said =
    truth === null ? sayMissing(bulletin, because) : sayDecided(bulletin, kind, truth, because);
  return {
    explanation: `${capitalized(said)}.`,
    arrange:
      truth === true
        ? []
        : distinct(because.flatMap((reason) => arrangeOf(bulletin, reason) ?? [])),
    facts,
  };
}

/** Says why a clause's rules were not asked of a line. */
export function explainNotAsked(bulletin: Bulletin, { because }: Evaluation): Explained {
  const has = because.map((reason) =>
    reason.condition.op === "noOverlapWith"
      ? sayOverlap(bulletin, reason)
      : sayHas(bulletin, reason.condition.fact, reason),
  );
  return {
    explanation: `Not asked, because ${listed(distinct(has), "and")}.`,
    arrange: [],
    facts: Object.assign({}, ...because.map(({ facts }) => facts)),
  };
}

/** Says what a line took of a limit. */
export function explainTake(take: Take): Explained {
  const { before, asked, taken, limit, period } = take;
  const days =
    period.from === period.to ? `on ${period.from}` : `from ${period.from} to ${period.to}`;
  const fits = taken === asked ? "all" : taken === 0 ? "none" : `only ${taken}`;
  return {
    explanation: `Of ${limit} units ${days}, earlier lines took ${before}, so ${fits} of this line's ${asked} can be paid.`,
    arrange: taken === asked ? [] : ["Plan fewer units, or a day after this period"],
    facts: { units: asked, units_taken_before: before },
  };
}

/** Says why a limit was not judged for a line. */
export function explainUnjudgedLimit(line: Line): Explained {
  return {
    explanation: "Not counted, because another clause leaves no units of this line to count.",
    arrange: [],
    facts: { units: line.units ?? null },
  };
}

function sayMissing(bulletin: Bulletin, because: readonly Reason[]): string {
  const labels = distinct(
    because.flatMap((reason) => {
      const { condition } = reason;
      return condition.op === "noOverlapWith"
        ? []
        : [getFact(bulletin.about, condition.fact).label];
    }),
  );
  const overlaps = because.flatMap((reason) =>
    reason.condition.op === "noOverlapWith" ? [sayOverlap(bulletin, reason)] : [],
  );
  const missing =
    labels.length === 0
      ? []
      : [`${listed(labels, "and")} ${labels.length === 1 ? "is" : "are"} not recorded`];
  return distinct([...missing, ...overlaps]).join("; ");
}

function sayDecided(
  bulletin: Bulletin,
  kind: RuleKind,
  truth: boolean,
  because: readonly Reason[],
): string {
  const modal = kind === "should" ? "should" : "must";
  return distinct(
    because.map((reason) => {
      const { condition } = reason;
      if (condition.op === "noOverlapWith") return sayOverlap(bulletin, reason);
      const has = sayHas(bulletin, condition.fact, reason);
      const fact = getFact(bulletin.about, condition.fact);
      if (truth || fact.says) return has;
      const wanted = sayWanted(condition, fact, (name) => readingOf(bulletin, name));
      return `${has} and ${modal} ${reason.truth ? "not be" : "be"} ${wanted}`;
    }),
  ).join("; ");
}

function sayHas({ about }: Bulletin, name: string, { facts }: Reason): string {
  const fact = getFact(about, name);
  const value = facts[name];
  if (fact.says && typeof value === "boolean") return value ? fact.says.yes : fact.says.no;
  return `${fact.label} is ${value == null ? "not recorded" : sayValue(fact, value)}`;
}

function sayOverlap(bulletin: Bulletin, { condition, truth, facts }: Reason): string {
  if (condition.op !== "noOverlapWith") throw new TypeError(condition.op);
  const service = sayValue(getFact(bulletin.about, "service"), condition.service);
  const ids = (name: string) => listed((facts[name] as readonly string[]) ?? [], "and");
  if (truth === true) return `no ${service} of that day overlaps its start time and end time`;
  return truth === null
    ? `a usable start time and end time are not recorded for this line or for ${service} ${ids("undecided_lines")}`
    : `start time and end time overlap ${service} ${ids("overlapping_lines")}`;
}

function arrangeOf(bulletin: Bulletin, { condition, truth }: Reason): string | null {
  if (condition.op !== "noOverlapWith") return getFact(bulletin.about, condition.fact).arrange;
  const service = sayValue(getFact(bulletin.about, "service"), condition.service);
  return truth === null
    ? `Record start and end of this session and of the day's ${service}`
    : `Choose a time that shares no minute with the day's ${service}`;
}

function distinct(items: readonly string[]): readonly string[] {
  return [...new Set(items)];
}
