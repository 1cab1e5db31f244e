import { z } from "zod";
import { judgeCareOnSave } from "../../compliance/care.ts";
import { benchOf } from "../../compliance/judge.ts";
import type { Day } from "../../kernel/day.ts";
import {
  checkbox,
  day,
  done,
  identifier,
  optionalText,
  parseForm,
  refuse,
  refuseField,
} from "../../web/form.tsx";
import type { FormVisit } from "../../web/guard.ts";
import { noSuchPage } from "../../web/guard.ts";
import { paths } from "../../web/paths.ts";
import {
  endReasons,
  lastDayBefore,
  type Refusal,
  whyNotAssign,
  whyNotClose,
  whyNotEnd,
  whyNotEnrol,
  whyNotOpen,
  whyNotStart,
} from "../episode.ts";
import { settleOffer } from "../intake-store.ts";
import {
  assign,
  closeEpisode,
  endAssignment,
  endEnrolment,
  enrol,
  findActivePrograms,
  findAssignments,
  findColleagues,
  findEnrolments,
  findEpisodes,
  lockEpisodes,
  openEpisode,
  startEnrolment,
} from "../store.ts";

const reason = z.enum(Object.keys(endReasons) as [keyof typeof endReasons], "Choose why");
const note = optionalText(1000);

const steps = z.discriminatedUnion("step", [
  z.object({ step: z.literal("open"), opened_on: day() }),
  z.object({ step: z.literal("close"), closed_on: day(), reason, note }),
  z.object({
    step: z.literal("enrol"),
    program_id: identifier("Choose one"),
    waits: checkbox,
    valid_from: day().optional(),
  }),
  z.object({ step: z.literal("start"), id: identifier(), valid_from: day() }),
  z.object({ step: z.literal("end"), id: identifier(), valid_to: day(), reason, note }),
  z.object({
    step: z.literal("move"),
    id: identifier(),
    program_id: identifier("Choose one"),
    valid_from: day(),
  }),
  z.object({
    step: z.literal("assign"),
    part: z.enum(["keyworker", "peer-mentor"]),
    staff_id: identifier("Choose a colleague"),
    valid_from: day(),
  }),
  z.object({ step: z.literal("end-part"), id: identifier(), valid_to: day() }),
]);

/**
 * Everything that the page of episodes and programmes can do, one step at a time. A keyworker, and
 * whether an episode stands, are what care is judged by: what is said of it is said anew.
 */
export async function enrolmentAction(visit: FormVisit) {
  const answer = await oneStep(visit);
  if (answer instanceof Response) {
    const { db, me, services, consumerId } = visit;
    await judgeCareOnSave(db, benchOf(me, services.shelf), consumerId);
  }
  return answer;
}

