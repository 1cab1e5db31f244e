import { sql } from "kysely";
import { addDays, type Day } from "../kernel/day.ts";
import type { Acting, Database } from "../storage/database.ts";
import type { DemonstrationAgency } from "./agency.ts";
import { chances, type Life, type LivedEpisode, live, type Shape } from "./lives.ts";

/** Who is made, and where: so many people over so many days up to `until`. */
export type Wanted = {
  people: number;
  from: Day;
  until: Day;
  seed: number;
  shape: Shape;
  /** Only those whose last episode has closed: a past without anybody new on today's lists. */
  closedOnly?: boolean;
  /** The programme of each kind of stay, and its staff by turns. */
  programs: Readonly<Record<string, { id: string; staff: readonly string[] }>>;
  session: { kind: string; setting: string };
};

/**
 * Fills an agency with lives: who came, waited, stayed, left and came back, at realistic rates. The
 * same wish and seed give the same lives; ids are new. Fast: ten thousand people in about a minute.
 */
export async function generate(
  owner: Database,
  agency: DemonstrationAgency,
  wanted: Wanted,
): Promise<number> {
  let made = 0;
  for (let first = 0; made < wanted.people; first += BATCH) {
    const lives: { life: Life; seed: number }[] = [];
    for (let n = 0; n < BATCH && made < wanted.people; n++) {
      const seed = wanted.seed * 1_000_003 + first + n;
      const life = live(seed, wanted, wanted.shape);
      if (wanted.closedOnly && life.episodes.at(-1)?.closed == null) continue;
      lives.push({ life, seed });
      made++;
    }
    if (lives.length > 0)
      await owner.transaction().execute((db) => write(db, agency, wanted, lives));
  }
  return made;
}

const BATCH = 250;

async function write(
  db: Acting,
  { agencyId: agency_id }: DemonstrationAgency,
  wanted: Wanted,
  lives: readonly { life: Life; seed: number }[],
) {
  const rows = new Rows(db);
  const beds = await bedsOf(
    db,
    Object.values(wanted.programs).map(({ id }) => id),
  );
  for (const { life, seed } of lives) {
    const chance = chances(seed ^ 0x5eed);
    const consumer_id = crypto.randomUUID();
    const whose = { agency_id, consumer_id };
    const kinds = life.episodes[0]?.stays.map(({ kind }) => kind) ?? [];
    const team = wanted.programs[kinds.at(-1) ?? "community"] ?? Object.values(wanted.programs)[0];
    if (!team) throw new Error("no programme to put anybody into");
    const by = chance.pick(team.staff);
    rows.add("consumer", {
      ...{ id: consumer_id, agency_id, created_by: by, search_key: "" },
      number: `G-${String(100_000 + ((seed * 7_919) % 900_000))}-${String(seed % 1000).padStart(3, "0")}`,
      given_name: life.given,
      family_name: life.family,
      date_of_birth: life.born,
      phone: null,
    });
    let previous_id: string | null = null;
    for (const [index, episode] of life.episodes.entries()) {
      const episode_id = crypto.randomUUID();
      const at = { ...whose, episode_id };
      rows.add("episode", {
        ...whose,
        id: episode_id,
        previous_id,
        opened_on: episode.opened,
        closed_on: episode.closed,
        closed_reason: episode.reason,
      });
      const intake = addIntake(rows, at, episode, { by, wanted, seed: seed + index });
      addStays(rows, at, episode, { by, wanted, beds, intake });
      addCare(rows, at, episode, { by, wanted, chance });
      if (episode.closed) addEnding(rows, at, episode, episode.closed, { by });
      if (episode.seenAfter !== null) {
        rows.add("come_back", {
          ...at,
          previous_id,
          asked_at: `${episode.opened}T10:00:00Z`,
          taken_by: by,
          told_staff_id: by,
          told_seen_at: `${episode.opened}T11:00:00Z`,
          seen_at:
            addDays(episode.opened, episode.seenAfter) <= wanted.until
              ? `${addDays(episode.opened, episode.seenAfter)}T12:00:00Z`
              : null,
          seen_how: "In person",
        });
      }
      previous_id = episode_id;
    }
  }
  await rows.write();
}

type At = { agency_id: string; consumer_id: string; episode_id: string };

