import { parseDay } from "../kernel/day.ts";
import {
  type Answers,
  assessmentSections,
  type Question,
  routes,
  rowError,
  type Substance,
} from "./assessment.ts";

type Errors = Record<string, string>;

/** What a form of the assessment says: answers, substances, and what cannot be kept as it is. */
export function readAssessment(form: FormData): {
  answers: Answers;
  substances: Substance[];
  errors: Errors;
} {
  const errors: Errors = {};
  const answers: Answers = {};
  for (const question of assessmentSections.flatMap((section) => section.questions)) {
    const read = readAnswer(question, form);
    if ("error" in read) errors[question.name] = read.error;
    else answers[question.name] = read.value;
  }
  return { answers, substances: readSubstances(form, errors), errors };
}

function readAnswer(
  question: Question,
  form: FormData,
): { value: Answers[string] } | { error: string } {
  const typed = String(form.get(question.name) ?? "").trim();
  switch (question.kind) {
    case "words":
    case "line":
      if (typed.length > question.most) return { error: `At most ${question.most} characters` };
      return { value: typed || null };
    case "yes-no":
      return { value: typed === "yes" ? true : typed === "no" ? false : null };
    case "choice":
      return { value: typed in question.options ? typed : null };
    case "several": {
      const chosen = form.getAll(`${question.name}[]`).map(String);
      return { value: chosen.filter((code) => code in question.options) };
    }
    case "count":
      return readCount(typed, 0, question.most);
    case "day": {
      if (!typed) return { value: null };
      const day = parseDay(typed);
      return day ? { value: day } : { error: "Give a date, or leave it empty" };
    }
  }
}

function readCount(typed: string, least: number, most: number) {
  if (!typed) return { value: null };
  const count = Number(typed);
  return /^\d{1,3}$/.test(typed) && count >= least && count <= most
    ? { value: count }
    : { error: `A whole number from ${least} to ${most}` };
}

/** Of rows with mistakes in them what can be kept: a line that names no substance is not one yet. */
export function keepable(substances: readonly Substance[]): Substance[] {
  return substances
    .filter(({ substance }) => substance.length > 0 && substance.length <= 100)
    .map((row) => ({ ...row, amount: (row.amount ?? "").length > 200 ? null : row.amount }));
}

/** Rows as they stand; one in which nothing is written is none. */
function readSubstances(form: FormData, errors: Errors): Substance[] {
  const column = (name: string) => form.getAll(`${name}[]`).map((value) => String(value).trim());
  const [names, days, ways, amounts, ages] = [
    column("substance"),
    column("days_used"),
    column("route"),
    column("amount"),
    column("age_first"),
  ] as const;
  const rows: Substance[] = [];
  for (const [index, substance] of names.entries()) {
    const said = [days[index], ways[index], amounts[index], ages[index]];
    if (!substance && said.every((one) => !one)) continue;
    const used = readCount(days[index] ?? "", 0, 28);
    const first = readCount(ages[index] ?? "", 1, 120);
    const which = substance || `line ${index + 1}`;
    const wrong = (name: string, message: string) => {
      errors[rowError(name, index)] = message;
    };
    if (!substance) wrong("substance", `Say which substance line ${index + 1} is`);
    else if (substance.length > 100) wrong("substance", "A substance in at most 100 characters");
    if ("error" in used) wrong("days_used", `Days used of ${which}: a whole number from 0 to 28`);
    if ("error" in first) wrong("age_first", `Age first used of ${which}: a whole number`);
    if ((amounts[index] ?? "").length > 200) {
      wrong("amount", `Amount of ${which}: at most 200 characters`);
    }
    rows.push({
      substance,
      days_used: "error" in used ? null : used.value,
      route: (ways[index] ?? "") in routes ? (ways[index] ?? null) : null,
      amount: amounts[index] || null,
      age_first: "error" in first ? null : first.value,
    });
  }
  return rows;
}

/** An answer as an input shows it. */
export function asTyped(question: Question, value: Answers[string] | undefined): string {
  if (value === null || value === undefined) return "";
  if (question.kind === "yes-no") return value ? "yes" : "no";
  return Array.isArray(value) ? "" : String(value);
}
