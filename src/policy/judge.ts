import type { Day } from "../kernel/day.ts";
import { all, type Truth } from "../kernel/logic.ts";
import { type Bulletin, type Clause, inForce, type Rule, readingOf, rulesOf } from "./bulletin.ts";
import { type Evaluation, type Evidence, evaluate } from "./evaluate.ts";
import {
  explainEvaluation,
  explainNotAsked,
  explainTake,
  explainUnjudgedLimit,
} from "./explain.ts";
import { type Line, SUBJECTS } from "./facts.ts";
import type { Finding, Judgement, Outcome, Verdict } from "./judgement.ts";
import { readingsLeanedOn } from "./leaning.ts";
import { countLimits, type Take } from "./limit.ts";

/**
 * Judges lines by one bulletin. `lines` are all that is known of one or many consumers: overlaps and
 * limits are looked for among them. Gives one judgement a line, in the order of the lines.
 */
export function judge(bulletin: Bulletin, lines: readonly Line[]): readonly Judgement[] {
  const standings = standingsOf(bulletin, lines);
  const takes = Map.groupBy(countLimits(bulletin, eligibleOf(standings)), (take) => take.line);
  const rules = rulesOf(bulletin).map((rule) => ({
    ...rule,
    readings: readingsLeanedOn(bulletin, rule),
  }));
  return standings.map((standing) =>
    settle(bulletin, rules, standing, takes.get(standing.line) ?? []),
  );
}

/** Those of the lines that may take units: the bulletin applies to them, and they pass every `must`. */
export function eligibleLines(bulletin: Bulletin, lines: readonly Line[]): readonly Line[] {
  return eligibleOf(standingsOf(bulletin, lines));
}

type LeaningRule = Rule & Pick<Finding, "readings">;

/** A line judged by every rule but the limits. Evaluations are null where the bulletin does not apply. */
interface Standing {
  readonly line: Line;
  readonly evaluations: ReadonlyMap<Clause, ClauseEvaluations> | null;
  readonly passes: Truth;
}

interface ClauseEvaluations {
  /** Whether the clause is asked of the line; null where it is asked of every line. */
  readonly when: Evaluation | null;
  readonly must: Evaluation | null;
  readonly should: Evaluation | null;
}

function standingsOf(bulletin: Bulletin, lines: readonly Line[]): readonly Standing[] {
  const { dated } = SUBJECTS[bulletin.about];
  const dayKey = (line: Line) => JSON.stringify([line.consumer_id, line[dated]]);
  const days = Map.groupBy(lines, dayKey);

  return lines.map((line) => {
    const evidence: Evidence = {
      line,
      reading: (name) => readingOf(bulletin, name),
      sameDay: (service) =>
        (days.get(dayKey(line)) ?? []).filter(
          (other) => other.service === service && other.line_id !== line.line_id,
        ),
    };
    const applies =
      inForce(bulletin, line[dated] as Day) && evaluate(bulletin.applies, evidence).truth === true;
    if (!applies) return { line, evaluations: null, passes: false };

    const judged = (rule: Clause["must"]) => (rule === null ? null : evaluate(rule, evidence));
    const evaluations = new Map(
      bulletin.clauses.map((clause) => [
        clause,
        { when: judged(clause.when), must: judged(clause.must), should: judged(clause.should) },
      ]),
    );
    const passes = all([...evaluations.values()].map(({ when, must }) => askedTruth(when, must)));
    return { line, evaluations, passes };
  });
}

/** A rule that is not there or not asked stands in nobody's way; one that may be asked is unknown. */
function askedTruth(when: Evaluation | null, rule: Evaluation | null): Truth {
  if (rule === null || when?.truth === false) return true;
  return when?.truth === null ? null : rule.truth;
}

function eligibleOf(standings: readonly Standing[]): readonly Line[] {
  return standings.filter(({ passes }) => passes === true).map(({ line }) => line);
}

function settle(
  bulletin: Bulletin,
  rules: readonly LeaningRule[],
  standing: Standing,
  takes: readonly Take[],
): Judgement {
  const { line, evaluations, passes } = standing;
  const billed = Number(line.units ?? 0);
  const judgement = { line_id: line.line_id, bulletin: bulletin.number, units_billed: billed };
  if (evaluations === null) {
    return Object.freeze({
      ...judgement,
      outcome: "not-applicable",
      units_payable: 0,
      findings: Object.freeze([]),
    });
  }
  const payable = passes === true ? (takes.at(-1)?.taken ?? billed) : 0;
  const findings = rules.map((rule) => findingOf(bulletin, rule, line, evaluations, takes));
  return Object.freeze({
    ...judgement,
    outcome: outcomeOf(passes, billed, payable),
    units_payable: payable,
    findings: Object.freeze(findings),
  });
}

function outcomeOf(passes: Truth, billed: number, payable: number): Outcome {
  if (passes === null) return "pended";
  if (!passes || (payable === 0 && billed > 0)) return "denied";
  return payable < billed ? "reduced" : "payable";
}

function findingOf(
  bulletin: Bulletin,
  rule: LeaningRule,
  line: Line,
  evaluations: NonNullable<Standing["evaluations"]>,
  takes: readonly Take[],
): Finding {
  const clause = bulletin.clauses.find(({ number }) => number === rule.clause);
  const evaluated = clause && evaluations.get(clause);
  if (!evaluated) throw new Error(`No clause ${rule.clause}`);
  const { when } = evaluated;
  if (when?.truth === false) {
    return Object.freeze({
      ...rule,
      verdict: "not-applicable",
      ...explainNotAsked(bulletin, when),
    });
  }
  if (rule.kind === "limit") {
    const take = takes.find(({ clause }) => clause === rule.clause);
    return Object.freeze(
      take === undefined
        ? { ...rule, verdict: "not-applicable", ...explainUnjudgedLimit(line) }
        : { ...rule, verdict: verdictOf(take.taken === take.asked), ...explainTake(take) },
    );
  }
  const judged = evaluated[rule.kind];
  if (!judged) throw new Error(`Clause ${rule.clause} has no ${rule.kind}`);
  const decides = when?.truth === null ? when : judged;
  return Object.freeze({
    ...rule,
    verdict: verdictOf(decides.truth),
    ...explainEvaluation(bulletin, rule.kind, decides),
  });
}

function verdictOf(truth: Truth): Verdict {
  if (truth === null) return "unknown";
  return truth ? "met" : "breached";
}
