import type { Is, IsAtLeast, IsAtMost, IsOneOf, ReadingValue, Value } from "./condition.ts";
import { type Fact, sayValue } from "./facts.ts";

/** "a", "a or b", "a, b or c". */
export function listed(items: readonly string[], last: "and" | "or"): string {
  if (items.length < 2) return items.join("");
  return `${items.slice(0, -1).join(", ")} ${last} ${items.at(-1)}`;
}

/** The first letter as a capital, the rest as it is. */
export function capitalized(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** What a comparison asks of its fact, to stand after "must be": "a clinical office", "at least 1". */
export function sayWanted(
  condition: Is | IsOneOf | IsAtLeast | IsAtMost,
  fact: Fact,
  reading: (name: string) => string | number,
): string {
  const say = (value: Value | ReadingValue) =>
    sayValue(fact, typeof value === "object" ? reading(value.reading) : value);
  const inTime = fact.kind === "day" || fact.kind === "time";
  switch (condition.op) {
    case "is":
      return say(condition.value);
    case "isOneOf":
      return listed(condition.values.map(say), "or");
    case "isAtLeast":
      return `${say(condition.value)} or ${inTime ? "later" : "more"}`;
    case "isAtMost":
      return `${say(condition.value)} or ${inTime ? "earlier" : "less"}`;
  }
}