/** How it began: the referral, its triage, the assessment. Gives the id of the wait for a start. */
function addIntake(
  rows: Rows,
  at: At,
  episode: LivedEpisode,
  { by, wanted, seed }: { by: string; wanted: Wanted; seed: number },
): string {
  const { episode_id, ...whose } = at;
  const enrolment_id = crypto.randomUUID();
  const referral_in_id = crypto.randomUUID();
  const first = episode.stays[0];
  const program = (first && wanted.programs[first.kind]) ?? Object.values(wanted.programs)[0];
  rows.add("enrolment", {
    ...at,
    id: enrolment_id,
    program_id: program?.id,
    requested_on: episode.opened,
    valid_from: first?.from ?? null,
    valid_to: first ? first.to : episode.closed,
    end_reason: (first ? first.to : episode.closed)
      ? first && first.to !== episode.closed
        ? "transferred"
        : (episode.reason ?? "transferred")
      : null,
  });
  rows.add("referral_in", {
    ...at,
    id: referral_in_id,
    enrolment_id,
    received_at: `${episode.opened}T09:30:00Z`,
    recorded_at: `${episode.opened}T09:40:00Z`,
    source: episode.source,
    urgency: episode.urgency,
    reason: "Asks for help with substance use.",
    pregnant: seed % 97 === 0,
    injecting: seed % 5 === 0,
    recorded_by: by,
  });
  if (episode.triaged) {
    rows.add("triage", {
      ...whose,
      referral_in_id,
      decided_at: `${episode.triaged}T14:00:00Z`,
      decided_by: by,
      outcome: episode.onward ? "assess" : "advice",
      urgency: episode.urgency,
      priority: seed % 97 === 0,
    });
  }
  if (episode.assessed) {
    rows.add("assessment", {
      ...at,
      started_on: episode.assessed,
      started_by: by,
      completed_at: `${episode.assessed}T15:30:00Z`,
      completed_by: by,
      injecting: seed % 5 === 0 ? "now" : seed % 3 === 0 ? "before" : "never",
      housing: seed % 9 === 0 ? "none" : seed % 4 === 0 ? "problem" : "settled",
      severe_mental_illness: seed % 12 === 0,
      liver_disease: seed % 10 === 0,
      children_at_home: seed % 4 === 0 ? 1 + (seed % 3) : 0,
      risk_to_self: seed % 20 === 0 ? "some" : "none",
    });
  }
  return enrolment_id;
}

/** Where they stayed: programmes one after the other, and beds where there were any free. */
function addStays(
  rows: Rows,
  at: At,
  episode: LivedEpisode,
  { by, wanted, beds }: { by: string; wanted: Wanted; beds: Beds; intake: string },
) {
  const { episode_id, ...whose } = at;
  for (const [index, stay] of episode.stays.entries()) {
    const program = wanted.programs[stay.kind];
    if (!program) continue;
    if (index > 0) {
      rows.add("enrolment", {
        ...at,
        program_id: program.id,
        requested_on: addDays(stay.from, -3),
        valid_from: stay.from,
        valid_to: stay.to,
        end_reason: stay.to ? (stay.to === episode.closed ? episode.reason : "transferred") : null,
      });
    }
    const bed = beds.take(program.id, stay.from, stay.to);
    if (!bed) continue;
    const placement_id = crypto.randomUUID();
    const ended =
      stay.to === null
        ? {}
        : {
            ended_on: stay.to,
            end_planned: stay.to !== episode.closed || episode.planned,
            end_reason: episode.planned || stay.to !== episode.closed ? "completed" : "left-early",
          };
    rows.add("placement", {
      ...at,
      id: placement_id,
      unit_id: bed.unitId,
      requested_on: addDays(stay.from, -3),
      requested_by: by,
      admitted_on: stay.from,
      expected_to: stay.to ?? addDays(stay.from, 84),
      ...ended,
    });
    rows.add("bed_stay", {
      ...whose,
      placement_id,
      bed_id: bed.id,
      starts_on: stay.from,
      ends_on: stay.to ?? addDays(wanted.until, 60),
      arrived_on: stay.from,
      left_on: stay.to,
      booked_by: by,
    });
  }
}

/** What was done: a keyworker, a plan, sessions, and how life was going. */
function addCare(
  rows: Rows,
  at: At,
  episode: LivedEpisode,
  { by, wanted, chance }: { by: string; wanted: Wanted; chance: ReturnType<typeof chances> },
) {
  const { episode_id, ...whose } = at;
  if (episode.assessed) {
    rows.add("assignment", {
      ...whose,
      staff_id: by,
      part: "keyworker",
      valid_from: episode.assessed,
      valid_to: episode.closed,
    });
  }
  const first = episode.stays[0];
  if (first) {
    rows.add("care_plan", {
      ...at,
      version: 1,
      state: "active",
      review_on: addDays(first.from, 90),
      agreed_on: first.from,
      agreed_by: "consumer",
      created_by: by,
      activated_by: by,
      activated_at: `${first.from}T16:00:00Z`,
    });
  }
  for (const day of episode.sessions) {
    const stay = episode.stays.findLast(({ from }) => from <= day);
    rows.add("service", {
      ...whose,
      program_id: wanted.programs[stay?.kind ?? ""]?.id ?? null,
      kind: wanted.session.kind,
      service_date: day,
      start_time: "10:00",
      end_time: "10:45",
      units: 3,
      setting: wanted.session.setting,
      consumer_present: true,
      performer_id: by,
      recorded_at: `${day}T12:00:00Z`,
      recorded_by: by,
    });
  }
  const use = chance.between(4, 28);
  for (const [step, { stage, on }] of episode.measures.entries()) {
    const less = Math.max(0, Math.round(use * 0.6 ** step) + chance.between(-2, 3));
    rows.add("outcome_measure", {
      ...at,
      stage,
      measured_on: on,
      alcohol_days: Math.min(28, less),
      opiate_days: chance.of(0.4) ? Math.min(28, less) : 0,
      cannabis_days: chance.between(0, 14),
      injecting_days: 0,
      work_days: Math.min(20, step * 4 + chance.between(0, 3)),
      psychological_health: Math.min(20, chance.between(5, 9) + step * 2),
      physical_health: Math.min(20, chance.between(6, 11) + step * 2),
      quality_of_life: Math.min(20, chance.between(4, 9) + step * 2),
      recorded_at: `${on}T12:00:00Z`,
      recorded_by: by,
    });
  }
}

