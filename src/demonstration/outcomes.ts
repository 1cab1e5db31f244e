import { addDays, type Day, daysBetween } from "../kernel/day.ts";
import { nextMeasure, type Stage } from "../reports/outcome.ts";
import type { Store } from "../storage/store.ts";
import type { Demonstration } from "./install.ts";

/** What everybody was asked in time: use goes down and life gets better, most of the way. */
export async function installOutcomes(store: Store, all: Demonstration): Promise<void> {
  for (const agency of [all.missouri, all.england]) {
    const episodes = await store.owner
      .selectFrom("episode as e")
      .select((eb) => [
        "e.id",
        "e.consumer_id",
        "e.opened_on",
        "e.closed_on",
        eb
          .selectFrom("assignment as a")
          .select("a.staff_id")
          .whereRef("a.consumer_id", "=", "e.consumer_id")
          .where("a.part", "=", "keyworker")
          .orderBy("a.valid_from", "desc")
          .limit(1)
          .as("keyworker"),
      ])
      .where("e.agency_id", "=", agency.agencyId)
      .orderBy("e.opened_on")
      .orderBy("e.id")
      .execute();
    const rows = episodes.flatMap((episode, index) => {
      const { keyworker } = episode;
      // Every seventh start is still to be asked: there is something on the list.
      if (!keyworker || index % 7 === 6) return [];
      return asked(episode, agency.today).map((one, step) => ({
        agency_id: agency.agencyId,
        consumer_id: episode.consumer_id,
        episode_id: episode.id,
        recorded_by: keyworker,
        recorded_at: `${one.measured_on}T15:00:00Z`,
        ...one,
        ...answers(index, step),
      }));
    });
    if (rows.length > 0) await store.owner.insertInto("outcome_measure").values(rows).execute();
  }
}

/** The measures that fell due by today, each a few days after it did. */
function asked(episode: { opened_on: string; closed_on: string | null }, today: Day) {
  const done: { stage: Stage; measured_on: Day }[] = [];
  for (;;) {
    const open = { opened_on: episode.opened_on, closed_on: null };
    const next = nextMeasure(open, done);
    const on = next && addDays(next.due, next.stage === "start" ? -5 : 3);
    if (!next || !on || on > (episode.closed_on ?? today)) break;
    done.push({ stage: next.stage, measured_on: on });
  }
  if (!episode.closed_on) return done;
  const exit = nextMeasure(episode, done);
  if (exit && daysBetween(episode.closed_on as Day, today) >= 3) {
    done.push({ stage: exit.stage, measured_on: exit.due });
  }
  return done;
}

function answers(person: number, step: number) {
  const less = (days: number) => Math.max(0, Math.round(days * 0.45 ** step));
  const more = (from: number, gain: number) => Math.min(20, from + gain * step);
  const opiates = person % 3 === 0;
  return {
    alcohol_days: less(8 + ((person * 5) % 14)),
    opiate_days: opiates ? less(24) : 0,
    crack_days: opiates ? less(10) : 0,
    cocaine_days: person % 3 === 1 ? less(12) : 0,
    cannabis_days: less((person * 7) % 20),
    tobacco_days: person % 4 === 0 ? 0 : 28,
    injecting_days: person % 6 === 0 ? less(12) : 0,
    sharing: person % 6 === 0 ? step === 0 && person % 12 === 0 : null,
    shoplifting_days: person % 5 === 0 ? less(6) : 0,
    work_days: Math.min(20, (person % 4) * 2 + step * 4),
    education_days: person % 4 === 2 ? step * 3 : 0,
    housing_problem: person % 5 === 0 && step === 0,
    eviction_risk: person % 7 === 0 && step === 0,
    psychological_health: more(6 + (person % 4), 3),
    physical_health: more(8 + (person % 3), 2),
    quality_of_life: more(5 + (person % 5), 3),
  };
}
