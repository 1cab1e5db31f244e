import { addDays, type Day } from "../kernel/day.ts";
import type { Acting } from "../storage/database.ts";
import type { Store } from "../storage/store.ts";
import type { DemonstrationAgency } from "./agency.ts";
import { type DemonstrationPeople, installPeople } from "./consumers.ts";
import { foundOfResidents } from "./england-residents-came.ts";
import type { Demonstration } from "./install.ts";
import { type Found, foundInEngland, foundInMissouri } from "./intake-found.ts";
import { waitingStories } from "./intake-people.ts";

/** How somebody came: from whom, how urgent, why; days from today. */
type Came = {
  from: string;
  name?: string;
  urgency?: "emergency" | "urgent" | "routine";
  why: string;
  pregnant?: boolean;
  injecting?: boolean;
  help?: string;
  /** The day of the triage and what it decided; null while nobody has. */
  triage?: { on: number; outcome: string; note?: string } | null;
  /** Help that was given later, while they waited. */
  helped?: { on: number; what: string };
  /** The day on which the assessment was completed; `draft`: begun on it. */
  assessed?: number | null;
  draft?: boolean;
};

const england: Record<string, Came> = {
  keeley: {
    from: "hospital",
    name: "J. Okoro, community midwives",
    urgency: "urgent",
    why: "22 weeks pregnant, using heroin most days. Frightened of being judged; would come with her midwife.",
    pregnant: true,
    help: "Number to call at any hour given",
    triage: null,
  },
  idris: {
    from: "self",
    why: "Cocaine every weekend and now in the week too. Wants to talk before it costs him his marriage.",
    injecting: false,
    triage: { on: -2, outcome: "could-not-reach", note: "Rang after 6 pm as he asked: no answer." },
  },
  callum: {
    from: "court",
    name: "Arrest referral, S. Whitcombe",
    urgency: "urgent",
    why: "Heroin and crack; arrested for shoplifting. Sleeps at a friend's.",
    injecting: true,
    help: "Naloxone given. Needle exchange explained",
    triage: { on: -7, outcome: "assess", note: "Injects in the groin. Seen with priority." },
    helped: { on: -4, what: "Overdose advice given. Number to call at any hour given" },
    assessed: -1,
    draft: true,
  },
  shanice: {
    from: "gp",
    name: "Dr Malik, Harbour Surgery",
    why: "Cannabis all day since she lost her job, wine in the evenings.",
    pregnant: false,
    injecting: false,
    triage: { on: -16, outcome: "assess" },
    assessed: -12,
  },
  rhian: {
    from: "come-back",
    why: "Relapsed three weeks ago; rang her keyworker.",
    pregnant: false,
  },
  kieran: {
    from: "drug-service",
    name: "Harbour needle exchange",
    urgency: "urgent",
    why: "Two overdoses this year. Asks for a detox.",
    injecting: true,
    help: "Naloxone given. Overdose advice given",
  },
  bronwen: {
    from: "social-services",
    name: "R. Idowu, children's social care",
    urgency: "urgent",
    why: "Drinking and cocaine with a three-year-old at home; wants a place for both.",
    pregnant: false,
  },
  desmond: {
    from: "employer",
    name: "Occupational health, Harbour Buses",
    why: "Smelled of alcohol before a shift. His job hangs on getting help.",
    injecting: false,
    triage: { on: -23, outcome: "assess" },
    assessed: -18,
  },
  petra: {
    from: "probation",
    name: "S. Whitcombe, Probation Service",
    urgency: "urgent",
    why: "Spice every day since she left prison; no address yet.",
    triage: null,
  },
};

const missouri: Record<string, Came> = {
  devon: {
    from: "relative",
    name: "His sister",
    urgency: "urgent",
    why: "Fentanyl, found blue on Saturday and brought round by a neighbor.",
    injecting: true,
    help: "Naloxone given",
    triage: null,
  },
  james: { from: "probation", name: "Probation and parole", why: "Condition of his probation." },
  noah: { from: "other", name: "School counselor", why: "Uses before school." },
  maria: { from: "hospital", why: "Overdose of pain tablets, seen in the emergency room." },
};

/** Referrals, triages, assessments and offers of everybody in both agencies. */
export async function installIntake(store: Store, it: Demonstration): Promise<void> {
  const waiting = await installPeople(store.owner, it.england, waitingStories);
  await store.owner.transaction().execute(async (db) => {
    const uk = { agency: it.england, people: new Map([...it.englandPeople, ...waiting]) };
    await chooseClocks(db, it.england, "Community Team", [
      "Samaritans 116 123",
      "NHS 111, mental health option",
    ]);
    await install(db, uk, england, foundInEngland, "nia@alderway.example", "tom@alderway.example");
    await chooseClocks(db, it.missouri, "General Population", ["988 Suicide & Crisis Lifeline"]);
    const us = { agency: it.missouri, people: it.missouriPeople };
    await install(db, us, missouri, foundInMissouri, "ana@demo.example", "flo@demo.example");
    await offers(db, uk);
  });
}

