import { judgeCareOnSave } from "../../compliance/care.ts";
import { benchOf } from "../../compliance/judge.ts";
import { becomeReferral, findContact } from "../../liaison/open-contact-store.ts";
import { may } from "../../people/access.ts";
import { findMyPrograms, findPerson } from "../../people/store.ts";
import { isId } from "../../storage/id.ts";
import { done } from "../../web/form.tsx";
import type { Visit } from "../../web/guard.ts";
import { paths } from "../../web/paths.ts";
import { findOnDuty } from "../../worklist/duty-store.ts";
import { whyNotOpen } from "../episode.ts";
import {
  findIntakeChoices,
  findIntakeProgram,
  findTeamEnrolment,
  insertReferral,
  type Referral,
  takeReferral,
} from "../intake-store.ts";
import { interimHelp } from "../referral-in.ts";
import {
  enrol,
  findActivePrograms,
  findEnrolments,
  findEpisodes,
  lockEpisodes,
  openEpisode,
} from "../store.ts";
import { findFirstTimes } from "./free-times.ts";
import type { Teams } from "./referral-fields.tsx";

type Refused = { field: string; message: string };

/** Where a clinician's referral of somebody new may go: a programme of theirs. Null: it is the front desk's. */
export async function findTeamsForNew({ db, me }: Visit): Promise<Teams | null> {
  if (!may(me.roles, "record.write")) return null;
  const programs = await findMyPrograms(db);
  return { programs, stays: null };
}

/** The same for somebody who is known: any programme for whoever has their record. */
export async function findTeamsFor(visit: Visit, consumerId: string): Promise<Teams | null> {
  const { db, me, today } = visit;
  if (!may(me.roles, "record.write")) return null;
  const person = await findPerson(db, consumerId);
  if (!person?.whole_record) {
    // Somebody whose record is another programme's: the front desk's way is open to whoever is both.
    return person?.awaiting_program ? findTeamsForNew(visit) : null;
  }
  const open = (await findEpisodes(db, consumerId)).find((one) => one.closed_on === null);
  const stays = open ? await findTeamEnrolment(db, open.id, today) : null;
  return { programs: await findActivePrograms(db), stays: stays?.program ?? null };
}

/** What was written down of a contact of open access that this begins with: nobody types it again. */
async function findBegun({ db, url }: Visit, consumerId: string | null) {
  const id = url.searchParams.get("contact") ?? "";
  const contact = isId(id) ? await findContact(db, id) : null;
  // Of somebody else it says nothing here.
  if (!contact || (contact.consumer_id && contact.consumer_id !== consumerId)) return null;
  return {
    given_name: contact.nickname ?? "",
    source: "open-access",
    reason: contact.note ?? "",
    help: [
      ...(contact.naloxone_given ? [interimHelp[0]] : []),
      ...(contact.overdose_advice ? [interimHelp[1]] : []),
      ...(contact.kinds.includes("needle-exchange") ? [interimHelp[3]] : []),
    ] as string[],
  };
}

/** What the form of a referral offers: where it may go, the first free hours, and who has the duty. */
export async function findReferring(visit: Visit, teams: Teams | null, consumerId: string | null) {
  const choices = teams ? [] : await findIntakeChoices(visit.db);
  const into = teams?.programs.map(({ id }) => id) ?? null;
  return {
    teams,
    choices,
    contact: await findBegun(visit, consumerId),
    times: await findFirstTimes(visit, teams?.stays ? [] : into, consumerId),
    onDuty: await findOnDuty(visit.db),
  };
}

/** Where whoever took a referral goes on. */
export function takenBy({ me }: Visit, consumerId: string, teams: Teams | null, booked: boolean) {
  const taken = booked ? "Referral taken, first appointment booked" : "Referral taken";
  return teams && may(me.roles, "record.write")
    ? done(paths.triage(consumerId), `${taken}: triage is next`)
    : done(paths.person(consumerId), `${taken}: the team has it on its list`);
}

type Wanted = { teams: Teams | null; programId: string | undefined };

/** What can be said of a referral before anything is written; null: it can be taken. */
export async function whyNotTake(
  { db, today }: Visit,
  it: Referral,
  { teams, programId }: Wanted,
): Promise<Refused | null> {
  if (it.receivedOn > today) return { field: "received_on", message: "That day is still to come" };
  if (teams) {
    const known = teams.stays || teams.programs.some(({ id }) => id === programId);
    return known ? null : { field: "program_id", message: "Choose whose team looks at it" };
  }
  if (await findIntakeProgram(db)) return null;
  const choices = await findIntakeChoices(db);
  if (choices.length === 0) return { field: "form", message: refusals["no-intake"] };
  const chosen = choices.some(({ id }) => id === programId);
  return chosen ? null : { field: "program_id", message: "Choose whose team looks at it" };
}

/**
 * Takes the referral: opens an episode when none is open, puts the person on the list of the
 * programme, and writes the referral beside that wait. Says by field what cannot be.
 */
export async function takeIt(
  visit: Visit,
  consumerId: string,
  it: Referral,
  wanted: Wanted,
): Promise<Refused | null> {
  const refused = await takeFor(visit, consumerId, it, wanted);
  // It began as a contact of open access.
  const contact = visit.url.searchParams.get("contact") ?? "";
  if (!refused && isId(contact)) {
    await becomeReferral(visit.db, contact, consumerId);
  }
  if (!refused) {
    await judgeCareOnSave(visit.db, benchOf(visit.me, visit.services.shelf), consumerId);
  }
  return refused;
}

async function takeFor(
  visit: Visit,
  consumerId: string,
  it: Referral,
  wanted: Wanted,
): Promise<Refused | null> {
  const { db, by, today } = visit;
  const refused = await whyNotTake(visit, it, wanted);
  if (refused) return refused;
  const { teams, programId } = wanted;
  if (!teams) {
    const answer = await takeReferral(db, consumerId, it, programId ?? null);
    return answer === "taken" ? null : { field: "form", message: refusals[answer] };
  }
  await lockEpisodes(db, consumerId);
  const episodes = await findEpisodes(db, consumerId);
  const open = episodes.find((one) => one.closed_on === null);
  if (!open) {
    const why = whyNotOpen(episodes, it.receivedOn, today);
    if (why) return { field: "received_on", message: why.message };
  }
  const episodeId =
    open?.id ??
    (await openEpisode(db, by, consumerId, {
      on: it.receivedOn,
      previousId: episodes[0]?.id ?? null,
    }));
  const stays = open ? await findTeamEnrolment(db, open.id, today) : null;
  if (!stays) {
    const wait = { episodeId, programId: programId ?? "", requestedOn: it.receivedOn, from: null };
    await enrol(db, by, consumerId, wait);
  }
  const waits = (await findEnrolments(db, consumerId)).filter(
    (one) => one.episode_id === episodeId && one.valid_from === null && one.valid_to === null,
  );
  const enrolmentId = stays?.id ?? waits[0]?.id ?? null;
  await insertReferral(db, by, { consumerId, episodeId, enrolmentId }, it);
  return null;
}

const refusals = {
  "no-intake":
    "No team is there yet that looks at referrals (Settings, Programs). Put the call through to a clinician.",
  "not-yours": "This person cannot be referred here. Put the call through to a clinician.",
  "to-come": "That moment is still to come.",
} as const;
