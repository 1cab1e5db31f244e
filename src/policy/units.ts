import { type Bulletin, chosen } from "./bulletin.ts";

/** Length of a unit in minutes, by the bulletin's reading. */
export function unitMinutes(bulletin: Bulletin): number {
  return Number.parseInt(chosen(bulletin, "unit"), 10);
}

/**
 * Units that a session of so many minutes comes to (clause 4.1 of FY10-Clinical-16 counts units and
 * gives them no length), by the readings `unit` and `rounding`. Each session is rounded by itself.
 * Throws a RangeError unless the minutes are a whole number of 0 or more.
 */
export function unitsFor(minutes: number, bulletin: Bulletin): number {
  if (!Number.isSafeInteger(minutes) || minutes < 0) {
    throw new RangeError(`Not a length in minutes: ${minutes}`);
  }
  const unit = unitMinutes(bulletin);
  const whole = Math.floor(minutes / unit);
  const rest = minutes - whole * unit;
  const lastCounts = chosen(bulletin, "rounding") === "more-than-half" && rest > unit / 2;
  return lastCounts ? whole + 1 : whole;
}
