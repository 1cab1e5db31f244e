import { sql } from "kysely";
import { addDays, type Day } from "../kernel/day.ts";
import type { Acting } from "../storage/database.ts";
import type { Store } from "../storage/store.ts";
import type { DemonstrationAgency } from "./agency.ts";
import { calls, contacts, englandCalls, missouriCalls } from "./calls.ts";
import { installPeople } from "./consumers.ts";
import type { Demonstration } from "./install.ts";
import { englandRelatives, missouriRelatives, relatives } from "./relatives.ts";
import type { Story } from "./stories.ts";

const NIA = "nia@alderway.example";
const GRACE = "grace@alderway.example";
const TOM = "tom@alderway.example";
const ELLIE = "ellie@alderway.example";
const JACK = "jack@alderway.example";

/** Rang the front desk yesterday; nobody has seen him yet. */
const dean: Story = {
  key: "dean",
  given: "Dean",
  family: "Rowntree",
  pronouns: "he/him",
  age: 42,
  phone: "01632 960241",
  safeToCall: "Any time; his wife knows",
  program: "Community Team",
  since: null,
  asked: -1,
  before: { program: "Alder House", from: -390, to: -170, reason: "Completed the programme" },
  keyworker: NIA,
  takenBy: TOM,
  supports: [],
  goals: [],
};

/** Who came back, duty, calls of relatives, and open access, in both agencies. */
export async function installComeBacks(
  store: Store,
  { england, englandPeople, missouri, missouriPeople }: Demonstration,
): Promise<void> {
  const added = await installPeople(store.owner, england, [dean]);
  await store.owner.transaction().execute(async (db) => {
    const rhian = englandPeople.get("rhian");
    const back = added.get("dean");
    if (!rhian || !back) throw new Error("the demonstration has no Rhian or Dean");
    await comeBack(db, england, { ...back, on: -1, by: TOM, told: NIA, seen: null });
    for (const one of [back, rhian]) await assessedBefore(db, england, one);
    await sql`UPDATE consumer SET date_of_birth = NULL, born_about = extract(year FROM date_of_birth)
      WHERE id = ${englandPeople.get("idris")?.consumerId}`.execute(db);
    const call = { ...rhian, on: -18, by: TOM, told: NIA, seen: -16 };
    const team = [NIA, JACK, ELLIE, GRACE];
    await alertOf(db, england, call, await comeBack(db, england, call), onDuty(team, call.on));
    await rota(db, england, team, "01632 960199");
    await calls(db, england, englandCalls, englandPeople.get("callum")?.consumerId ?? null);
    await relatives(db, england, englandRelatives);
    await contacts(db, england, englandPeople.get("pauline")?.consumerId ?? null);

    const walter = missouriPeople.get("walter");
    if (!walter) throw new Error("the demonstration has no Walter");
    const again = {
      ...walter,
      earlierEpisodeId: null,
      ...{ on: -9, by: "flo@demo.example", told: "cole@demo.example", seen: -8 },
    };
    const staff = [
      "ana@demo.example",
      "ben@demo.example",
      "cole@demo.example",
      "ruth@demo.example",
    ];
    const called = await comeBack(db, missouri, again);
    await alertOf(db, missouri, again, called, onDuty(staff, again.on));
    await rota(db, missouri, staff, "573-555-0199");
    await calls(db, missouri, missouriCalls, null);
    await relatives(db, missouri, missouriRelatives);
  });
}

/** What the assessment of the episode before found: an episode that was lived through had one. */
async function assessedBefore(
  db: Acting,
  agency: DemonstrationAgency,
  { consumerId, earlierEpisodeId }: { consumerId: string; earlierEpisodeId: string | null },
): Promise<void> {
  const of = { agency_id: agency.agencyId, consumer_id: consumerId };
  const { opened_on } = await db
    .selectFrom("episode")
    .select("opened_on")
    .where("id", "=", earlierEpisodeId)
    .executeTakeFirstOrThrow();
  const on = addDays(opened_on as Day, 4);
  const by = agency.staffId(NIA);
  const { id } = await db
    .insertInto("assessment")
    .values({
      ...{ ...of, episode_id: earlierEpisodeId ?? "", started_on: on, started_by: by, saves: 2 },
      ...{ injecting: "before", sharing: false, overdose_ever: true, overdose_last_year: false },
      ...{ risk_to_self: "some", risk_to_others: "none", housing: "settled", employment: "none" },
      ...{ pregnant: false, preferred_approaches: ["therapeutic-community"] },
      preferred_locality: "Alderway",
      risk_note: "Low after a break in use; promised to ring before using alone.",
      summary: "Heroin for years, on and off. Wants a long stay away from it, and work after that.",
    })
    .returning("id")
    .executeTakeFirstOrThrow();
  await db
    .insertInto("assessment_substance")
    .values([
      {
        ...{ ...of, assessment_id: id, position: 0, substance: "Heroin", days_used: 26 },
        ...{ route: "smoke", amount: "Half a gram", age_first: 22 },
      },
    ])
    .execute();
  await db
    .updateTable("assessment")
    .set({ completed_at: `${on}T14:20:00Z`, completed_by: by })
    .where("id", "=", id)
    .execute();
}

