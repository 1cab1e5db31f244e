import { addDays, type Day } from "../kernel/day.ts";
import { nextMeasure, type Stage } from "../reports/outcome.ts";
import type { Rows } from "./bulk-rows.ts";
import type { Wanted } from "./generate.ts";
import { type At, addSupports } from "./generate-stays.ts";
import type { chances, LivedEpisode } from "./lives.ts";

/** How it began: the referral, its triage, the assessment. Gives the id of the wait for a start. */
export function addIntake(
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

/** What was done: a keyworker, a plan, sessions, and how life was going. */
export function addCare(
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
export function addEnding(
  rows: Rows,
  at: At,
  episode: LivedEpisode,
  closed: Day,
  { by, phone, until }: { by: string; phone: string; until: Day },
) {
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
      call_first: "Whoever works with me most",
      back_where: "The front desk",
      back_who_id: by,
      back_phone: phone,
      back_within_days: 5,
      // Looked at again since, where the day is past: nobody is to be told of it now.
      review_on: addDays(closed, 91) > until ? addDays(closed, 91) : null,
      agreed_on: closed,
      agreed_by_whom: "consumer",
      created_by: by,
      activated_by: by,
      activated_at: `${closed}T16:00:00Z`,
    });
    // One plan in eight says nothing of a return to use: something falls short.
    if (episode.reachedAfter % 8 !== 0) addMeasures(rows, at, closed, by);
  }
  if (lives) addNotObtained(rows, at, episode, closed, { by, until });
}

/** What could not be had after an ending, said within some weeks: what is due later still waits. */
function addNotObtained(
  rows: Rows,
  at: At,
  episode: LivedEpisode,
  closed: Day,
  { by, until }: { by: string; until: Day },
) {
  const say = (what: Stage | "aftercare", due: Day, reason: string) => {
    const on = addDays(due, 7 + (episode.reachedAfter % 20));
    if (on > until) return;
    rows.add("not_obtained", {
      ...{ ...at, what, on_day: on, reason },
      ...{ recorded_at: `${on}T15:00:00Z`, recorded_by: by },
    });
  };
  if (!episode.aftercare) say("aftercare", closed, "Left before one could be agreed");
  const asked = episode.measures.map(({ stage, on }) => ({ stage, measured_on: on }));
  const ended = { opened_on: episode.opened, closed_on: closed };
  for (let next = nextMeasure(ended, asked); next; next = nextMeasure(ended, asked)) {
    say(next.stage, next.due, "Could not be reached");
    asked.push({ stage: next.stage, measured_on: next.due });
  }
}

/** What to do about a return to use, what supports them from here on, and a gain to keep. */
function addMeasures(rows: Rows, at: At, on: Day, by: string) {
  const { episode_id, ...whose } = at;
  const said = { added_at: `${on}T15:00:00Z`, added_by: by };
  const trigger_id = crypto.randomUUID();
  rows.add("relapse_trigger", {
    ...{ ...whose, ...said, id: trigger_id },
    text: "An empty evening after a hard day",
  });
  rows.add("relapse_strategy", { ...whose, ...said, trigger_id, text: "Ring a friend and go out" });
  rows.add("gain", { ...at, ...said, text: "Sleeps through the night", look_again_on: null });
  addSupports(rows, at, on, by);
}
