import { addDays, type Day, daysBetween } from "../kernel/day.ts";
import { nextMeasure, type Stage } from "../reports/outcome.ts";

/** A stay in a programme of a kind; `to` is the last day, null while it goes on. */
export type Stay = {
  kind: string;
  from: Day;
  to: Day | null;
  /** The bed it is in, where that is settled; otherwise one that is free. */
  bed?: { id: string; unitId: string };
};

/** One episode as it might have gone, in days; what happened after `until` has not happened. */
export type LivedEpisode = {
  opened: Day;
  closed: Day | null;
  reason: string | null;
  planned: boolean;
  source: string;
  urgency: "emergency" | "urgent" | "routine";
  triaged: Day | null;
  onward: boolean;
  assessed: Day | null;
  stays: Stay[];
  sessions: Day[];
  measures: { stage: Stage; on: Day }[];
  /** Hours from the ending to the first contact that reached them. */
  reachedAfter: number;
  aftercare: boolean;
  /** Days from coming back to being seen, where this episode began with coming back. */
  seenAfter: number | null;
};

export type Life = {
  given: string;
  family: string;
  born: Day;
  episodes: LivedEpisode[];
};

export type Chance = {
  of: (share: number) => boolean;
  between: (least: number, most: number) => number;
  pick: <T>(list: readonly T[]) => T;
};

/** Chances that come out the same for the same seed (mulberry32). */
export function chances(seed: number): Chance {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const between = (least: number, most: number) => least + Math.floor(next() * (most - least + 1));
  return {
    of: (share) => next() < share,
    between,
    pick: (list) => list[between(0, list.length - 1)] as never,
  };
}

const given =
  "Amelia Aaron Beatrice Bilal Carys Conor Dafydd Denise Elin Emeka Farah Frank Gwen Graham Hana Harvey Imogen Isaac Jade Jermaine Kamila Keith Lorna Luca Mabel Mikhail Nadia Neil Orla Owen Petra Pritesh Quentin Rosa Ricky Sade Stefan Tamsin Trevor Una Usman Vera Vince Wanda Wes Xanthe Yasmin Zoltan".split(
    " ",
  );
const womensNames =
  "Amelia Beatrice Carys Denise Elin Farah Gwen Hana Imogen Jade Kamila Lorna Mabel Nadia Orla Petra Rosa Sade Tamsin Una Vera Wanda Xanthe Yasmin".split(
    " ",
  );
const family =
  "Abbott Adeyemi Ainsley Barlow Bexley Chowdhury Colborn Dacosta Denholm Eastgate Ellwood Farrow Fenwick Gadsby Garside Hallworth Hibbert Inskip Jessop Kearsley Kowal Lathom Lomax Mabey Midgley Nettleton Nwosu Oakeshott Ormerod Padgett Pickles Quarmby Radcliffe Rigby Sagar Seddon Tattersall Thwaite Underhill Varley Wadsworth Whalley Yardley Zielinski".split(
    " ",
  );
const sources = [
  "self",
  "self",
  "self",
  "gp",
  "gp",
  "hospital",
  "prison",
  "probation",
  "probation",
  "social-services",
  "drug-service",
  "relative",
  "outreach",
  "psychiatry",
];

/** How people go through an agency's programmes: `community` where it has nothing residential. */
export type Shape = "england" | "house" | "community";

/** How many of them stay somewhere: most where the agency is above all a house. */
const RESIDENTIAL: Readonly<Record<Shape, number>> = { england: 0.38, house: 0.7, community: 0 };

/**
 * One person's three years, at rates like those that services report: most are offered a start within
 * three weeks, half of all endings are planned, one in eight who completed is back within six months.
 */
export function live(seed: number, period: { from: Day; until: Day }, shape: Shape): Life {
  const chance = chances(seed);
  const { from, until } = period;
  let opened = addDays(from, chance.between(0, Math.max(0, daysBetween(from, until) - 1)));
  const episodes: LivedEpisode[] = [];
  for (let back = false; episodes.length < 4; back = true) {
    const episode = liveOnce(chance, opened, until, { back, shape });
    episodes.push(episode);
    if (!episode.closed || episode.reason === "died" || !episode.onward) break;
    const completed = episode.reason === "completed";
    if (!chance.of(completed ? 0.2 : 0.35)) break;
    const gap = chance.of(0.6) ? chance.between(8, 180) : chance.between(181, 500);
    opened = addDays(episode.closed, gap);
    if (opened >= until) break;
  }
  return {
    given: chance.pick(given),
    family: chance.pick(family),
    born: addDays(from, -chance.between(18 * 366, 62 * 365)),
    episodes,
  };
}

