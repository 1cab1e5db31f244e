import { createHash } from "node:crypto";
import ical, { ICalCalendarMethod, ICalEventClass, ICalEventStatus } from "ical-generator";
import { Temporal } from "temporal-polyfill";
import type { Day } from "../kernel/day.ts";
import type { TimeOfDay } from "../kernel/time.ts";
import { type Language, type Meeting, placeOf, sayings, type Telling } from "./invitation.ts";

/** The same as a calendar entry. Each telling counts on, so that a calendar takes the newest. */
export function invitationFile(
  meeting: Meeting,
  {
    uid,
    language,
    telling,
    moves,
    now,
  }: { uid: string; language: Language; telling: Telling; moves: number; now: Date },
): string {
  const say = sayings[language];
  const called = telling === "cancelled";
  const calendar = ical({
    // The one text that ical-generator writes as it is: a line's end in it would begin a line of its own.
    prodId: { company: meeting.from.name.replaceAll(/[\r\n]+/g, " "), product: "calendar" },
    ...(called ? { method: ICalCalendarMethod.CANCEL } : {}),
  });
  calendar.createEvent({
    id: uid,
    sequence: moves + (called ? 1 : 0),
    stamp: now,
    start: instantOf(meeting.day, meeting.starts, meeting.from.timeZone),
    end: instantOf(meeting.day, meeting.ends, meeting.from.timeZone),
    summary: say.meeting,
    location: placeOf(meeting, language),
    description: meeting.from.phone ? say.call(meeting.from.phone) : null,
    organizer: { name: meeting.from.name, email: "no-reply@calendar.invalid" },
    status: called ? ICalEventStatus.CANCELLED : ICalEventStatus.CONFIRMED,
    class: ICalEventClass.PRIVATE,
  });
  return calendar.toString();
}

/** The same for every file about one meeting to one person, and meaningless to anybody else. */
export function invitationUid(conferenceId: string, supportId: string): string {
  const hash = createHash("sha256").update(`${conferenceId} ${supportId}`).digest("hex");
  return `${hash.slice(0, 32)}@calendar.invalid`;
}

/** The instant of a local time; in a gap of the clocks the later one, so that nobody is late. */
function instantOf(day: Day, time: TimeOfDay, zone: string): Date {
  const local = Temporal.PlainDate.from(day).toPlainDateTime(
    time === "24:00" ? "00:00" : Temporal.PlainTime.from(time),
  );
  const on = time === "24:00" ? local.add({ days: 1 }) : local;
  return new Date(on.toZonedDateTime(zone).epochMilliseconds);
}
