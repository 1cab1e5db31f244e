import { type Day, parseDay } from "../kernel/day.ts";

const ID = "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}";
const IDS = new RegExp(` ${ID}(?:, ${ID})*(?: and ${ID})?`, "g");

/**
 * An explanation as a page shows it: an agency's own lines are named by random ids that say nothing to
 * anybody, so another line is "of that day", which it always is; days are written as the reader does.
 */
export function sayExplanation(explanation: string, sayDay: (day: Day) => string): string {
  return explanation.replaceAll(IDS, " of that day").replaceAll(/\b\d{4}-\d\d-\d\d\b/g, (text) => {
    const day = parseDay(text);
    return day ? sayDay(day) : text;
  });
}
