import { parseDay } from "../kernel/day.ts";
import { domains, type Goal, interventionKinds, lineStatuses } from "./plan.ts";

/** One line of the editor as it stands in the form: everything is text, nothing is checked yet. */
export type ObjectiveRow = { key: string; text: string; target_on: string; status: string };
export type InterventionRow = {
  key: string;
  kind: string;
  text: string;
  frequency: string;
  responsible_id: string;
};
export type GoalRow = {
  key: string;
  domain: string;
  text: string;
  status: string;
  objectives: ObjectiveRow[];
  interventions: InterventionRow[];
};

export const blankGoal = (key: string): GoalRow => ({
  key,
  domain: "substance-use",
  text: "",
  status: "open",
  objectives: [],
  interventions: [],
});
export const blankObjective = (key: string): ObjectiveRow => ({
  key,
  text: "",
  target_on: "",
  status: "open",
});
export const blankIntervention = (key: string): InterventionRow => ({
  key,
  kind: "individual-counseling",
  text: "",
  frequency: "",
  responsible_id: "",
});

/** The rows of the editor for a saved draft; a line's key is its lineage. */
export function rowsOf(goals: readonly Goal[]): GoalRow[] {
  return goals.map((goal) => ({
    key: goal.lineage,
    domain: goal.domain,
    text: goal.text,
    status: goal.status,
    objectives: goal.objectives.map((line) => ({
      key: line.lineage,
      text: line.text,
      target_on: line.target_on ?? "",
      status: line.status,
    })),
    interventions: goal.interventions.map((line) => ({
      key: line.lineage,
      kind: line.kind,
      text: line.text,
      frequency: line.frequency ?? "",
      responsible_id: line.responsible_id ?? "",
    })),
  }));
}

/** A field's name: `goals.<goal>.text`, `goals.<goal>.steps.<line>.text`, `goals.<goal>.help.<line>.kind`. */
export const fieldNames = {
  goal: (goal: string, field: "domain" | "text" | "status") => `goals.${goal}.${field}`,
  objective: (goal: string, line: string, field: "text" | "target_on" | "status") =>
    `goals.${goal}.steps.${line}.${field}`,
  intervention: (
    goal: string,
    line: string,
    field: "kind" | "text" | "frequency" | "responsible_id",
  ) => `goals.${goal}.help.${line}.${field}`,
};

const FIELD = /^goals\.([\w-]{1,40})(?:\.(steps|help)\.([\w-]{1,40}))?\.(\w+)$/;

/** Puts the form's flat fields back into rows, in the order in which they were sent. */
export function readRows(fields: Iterable<readonly [string, unknown]>): GoalRow[] {
  const goals = new Map<string, GoalRow>();
  for (const [name, value] of fields) {
    const [, goalKey, part, lineKey, field] = FIELD.exec(name) ?? [];
    if (!goalKey || !field || typeof value !== "string") continue;
    const goal = goals.get(goalKey) ?? blankGoal(goalKey);
    goals.set(goalKey, goal);
    if (!part || !lineKey) {
      put(goal, field, value);
    } else if (part === "steps") {
      put(rowIn(goal.objectives, lineKey, blankObjective), field, value);
    } else {
      put(rowIn(goal.interventions, lineKey, blankIntervention), field, value);
    }
  }
  return [...goals.values()];
}

function rowIn<R extends { key: string }>(rows: R[], key: string, blank: (key: string) => R): R {
  const found = rows.find((row) => row.key === key) ?? blank(key);
  if (!rows.includes(found)) rows.push(found);
  return found;
}

/** Sets a text field the row has; anything else a form may bring is left alone. */
function put(row: object, field: string, value: string): void {
  const own = row as Record<string, unknown>;
  if (field !== "key" && typeof own[field] === "string") own[field] = value.trim();
}

/** A row nobody wrote in is no line: it is left out without a word. */
function isBlank(row: ObjectiveRow | InterventionRow): boolean {
  return row.text === "" && !("target_on" in row && row.target_on !== "");
}

export function dropBlankRows(rows: readonly GoalRow[]): GoalRow[] {
  return rows
    .map((goal) => ({
      ...goal,
      objectives: goal.objectives.filter((line) => !isBlank(line)),
      interventions: goal.interventions.filter((line) => !isBlank(line)),
    }))
    .filter((goal) => goal.text !== "" || goal.objectives.length + goal.interventions.length > 0);
}

/** What has to be mended before the rows can be saved, by field, in words that say which line. */
export function errorsIn(rows: readonly GoalRow[], staffIds: ReadonlySet<string>) {
  const errors: Record<string, string> = {};
  const length = (text: string) => (text.length > 1000 ? "at most 1000 characters" : null);
  rows.forEach((goal, index) => {
    const where = `Goal ${index + 1}`;
    const say = (name: string, problem: string | null | false) => {
      if (problem) errors[name] ??= `${where}: ${problem}`;
    };
    say(fieldNames.goal(goal.key, "text"), !goal.text && "say what the person wants to reach");
    say(fieldNames.goal(goal.key, "text"), length(goal.text));
    say(fieldNames.goal(goal.key, "domain"), !(goal.domain in domains) && "choose a domain");
    say(fieldNames.goal(goal.key, "status"), !(goal.status in lineStatuses) && "choose a status");
    for (const [at, line] of goal.objectives.entries()) {
      const name = (field: "text" | "target_on" | "status") =>
        fieldNames.objective(goal.key, line.key, field);
      const step = `step ${at + 1}`;
      say(name("text"), !line.text && `say what ${step} is`);
      say(name("text"), length(line.text) && `${step}: ${length(line.text)}`);
      say(
        name("target_on"),
        line.target_on && !parseDay(line.target_on) && `the target of ${step} is not a day`,
      );
      say(name("status"), !(line.status in lineStatuses) && `choose a status for ${step}`);
    }
    for (const [at, line] of goal.interventions.entries()) {
      const name = (field: "kind" | "text" | "frequency" | "responsible_id") =>
        fieldNames.intervention(goal.key, line.key, field);
      const help = `what staff do, line ${at + 1}`;
      say(name("text"), length(line.text) && `${help}: ${length(line.text)}`);
      say(name("kind"), !(line.kind in interventionKinds) && `${help}: choose a kind`);
      say(
        name("frequency"),
        line.frequency.length > 200 && `${help}: how often, in at most 200 characters`,
      );
      say(
        name("responsible_id"),
        line.responsible_id && !staffIds.has(line.responsible_id) && `${help}: choose a colleague`,
      );
    }
  });
  return errors;
}
