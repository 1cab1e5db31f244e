import { type Day, parseDay } from "../kernel/day.ts";

const ID = "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}";
const ONE = new RegExp(ID, "g");
const SEVERAL = new RegExp(` ${ID}(?:, ${ID})*(?: and ${ID})?`, "g");

/** How a page writes what an explanation names. */
export type Saying = {
  day: (day: Day) => string;
  /** When another line of the same day began, in words; null when the page does not know. */
  start?: (lineId: string) => string | null;
};

/**
 * An explanation as a page shows it: an agency's own lines are named by random ids that say nothing to
 * anybody, so another line is known by when it was, or is "of that day", which it always is.
 */
export function sayExplanation(explanation: string, say: Saying): string {
  return explanation
    .replaceAll(SEVERAL, (ids) => {
      const starts = linesNamed(ids).map((id) => say.start?.(id) ?? null);
      return starts.includes(null) ? " of that day" : ` of ${starts.join(", ")}`;
    })
    .replaceAll(/\b\d{4}-\d\d-\d\d\b/g, (text) => {
      const day = parseDay(text);
      return day ? say.day(day) : text;
    });
}

/** The ids of the other lines that an explanation names. */
export function linesNamed(explanation: string): string[] {
  return explanation.match(ONE) ?? [];
}
