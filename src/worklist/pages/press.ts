import { z } from "zod";
import { askRenewal } from "../../agency/staff-store.ts";
import { judgeCareOnSave } from "../../compliance/care.ts";
import { benchOf } from "../../compliance/judge.ts";
import { noteTold, sawAgain } from "../../episodes/come-back-store.ts";
import { now } from "../../kernel/clock.ts";
import { may } from "../../people/access.ts";
import { findPerson } from "../../people/store.ts";
import { addTry } from "../../plans/leaving-store.ts";
import { answerHanded } from "../../plans/recovery-store.ts";
import { isOver } from "../../services/appointment.ts";
import { findAppointment } from "../../services/booking-store.ts";
import { followUp, settle } from "../../services/settle-store.ts";
import { logAccess } from "../../storage/access-log.ts";
import { done, parseForm, refuse } from "../../web/form.tsx";
import { type FormVisit, noSuchPage } from "../../web/guard.ts";
import { paths } from "../../web/paths.ts";
import { takeUpAlert } from "../duty-store.ts";
import { findTasks } from "../store.ts";
import type { Task, TaskKind } from "../task.ts";

type Press = (
  visit: FormVisit,
  task: Task & { consumerId: string },
  does: string,
) => Promise<string>;

const accepts: Press = async (visit, { consumerId, refId }, does) => {
  const accepted = does === "accept";
  if (!(await answerHanded(visit.db, refId, accepted))) return FASTER;
  // Who gives it without seeing the record judges nothing in it: that is done when the team next saves.
  if ((await findPerson(visit.db, consumerId))?.whole_record) {
    await judgeCareOnSave(visit.db, benchOf(visit.me, visit.services.shelf), consumerId);
  }
  return accepted ? "Kept: you take it on" : "Kept: whoever handed it over asks somebody else";
};

const FASTER = "A colleague has said so meanwhile";

const known: Press = async ({ db }, { consumerId, refId }) => {
  await noteTold(db, consumerId, refId);
  return "Noted: you know";
};
const seen: Press = async ({ db }, { consumerId, refId }) => {
  await sawAgain(db, consumerId, refId, "Seen, as said on the list");
  return "Seen: the clock has stopped";
};

/** Where one press on the list is enough; each has its words in task-kinds.ts. */
const presses: Partial<Record<TaskKind, Press>> = {
  "duty-alert": async ({ db, by }, { refId }) => {
    await takeUpAlert(db, by, refId);
    return "Yours. Whoever raised it sees that";
  },
  "come-back-told": known,
  "called-told": known,
  "come-back": seen,
  called: seen,
  "support-to-accept": accepts,
  "left-not-contacted": async ({ db, by, services }, { consumerId, refId }) => {
    const at = new Date(services.clock().epochMilliseconds);
    const tried = { at, how: "telephone", reached: true, note: null };
    await addTry(db, by, consumerId, refId, tried);
    return "Reached by phone: kept";
  },
  missed: async ({ db, me }, { refId }) =>
    (await followUp(db, me, refId, "reached")) ? "Reached: kept" : FASTER,
};

/** Where a press leads on at once: whoever takes an alert up has to know whom to ring. */
const leads: Partial<Record<TaskKind, (refId: string) => string>> = { "duty-alert": paths.alert };

const pressed = z.object({ kind: z.string(), ref: z.uuid(), does: z.string() });

/** Says what became of an appointment that is over: whoever books may, from the day's list too. */
async function settlePast(
  { db, me, services }: FormVisit,
  ref: string,
  does: string,
  back: string,
) {
  if (!may(me.roles, "appointment.write")) throw noSuchPage();
  const appointment = await findAppointment(db, ref);
  if (!appointment) throw noSuchPage();
  if (!isOver(appointment, now(services.clock, me.agency.timeZone))) {
    return done(back, "It is not over yet");
  }
  const { consumerId } = appointment;
  const status = does === "cancelled" ? "cancelled" : "did-not-come";
  await logAccess(db, me, { action: "write", room: "appointment", consumerIds: [consumerId] });
  if (!(await settle(db, me, ref, status, null))) return done(back, FASTER);
  return done(back, status === "cancelled" ? "Kept: cancelled" : "Kept: did not come");
}

/** Does what a press on a list asks for, if it stands on the list of whoever pressed. */
export async function press(visit: FormVisit, back: string) {
  const parsed = parseForm(pressed, visit.form);
  if (parsed.invalid) return refuse(parsed.invalid);
  const { kind, ref, does: what } = parsed.value;
  if (kind === "came-or-not") return settlePast(visit, ref, what, back);
  const tasks = await findTasks(visit.db, visit.today);
  const task = tasks.find((one) => one.kind === kind && one.refId === ref);
  const does = presses[kind as TaskKind];
  if (!does && kind !== "credential") throw noSuchPage();
  if (task?.kind === "credential") {
    const asked = await askRenewal(visit.db, ref);
    return done(
      back,
      asked ? "Asked for: it is the administrator's task" : "It is asked for already",
    );
  }
  // A colleague, or another window, was faster.
  if (!does || !task?.consumerId) return done(back, "That is done already");
  const { consumerId } = task;
  const room = `self /tasks ${kind}`;
  await logAccess(visit.db, visit.me, { action: "write", room, consumerIds: [consumerId] });
  const to = leads[task.kind]?.(ref) ?? back;
  return done(to, await does(visit, { ...task, consumerId }, what));
}