type Back = {
  consumerId: string;
  episodeId: string;
  earlierEpisodeId: string | null;
  on: number;
  by: string;
  told: string;
  seen: number | null;
};

async function comeBack(db: Acting, agency: DemonstrationAgency, back: Back): Promise<string> {
  const at = (days: number, time: string) => `${addDays(agency.today, days)}T${time}:00Z`;
  const of = { agency_id: agency.agencyId, consumer_id: back.consumerId };
  if (back.earlierEpisodeId) {
    const standing = await db
      .selectFrom("referral_in")
      .select("id")
      .where("episode_id", "=", back.episodeId)
      .executeTakeFirst();
    if (!standing) {
      await db
        .insertInto("referral_in")
        .values({
          ...of,
          episode_id: back.episodeId,
          received_at: at(back.on, "15:40"),
          source: "come-back",
          urgency: back.seen === null ? "routine" : "emergency",
          reason: "Used again after a funeral, three days running",
          recorded_by: agency.staffId(back.by),
          recorded_at: at(back.on, "15:40"),
        })
        .execute();
    }
  }
  const { id } = await db
    .insertInto("come_back")
    .values({
      ...of,
      episode_id: back.episodeId,
      previous_id: back.earlierEpisodeId,
      asked_at: at(back.on, "15:40"),
      relapsed_on: addDays(agency.today, back.on - 3),
      taken_by: agency.staffId(back.by),
      told_staff_id: agency.staffId(back.told),
      told_seen_at: back.seen === null ? null : at(back.on, "16:20"),
      what_and_when: "Used again after a funeral, three days running",
      alone: back.seen !== null,
      overdose: false,
      suicide: back.seen === null ? false : null,
      withdrawal: false,
      pregnant_or_children: back.seen === null ? null : false,
      seen_at: back.seen === null ? null : at(back.seen, "10:30"),
      seen_how: back.seen === null ? null : "Came in",
    })
    .returning("id")
    .executeTakeFirstOrThrow();
  return id;
}

async function alertOf(
  db: Acting,
  agency: DemonstrationAgency,
  back: Back,
  comeBackId: string,
  clinician: string,
): Promise<void> {
  const on = addDays(agency.today, back.on);
  await db
    .insertInto("duty_alert")
    .values({
      agency_id: agency.agencyId,
      consumer_id: back.consumerId,
      come_back_id: comeBackId,
      reasons: ["alone"],
      raised_at: `${on}T15:41:00Z`,
      raised_by: agency.staffId(back.by),
      taken_up_at: `${on}T15:43:00Z`,
      taken_up_by: agency.staffId(clinician),
      closed_at: `${on}T16:10:00Z`,
      closed_by: agency.staffId(clinician),
      what_was_done:
        "Called back at once. Alone in the flat, calm, nothing taken since the morning. Stayed on the line until somebody from next door sat down with them; naloxone is in the kitchen. To be seen in two days.",
    })
    .execute();
}

const BACK = 21;

/** Who has the day shift, so many days from today: whoever takes an alert up has the duty then. */
function onDuty(team: readonly string[], days: number): string {
  return team[(days + BACK) % team.length] ?? "";
}

/** A day shift and the night after it, from three weeks ago to a week ahead. */
async function rota(
  db: Acting,
  agency: DemonstrationAgency,
  team: readonly string[],
  number: string,
) {
  for (let days = -BACK; days <= 7; days++) {
    const day = onDuty(team, days);
    const night = onDuty(team, days + 2);
    for (const [who, from, to, later] of [
      [day, "09:00", "17:00", 0],
      [night, "17:00", "09:00", 1],
    ] as const) {
      await sql`INSERT INTO duty_shift (agency_id, staff_id, starts, ends, reached_on)
        SELECT id, ${agency.staffId(who)}, (${addDays(agency.today, days)}::date + ${from}::time) AT TIME ZONE time_zone,
          (${addDays(agency.today, days + later)}::date + ${to}::time) AT TIME ZONE time_zone, ${number}
        FROM agency WHERE id = ${agency.agencyId}`.execute(db);
    }
  }
}
