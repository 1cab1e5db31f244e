import { join } from "node:path";
import { type RawBuilder, sql } from "kysely";
import { type Bench, benchOf } from "../compliance/judge.ts";
import { addDays, type Day, weekOf } from "../kernel/day.ts";
import type { TimeOfDay } from "../kernel/time.ts";
import { loadBulletins } from "../policy/shelf.ts";
import { bookConference } from "../services/booking-store.ts";
import type { Draft } from "../services/conference-draft.ts";
import { findGoals, findHeld } from "../services/hold-store.ts";
import { answerCosign } from "../services/note-store.ts";
import { feeds } from "../services/pages/feeds.ts";
import { signConference } from "../services/sign-store.ts";
import { recordService } from "../services/standing-store.ts";
import { type Acting, actingFor } from "../storage/database.ts";
import type { Store } from "../storage/store.ts";
import type { DemonstrationAgency } from "./agency.ts";
import type { DemonstrationPeople } from "./consumers.ts";
import { booked, type PastConference, pastConferences, pastServices } from "./sessions.ts";

const SUPERVISOR = "ruth@demo.example";

type Stage = {
  store: Store;
  agency: DemonstrationAgency;
  people: DemonstrationPeople;
  bench: Bench;
};

/** Holds, signs and books the conferences of the stories the way staff do, so that all is judged. */
export async function installConferences(
  store: Store,
  agency: DemonstrationAgency,
  people: DemonstrationPeople,
): Promise<void> {
  const shelf = await loadBulletins(join(import.meta.dirname, "../../bulletins"));
  if (!shelf.ok) throw new Error("the bulletins do not load");
  const me = { agency: { id: agency.agencyId, jurisdiction: "us-mo" } };
  const stage = { store, agency, people, bench: benchOf(me, shelf.value) };
  for (const conference of pastConferences) await hold(stage, conference);
  for (const service of pastServices) await record(stage, service);
  for (const { who, lead, inDays, start, end, expected } of booked) {
    const day = addDays(agency.today, inDays);
    await actingFor(store.app, agency.staffId(lead), (db) =>
      book(db, stage, { who, lead, day, start, end, expected, room: "Family room" }),
    );
  }
  await moveToItsDay(store);
}

/** A day of a past week, counted from this week's Sunday. */
function past(today: Day, weeksAgo: number, weekday: number): Day {
  return addDays(weekOf(today, "sunday").from, weekday - 7 * weeksAgo);
}

function personOf({ people }: Stage, who: string) {
  const person = people.get(who);
  if (!person) throw new Error(`the demonstration has no ${who}`);
  const supportId = (key: string) => {
    const id = person.supports.get(key);
    if (!id) throw new Error(`${who} has no ${key}`);
    return id;
  };
  return { ...person, supportId };
}

async function book(
  db: Acting,
  stage: Stage,
  it: {
    who: string;
    lead: string;
    day: Day;
    start: string;
    end: string;
    expected: string[];
    room: string;
  },
): Promise<string> {
  const { agency } = stage;
  const person = personOf(stage, it.who);
  const by = { staffId: agency.staffId(it.lead), agency: { id: agency.agencyId } };
  const id = await bookConference(db, by, {
    consumerId: person.consumerId,
    episodeId: person.episodeId,
    programId: person.programId,
    slot: {
      day: it.day,
      starts: it.start as TimeOfDay,
      ends: it.end as TimeOfDay,
      roomId: agency.roomId(it.room),
      staffId: by.staffId,
    },
    purposes: ["3.1.1.2"],
    plan: "treatment-plan",
    supportIds: it.expected.map(person.supportId),
    appointment: null,
  });
  if (!id) throw new Error("the demonstration's booking was refused");
  return id;
}

async function hold(stage: Stage, it: PastConference): Promise<void> {
  const { store, agency, bench } = stage;
  const person = personOf(stage, it.who);
  const staffId = agency.staffId(it.lead);
  const room = it.room ?? "Cedar room";
  const day = past(agency.today, it.weeksAgo, it.weekday);
  const which = { consumerId: person.consumerId, conferenceId: "" };
  await actingFor(store.app, staffId, async (db) => {
    which.conferenceId = await book(db, stage, { ...it, day, expected: it.came, room });
    const held = await findHeld(db, which.consumerId, which.conferenceId);
    if (!held) throw new Error("the demonstration's conference is not there");
    const goals = await findGoals(db, which.consumerId);
    const draft = write(held.draft, it, {
      supportId: person.supportId,
      staffId: agency.staffId,
      goal: goals[0]?.lineage ?? "",
      day,
    });
    // They came weeks ago, with consents that held that day.
    const atDoor = new Map(
      it.came.map((key) => [
        person.supportId(key),
        { yes: true as const, consentIds: [], until: null },
      ]),
    );
    const signer = {
      staffId,
      supervisor: false,
      today: agency.today,
      now: "23:59" as TimeOfDay,
      cosignAssociates: true,
    };
    const sent = { draft, version: held.draft_version, atDoor };
    const signed = await signConference(db, bench, signer, which, sent, feeds);
    if (signed?.state !== "signed") {
      throw new Error(`the demonstration's note was not signed: ${JSON.stringify(signed)}`);
    }
  });
  if (it.cosigned) {
    const supervisor = agency.staffId(SUPERVISOR);
    const by = { staffId: supervisor, agency: { id: agency.agencyId }, supervisor: true };
    await actingFor(store.app, supervisor, (db) =>
      answerCosign(db, bench, by, which, { cosign: true, remark: null }),
    );
  }
}