async function oneStep(visit: FormVisit) {
  const { db, by, consumerId, form, today } = visit;
  const parsed = parseForm(steps, form);
  if (parsed.invalid) return refuse(parsed.invalid);
  const given = parsed.value;
  const here = paths.enrolments(consumerId);
  const no = ({ field, message }: Refusal) => refuseField(form, field, message);

  await lockEpisodes(db, consumerId);
  const episodes = await findEpisodes(db, consumerId);
  const enrolments = await findEnrolments(db, consumerId);
  const assignments = await findAssignments(db, consumerId);
  const episode = episodes.find((one) => one.closed_on === null) ?? null;
  const enrolment = "id" in given ? enrolments.find((one) => one.id === given.id) : undefined;

  switch (given.step) {
    case "open": {
      const why = whyNotOpen(episodes, given.opened_on, today);
      if (why) return no(why);
      const previousId = episodes[0]?.id ?? null;
      await openEpisode(db, by, consumerId, { on: given.opened_on, previousId });
      return done(here, "Episode opened");
    }
    case "close": {
      if (!episode) return refuseField(form, "closed_on", "No episode is open.");
      const within = enrolments.filter((one) => one.episode_id === episode.id);
      const standing = assignments.filter((one) => one.valid_to === null);
      const why = whyNotClose(episode, within, standing, given.closed_on, today);
      if (why) return no(why);
      await closeEpisode(db, by, consumerId, {
        episodeId: episode.id,
        on: given.closed_on,
        reason: given.reason,
        note: given.note ?? null,
      });
      // What an ending asks for is next, and not to be looked for.
      return given.reason === "died"
        ? done(here, "Episode closed")
        : done(paths.leaving(consumerId), "Episode closed. This is asked now");
    }
    case "enrol": {
      if (!given.waits && !given.valid_from) {
        return refuseField(form, "valid_from", "Give the first day, or tick that they wait.");
      }
      const from = given.waits ? null : (given.valid_from as Day);
      const wanted = { program_id: given.program_id, from };
      const why = whyNotEnrol(episode, enrolments, wanted, today);
      if (why) return no(why);
      if (!episode || !(await isProgram(visit, given.program_id))) throw noSuchPage();
      await enrol(db, by, consumerId, {
        episodeId: episode.id,
        programId: given.program_id,
        requestedOn: from ? earlier(from, today) : today,
        from,
      });
      return done(here, from ? "Enrolled" : "On the waiting list");
    }
    case "start": {
      const within = episodes.find((one) => one.id === enrolment?.episode_id);
      if (!enrolment || !within) throw noSuchPage();
      const why = whyNotStart(within, enrolment, enrolments, given.valid_from, today);
      if (why) return no(why);
      await startEnrolment(db, consumerId, enrolment.id, given.valid_from);
      await settleOffer(db, by, consumerId, { ...enrolment, on: today });
      return done(here, "First day recorded");
    }
    case "end": {
      if (!enrolment) throw noSuchPage();
      const why = whyNotEnd(enrolment, given.valid_to, today);
      if (why) return no(why);
      await endEnrolment(db, consumerId, enrolment.id, {
        last: given.valid_to,
        reason: given.reason,
        note: given.note ?? null,
      });
      return done(here, "Last day recorded");
    }
    case "move": {
      if (!enrolment) throw noSuchPage();
      const last = lastDayBefore(given.valid_from);
      const wanted = { program_id: given.program_id, from: given.valid_from };
      const why =
        whyNotEnrol(episode, enrolments, wanted, today) ?? whyNotEnd(enrolment, last, today);
      if (why) return no({ ...why, field: why.field === "valid_to" ? "valid_from" : why.field });
      const program = await isProgram(visit, given.program_id);
      if (!episode || !program) throw noSuchPage();
      await endEnrolment(db, consumerId, enrolment.id, {
        last,
        reason: "transferred",
        note: `Moved to ${program.name}`,
      });
      await enrol(db, by, consumerId, {
        episodeId: episode.id,
        programId: program.id,
        requestedOn: earlier(given.valid_from, today),
        from: given.valid_from,
      });
      return done(here, "Moved");
    }
    case "assign": {
      const colleagues = await findColleagues(db, consumerId);
      const colleague = colleagues.find(({ id }) => id === given.staff_id);
      if (!colleague || !mayBe(given.part, colleague)) throw noSuchPage();
      const wanted = { part: given.part, staff_id: colleague.id, from: given.valid_from };
      const why = whyNotAssign(episode, assignments, wanted, today);
      if (why) return no(why);
      await assign(db, by, consumerId, {
        part: given.part,
        staffId: colleague.id,
        from: given.valid_from,
      });
      return done(here, "Saved");
    }
    case "end-part": {
      if (given.valid_to > today) {
        return refuseField(form, "valid_to", "The last day is today or an earlier day.");
      }
      const ended = await endAssignment(db, consumerId, given.id, given.valid_to);
      if (ended) return done(here, "Ended");
      return refuseField(form, "valid_to", "They began after that day, or have ended already.");
    }
  }
}

function earlier(one: Day, other: Day): Day {
  if (one < other) return one;
  return other;
}

async function isProgram({ db }: FormVisit, id: string) {
  return (await findActivePrograms(db)).find((program) => program.id === id);
}

/** A keyworker works in one of the person's programmes, or could not open the record. */
export function mayBe(part: string, colleague: { roles: string[]; in_program: boolean }): boolean {
  if (part === "peer-mentor") return colleague.roles.includes("peer-mentor");
  return colleague.in_program && colleague.roles.some((role) => role !== "peer-mentor");
}
