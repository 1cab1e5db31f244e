import { type Day, formatDay } from "../kernel/day.ts";
import { formatTime, type TimeOfDay } from "../kernel/time.ts";
import type { AppointmentStatus } from "./appointment.ts";
import type { Setting } from "./service.ts";

/** What there is to tell somebody who is expected. */
export type Telling = "invitation" | "moved" | "cancelled" | "nothing-new";

/**
 * What a support has not heard yet: the meeting, its new time, or that it will not be. A meeting
 * that was called off before they heard of it is nothing to tell, and so is one that is over; null.
 */
export function tellingOf(
  appointment: { status: AppointmentStatus; statusAt: Date | null; createdAt: Date },
  toldAt: Date | null,
): Telling | null {
  const { status, statusAt, createdAt } = appointment;
  if (status === "scheduled") {
    if (toldAt === null) return "invitation";
    return toldAt < createdAt ? "moved" : "nothing-new";
  }
  if (status === "cancelled" && toldAt !== null && statusAt !== null) {
    return toldAt < statusAt ? "cancelled" : "nothing-new";
  }
  return null;
}

/**
 * All that an invitation may say. Whom the meeting is about, what it is for, and who else comes are
 * not among it, so that no text and no file made from this can tell.
 */
export type Meeting = {
  day: Day;
  starts: TimeOfDay;
  ends: TimeOfDay;
  room: string;
  setting: Setting;
  /** The agency's neutral name, and the number to call. */
  from: { name: string; phone: string | null; timeZone: string; locale: "en-US" | "en-GB" };
};

export type Language = "en" | "es";

/** The language an invitation is written in for somebody; null when no text is there in theirs. */
export function languageFor(spoken: string): Language | null {
  const said = spoken.trim().toLowerCase();
  if (/^(es|spanish|español|espanol|castellano)\b/.test(said)) return "es";
  return said === "" || /^(en|english)\b/.test(said) ? "en" : null;
}

/** A neutral letter: a meeting, when, where, whom to call; nothing of what it is about. */
export function invitationText(
  meeting: Meeting,
  { to, language, telling }: { to: string; language: Language; telling: Telling },
): string {
  const say = sayings[language];
  const { from } = meeting;
  const locale = language === "es" ? "es-US" : from.locale;
  const date = formatDay(meeting.day, locale, { dateStyle: "full" });
  const when = `${formatTime(meeting.starts, locale)} – ${formatTime(meeting.ends, locale)}`;
  const called = telling === "cancelled";
  return [
    say.greeting(to),
    say.opening[telling],
    [
      `${say.date}: ${date}`,
      `${say.time}: ${when}`,
      ...(called ? [] : [`${say.place}: ${placeOf(meeting, language)}`]),
    ].join("\n"),
    ...(from.phone ? [called ? say.callAfter(from.phone) : say.call(from.phone)] : []),
    `${say.closing}\n${from.name}`,
  ].join("\n\n");
}

/** Where to go, by how the meeting is held. A room whose name says too much is left out. */
export function placeOf({ room, setting, from }: Meeting, language: Language): string {
  const say = sayings[language];
  if (setting === "telehealth") return say.byVideo;
  if (setting === "telephone") return say.byPhone;
  if (setting === "home" || setting === "community" || setting === "other") return say.agreedPlace;
  return tellsTooMuch(room) ? from.name : `${from.name}, ${room}`;
}

const TELLING =
  /treat|therap|recover|addict|substance|alcohol|drug|opioid|detox|rehab|counsel|clinic|patient|program|conference|famil|group|relapse|sober|withdraw|methadone|medic|ward|cstar|consumer|crisis|assess|intake|peer|adolescen|mother|women|tratamiento|terapia|adicci|droga|consej|programa|conferencia|paciente/i;

/** Whether a name would let its reader guess what somebody comes here for. */
export function tellsTooMuch(name: string): boolean {
  return TELLING.test(name);
}

/** The words of a letter or file, by language. */
export const sayings = {
  en: {
    greeting: (to: string) => `Dear ${to},`,
    opening: {
      invitation: "You are invited to a meeting.",
      moved: "The meeting you were invited to has been moved. This is the new time.",
      cancelled: "The meeting you were invited to will not take place at this time:",
      "nothing-new": "You are invited to a meeting.",
    } satisfies Record<Telling, string>,
    meeting: "A meeting",
    date: "Date",
    time: "Time",
    place: "Place",
    byVideo: "By video; you will get a link",
    byPhone: "By telephone; you will be called",
    agreedPlace: "At the place that was agreed with you",
    call: (phone: string) =>
      `If you cannot come, have questions, or need an interpreter or a step-free way in, please call ${phone}.`,
    callAfter: (phone: string) => `If you have questions, please call ${phone}.`,
    closing: "With kind regards,",
  },
  es: {
    greeting: (to: string) => `Hola, ${to}:`,
    opening: {
      invitation: "Le invitamos a una reunión.",
      moved: "La reunión a la que le invitamos cambió de hora. Esta es la nueva.",
      cancelled: "La reunión a la que le invitamos no tendrá lugar a esta hora:",
      "nothing-new": "Le invitamos a una reunión.",
    } satisfies Record<Telling, string>,
    meeting: "Una reunión",
    date: "Fecha",
    time: "Hora",
    place: "Lugar",
    byVideo: "Por video; recibirá un enlace",
    byPhone: "Por teléfono; le llamaremos",
    agreedPlace: "En el lugar que acordamos con usted",
    call: (phone: string) =>
      `Si no puede venir, tiene preguntas o necesita un intérprete o una entrada sin escalones, llame al ${phone}.`,
    callAfter: (phone: string) => `Si tiene preguntas, llame al ${phone}.`,
    closing: "Saludos cordiales,",
  },
};