/** How long people stay in a bed, and how long it is empty until the next one comes: four days of five it is taken. */
const lengths: Record<string, { stay: [number, number]; empty: [number, number] }> = {
  detox: { stay: [7, 21], empty: [1, 5] },
  rehab: { stay: [56, 126], empty: [4, 28] },
  "second-stage": { stay: [80, 190], empty: [6, 36] },
};

/** Who stayed in one bed while it was free, from a day until another, one after the other. */
export function residents(
  seed: number,
  {
    kind,
    from,
    until,
    women,
    last,
  }: { kind: string; from: Day; until: Day; women: boolean; last: Day },
): Life[] {
  const { stay, empty } = lengths[kind] ?? { stay: [30, 90], empty: [3, 20] };
  const chance = chances(seed);
  const lives: Life[] = [];
  for (let day = addDays(from, chance.between(...empty)); ; ) {
    const early = chance.of(0.2);
    const wished = addDays(day, early ? chance.between(2, stay[0]) : chance.between(...stay));
    // The next one is expected: whoever is there before them leaves in time.
    const to = wished > until ? addDays(until, -chance.between(0, empty[0])) : wished;
    if (daysBetween(day, to) < 2) return lives;
    lives.push({
      given: chance.pick(women ? womensNames : given),
      family: chance.pick(family),
      born: addDays(day, -chance.between(18 * 366, 62 * 365)),
      episodes: again(
        chance,
        resident(chance, kind, { from: day, to }, { planned: !early, last }),
        last,
      ),
    });
    day = addDays(to, chance.between(...empty));
  }
}

/**
 * About one in ten of those who completed comes back within half a year: of one in four, those whose return
 * is over by the last day, since nobody is left in the middle of one.
 */
function again(chance: Chance, first: LivedEpisode, last: Day): LivedEpisode[] {
  const opened = addDays(first.closed ?? last, chance.between(8, 170));
  if (!first.planned || !chance.of(0.25) || opened >= last) return [first];
  const back = liveOnce(chance, opened, last, { back: true, shape: "community" });
  return back.closed ? [first, back] : [first];
}

function resident(
  chance: Chance,
  kind: string,
  { from, to }: { from: Day; to: Day },
  { planned, last }: { planned: boolean; last: Day },
): LivedEpisode {
  const opened = addDays(from, -(chance.of(0.85) ? chance.between(7, 20) : chance.between(22, 40)));
  const triaged = addDays(opened, chance.between(0, 3));
  return {
    ...{ opened, closed: to, triaged, planned, onward: true, seenAfter: null },
    assessed: addDays(triaged, chance.between(1, 3)),
    reason: planned ? "completed" : chance.pick(["left-early", "left-early", "lost-contact"]),
    source: chance.pick(sources),
    urgency: chance.of(0.1) ? "urgent" : "routine",
    stays: [{ kind, from, to }],
    sessions: sessionsIn(chance, from, to),
    measures: measuresIn(chance, { opened_on: opened, closed_on: to }, last),
    reachedAfter: chance.of(0.8) ? chance.between(2, 46) : chance.between(49, 120),
    aftercare: planned && chance.of(0.88),
  };
}

