import { isMap, isScalar } from "yaml";
import type { Outline } from "./load.ts";
import type { Report } from "./parse-condition.ts";
import { findReadingKind, MOST_DAYS } from "./readings.ts";
import type { YamlSource } from "./yaml-source.ts";

/** Short enough to be part of a column's name in SQL. */
const CLAUSE_NUMBER = /^[A-Za-z0-9]+(\.[A-Za-z0-9]+)*$/;
const LONGEST_CLAUSE_NUMBER = 32;

/** Clause numbers are text, none looks like a slip, and no sibling before one is left out. */
export function checkClauseNumbers({ document, data, report }: YamlSource): void {
  const clauses = document.get("clauses", true);
  if (!isMap(clauses) || typeof data !== "object" || data === null) return;
  const numbers = clauses.items.map(({ key }) => String(isScalar(key) ? key.value : key));
  for (const { key } of clauses.items) {
    if (!isScalar(key) || typeof key.value === "string") continue;
    const written = key.source ?? String(key.value);
    report(["clauses", String(key.value)], `put the clause number in quotes: "${written}"`);
  }
  for (const number of numbers) {
    if (!CLAUSE_NUMBER.test(number) || number.length > LONGEST_CLAUSE_NUMBER) {
      report(["clauses", number], `"${number}" is not a clause number like "3.1.1.2"`);
    }
    for (const missing of missingBefore(number, numbers)) {
      report(["clauses", number], `clause ${missing}, which comes before it, is missing`);
    }
  }
}

/** Every reading is known, has a value that can be judged, and is about a clause of this bulletin. */
export function checkReadings({ readings, clauses }: Outline, report: Report): void {
  for (const [name, { value, clause }] of Object.entries(readings)) {
    const path = ["readings", name];
    const problem = checkReadingValue(name, value);
    if (problem !== null) report(path, problem);
    if (!Object.hasOwn(clauses, clause)) {
      report([...path, "clause"], `${name} is about clause ${clause}, which the bulletin lacks`);
    }
  }
}

/** What keeps a reading from having a value, or null when nothing does. */
export function checkReadingValue(name: string, value: string | number): string | null {
  const kind = findReadingKind(name);
  if (kind === null) return `unknown reading "${name}"`;
  const problem = kind.options === null ? problemWithDays(value) : problemWith(value, kind.options);
  return problem && `${name} ${problem}`;
}

function problemWithDays(value: string | number): string | null {
  const fits = Number.isInteger(value) && Number(value) >= 0 && Number(value) <= MOST_DAYS;
  return fits ? null : `is a whole number of days up to ${MOST_DAYS}, not ${JSON.stringify(value)}`;
}

function problemWith(
  value: string | number,
  options: NonNullable<NonNullable<ReturnType<typeof findReadingKind>>["options"]>,
): string | null {
  const option = Object.hasOwn(options, value) ? options[value] : undefined;
  if (option === undefined) {
    return `is one of ${Object.keys(options).join(", ")}, not ${JSON.stringify(value)}`;
  }
  return option.unjudgeable ? `can't be ${value}: ${option.unjudgeable}` : null;
}

/** "3.3" wants a clause that is 3.2 or starts with it; so does each number on the way down to it. */
function missingBefore(number: string, numbers: readonly string[]): readonly string[] {
  const parts = number.split(".");
  return parts.flatMap((part, depth) => {
    const last = Number(part);
    if (!Number.isInteger(last) || last <= 1) return [];
    const before = [...parts.slice(0, depth), last - 1].join(".");
    const there = numbers.some((other) => other === before || other.startsWith(`${before}.`));
    return there ? [] : [before];
  });
}
