import type { Day } from "../kernel/day.ts";
import { minutesBetween, type TimeOfDay } from "../kernel/time.ts";
import type { Bulletin } from "../policy/bulletin.ts";
import { unitsOf } from "./service.ts";

/** The length of a session and what it comes to. Minutes spoken in private are not part of it. */
export type Length = { minutes: number; private: number; counted: number; units: number };

/** A session's length; null while its times are not both known, or are no interval. */
export function lengthOf(
  session: {
    kind: string;
    day: Day;
    start: string | null;
    end: string | null;
    privateMinutes: number;
  },
  bulletins: readonly Bulletin[],
): Length | null {
  const { kind, day, start, end } = session;
  if (!start || !end || end <= start) return null;
  const [starts, ends] = [start as TimeOfDay, end as TimeOfDay];
  const minutes = minutesBetween(starts, ends);
  const apart = Math.min(Math.max(session.privateMinutes, 0), minutes);
  const units = unitsOf({ kind, day, starts, ends, privateMinutes: apart }, bulletins);
  return { minutes, private: apart, counted: minutes - apart, units };
}
