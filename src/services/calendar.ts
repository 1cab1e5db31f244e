import { addDays, type Day, type DayRange, monthOf, parseDay, weekOf } from "../kernel/day.ts";

const calendarViews = ["day", "week", "month"] as const;
export type CalendarView = (typeof calendarViews)[number];

/** Whose hours are shown: one's own, a colleague's, a room's, or all that one may see. */
export type Whose = { staffId: string | null; roomId: string | null };

export type CalendarAsk = { view: CalendarView; on: Day; whose: string };

/** What the calendar's address asks for; whatever makes no sense is as if nobody had asked. */
export function readAsk(params: URLSearchParams, today: Day, usual: string): CalendarAsk {
  const view = calendarViews.find((each) => each === params.get("view")) ?? "week";
  const whose = params.get("whose") ?? "";
  return {
    view,
    on: parseDay(params.get("on") ?? "") ?? today,
    whose: /^(all|(staff|room)\.[0-9a-f-]{36})$/.test(whose) ? whose : usual,
  };
}

/** The address of another look at the calendar: no name stands in it. */
export function askQuery({ view, on, whose }: CalendarAsk): string {
  return `?${new URLSearchParams({ view, on, whose }).toString()}`;
}

export function whoseOf(whose: string): Whose {
  const [kind, id = null] = whose.split(".");
  return { staffId: kind === "staff" ? id : null, roomId: kind === "room" ? id : null };
}

/** The days a view shows. */
export function daysOf({ view, on }: CalendarAsk, locale: string): DayRange {
  if (view === "day") return { from: on, to: on };
  return view === "week" ? weekOf(on, weekStart(locale)) : monthOf(on);
}

/** The day that stands for the stretch before (-1) or after (1). */
export function turned({ view, on }: CalendarAsk, by: -1 | 1): Day {
  if (view === "day") return addDays(on, by);
  if (view === "week") return addDays(on, 7 * by);
  const { from, to } = monthOf(on);
  return by < 0 ? monthOf(addDays(from, -1)).from : addDays(to, 1);
}

/** On which day people of a place see a week begin; what a bulletin counts is its own matter. */
export function weekStart(locale: string): "sunday" | "monday" {
  return locale === "en-US" ? "sunday" : "monday";
}

/** What a booking starts with when it is begun from the calendar. */
export function bookingQuery(
  whose: string,
  day: string,
  times: { starts?: string; ends?: string } = {},
): string {
  const { staffId, roomId } = whoseOf(whose);
  return `?${new URLSearchParams({
    day,
    ...times,
    ...(staffId ? { lead: staffId } : {}),
    ...(roomId ? { room: roomId } : {}),
  }).toString()}`;
}
