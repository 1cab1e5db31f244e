import { Button, Group, NativeSelect, SegmentedControl, Text } from "@mantine/core";
import { useMounted } from "@mantine/hooks";
import { IconChevronLeft, IconChevronRight } from "@tabler/icons-react";
import { lazy, Suspense } from "react";
import { useLoaderData, useNavigate } from "react-router";
import { now } from "../../kernel/clock.ts";
import { may } from "../../people/access.ts";
import { fullName } from "../../people/consumer.ts";
import { page } from "../../web/guard.ts";
import { LinkButton, PageHead } from "../../web/parts.tsx";
import { paths } from "../../web/paths.ts";
import { useDates, useMay } from "../../web/use-me.ts";
import { isOver } from "../appointment.ts";
import {
  askQuery,
  bookingQuery,
  type CalendarView,
  daysOf,
  readAsk,
  turned,
  whoseOf,
} from "../calendar.ts";
import { findAgenda, findBookable, findRooms, findTaken } from "../schedule-store.ts";
import { Agenda } from "./agenda.tsx";

const Grid = lazy(() => import("./calendar-grid.tsx"));

export const meta = () => [{ title: "Calendar · Throughcare" }];

export const loader = page("appointment.read", async ({ db, me, url, today, services, listed }) => {
  const usual = may(me.roles, "record.read") ? `staff.${me.staffId}` : "all";
  const ask = readAsk(url.searchParams, today, usual);
  const days = daysOf(ask, me.agency.locale);
  const whose = whoseOf(ask.whose);
  const lines = await findAgenda(db, { ...days, ...whose });
  await listed([...new Set(lines.map(({ consumerId }) => consumerId))]);
  const known = new Set(lines.map(({ id }) => id));
  // Hours of people one may not know of are shown as taken, so that nobody is booked over them.
  const taken = (await findTaken(db, days)).filter(
    ({ appointmentId, staffId, roomId }) =>
      !known.has(appointmentId) &&
      (whose.staffId === null || whose.staffId === staffId) &&
      (whose.roomId === null || whose.roomId === roomId),
  );
  const present = now(services.clock, me.agency.timeZone);
  return {
    ask,
    days,
    today,
    usual,
    lines: lines.map((line) => ({
      ...line,
      name: fullName(line.consumer),
      to: addressOf(line),
      asks: line.status === "scheduled" && isOver(line, present),
    })),
    taken: taken.map(({ appointmentId, day, starts, ends }) => ({
      ...{ id: appointmentId, day, starts, ends },
    })),
    staff: await findBookable(db, today),
    rooms: await findRooms(db),
  };
});

function addressOf(line: { id: string; consumerId: string; conferenceId: string | null }): string {
  return line.conferenceId
    ? paths.conference(line.consumerId, line.conferenceId)
    : paths.appointment(line.id);
}

export default function Calendar() {
  const { ask, days, lines, today, usual } = useLoaderData<typeof loader>();
  const books = useMay()("appointment.write");
  const dates = useDates();
  const navigate = useNavigate();
  const mounted = useMounted();
  const show = (change: Partial<typeof ask>) =>
    navigate(`${paths.calendar()}${askQuery({ ...ask, ...change })}`, { preventScrollReset: true });
  const title =
    days.from === days.to
      ? dates.day(days.from)
      : `${dates.day(days.from)} – ${dates.day(days.to)}`;
  const from = [ask.on, today].toSorted().at(-1) ?? today;
  const book = paths.book() + bookingQuery(ask.whose, from);
  return (
    <>
      <PageHead
        title="Calendar"
        about={title}
        actions={books && <LinkButton to={book}>Book a time</LinkButton>}
      />
      <Group mb="md" gap="sm" align="flex-end" className="no-print">
        <Group gap={4}>
          <LinkButton
            to={paths.calendar() + askQuery({ ...ask, on: turned(ask, -1) })}
            variant="default"
            px="xs"
            aria-label="Earlier"
          >
            <IconChevronLeft size={16} aria-hidden />
          </LinkButton>
          <LinkButton to={paths.calendar() + askQuery({ ...ask, on: today })} variant="default">
            Today
          </LinkButton>
          <LinkButton
            to={paths.calendar() + askQuery({ ...ask, on: turned(ask, 1) })}
            variant="default"
            px="xs"
            aria-label="Later"
          >
            <IconChevronRight size={16} aria-hidden />
          </LinkButton>
        </Group>
        <SegmentedControl
          aria-label="How much to show"
          value={ask.view}
          onChange={(view) => show({ view: view as CalendarView })}
          data={[
            { value: "day", label: "Day" },
            { value: "week", label: "Week" },
            { value: "month", label: "Month" },
          ]}
        />
        <WhosePicker usual={usual} onPick={(whose) => show({ whose })} />
      </Group>
      {mounted && (
        <Suspense fallback={<Text c="dimmed">Drawing the calendar …</Text>}>
          <Grid />
        </Suspense>
      )}
      <Agenda lines={lines} today={today} />
    </>
  );
}

function WhosePicker({ usual, onPick }: { usual: string; onPick: (whose: string) => void }) {
  const { ask, staff, rooms } = useLoaderData<typeof loader>();
  const mine = usual.startsWith("staff.");
  return (
    <form method="get" action={paths.calendar()}>
      <input type="hidden" name="view" value={ask.view} />
      <input type="hidden" name="on" value={ask.on} />
      <Group gap={4} align="flex-end">
        <NativeSelect
          aria-label="Whose appointments"
          name="whose"
          value={ask.whose}
          onChange={(event) => onPick(event.currentTarget.value)}
          data={[
            ...(mine ? [{ value: usual, label: "My appointments" }] : []),
            { value: "all", label: "Everybody's" },
            {
              group: "A colleague",
              items: staff
                .map(({ id, name }) => ({ value: `staff.${id}`, label: name }))
                .filter(({ value }) => value !== usual),
            },
            {
              group: "A room",
              items: rooms.map(({ id, name }) => ({ value: `room.${id}`, label: name })),
            },
          ]}
        />
        <noscript>
          <Button type="submit" variant="default">
            Show
          </Button>
        </noscript>
      </Group>
    </form>
  );
}