function chooseClocks(
  db: Acting,
  agency: DemonstrationAgency,
  program: string,
  crisis_lines: string[],
) {
  return db
    .updateTable("agency")
    .set({ intake_program_id: agency.programId(program), crisis_lines })
    .where("id", "=", agency.agencyId)
    .execute();
}

type Place = { agency: DemonstrationAgency; people: DemonstrationPeople };

/** Who lives in the house came like everybody: referred, triaged, assessed before a place was asked for. */
export async function residentsCame(db: Acting, place: Place): Promise<void> {
  await install(db, place, {}, foundOfResidents, "nia@alderway.example", "tom@alderway.example");
}

async function install(
  db: Acting,
  { agency, people }: Place,
  came: Record<string, Came>,
  found: Record<string, Found>,
  clinician: string,
  desk: string,
): Promise<void> {
  const { agencyId: agency_id, today } = agency;
  const by = agency.staffId(clinician);
  for (const [key, { consumerId: consumer_id, episodeId: episode_id }] of people) {
    const own = { agency_id, consumer_id };
    const how = came[key] ?? { from: "self", why: "Came to ask for help." };
    const { opened_on } = await db
      .selectFrom("episode")
      .select("opened_on")
      .where("id", "=", episode_id)
      .executeTakeFirstOrThrow();
    const enrolment = await db
      .selectFrom("enrolment")
      .select("id")
      .where("episode_id", "=", episode_id)
      .orderBy("requested_on")
      .executeTakeFirst();
    const urgency = how.urgency ?? "routine";
    const referral = await db
      .insertInto("referral_in")
      .values({
        ...{ ...own, episode_id, enrolment_id: enrolment?.id ?? null, urgency },
        ...{ source: how.from, source_name: how.name ?? null, reason: how.why },
        ...{ pregnant: how.pregnant ?? null, injecting: how.injecting ?? null },
        ...{ interim_help: how.help ?? null, recorded_by: agency.staffId(desk) },
        received_at: `${opened_on}T09:40:00Z`,
      })
      .returning("id")
      .executeTakeFirstOrThrow();
    const triage = how.triage === undefined ? { on: null, outcome: "assess" } : how.triage;
    if (triage) {
      const on = triage.on === null ? opened_on : addDays(today, triage.on);
      await db
        .insertInto("triage")
        .values({
          ...{ ...own, referral_in_id: referral.id, outcome: triage.outcome, urgency },
          ...{ decided_at: `${on}T14:20:00Z`, decided_by: by, note: how.triage?.note ?? null },
          priority: how.pregnant === true || how.injecting === true,
        })
        .execute();
    }
    if (how.helped) {
      const { on, what } = how.helped;
      await db
        .insertInto("interim_help")
        .values({ ...own, episode_id, given_on: addDays(today, on), what, recorded_by: by })
        .execute();
    }
    const what = found[key];
    if (!what || how.triage === null) continue;
    const completed =
      how.assessed === undefined ? addDays(opened_on as Day, 4) : addDays(today, how.assessed ?? 0);
    if (completed >= today) continue;
    const assessment = await db
      .insertInto("assessment")
      .values({
        ...{ ...own, episode_id, started_on: how.draft ? completed : addDays(completed, -1) },
        ...{ started_by: by, saves: 3, pregnant: how.pregnant ?? null, ...what.says },
      })
      .returning("id")
      .executeTakeFirstOrThrow();
    await db
      .insertInto("assessment_substance")
      .values(
        what.substances.map(([substance, days_used, route, amount, age_first], position) => ({
          ...{ ...own, assessment_id: assessment.id, position },
          ...{ substance, days_used, route, amount, age_first },
        })),
      )
      .execute();
    if (how.draft) continue;
    await db
      .updateTable("assessment")
      .set({ completed_at: `${completed}T15:10:00Z`, completed_by: by })
      .where("id", "=", assessment.id)
      .execute();
  }
}

/** Starts that were offered: one accepted, one that nobody has answered yet. */
async function offers(db: Acting, { agency, people }: Place): Promise<void> {
  const { agencyId: agency_id, today } = agency;
  const offered_by = agency.staffId("nia@alderway.example");
  const program_id = agency.programId("Community Team");
  for (const [key, offered, start, answer] of [
    ["tobias", -92, -88, "accepted"],
    ["desmond", -6, -1, null],
  ] as const) {
    const person = people.get(key);
    if (!person) throw new Error(`the demonstration has no ${key}`);
    await db
      .insertInto("start_offer")
      .values({
        ...{ agency_id, consumer_id: person.consumerId, episode_id: person.episodeId, program_id },
        ...{ offered_on: addDays(today, offered), start_on: addDays(today, start), offered_by },
        ...(answer && {
          answer,
          answered_on: addDays(today, offered + 1),
          answered_by: offered_by,
        }),
        note: "Harbour room, 10:00",
      })
      .execute();
  }
}
