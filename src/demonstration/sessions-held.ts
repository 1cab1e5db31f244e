import type { Bench } from "../compliance/judge.ts";
import { addDays, type Day } from "../kernel/day.ts";
import type { TimeOfDay } from "../kernel/time.ts";
import { minutesLater } from "../services/appointment.ts";
import { bookAppointment } from "../services/booking-store.ts";
import { awaitsCosign } from "../services/cosign-store.ts";
import { lastMeetingDay, weekdayOf } from "../services/group.ts";
import { addGroup, openMeeting } from "../services/group-store.ts";
import { saveRegister } from "../services/register-store.ts";
import type { Setting } from "../services/service.ts";
import { addSessionNote, findOpenGoals } from "../services/session-note-store.ts";
import { signRegister } from "../services/sign-group-store.ts";
import { recordService } from "../services/standing-store.ts";
import { actingFor } from "../storage/database.ts";
import type { Store } from "../storage/store.ts";
import type { DemonstrationAgency } from "./agency.ts";
import type { DemonstrationPeople } from "./consumers.ts";
import type { StoryExpected, StoryGroup, StorySession } from "./session-stories.ts";

/** One agency of the demonstration, and by which bulletins it is judged. */
export type Stage = {
  store: Store;
  agency: DemonstrationAgency;
  people: DemonstrationPeople;
  bench: Bench;
};

export function personOf({ people }: Stage, who: string) {
  const person = people.get(who);
  if (!person) throw new Error(`the demonstration has no ${who}`);
  return person;
}

/** A day so long ago, on which people work. */
function workday(today: Day, daysAgo: number): Day {
  const day = addDays(today, -daysAgo);
  const over = weekdayOf(day) - 5;
  return over > 0 ? addDays(day, -over) : day;
}

export async function meet(stage: Stage, it: StorySession): Promise<void> {
  const { store, agency, bench } = stage;
  const person = personOf(stage, it.who);
  const staffId = agency.staffId(it.by);
  const starts = it.at as TimeOfDay;
  const { consumerId } = person;
  const day = workday(agency.today, it.daysAgo);
  await actingFor(store.app, staffId, async (db) => {
    const recorded = await recordService(db, bench, {
      ...{ consumerId, programId: person.programId, kind: it.kind ?? "keywork", day },
      ...{ starts, ends: minutesLater(starts, it.minutes), privateMinutes: 0 },
      setting: (it.setting ?? "office") as Setting,
      ...{ consumerPresent: true, supportsPresent: 0, planDiscussed: null },
      ...{ performerId: staffId, conferenceId: null, recordedBy: staffId },
      awaitsCosign: await awaitsCosign(
        db,
        { by: staffId, on: day },
        staffId,
        it.associate ?? false,
      ),
    });
    if (!recorded) throw new Error("the demonstration's session was not recorded");
    const goals = await findOpenGoals(db, consumerId);
    await addSessionNote(
      db,
      { staffId, agencyId: agency.agencyId },
      { consumerId, serviceId: recorded.serviceId },
      { text: it.note, goals: (it.goals ?? []).flatMap((at) => goals[at]?.lineage ?? []) },
    );
  });
}

export async function gather(stage: Stage, it: StoryGroup): Promise<void> {
  const { store, agency, bench } = stage;
  const lead = agency.staffId(it.lead);
  const by = { staffId: lead, agencyId: agency.agencyId };
  const times = { starts: it.starts as TimeOfDay, ends: it.ends as TimeOfDay };
  const last = lastMeetingDay(it.weekday, addDays(agency.today, -1));
  await actingFor(store.app, lead, async (db) => {
    const id = await addGroup(db, by, {
      ...{ name: it.name, kind: it.kind, about: it.about, weekday: it.weekday, ...times },
      programId: it.program ? agency.programId(it.program) : null,
      roomId: it.room ? agency.roomId(it.room) : null,
      ...{ leadId: lead, places: it.places, womenOnly: it.women ?? false, active: true },
    });
    const group = { id, ...times, leadId: lead };
    for (const meeting of it.met ?? []) {
      const day = addDays(last, -7 * (meeting.weeksAgo - 1));
      const meetingId = await openMeeting(db, by, group, day);
      const came = Object.entries(meeting.came).map(([who, note]) => ({ who, came: true, note }));
      const missed = (meeting.missed ?? []).map((who) => ({ who, came: false, note: null }));
      await saveRegister(db, by, meetingId, {
        ...{ topic: meeting.topic, leadId: lead },
        lines: [...came, ...missed].map(({ who, ...line }) => ({
          ...{ consumerId: personOf(stage, who).consumerId, ...line },
        })),
      });
      await signRegister(db, bench, by, { groupId: id, meetingId });
    }
    if (it.open) await openMeeting(db, by, group, last);
  });
}

export async function expectAt(stage: Stage, it: StoryExpected): Promise<void> {
  const { store, agency } = stage;
  const staffId = agency.staffId(it.by);
  const starts = it.at as TimeOfDay;
  const day = addDays(agency.today, it.inDays);
  const slot = { day, starts, ends: minutesLater(starts, 45), roomId: agency.roomId(it.room) };
  await actingFor(store.app, staffId, (db) =>
    bookAppointment(
      db,
      { staffId, agency: { id: agency.agencyId } },
      personOf(stage, it.who).consumerId,
      { ...slot, staffId },
      { kind: it.kind ?? "session" },
    ),
  );
}
