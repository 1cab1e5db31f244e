import { addDays, type Day } from "../kernel/day.ts";
import { intervalOf, overlap, type TimeOfDay } from "../kernel/time.ts";
import { isWorkingDay } from "./clock.ts";

export type FreeSlot = {
  day: Day;
  starts: TimeOfDay;
  ends: TimeOfDay;
  staffId: string;
  roomId: string;
};
type Taken = FreeSlot;

/** Hours in which somebody is offered; nobody's working hours are known here: a reading. */
export const OFFICE_HOURS = { from: 9, to: 17 } as const;
const DAYS_AHEAD = 14;

/**
 * The first free hours from now on: two with whom the person knows, and the first of each of two
 * colleagues, or more where more are asked for. Only what is booked in the calendar counts as taken.
 */
export function firstFree(asked: {
  now: { day: Day; time: TimeOfDay };
  taken: readonly Taken[];
  /** Who is asked first; null: there is nobody. */
  first: string | null;
  others: readonly string[];
  /** In the order in which they are tried. */
  rooms: readonly string[];
  /** How many hours of each colleague; one when it is not said. */
  each?: number;
}): FreeSlot[] {
  const { first, others, each = 1 } = asked;
  const known = first ? freeOf(first, asked, 2) : [];
  const team = others
    .filter((id) => id !== first)
    .flatMap((id) => freeOf(id, asked, each))
    .sort(byTime)
    .slice(0, (first ? 2 : 4) + 2 * (each - 1));
  return [...known, ...team].sort(byTime);
}

function freeOf(
  staffId: string,
  {
    now,
    taken,
    rooms,
  }: { now: { day: Day; time: TimeOfDay }; taken: readonly Taken[]; rooms: readonly string[] },
  most: number,
): FreeSlot[] {
  const found: FreeSlot[] = [];
  for (let ahead = 0; ahead < DAYS_AHEAD && found.length < most; ahead++) {
    const day = addDays(now.day, ahead);
    if (!isWorkingDay(day)) continue;
    const busy = taken.filter((hour) => hour.day === day);
    for (let hour = OFFICE_HOURS.from; hour < OFFICE_HOURS.to && found.length < most; hour++) {
      const starts = clock(hour);
      const ends = clock(hour + 1);
      if (ahead === 0 && starts <= now.time) continue;
      const wanted = intervalOf(starts, ends);
      if (!wanted) continue;
      const inTheWay = busy.filter((one) => overlap(wanted, { start: one.starts, end: one.ends }));
      if (inTheWay.some((one) => one.staffId === staffId)) continue;
      const roomId = rooms.find((id) => !inTheWay.some((one) => one.roomId === id));
      if (roomId) found.push({ day, starts, ends, staffId, roomId });
    }
  }
  return found;
}

/** The last day whose hours have to be known. */
export function lastDayAhead(from: Day): Day {
  return addDays(from, DAYS_AHEAD);
}

function clock(hour: number): TimeOfDay {
  return `${String(hour).padStart(2, "0")}:00` as TimeOfDay;
}

function byTime(a: FreeSlot, b: FreeSlot): number {
  return `${a.day}${a.starts}` < `${b.day}${b.starts}` ? -1 : 1;
}
