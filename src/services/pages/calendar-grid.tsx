import { Box } from "@mantine/core";
import { Schedule, type ScheduleEventData, type ScheduleViewLevel } from "@mantine/schedule";
import { useEffect, useRef } from "react";
import { useLoaderData, useNavigate } from "react-router";
import { getDay } from "../../kernel/day.ts";
import type { TimeOfDay } from "../../kernel/time.ts";
import { paths } from "../../web/paths.ts";
import { useDates, useMay, useMe } from "../../web/use-me.ts";
import { type AppointmentStatus, CAME, minutesLater, USUAL_MINUTES } from "../appointment.ts";
import { askQuery, bookingQuery, type CalendarView, weekStart } from "../calendar.ts";
import type { loader } from "./calendar.tsx";

const colors: Record<AppointmentStatus, string> = {
  scheduled: "tide",
  held: "blue",
  moved: "gray",
  cancelled: "gray",
  "did-not-come": "gray",
  "family-only": "gray",
};

/** The calendar as a grid, for a wide screen and a mouse; drawn in the browser alone. */
export default function CalendarGrid() {
  const { ask, lines, taken } = useLoaderData<typeof loader>();
  const { agency } = useMe();
  const dates = useDates();
  const books = useMay()("appointment.write");
  const grid = useRef<HTMLDivElement>(null);
  const navigate = useNavigate();
  const go = (change: Partial<typeof ask>) =>
    void navigate(paths.calendar() + askQuery({ ...ask, ...change }), { preventScrollReset: true });
  const book = (at: string) => {
    if (!books) return;
    const [day = "", time = ""] = at.split(" ");
    const starts = time.slice(0, 5) as TimeOfDay;
    const times = time ? { starts, ends: minutesLater(starts, USUAL_MINUTES) } : {};
    void navigate(paths.book() + bookingQuery(ask.whose, day, times));
  };
  const events: ScheduleEventData[] = [
    ...lines
      .filter(({ status }) => status === "scheduled" || status === "held")
      .map((line) => ({
        id: line.id,
        title: line.asks ? `${line.name} · ${CAME}` : `${line.name} · ${line.room}`,
        start: `${line.day} ${line.starts}:00`,
        end: `${line.day} ${line.ends}:00`,
        color: line.asks ? "orange" : colors[line.status],
        payload: { to: line.to },
      })),
    ...(ask.view === "month" ? [] : taken).map((hour) => ({
      id: `taken-${hour.id}`,
      title: "Taken",
      start: `${hour.day} ${hour.starts}:00`,
      end: `${hour.day} ${hour.ends}:00`,
      color: "gray",
    })),
  ];
  const hours = {
    startTime: "07:00:00",
    endTime: "21:00:00",
    intervalMinutes: 30,
    slotHeight: "3.2rem",
    withHeader: false,
    startScrollTime: "08:00:00",
    // `2026-03-04 07:00:00` is given.
    slotLabelFormat: (at: string) => dates.time(at.slice(11, 16)).replace(/:00(?=\s)/, ""),
    withCurrentTimeIndicator: false,
  };
  // The library names these buttons by a date that they do not show; their text is their name.
  useEffect(() => {
    for (const head of grid.current?.querySelectorAll('[aria-label^="Weekday "]') ?? []) {
      head.removeAttribute("aria-label");
    }
  });
  const firstDayOfWeek = weekStart(agency.locale) === "sunday" ? (0 as const) : (1 as const);
  return (
    <Box visibleFrom="sm" mb="md" className="no-print" ref={grid}>
      <Schedule
        date={ask.on}
        view={ask.view}
        onDateChange={(on) => go({ on: getDay(on.slice(0, 10)) })}
        onViewChange={(view: ScheduleViewLevel) => {
          if (view !== "year") go({ view: view as CalendarView });
        }}
        events={events}
        {...(ask.view === "month"
          ? { onDayClick: (day: string) => go({ view: "day", on: getDay(day.slice(0, 10)) }) }
          : { onTimeSlotClick: ({ slotStart }: { slotStart: string }) => book(slotStart) })}
        onEventClick={(event) => {
          const to = event.payload?.to;
          if (typeof to === "string") void navigate(to);
        }}
        dayViewProps={{ ...hours, withAllDaySlot: false }}
        weekViewProps={{
          ...hours,
          withAllDaySlots: false,
          withWeekNumber: false,
          firstDayOfWeek,
          highlightToday: true,
        }}
        monthViewProps={{ firstDayOfWeek, withHeader: false, withOutsideDays: false }}
      />
    </Box>
  );
}
