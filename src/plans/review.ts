import type { Refusal } from "../episodes/episode.ts";
import type { Day } from "../kernel/day.ts";

/** Who took part in a review besides whoever recorded it. */
export const partCodes = ["person", "family", "colleague", "other-service"] as const;
export type PartCode = (typeof partCodes)[number];

/** In words: "the consumer and family"; nobody besides the author: null. */
export function tookPartWords(codes: readonly string[], consumer: string): string | null {
  const words: Record<string, string> = {
    person: `the ${consumer}`,
    family: "family",
    colleague: "a colleague",
    "other-service": "another service",
  };
  const said = partCodes.filter((code) => codes.includes(code)).map((code) => words[code] ?? code);
  if (said.length < 2) return said[0] ?? null;
  return `${said.slice(0, -1).join(", ")} and ${said.at(-1)}`;
}

/** Why a review cannot be recorded as typed; null: it can. */
export function whyNotReview(
  plan: { agreed_on: string | null },
  review: { reviewed_on: Day; changed: "yes" | "no"; changes: string | undefined; next_on: Day },
  today: Day,
): Refusal | null {
  const no = (field: string, message: string): Refusal => ({ field, message });
  if (review.reviewed_on > today) return no("reviewed_on", "That day is still to come.");
  if (plan.agreed_on && review.reviewed_on < plan.agreed_on) {
    return no("reviewed_on", "This version was agreed after that day.");
  }
  if (review.changed === "yes" && !review.changes) return no("changes", "Say what is to change.");
  if (review.next_on <= review.reviewed_on || review.next_on < today) {
    return no("next_on", "The next review is after this one, today or later.");
  }
  return null;
}
