import { addDays, type Day, getDay } from "../kernel/day.ts";
import { intervalOf, overlap, type TimeOfDay } from "../kernel/time.ts";

export type AppointmentStatus =
  | "scheduled"
  | "moved"
  | "cancelled"
  | "did-not-come"
  | "family-only"
  | "held";

/** What a status is called on a page. Said of the appointment, never of a person. */
export const statusWords: Record<AppointmentStatus, string> = {
  scheduled: "Scheduled",
  moved: "Moved",
  cancelled: "Cancelled",
  "did-not-come": "Did not take place",
  "family-only": "Family came alone",
  held: "Held",
};

/** What a past appointment asks while nobody has said what became of it. */
export const CAME = "Did they come?";

/** Whether an appointment is over, by the agency's day and time. */
export function isOver(
  { day, ends }: { day: string; ends: string },
  now: { day: string; time: string },
): boolean {
  return day < now.day || (day === now.day && ends <= now.time);
}

/** When, where and with whom of the staff. Times are the agency's local ones. */
export type Slot = {
  day: Day;
  starts: TimeOfDay;
  ends: TimeOfDay;
  roomId: string;
  staffId: string;
};

/** A taken hour, without whose it is. */
export type TakenHour = Slot & { appointmentId: string };

export type Clash = { what: "room" | "staff"; starts: TimeOfDay; ends: TimeOfDay };

/** Where a slot meets hours in which its room or its member of staff is taken already. */
export function clashesOf(
  slot: Slot,
  taken: readonly TakenHour[],
  except: string | null = null,
): Clash[] {
  const wanted = intervalOf(slot.starts, slot.ends);
  if (!wanted) return [];
  return taken.flatMap((hour) => {
    const { starts, ends } = hour;
    if (hour.day !== slot.day || hour.appointmentId === except) return [];
    if (!overlap(wanted, { start: starts, end: ends })) return [];
    return [
      ...(hour.staffId === slot.staffId ? [{ what: "staff" as const, starts, ends }] : []),
      ...(hour.roomId === slot.roomId ? [{ what: "room" as const, starts, ends }] : []),
    ];
  });
}

/** The time so many minutes later on the same day, never past its last minute. */
export function minutesLater(time: TimeOfDay, minutes: number): TimeOfDay {
  const [hour = 0, minute = 0] = time.split(":").map(Number);
  const later = Math.min(hour * 60 + minute + minutes, 23 * 60 + 59);
  const two = (value: number) => String(value).padStart(2, "0");
  return `${two(Math.floor(later / 60))}:${two(later % 60)}` as TimeOfDay;
}

/** How long a meeting is planned when nobody says otherwise, in minutes. */
export const USUAL_MINUTES = 60;

/** Where booking starts: the next half hour of a working day, else the next working day at ten. */
export function usualStart(now: { day: Day; time: TimeOfDay }): { day: Day; starts: TimeOfDay } {
  const [hour = 0, minute = 0] = now.time.split(":").map(Number);
  const starts = `${String(minute < 30 ? hour : hour + 1).padStart(2, "0")}:${minute < 30 ? "30" : "00"}`;
  if (isWorkday(now.day) && starts >= "08:00" && starts <= "16:00") {
    return { day: now.day, starts: starts as TimeOfDay };
  }
  let day = isWorkday(now.day) && starts < "08:00" ? now.day : addDays(now.day, 1);
  while (!isWorkday(day)) day = addDays(day, 1);
  return { day, starts: "10:00" as TimeOfDay };
}

function isWorkday(day: Day): boolean {
  const weekday = new Date(`${getDay(day)}T12:00:00Z`).getUTCDay();
  return weekday !== 0 && weekday !== 6;
}