/** How it ended: what was asked on leaving, who reached them, and the plan to stay well. */
function addEnding(rows: Rows, at: At, episode: LivedEpisode, closed: Day, { by }: { by: string }) {
  const { episode_id, ...whose } = at;
  const leaving_id = crypto.randomUUID();
  const lives = episode.reason !== "died";
  rows.add("leaving", {
    ...at,
    id: leaving_id,
    ended_on: closed,
    planned: episode.planned,
    reason: episode.reason ?? "other",
    contact_due: lives ? `${addDays(closed, 2)}T17:00:00Z` : null,
    ...(lives && {
      overdose_advice: "given",
      overdose_advice_on: closed,
      overdose_advice_by: by,
      naloxone: "given",
      naloxone_on: closed,
      naloxone_by: by,
    }),
    recorded_at: `${closed}T17:00:00Z`,
    recorded_by: by,
  });
  if (lives) {
    const on = addDays(closed, Math.max(1, Math.round(episode.reachedAfter / 24)));
    rows.add("leaving_contact", {
      ...whose,
      leaving_id,
      at: `${on}T11:00:00Z`,
      how: "telephone",
      reached: true,
      recorded_at: `${on}T11:05:00Z`,
      recorded_by: by,
    });
  }
  if (episode.aftercare) {
    rows.add("aftercare_plan", {
      ...at,
      version: 1,
      state: "active",
      call_first: "My keyworker",
      back_where: "The front desk",
      back_who_id: by,
      back_phone: "01632 960140",
      back_within_days: 5,
      review_on: addDays(closed, 91),
      agreed_on: closed,
      agreed_by_whom: "consumer",
      created_by: by,
      activated_by: by,
      activated_at: `${closed}T16:00:00Z`,
    });
  }
}

type Beds = Awaited<ReturnType<typeof bedsOf>>;

/** Beds of the programmes' units with the days that are taken, to take more of. */
async function bedsOf(db: Acting, programs: readonly string[]) {
  const { rows } = await sql<{
    id: string;
    unit_id: string;
    program_id: string;
    taken: { from: Day; to: Day | null }[] | null;
  }>`
    SELECT b.id, b.unit_id, u.program_id,
      (SELECT json_agg(json_build_object('from', lower(s.during), 'to', upper(s.during))) FROM bed_stay s
        WHERE s.bed_id = b.id AND NOT isempty(s.during)) AS taken
    FROM bed b JOIN unit u ON u.id = b.unit_id
    WHERE b.active AND NOT b.overflow AND NOT b.child_place AND NOT u.women_only AND u.program_id = ANY (${sql.val([...programs])}::uuid[])
    ORDER BY b.id`.execute(db);
  const beds = rows.map((row) => ({ ...row, taken: row.taken ?? [] }));
  return {
    take(program: string, from: Day, to: Day | null): { id: string; unitId: string } | null {
      const bed = beds.find(
        (one) =>
          one.program_id === program &&
          one.taken.every(
            (span) => (span.to !== null && span.to <= from) || (to !== null && span.from >= to),
          ),
      );
      bed?.taken.push({ from, to });
      return bed ? { id: bed.id, unitId: bed.unit_id } : null;
    },
  };
}

/** Rows of many tables, written at once in the order in which tables were first named. */
class Rows {
  private readonly tables = new Map<string, Record<string, unknown>[]>();
  private readonly db: Acting;
  constructor(db: Acting) {
    this.db = db;
  }
  add(table: string, row: Record<string, unknown>): void {
    const rows = this.tables.get(table) ?? [];
    this.tables.set(table, rows);
    rows.push({ id: crypto.randomUUID(), ...row });
  }
  async write(): Promise<void> {
    for (const [table, rows] of this.tables) {
      const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))];
      const names = sql.join(columns.map((name) => sql.ref(name)));
      // As JSON one statement takes any number of rows; PostgreSQL reads each value as its column's type.
      await sql`INSERT INTO ${sql.table(table)} (${names})
        SELECT ${names} FROM jsonb_populate_recordset(NULL::${sql.table(table)}, ${JSON.stringify(rows)}::jsonb)`.execute(
        this.db,
      );
    }
  }
}
