import { addDays, type Day } from "../kernel/day.ts";
import type { Acting, Database } from "../storage/database.ts";
import type { DemonstrationAgency } from "./agency.ts";
import { bedsOf, Rows } from "./bulk-rows.ts";
import { addCare, addEnding, addIntake } from "./generate-episode.ts";
import { addStays } from "./generate-stays.ts";
import { chances, type Life, live, residents, type Shape } from "./lives.ts";

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

/** People who stayed wherever a bed was free, until the beds were as full as those of real houses. */
export async function fillBeds(
  owner: Database,
  agency: DemonstrationAgency,
  wanted: Omit<Wanted, "people" | "shape">,
): Promise<number> {
  const kinds = new Map(Object.entries(wanted.programs).map(([kind, { id }]) => [id, kind]));
  return owner.transaction().execute(async (db) => {
    const beds = await bedsOf(db, [...kinds.keys()]);
    const lives: { life: Life; seed: number }[] = [];
    for (const [index, bed] of beds.all.entries()) {
      const kind = kinds.get(bed.program_id) ?? "";
      for (const [nth, gap] of gapsOf(bed.taken, wanted).entries()) {
        const made = residents(wanted.seed * 7_001 + index * 101 + nth, {
          ...{ kind, women: bed.women_only, from: gap.from, until: gap.until },
          last: wanted.until,
        });
        for (const life of made) {
          for (const stay of life.episodes[0]?.stays ?? []) {
            stay.bed = { id: bed.id, unitId: bed.unit_id };
            bed.taken.push({ from: stay.from, to: stay.to });
          }
          // Apart from those of the lives above, whose numbers are made of theirs.
          lives.push({ life, seed: wanted.seed * 1_000_003 + 500_000 + lives.length });
        }
      }
    }
    await write(db, agency, { ...wanted, people: 0, shape: "community" }, lives);
    return lives.length;
  });
}

/** The days of a period on which a bed is free. */
export function gapsOf(
  taken: readonly { from: Day; to: Day | null }[],
  { from, until }: { from: Day; until: Day },
): { from: Day; until: Day }[] {
  const gaps: { from: Day; until: Day }[] = [];
  let free: Day = from;
  for (const span of [...taken].sort((a, b) => (a.from < b.from ? -1 : 1))) {
    const end = span.from < until ? span.from : until;
    if (free < end) gaps.push({ from: free, until: end });
    if (span.to === null) return gaps;
    if (span.to > free) free = span.to;
  }
  if (free < until) gaps.push({ from: free, until });
  return gaps;
}

async function write(
  db: Acting,
  { agencyId: agency_id, phone }: DemonstrationAgency,
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
      if (episode.closed)
        addEnding(rows, at, episode, episode.closed, { by, phone, until: wanted.until });
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
          // Since when they use again, where they say so on the telephone.
          relapsed_on:
            (seed + index) % 4 === 0 ? null : addDays(episode.opened, -(1 + ((seed + index) % 12))),
        });
      }
      previous_id = episode_id;
    }
  }
  await rows.write();
}
