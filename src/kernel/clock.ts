import { Temporal } from "temporal-polyfill";
import { type Day, todayIn } from "./day.ts";
import type { TimeOfDay } from "./time.ts";

/** Tells the instant. Passed to whatever needs the time, so that a test can say what time it is. */
export type Clock = () => Temporal.Instant;

/** The machine's clock. */
export const systemClock: Clock = () => Temporal.Now.instant();

/** A clock that stands still at an instant, given as ISO text with an offset (`2010-04-15T09:00Z`). */
export function fixedClock(instant: string): Clock {
  const still = Temporal.Instant.from(instant);
  return () => still;
}

/** The day it is in the agency's time zone (IANA name). */
export function today(clock: Clock, zone: string): Day {
  return todayIn(clock(), zone);
}

/** The day and the time to the minute in the agency's time zone (IANA name). */
export function now(clock: Clock, zone: string): { readonly day: Day; readonly time: TimeOfDay } {
  const instant = clock();
  const local = instant.toZonedDateTimeISO(zone).toPlainTime();
  return {
    day: todayIn(instant, zone),
    time: local.toString({ smallestUnit: "minute", roundingMode: "trunc" }) as TimeOfDay,
  };
}
