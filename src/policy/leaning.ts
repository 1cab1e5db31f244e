import { type Bulletin, type Clause, type Rule, rulesOf } from "./bulletin.ts";
import { type Condition, readingsIn } from "./condition.ts";
import type { ReadingName } from "./readings.ts";

/** Readings that a rule's own words name, in no bulletin's order. */
export function readingsNamedBy(clause: Clause, kind: Rule["kind"]): readonly ReadingName[] {
  if (kind === "limit") {
    const week: readonly ReadingName[] = clause.limit?.per === "week" ? ["week"] : [];
    return [...named(clause.when), "unit", "rounding", ...week, "over", "scope", "order"];
  }
  const condition = clause[kind];
  return condition === null ? [] : named(clause.when, condition);
}

function named(...conditions: readonly (Condition | null)[]): readonly ReadingName[] {
  const names = conditions.flatMap((condition) => (condition ? readingsIn(condition) : []));
  return [...new Set(names)] as readonly ReadingName[];
}

/**
 * Readings that a verdict of the rule leans on, in the bulletin's order: those its words name, and,
 * for the clause's first rule, those stated for the clause that no rule names.
 */
export function readingsLeanedOn(bulletin: Bulletin, rule: Rule): readonly ReadingName[] {
  const clause = bulletin.clauses.find(({ number }) => number === rule.clause);
  if (clause === undefined) return [];
  const rules = rulesOf(bulletin);
  const first = rules.find((other) => other.clause === rule.clause)?.kind === rule.kind;
  const own = readingsNamedBy(clause, rule.kind);
  const namedAnywhere = new Set(
    rules.flatMap((other) => {
      const named = bulletin.clauses.find(({ number }) => number === other.clause);
      return named === undefined ? [] : readingsNamedBy(named, other.kind);
    }),
  );
  return bulletin.readings
    .filter(
      ({ name, clause: of }) =>
        own.includes(name) || (first && of === rule.clause && !namedAnywhere.has(name)),
    )
    .map(({ name }) => name);
}
