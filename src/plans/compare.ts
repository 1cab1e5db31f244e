import type { Goal, Intervention, Objective } from "./plan.ts";

export type Change = "added" | "removed" | "changed" | "same";
export type Compared<T> = { lineage: string; change: Change; before: T | null; after: T | null };
export type ComparedGoal = Compared<Goal> & {
  objectives: Compared<Objective>[];
  interventions: Compared<Intervention>[];
};

/** Pairs the lines of two versions by lineage: the later version's order, then what it left out. */
function pair<T extends { lineage: string }>(
  before: readonly T[],
  after: readonly T[],
  same: (a: T, b: T) => boolean,
): Compared<T>[] {
  const old = new Map(before.map((line) => [line.lineage, line]));
  const kept = new Set(after.map((line) => line.lineage));
  return [
    ...after.map((line): Compared<T> => {
      const was = old.get(line.lineage);
      if (!was) return { lineage: line.lineage, change: "added", before: null, after: line };
      const change = same(was, line) ? "same" : "changed";
      return { lineage: line.lineage, change, before: was, after: line };
    }),
    ...before
      .filter((line) => !kept.has(line.lineage))
      .map(
        (line): Compared<T> => ({
          lineage: line.lineage,
          change: "removed",
          before: line,
          after: null,
        }),
      ),
  ];
}

/** What became of each goal, step and intervention from one version of a plan to another. */
export function comparePlans(before: readonly Goal[], after: readonly Goal[]): ComparedGoal[] {
  return pair(
    before,
    after,
    (a, b) => a.text === b.text && a.domain === b.domain && a.status === b.status,
  ).map((goal) => ({
    ...goal,
    objectives: pair(
      goal.before?.objectives ?? [],
      goal.after?.objectives ?? [],
      (a, b) => a.text === b.text && a.target_on === b.target_on && a.status === b.status,
    ),
    interventions: pair(
      goal.before?.interventions ?? [],
      goal.after?.interventions ?? [],
      (a, b) =>
        a.text === b.text &&
        a.kind === b.kind &&
        a.frequency === b.frequency &&
        a.responsible_id === b.responsible_id,
    ),
  }));
}
