import { z } from "zod";
import { judgeCareOnSave } from "../../compliance/care.ts";
import { benchOf } from "../../compliance/judge.ts";
import { may } from "../../people/access.ts";
import { bookFreeBed } from "../../placements/pages/free-beds.ts";
import { bookAppointment, findClashes } from "../../services/booking-store.ts";
import { findSighted } from "../../services/schedule-store.ts";
import {
  checkbox,
  day,
  done,
  identifier,
  optionalText,
  parseForm,
  refuse,
  refuseField,
  text,
} from "../../web/form.tsx";
import { type FormVisit, noSuchPage, type Visit } from "../../web/guard.ts";
import { paths } from "../../web/paths.ts";
import {
  answerComeBack,
  comeBack,
  findComeBack,
  findWho,
  noteTold,
  relapsedOn,
  sawAgain,
  toldOnCall,
} from "../come-back-store.ts";
import { findFreeTimes } from "./free-times.ts";

/** The first free hours with whoever can open the record. */
export async function findSlots(visit: Visit, told: string | null) {
  const { ids } = await findSighted(visit.db, visit.consumerId);
  return findFreeTimes(visit, { first: told, others: ids });
}

const answer = z
  .enum(["yes", "no"])
  .optional()
  .transform((said) => (said === undefined ? null : said === "yes"));
const nothing = (typed: string | undefined) => typed ?? null;
// A tick is a yes; without one nothing was said.
const ticked = checkbox.transform((on) => (on ? true : null));
const callForm = z.object({
  what_and_when: optionalText(1000).transform(nothing),
  callback: optionalText(200).transform(nothing),
  relapsed_on: day("Give a date, or leave it empty").optional(),
  alone: answer,
  overdose: answer,
  suicide: answer,
  withdrawal: answer,
  pregnant_or_children: answer,
  pregnant: ticked,
  children_at_home: ticked,
  injecting: ticked,
});
const slotForm = z.object({
  day: day(),
  starts: z.string().regex(/^\d\d:00$/),
  staff: identifier(),
  room: identifier(),
});

/** What is pressed on the page of somebody who comes back. */
export async function actOnCall(visit: FormVisit) {
  const { db, form, consumerId } = visit;
  const here = paths.comeBack(consumerId);
  const intent = form.get("intent");
  if (intent === "open") {
    const read = readCall(visit);
    if (read.refused) return read.refused;
    const back = await comeBack(db, consumerId, read.value);
    if (!back) throw noSuchPage();
    if (read.value.relapsed_on) await relapsedOn(db, back.id, read.value.relapsed_on);
    await toldOnCall(db, back.id, read.value);
    if (back.opened) {
      await judgeCareOnSave(db, benchOf(visit.me, visit.services.shelf), consumerId);
    }
    // Whether an episode was open is nobody's to know who has no record.
    const knows = (await findWho(db, consumerId))?.whole_record;
    return done(here, knows && back.opened ? "The way back is open" : "The call is kept");
  }
  const call = await findComeBack(db, consumerId);
  if (!call) throw noSuchPage();
  if (intent === "answers") {
    const read = readCall(visit);
    if (read.refused) return read.refused;
    await answerComeBack(db, call.id, read.value);
    if (read.value.relapsed_on) await relapsedOn(db, call.id, read.value.relapsed_on);
    await toldOnCall(db, call.id, read.value);
    return done(here, "Kept");
  }
  if (intent === "told") {
    await noteTold(db, consumerId, call.id);
    return done(here, "Noted: you know");
  }
  if (intent === "seen") {
    const parsed = parseForm(z.object({ how: text(500) }), form);
    if (parsed.invalid) return refuse(parsed.invalid);
    await sawAgain(db, consumerId, call.id, parsed.value.how);
    return done(here, "Seen: the clock has stopped");
  }
  if (intent === "book") return book(visit, call.told_id);
  if (intent === "bed") {
    const knows = (await findWho(db, consumerId))?.whole_record;
    if (!knows || call.seen_at) throw noSuchPage();
    return bookFreeBed(visit);
  }
  throw noSuchPage();
}

function readCall({ form, today }: FormVisit) {
  const parsed = parseForm(callForm, form);
  if (parsed.invalid) return { refused: refuse(parsed.invalid) };
  const { value } = parsed;
  if (value.relapsed_on && value.relapsed_on > today) {
    return { refused: refuseField(form, "relapsed_on", "That day is still to come") };
  }
  // Which of the two it is says that it is one of them.
  const which = value.pregnant || value.children_at_home;
  return { value: { ...value, pregnant_or_children: which ? true : value.pregnant_or_children } };
}

/** Books one of the hours that were offered; a moment later it may be taken. */
async function book(visit: FormVisit, told: string | null) {
  const { db, me, form, consumerId } = visit;
  if (!may(me.roles, "appointment.write")) throw noSuchPage();
  const taken = () => refuseField(form, "form", "That time was just taken: choose another");
  const parsed = parseForm(slotForm, form);
  if (parsed.invalid) return taken();
  const { value } = parsed;
  const offered = await findSlots(visit, told);
  const slot = offered.find(
    (one) =>
      one.day === value.day &&
      one.starts === value.starts &&
      one.staffId === value.staff &&
      one.roomId === value.room,
  );
  if (!slot || (await findClashes(db, slot)).length > 0) return taken();
  await bookAppointment(db, me, consumerId, slot);
  return done(paths.comeBack(consumerId), "Booked");
}
