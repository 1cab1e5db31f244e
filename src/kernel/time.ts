import { formatterOf } from "./formatter.ts";

declare const timeOfDay: unique symbol;

/**
 * A local time to the minute, as text `HH:MM` from 00:00 to 24:00 (24:00 only as an end). Being text
 * of one width, `<` on two times is their order.
 */
export type TimeOfDay = string & { readonly [timeOfDay]: true };

/** Minutes of one day from `start` up to, not including, `end`. */
export interface Interval {
  readonly start: TimeOfDay;
  readonly end: TimeOfDay;
}

const START = /^([01]\d|2[0-3]):[0-5]\d$/;

/** The time that `text` is exactly, 00:00–23:59, or null. */
export function parseTime(text: string): TimeOfDay | null {
  return START.test(text) ? (text as TimeOfDay) : null;
}

/** As `parseTime`, for an end: 24:00, midnight at the day's end, is one too. */
export function parseEndTime(text: string): TimeOfDay | null {
  return text === "24:00" ? (text as TimeOfDay) : parseTime(text);
}

/** Minutes from one time to another of the same day; negative when `to` is the earlier. */
export function minutesBetween(from: TimeOfDay, to: TimeOfDay): number {
  return minuteOfDay(to) - minuteOfDay(from);
}

/**
 * The interval of two times, or null when they make none: one is missing, or the end is not after
 * the start.
 */
export function intervalOf(
  start: TimeOfDay | null | undefined,
  end: TimeOfDay | null | undefined,
): Interval | null {
  return start != null && end != null && start < end ? { start, end } : null;
}

/** Whether two intervals of the same day share a minute. Touching ends don't. */
export function overlap(a: Interval, b: Interval): boolean {
  return a.start < b.end && b.start < a.end;
}

/** The time for people, in the words of a locale: `9:30 AM`. */
export function formatTime(shown: TimeOfDay, locale: string): string {
  const shows = { hour: "numeric", minute: "2-digit", timeZone: "UTC" } as const;
  return formatterOf(locale, shows).format(Date.UTC(2000, 0, 1, 0, minuteOfDay(shown)));
}

function minuteOfDay(time: TimeOfDay): number {
  return Number(time.slice(0, 2)) * 60 + Number(time.slice(3));
}
