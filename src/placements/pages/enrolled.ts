import { enrolmentStatus } from "../../episodes/episode.ts";
import { findIntakeProgram } from "../../episodes/intake-store.ts";
import {
  endEnrolment,
  enrol,
  findEnrolments,
  lockEpisodes,
  startEnrolment,
} from "../../episodes/store.ts";
import { addDays, type Day } from "../../kernel/day.ts";
import type { FormVisit } from "../../web/guard.ts";

// A programme's team sees who waits for it, who is in it and who was: so the enrolment goes along
// with the stay, and nobody has to record it twice.

/** Puts the person on the programme's list, unless they wait for it or are in it already. */
export async function waitFor(
  visit: FormVisit,
  of: { programId: string | null; episodeId: string },
) {
  const { current } = await enrolmentIn(visit, of.programId);
  if (!of.programId || current) return;
  await enrol(visit.db, visit.by, visit.consumerId, {
    ...{ episodeId: of.episodeId, programId: of.programId },
    ...{ requestedOn: visit.today, from: null },
  });
}

/** The first day in the programme is the day they came, or the first day free of an earlier stay in it. */
export async function comeInto(
  visit: FormVisit,
  of: { programId: string | null; episodeId: string; on: Day },
) {
  const { all, current } = await enrolmentIn(visit, of.programId);
  await waitsNoLonger(visit, of);
  if (!of.programId) return;
  const before = all
    .map((one) => one.valid_to ?? "")
    .sort()
    .at(-1);
  const from = before && before >= of.on ? addDays(before as Day, 1) : of.on;
  if (!current) {
    const asked = { episodeId: of.episodeId, programId: of.programId, requestedOn: of.on, from };
    await enrol(visit.db, visit.by, visit.consumerId, asked);
  } else if (current.status !== "in") {
    await startEnrolment(visit.db, visit.consumerId, current.id, from);
  }
}

/**
 * Whoever has come into a bed does not wait for a first look at intake any more. Whoever is in that
 * programme stays in it: it may be the team that goes on caring for them beside the stay.
 */
async function waitsNoLonger(
  visit: FormVisit,
  of: { programId: string | null; episodeId: string; on: Day },
) {
  const intake = await findIntakeProgram(visit.db);
  if (!intake || intake === of.programId) return;
  const { current } = await enrolmentIn(visit, intake);
  if (current?.status !== "waiting" || current.episode_id !== of.episodeId) return;
  const last = of.on < current.requested_on ? (current.requested_on as Day) : of.on;
  await endEnrolment(visit.db, visit.consumerId, current.id, {
    ...{ last, reason: "transferred", note: "Came into a stay" },
  });
}

/** The last day in the programme, or off its list for whoever never came. */
export async function goFrom(
  visit: FormVisit,
  of: { programId: string | null; last: Day; reason: string; note: string | null },
) {
  const { current } = await enrolmentIn(visit, of.programId);
  if (!current) return;
  const first = current.valid_from ?? current.requested_on;
  await endEnrolment(visit.db, visit.consumerId, current.id, {
    last: of.last < first ? (first as Day) : of.last,
    ...{ reason: of.reason, note: of.note },
  });
}

async function enrolmentIn(visit: FormVisit, programId: string | null) {
  if (!programId) return { all: [], current: undefined };
  await lockEpisodes(visit.db, visit.consumerId);
  const enrolments = await findEnrolments(visit.db, visit.consumerId);
  const all = enrolments
    .filter((one) => one.program_id === programId)
    .map((one) => ({ ...one, status: enrolmentStatus(one, visit.today) }));
  const current = all.find(
    (one) => one.valid_to === null && ["waiting", "in", "starts-later"].includes(one.status),
  );
  return { all, current };
}
