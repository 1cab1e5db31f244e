import { benchOf, lockConsumer } from "../../compliance/judge.ts";
import { findColleagues } from "../../episodes/store.ts";
import { minutesBetween } from "../../kernel/time.ts";
import { done, parseForm, refuse, refuseField } from "../../web/form.tsx";
import type { FormVisit } from "../../web/guard.ts";
import { paths } from "../../web/paths.ts";
import { minutesLater } from "../appointment.ts";
import { bookAppointment, findClashes } from "../booking-store.ts";
import { correctable } from "../correction.ts";
import { awaitsCosign } from "../cosign-store.ts";
import { findRooms } from "../schedule-store.ts";
import type { Setting } from "../service.ts";
import { kindsFor } from "../service-kinds.ts";
import { type SessionGiven, sessionForm } from "../session-form.ts";
import { addSessionNote, findOpenGoals, holdAppointment } from "../session-note-store.ts";
import { findEnrolledPrograms } from "../session-store.ts";
import { recordService } from "../standing-store.ts";

const settings = correctable.setting.input === "choice" ? correctable.setting.choices : {};

/** Records a session with its note, and books the next one, in one go or not at all. */
export async function recordSession(visit: FormVisit) {
  const { db, consumerId, me, by, services } = visit;
  const parsed = parseForm(sessionForm, visit.form);
  if (parsed.invalid) return refuse(parsed.invalid);
  const given = parsed.value;
  await lockConsumer(db, consumerId);
  const wrong = await whatIsWrong(visit, given);
  if (wrong) return refuseField(visit.form, ...wrong);
  const recorded = await recordService(db, benchOf(me, services.shelf), {
    consumerId,
    programId: given.program ?? null,
    kind: given.kind,
    day: given.day,
    starts: given.starts,
    ends: given.ends,
    privateMinutes: 0,
    setting: (given.setting ?? null) as Setting | null,
    consumerPresent: given.consumer ? given.consumer === "yes" : null,
    supportsPresent: given.supports ?? null,
    planDiscussed: null,
    performerId: given.performer,
    conferenceId: null,
    awaitsCosign: await awaitsCosign(
      db,
      { by: given.performer, on: given.day },
      me.staffId,
      me.agency.cosignAssociates,
    ),
    recordedBy: me.staffId,
  });
  if (!recorded) {
    return refuseField(
      visit.form,
      "ends",
      "It comes to no whole unit, so there is no service to record. Write it up where you keep contacts.",
    );
  }
  const which = { consumerId, serviceId: recorded.serviceId };
  await addSessionNote(db, by, which, { text: given.note || null, goals: given.goals });
  if (given.appointment) await holdAppointment(db, by, consumerId, given.appointment);
  if (given.next_day) await bookNext(visit, given);
  return done(
    paths.service(consumerId, recorded.serviceId),
    [
      recorded.moved.length > 0 ? "Recorded, and the week judged again" : "Recorded",
      ...(given.next_day ? ["the next one is booked"] : []),
    ].join("; "),
  );
}

/** The first thing that parsing alone could not find: the field, and what to do about it. */
async function whatIsWrong(
  { db, consumerId, me, today }: FormVisit,
  given: SessionGiven,
): Promise<[field: string, message: string] | null> {
  if (!Object.hasOwn(kindsFor(me.agency.locale), given.kind)) return ["kind", "Choose a service"];
  if (given.day > today) return ["day", "That day is still to come"];
  if (given.setting && !Object.hasOwn(settings, given.setting)) return ["setting", "Choose one"];
  const colleagues = await findColleagues(db, consumerId);
  if (!colleagues.some(({ id }) => id === given.performer)) {
    return ["performer", "Choose who performed it"];
  }
  const programs = await findEnrolledPrograms(db, consumerId);
  if (given.program && !programs.some(({ id }) => id === given.program)) {
    return ["program", "Choose one they were enrolled in"];
  }
  const goals = new Set((await findOpenGoals(db, consumerId)).map(({ lineage }) => lineage));
  if (given.goals.some((goal) => !goals.has(goal))) return ["goals", "Choose goals of the plan"];
  if (!given.next_day) return null;
  if (given.next_day < today) return ["next_day", "Choose today or a later day"];
  if (!(await findRooms(db)).some(({ id }) => id === given.next_room)) {
    return ["next_room", "Choose a room"];
  }
  const slot = nextSlot(given);
  if (slot.starts >= slot.ends) return ["next_time", "It would go on past midnight"];
  if (given.accept !== "on" && (await findClashes(db, slot)).length > 0) {
    return [
      "accept",
      "The room or the colleague is taken at that time: tick this to book it anyway",
    ];
  }
  return null;
}

/** The next session: as long as this one, with the same colleague. */
function nextSlot(given: SessionGiven) {
  const { next_day, next_time, next_room } = given;
  if (!next_day || !next_time || !next_room) throw new Error("the form asks for all three");
  const ends = minutesLater(next_time, minutesBetween(given.starts, given.ends));
  return { day: next_day, starts: next_time, ends, roomId: next_room, staffId: given.performer };
}

async function bookNext({ db, me, consumerId }: FormVisit, given: SessionGiven) {
  // What an appointment is for says nothing that the front desk should not read.
  await bookAppointment(db, me, consumerId, nextSlot(given), { kind: "session" });
}