function liveOnce(
  chance: Chance,
  opened: Day,
  until: Day,
  how: { back: boolean; shape: Shape },
): LivedEpisode {
  const past = (day: Day): Day | null => (day <= until ? day : null);
  const urgency = chance.of(how.back ? 0.4 : 0.04)
    ? chance.of(0.1)
      ? "emergency"
      : "urgent"
    : "routine";
  const triage = addDays(
    opened,
    urgency === "emergency" ? 0 : chance.between(0, urgency === "urgent" ? 1 : 6),
  );
  const onward = how.back || chance.of(0.88);
  const base = {
    opened,
    source: how.back ? "come-back" : chance.pick(sources),
    urgency: urgency as LivedEpisode["urgency"],
    triaged: past(triage),
    onward,
    seenAfter: how.back ? chance.between(0, 7) : null,
    reachedAfter: chance.of(0.8) ? chance.between(2, 46) : chance.between(49, 200),
  };
  if (!onward) {
    const closed = past(addDays(triage, chance.between(1, 14)));
    const reason = chance.pick(["lost-contact", "transferred", "other"]);
    return {
      ...base,
      closed,
      reason: closed && reason,
      planned: reason === "transferred",
      assessed: null,
      stays: [],
      sessions: [],
      measures: [],
      aftercare: false,
    };
  }
  const assessed = addDays(triage, chance.between(1, 9));
  const start = addDays(
    assessed,
    how.back
      ? chance.between(1, 8)
      : chance.of(0.93)
        ? chance.between(1, 8)
        : chance.between(9, 30),
  );
  const { stays, last } = route(chance, start, how.shape);
  const ended = last.reason !== null && last.to <= until;
  const closed = ended ? last.to : null;
  const seen = stays
    .filter((stay) => stay.from <= until)
    .map((stay) => ({ ...stay, to: stay.to && stay.to <= until ? stay.to : null }));
  return {
    ...base,
    closed,
    reason: ended ? last.reason : null,
    planned: last.reason === "completed",
    assessed: past(assessed),
    stays: seen,
    sessions: sessionsIn(chance, start, closed ?? until),
    measures: measuresIn(chance, { opened_on: opened, closed_on: closed }, until),
    aftercare: ended && last.reason === "completed" && chance.of(0.88),
  };
}

/** The programmes one after the other, and how it ended. */
function route(chance: Chance, start: Day, shape: Shape) {
  const residential = chance.of(RESIDENTIAL[shape]);
  const kinds = !residential
    ? [{ kind: "community", least: 50, most: 330 }]
    : [
        { kind: "detox", least: 7, most: 21 },
        ...(chance.of(0.7) ? [{ kind: "rehab", least: 70, most: 170 }] : []),
        ...(chance.of(0.4) ? [{ kind: "second-stage", least: 60, most: 190 }] : []),
        ...(chance.of(0.3) ? [{ kind: "community", least: 40, most: 150 }] : []),
      ];
  const stays: { kind: string; from: Day; to: Day }[] = [];
  let from = start;
  for (const { kind, least, most } of kinds) {
    const early = chance.of(residential ? 0.16 : 0.45);
    // Who leaves the house leaves in the first days; in the community people stay away after some weeks.
    const [soonest, latest] = residential ? [2, Math.floor(least / 2) + 3] : [10, 120];
    const to = addDays(from, early ? chance.between(soonest, latest) : chance.between(least, most));
    stays.push({ kind, from, to });
    if (early) {
      const reason = chance.of(0.01)
        ? "died"
        : chance.pick(["left-early", "lost-contact", "lost-contact", "moved-away", "custody"]);
      return { stays, last: { to, reason } };
    }
    from = addDays(to, 1);
  }
  const to = stays.at(-1)?.to ?? start;
  return { stays, last: { to, reason: chance.of(0.93) ? "completed" : "transferred" } };
}

/** Sessions about every other week. */
function sessionsIn(chance: Chance, from: Day, to: Day): Day[] {
  const days: Day[] = [];
  for (
    let day = addDays(from, chance.between(0, 4));
    day <= to;
    day = addDays(day, chance.between(9, 18))
  )
    days.push(day);
  return days;
}

function measuresIn(
  chance: Chance,
  episode: { opened_on: Day; closed_on: Day | null },
  until: Day,
) {
  const done: { stage: Stage; measured_on: Day }[] = [];
  while (done.length < 12) {
    const open = { opened_on: episode.opened_on, closed_on: null };
    const next = nextMeasure(open, done);
    const on = next && addDays(next.due, chance.between(-6, 10));
    if (!on || on > (episode.closed_on ?? until)) break;
    done.push({ stage: next.stage, measured_on: on });
  }
  const closed = episode.closed_on;
  if (closed && chance.of(0.9)) {
    done.push({ stage: "exit", measured_on: closed });
    const after = addDays(closed, 91);
    if (after <= until && chance.of(0.9)) done.push({ stage: "after", measured_on: after });
  }
  return done.map(({ stage, measured_on }) => ({ stage, on: measured_on }));
}
