import { type Day, formatDay } from "../kernel/day.ts";

/** Why a bed could not be had: taken until a day, not yet left, or the person is in another one then. */
export type Clash =
  | { why: "taken"; from: Day; until: Day | null; freeFrom: Day | null }
  | { why: "not-left" }
  | { why: "elsewhere" };

/** The refusal in the user's words: which bed, until when, and what can be done. */
export function clashWords(clash: Clash, bed: string, locale: string): string {
  const said = (day: Day) => formatDay(day, locale);
  switch (clash.why) {
    case "elsewhere":
      return "The person has another bed on those days. Cancel that booking, or choose other days.";
    case "not-left":
      return `Somebody is still in ${bed}. Record that they left, or until when they stay, first.`;
    case "taken": {
      const until = clash.until ? `until ${said(clash.until)}` : "with no day of leaving known";
      const next = clash.freeFrom
        ? ` It is free from ${said(clash.freeFrom)}.`
        : " Nobody knows yet when it will be free.";
      return `${bed} is taken from ${said(clash.from)} ${until}.${next}`;
    }
  }
}