function write(
  draft: Draft,
  it: PastConference,
  names: {
    supportId: (key: string) => string;
    staffId: (email: string) => string;
    goal: string;
    day: Day;
  },
): Draft {
  const who = (key: string) => (key === "consumer" ? "consumer" : names.supportId(key));
  return {
    ...draft,
    before: { word: "yes", minutes: it.privateMinutes ?? 0, safe: "yes", notSaid: "" },
    here: {
      ...draft.here,
      consumer: it.consumerCame === undefined ? "yes" : it.consumerCame,
      supports: it.came.map((key) => ({
        ...{ id: names.supportId(key), came: "yes" as const, remote: false, heard: "" },
      })),
    },
    plan: it.plan,
    barriers: it.barrier ? [{ id: "1", goal: names.goal, text: it.barrier }] : [],
    triggers: it.trigger ? [{ id: "1", text: it.trigger[0] }] : [],
    strategies: it.trigger
      ? [{ id: "1", trigger: "1", text: it.trigger[1], helper: it.trigger[2] }]
      : [],
    points: it.point ? [{ id: "1", text: it.point, responsible: "", due: "" }] : [],
    need: it.need
      ? {
          ...{ result: "found", remark: "", kind: "family-therapy", what: it.need.what },
          ...{ forWhom: "consumer", support: "", owner: names.staffId(it.need.owner) },
          due: addDays(names.day, it.need.days),
        }
      : { ...draft.need, result: "none" },
    agreements: (it.agreed ?? []).map(([key, what], index) => ({
      ...{ id: String(index), who: who(key), what, due: "" },
    })),
    note: it.note,
  };
}

async function record(stage: Stage, it: (typeof pastServices)[number]): Promise<void> {
  const { agency, bench, store } = stage;
  const person = personOf(stage, it.who);
  const staffId = agency.staffId(it.by);
  await actingFor(store.app, staffId, (db) =>
    recordService(db, bench, {
      consumerId: person.consumerId,
      programId: person.programId,
      kind: it.kind,
      day: past(agency.today, it.weeksAgo, it.weekday),
      starts: it.start as TimeOfDay,
      ends: it.end as TimeOfDay,
      privateMinutes: 0,
      setting: "office",
      consumerPresent: true,
      supportsPresent: it.kind === "family-therapy" ? 1 : 0,
      planDiscussed: null,
      performerId: staffId,
      conferenceId: null,
      awaitsCosign: false,
      recordedBy: staffId,
    }),
  );
}

/**
 * Everything was written just now: it is dated to the evening of its own day instead. Only the
 * owner can do that, and only by setting aside what keeps signed things as they were signed.
 */
async function moveToItsDay({ owner }: Store): Promise<void> {
  const evening = sql`(day + ends + interval '1 hour') AT TIME ZONE 'America/Chicago'`;
  const recorded = sql`(service_date + end_time + interval '1 hour') AT TIME ZONE 'America/Chicago'`;
  const fed = ["barrier", "relapse_trigger", "relapse_strategy", "discharge_point"];
  await owner.transaction().execute(async (db) => {
    const change = async (table: string, set: RawBuilder<unknown>) => {
      await sql`ALTER TABLE ${sql.table(table)} DISABLE TRIGGER USER`.execute(db);
      await sql`UPDATE ${sql.table(table)} t SET ${set}`.execute(db);
      await sql`ALTER TABLE ${sql.table(table)} ENABLE TRIGGER USER`.execute(db);
    };
    await change(
      "conference",
      sql`signed_at = ${evening}, created_at = ${evening} - interval '9 days',
        cosigned_at = CASE WHEN cosigned_at IS NOT NULL THEN ${evening} + interval '1 day' END
        FROM appointment a WHERE a.id = t.appointment_id AND t.signed_at IS NOT NULL`,
    );
    await change("service", sql`recorded_at = ${recorded}`);
    await change(
      "judgement",
      sql`judged_at = s.recorded_at FROM service s WHERE s.id = t.service_id`,
    );
    await change(
      "referral",
      sql`found_on = a.day FROM conference c JOIN appointment a ON a.id = c.appointment_id
        WHERE c.id = t.conference_id`,
    );
    for (const table of fed) {
      await change(
        table,
        sql`added_at = c.signed_at FROM conference c WHERE c.id = t.conference_id`,
      );
    }
  });
}
