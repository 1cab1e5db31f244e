import { z } from "zod";
import { benchOf } from "../../compliance/judge.ts";
import { now } from "../../kernel/clock.ts";
import { fullName } from "../../people/consumer.ts";
import { done, optionalText, parseForm, refuse, refuseField } from "../../web/form.tsx";
import { type FormVisit, noSuchPage, type Visit } from "../../web/guard.ts";
import { paths } from "../../web/paths.ts";
import { type RegisterLine, strayNames } from "../group.ts";
import { findMeeting, type Meeting } from "../group-store.ts";
import { countUnseen, findAddable, findExpectedAt, saveRegister } from "../register-store.ts";
import { findBookable } from "../schedule-store.ts";
import { signRegister } from "../sign-group-store.ts";

/** A register that lists more people of a programme than this is a list nobody can mark. */
export const MOST_LISTED = 40;

export async function getMeeting({ db, params }: Visit): Promise<Meeting> {
  const [groupId = "", id = ""] = [params.supportGroupId, params.groupMeetingId];
  const meeting = await findMeeting(db, groupId, id);
  if (!meeting) throw noSuchPage();
  return meeting;
}

const registerForm = z.object({
  intent: z.enum(["save", "add", "sign"]),
  topic: optionalText(500),
  lead: z.uuid("Choose who led it"),
  somebody: z.uuid().optional(),
  names_ok: z.enum(["on"]).optional(),
  nobody_came: z.enum(["on"]).optional(),
});

/** Keeps a register, adds somebody to it, or signs it. */
export async function registerAction(visit: FormVisit) {
  const { db, me, by, today, form, services, listed } = visit;
  const meeting = await getMeeting(visit);
  const here = paths.groupMeeting(meeting.group_id, meeting.id);
  const supervises = me.roles.some((role) => role === "supervisor" || role === "program-manager");
  if (meeting.signed_at) return signTheirs(visit, meeting, supervises);
  const parsed = parseForm(registerForm, form);
  if (parsed.invalid) return refuse(parsed.invalid);
  const { intent, topic, lead, somebody, names_ok, nobody_came } = parsed.value;
  if (!(await findBookable(db, today)).some(({ id }) => id === lead)) {
    return refuseField(form, "lead", "Choose who led it");
  }
  const lines = await linesOf(visit, meeting, intent === "add" ? (somebody ?? null) : null);
  if (lines === null) return refuseField(form, "somebody", "Choose somebody to add");
  await listed(lines.map(({ consumerId }) => consumerId));
  const tooLong = lines.find(({ note }) => (note?.length ?? 0) > 2000);
  if (tooLong) {
    return refuseField(form, `note:${tooLong.consumerId}`, "At most 2000 characters");
  }
  const [stray] = names_ok ? [] : strayNames(topic ?? "", lines);
  if (stray) {
    const field = stray.consumerId ? `note:${stray.consumerId}` : "topic";
    return refuseField(form, field, `It names somebody else: ${stray.names.join(", ")}`);
  }
  await saveRegister(db, by, meeting.id, { topic: topic ?? null, leadId: lead, lines });
  if (intent !== "sign") return done(here, intent === "add" ? "Added" : "Saved, not signed yet");

  const present = now(services.clock, me.agency.timeZone);
  if (meeting.day === today && meeting.ends > present.time) {
    return undo("By the timetable it is not over yet. Sign when it is; what you wrote is kept.");
  }
  if (lead !== me.staffId && !supervises) {
    return undo("Whoever led it signs, or a supervisor. What you wrote is kept.");
  }
  const said =
    lines.some(({ came }) => came) || nobody_came || (await countUnseen(db, meeting.id)) > 0;
  if (!said && !(lines.length > 0 && lines.every(({ came }) => came === false))) {
    return refuseField(
      form,
      "nobody_came",
      "Nobody is marked: mark who came, or say that nobody did",
    );
  }
  const signed = await signRegister(db, benchOf(me, services.shelf), by, {
    groupId: meeting.group_id,
    meetingId: meeting.id,
  });
  if (signed?.state !== "signed") return done(here, "It was signed already");
  return done(
    signed.waiting > 0 ? here : paths.group(meeting.group_id),
    [
      signed.contacts === 0
        ? "Signed: nobody came"
        : `Signed: a contact of their own for ${people(signed.contacts)}`,
      ...(signed.waiting > 0 ? [`${people(signed.waiting)} of another team wait for theirs`] : []),
    ].join("; "),
  );

  // The register is kept; only signing it waits.
  function undo(why: string) {
    return refuseField(form, "form", why);
  }
}

const people = (count: number) => (count === 1 ? "one person" : `${count} people`);

/** Lines that waited on a signed register, signed by whoever wrote them and may open those records. */
async function signTheirs(visit: FormVisit, meeting: Meeting, supervises: boolean) {
  const { db, me, by, services, listed } = visit;
  const here = paths.groupMeeting(meeting.group_id, meeting.id);
  const { lines } = await findExpectedAt(db, meeting, 0);
  const waiting = lines.filter(({ waits }) => waits);
  const lead = meeting.lead_id === me.staffId;
  if (waiting.length === 0) return done(here, "It was signed already");
  if (!lead && !supervises && waiting.some((line) => line.recorded_by !== me.staffId)) {
    return refuseField(visit.form, "form", "Whoever wrote these lines signs them.");
  }
  await listed(waiting.map(({ consumer_id }) => consumer_id));
  const signed = await signRegister(db, benchOf(me, services.shelf), by, {
    groupId: meeting.group_id,
    meetingId: meeting.id,
  });
  if (signed?.state !== "signed") return done(here, "It was signed already");
  return done(here, `Signed: a contact of their own for ${people(signed.contacts)}`);
}

/** What the form says of everybody who is listed; null when it adds somebody who cannot be. */
async function linesOf({ db, form, today }: FormVisit, meeting: Meeting, added: string | null) {
  const { lines } = await findExpectedAt(db, meeting, MOST_LISTED);
  const said: RegisterLine[] = lines.map((row) => {
    const came = form.get(`came:${row.consumer_id}`);
    const note = String(form.get(`note:${row.consumer_id}`) ?? "").trim();
    return {
      consumerId: row.consumer_id,
      name: fullName(row),
      came: came === "yes" ? true : came === "no" ? false : null,
      note: note || null,
    };
  });
  if (form.get("intent") !== "add") return said;
  const addable = await findAddable(
    db,
    lines.map(({ consumer_id }) => consumer_id),
    today,
  );
  const one = addable.find(({ id }) => id === added);
  if (!one) return null;
  return [...said, { consumerId: one.id, name: fullName(one), came: true, note: null }];
}
