import { useDates } from "../../web/use-me.ts";

/** When, where and with whom, in one line. */
export function WhenLine({
  appointment: { day, starts, ends, room, staff },
}: {
  appointment: { day: string; starts: string; ends: string; room: string; staff: string };
}) {
  const dates = useDates();
  return (
    <>
      {dates.weekday(day)}, {dates.time(starts)} – {dates.time(ends)} · {room} · {staff}
    </>
  );
}
