/** What was told about an overdose, and about naloxone, when somebody left. */
export const adviceAnswers = {
  given: "Given",
  declined: "Declined",
  "not-possible": "Not possible",
} as const;
export const naloxoneAnswers = {
  given: "Given",
  "has-it": "Has it already",
  declined: "Declined",
  "not-possible": "Not possible",
} as const;
export const contactWays = {
  telephone: "Telephone",
  text: "Text message",
  visit: "Visit",
  letter: "Letter",
  "through-a-support": "Through somebody close to them",
  "came-in": "They came in",
} as const;

export type Leaving = {
  planned: boolean;
  ended_on: string;
  /** Null: there is nobody to contact any more. */
  contact_due: Date | null;
  overdose_advice: string | null;
  naloxone: string | null;
  reached_at: Date | null;
  /** They came back since: an episode or a stay that began after this ended. */
  came_back: boolean;
};

/** What an ending still asks for; nothing: it is done. */
export function asksFor(leaving: Leaving): {
  advice: boolean;
  naloxone: boolean;
  contact: boolean;
} {
  if (leaving.contact_due === null) return { advice: false, naloxone: false, contact: false };
  return {
    advice: leaving.overdose_advice === null,
    naloxone: leaving.naloxone === null,
    contact: leaving.reached_at === null && !leaving.came_back,
  };
}

export function isOpen(leaving: Leaving): boolean {
  const { advice, naloxone, contact } = asksFor(leaving);
  return advice || naloxone || contact;
}

/** Whole hours until the contact is due; negative: it is past due. */
export function hoursLeft(leaving: { contact_due: Date | null }, now: Date): number | null {
  if (leaving.contact_due === null) return null;
  return Math.floor((leaving.contact_due.getTime() - now.getTime()) / 3_600_000);
}

/** "due in 20 hours", "6 hours past due", "3 days past due". */
export function dueWords(hours: number): string {
  const amount = Math.abs(hours);
  const words =
    amount < 48
      ? `${amount} ${amount === 1 ? "hour" : "hours"}`
      : `${Math.floor(amount / 24)} days`;
  if (hours < 0) return `${words} past due`;
  return hours === 0 ? "due within the hour" : `due in ${words}`;
}

/** Unplanned and not contacted first, the longest past due at the top; then what else is asked. */
export function byNeed<L extends Leaving>(leavings: readonly L[]): L[] {
  const rank = (one: L) => {
    const { contact } = asksFor(one);
    return (contact ? 0 : 2) + (one.planned ? 1 : 0);
  };
  const due = (one: L) => one.contact_due?.getTime() ?? Number.POSITIVE_INFINITY;
  return [...leavings].sort((a, b) => rank(a) - rank(b) || due(a) - due(b));
}
