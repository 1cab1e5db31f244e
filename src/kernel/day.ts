import { Temporal } from "temporal-polyfill";
import { formatterOf } from "./formatter.ts";

declare const day: unique symbol;

/**
 * A calendar day without a time or a zone, as ISO text `YYYY-MM-DD`: a real date in the years
 * 1900–9999. Being text it goes to and from databases, files and JSON unchanged, and `<` on two
 * days is their order in time.
 */
export type Day = string & { readonly [day]: true };

/** The days of a week or another period, both ends included. */
export interface DayRange {
  readonly from: Day;
  readonly to: Day;
}

export type WeekStart = "sunday" | "monday";

const FIRST_DAY = "1900-01-01" as Day;
const LAST_DAY = "9999-12-31" as Day;
const SHAPE = /^(19|[2-9]\d)\d\d-\d\d-\d\d$/;

/** The day that `text` is exactly (no trimming, no other spelling), or null. */
export function parseDay(text: string): Day | null {
  if (!SHAPE.test(text)) return null;
  try {
    return Temporal.PlainDate.from(text).toString() === text ? (text as Day) : null;
  } catch {
    return null;
  }
}

/** The day that `text` is; throws a RangeError when it is none, because the caller vouched for it. */
export function getDay(text: string): Day {
  const found = parseDay(text);
  if (found === null) throw new RangeError(`Not a day: ${JSON.stringify(text)}`);
  return found;
}

/** `days` later (earlier when negative). Throws a RangeError beyond the years 1900–9999. */
export function addDays(from: Day, days: number): Day {
  return getDay(plain(from).add({ days }).toString());
}

/** How many days `to` lies after `from`; negative when before. */
export function daysBetween(from: Day, to: Day): number {
  return plain(from).until(plain(to), { largestUnit: "day" }).days;
}

/** The week that holds the day. At the two ends of the calendar the week is cut to days that exist. */
export function weekOf(within: Day, start: WeekStart): DayRange {
  const date = plain(within);
  const into = start === "monday" ? date.dayOfWeek - 1 : date.dayOfWeek % 7;
  return { from: clamp(date.subtract({ days: into })), to: clamp(date.add({ days: 6 - into })) };
}

/** The calendar month that holds the day. */
export function monthOf(within: Day): DayRange {
  const date = plain(within);
  return {
    from: clamp(date.with({ day: 1 })),
    to: clamp(date.with({ day: date.daysInMonth })),
  };
}

/**
 * Age in completed years on a day; negative before birth. Someone born on 29 February turns a year
 * older on 1 March in years without one.
 */
export function ageOn(birth: Day, on: Day): number {
  const years = Number(on.slice(0, 4)) - Number(birth.slice(0, 4));
  return on.slice(5) < birth.slice(5) ? years - 1 : years;
}

/** The day it is in a time zone (IANA name) at an instant. */
export function todayIn(instant: Temporal.Instant, zone: string): Day {
  return getDay(instant.toZonedDateTimeISO(zone).toPlainDate().toString());
}

/** The day for people, in the words of a locale: `Thursday, April 15, 2010`. */
export function formatDay(
  shown: Day,
  locale: string,
  options: Intl.DateTimeFormatOptions = { dateStyle: "medium" },
): string {
  const [year = 0, month = 0, day = 0] = shown.split("-").map(Number);
  return formatterOf(locale, { ...options, timeZone: "UTC" }).format(
    Date.UTC(year, month - 1, day),
  );
}

/** The day's name in a locale: `Thursday`. */
export function dayName(of: Day, locale: string): string {
  return formatDay(of, locale, { weekday: "long" });
}

function plain(of: Day): Temporal.PlainDate {
  return Temporal.PlainDate.from(of);
}

function clamp(date: Temporal.PlainDate): Day {
  if (date.year < 1900) return FIRST_DAY;
  return date.year > 9999 ? LAST_DAY : (date.toString() as Day);
}
