import type { Day } from "../kernel/day.ts";
import type { Goal } from "./plan.ts";
import type { GoalRow } from "./plan-form.ts";

/**
 * What is to be saved of the editor's rows. A row whose key is the lineage of a line that is there
 * already keeps it; any other key is the page's own invention and gets a new one.
 */
export function draftOf(rows: readonly GoalRow[], saved: readonly Goal[], today: Day) {
  const was = new Map(saved.map((goal) => [goal.lineage, goal]));
  const settled = (
    line: { status: string },
    old: { status: string; settled_on: string | null } | undefined,
  ) => {
    if (line.status === "open") return null;
    return old?.status === line.status && old.settled_on ? old.settled_on : today;
  };
  return rows.map((row) => {
    const old = was.get(row.key);
    return {
      lineage: old?.lineage ?? crypto.randomUUID(),
      domain: row.domain,
      text: row.text,
      status: row.status,
      settled_on: settled(row, old),
      objectives: row.objectives.map((line) => {
        const before = old?.objectives.find((step) => step.lineage === line.key);
        return {
          lineage: before?.lineage ?? crypto.randomUUID(),
          text: line.text,
          target_on: line.target_on || null,
          status: line.status,
          settled_on: settled(line, before),
        };
      }),
      interventions: row.interventions.map((line) => {
        const before = old?.interventions.find((help) => help.lineage === line.key);
        return {
          lineage: before?.lineage ?? crypto.randomUUID(),
          kind: line.kind,
          text: line.text,
          frequency: line.frequency || null,
          responsible_id: line.responsible_id || null,
        };
      }),
    };
  });
}
