import { z } from "zod";
import { now } from "../../kernel/clock.ts";
import { may } from "../../people/access.ts";
import { bookAppointment, findClashes } from "../../services/booking-store.ts";
import { findBookable, findRooms, findSighted, findTaken } from "../../services/schedule-store.ts";
import {
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
import { firstFree, lastDayAhead } from "../come-back-slots.ts";
import { answerComeBack, comeBack, findComeBack, noteTold, sawAgain } from "../come-back-store.ts";

/** The first free hours, with the names of who and where. */
export async function findSlots(
  { db, me, services, today, consumerId }: Visit,
  told: string | null,
) {
  const { ids } = await findSighted(db, consumerId);
  const staff = new Map((await findBookable(db, today)).map(({ id, name }) => [id, name]));
  const rooms = (await findRooms(db)).filter(({ setting }) => setting === "office");
  const free = firstFree({
    now: now(services.clock, me.agency.timeZone),
    taken: await findTaken(db, { from: today, to: lastDayAhead(today) }),
    first: told && staff.has(told) ? told : null,
    others: ids.filter((id) => staff.has(id)),
    rooms: rooms.map(({ id }) => id),
  });
  return free.map((slot) => ({
    ...slot,
    staff: staff.get(slot.staffId) ?? "",
    room: rooms.find(({ id }) => id === slot.roomId)?.name ?? "",
  }));
}

const answer = z
  .enum(["yes", "no"])
  .optional()
  .transform((said) => (said === undefined ? null : said === "yes"));
const nothing = (typed: string | undefined) => typed ?? null;
const callForm = z.object({
  what_and_when: optionalText(1000).transform(nothing),
  callback: optionalText(200).transform(nothing),
  alone: answer,
  overdose: answer,
  suicide: answer,
  withdrawal: answer,
  pregnant_or_children: answer,
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
    const parsed = parseForm(callForm, form);
    if (parsed.invalid) return refuse(parsed.invalid);
    const back = await comeBack(db, consumerId, parsed.value);
    if (!back) throw noSuchPage();
    return done(here, back.opened ? "The way back is open" : "They are with us: the call is kept");
  }
  const call = await findComeBack(db, consumerId);
  if (!call) throw noSuchPage();
  if (intent === "answers") {
    const parsed = parseForm(callForm, form);
    if (parsed.invalid) return refuse(parsed.invalid);
    await answerComeBack(db, call.id, parsed.value);
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
  throw noSuchPage();
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
