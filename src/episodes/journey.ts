import { type Day, daysBetween } from "../kernel/day.ts";

/**
 * Something recorded that the journey is folded from. A stretch has an `until`: the first day it
 * holds no more, null while it holds; for an episode it is the day it closed. `what` is the code
 * that goes with it: a programme's or a unit's kind, an outcome, a reason.
 */
export type JourneyEvent = {
  episode: string;
  kind:
    | "episode"
    | "referral"
    | "triage"
    | "assessment"
    | "plan"
    | "wait"
    | "enrolment"
    | "stay"
    | "discharge-conference"
    | "aftercare-plan";
  on: Day;
  until: Day | null;
  what: string | null;
};

/** What an episode is on a day. */
export const episodeStatuses = {
  referred: "Referred",
  triaged: "Triaged",
  "in-assessment": "In assessment",
  waiting: "Waiting",
  "in-treatment": "In treatment",
  "in-detox": "Detox",
  "in-residential": "Residential",
  "in-second-stage": "Second stage",
  "in-aftercare": "In aftercare",
  between: "Between stays",
  discharged: "Discharged",
} as const;
export type EpisodeStatus = keyof typeof episodeStatuses;

/** The stages of the strip, in their usual order; those that were reached stand in that of their days. */
export const journeyStages = {
  referral: "Referral",
  triage: "Triage",
  assessment: "Assessment",
  plan: "Plan",
  treatment: "Treatment",
  detox: "Detox",
  residential: "Residential",
  "second-stage": "Second stage",
  discharge: "Discharge",
  aftercare: "Aftercare",
} as const;
export type StageKey = keyof typeof journeyStages;

export type Stage = {
  key: StageKey;
  /** `skipped`: something later was reached without it. */
  state: "done" | "now" | "skipped" | "ahead";
  from: Day | null;
  /** The day it was over; null while it goes on, and for what takes no time. */
  to: Day | null;
  /** Length of stay in all stretches together, to the day asked about; null for what takes no time. */
  days: number | null;
};

export type EpisodeJourney = {
  episode: string;
  opened: Day;
  closed: Day | null;
  reason: string | null;
  status: EpisodeStatus;
  /** Since when it is what it is. */
  since: Day;
  stages: Stage[];
};

/** Stages that take time, each with the status of whoever is in it. The one further up wins. */
const staying = {
  detox: "in-detox",
  residential: "in-residential",
  "second-stage": "in-second-stage",
  treatment: "in-treatment",
  aftercare: "in-aftercare",
} as const satisfies Partial<Record<StageKey, EpisodeStatus>>;
type Staying = keyof typeof staying;

const stageOfKind: Record<string, Staying> = {
  detox: "detox",
  rehab: "residential",
  crisis: "residential",
  "second-stage": "second-stage",
  "supported-housing": "second-stage",
  aftercare: "aftercare",
};

/** The stage that being in a programme or a unit of a kind is. */
export function stageOf(kind: string | null): Staying {
  return stageOfKind[kind ?? ""] ?? "treatment";
}

/**
 * Every episode of one person as it stands on a day, the newest first. The order of the events
 * makes no difference, and nothing that lies after the day counts.
 */
export function foldJourney(events: readonly JourneyEvent[], today: Day): EpisodeJourney[] {
  const begun = events.filter(({ on, kind }) => on <= today || kind === "enrolment");
  return begun
    .filter(({ kind }) => kind === "episode")
    .sort((a, b) => order(b, a))
    .map((opening) => {
      const own = begun.filter(({ episode }) => episode === opening.episode).sort(order);
      return foldEpisode(opening, own, today);
    });
}

function order(a: JourneyEvent, b: JourneyEvent): number {
  const text = ({ on, until, kind, what, episode }: JourneyEvent) =>
    [on, until ?? "9999", kind, what, episode].join(" ");
  return text(a) < text(b) ? -1 : text(a) > text(b) ? 1 : 0;
}

function foldEpisode(opening: JourneyEvent, own: readonly JourneyEvent[], today: Day) {
  const closed = opening.until !== null && opening.until <= today ? opening.until : null;
  const end = closed ?? today;
  const of = (kind: JourneyEvent["kind"]) => own.filter((one) => one.kind === kind);
  const spans = stretches(of("enrolment"), of("stay"), today);
  const { status, since } = statusOf({ closed, spans, of, opening, today });
  const current = currentStage(status);
  const assessed = of("assessment").filter(({ until }) => until !== null && until <= today);
  const decided = of("triage").filter(({ what }) => what !== "could-not-reach");
  const moments: Record<Exclude<StageKey, Staying>, Day | undefined> = {
    referral: of("referral")[0]?.on,
    triage: decided[0]?.on,
    assessment: (assessed[0] ?? of("assessment")[0])?.on,
    plan: of("plan")[0]?.on,
    discharge: closed ?? of("discharge-conference").at(-1)?.on,
  };
  const agreed = of("aftercare-plan")[0]?.on;
  const stages = (Object.keys(journeyStages) as StageKey[]).map((key): Stage => {
    const lasts = key in staying ? spans.filter(({ stage }) => stage === key) : [];
    const [first] = lasts;
    if (first) {
      const open = lasts.some(({ to }) => to === null || to > end);
      const last =
        lasts
          .map(({ to }) => to ?? end)
          .sort()
          .at(-1) ?? null;
      const days = length(lasts, end);
      return { key, state: "done", from: first.from, to: open && !closed ? null : last, days };
    }
    const at = key === "aftercare" ? agreed : moments[key as keyof typeof moments];
    const finished = key === "assessment" ? (assessed[0]?.until ?? null) : null;
    return { key, state: at ? "done" : "ahead", from: at ?? null, to: finished, days: null };
  });
  const reached = stages.findLastIndex(({ from, key }) => from !== null || key === current);
  const told = stages.map((stage, index): Stage => {
    if (stage.key === current) return { ...stage, state: "now", from: stage.from ?? since };
    return stage.from === null && index < reached ? { ...stage, state: "skipped" } : stage;
  });
  return {
    episode: opening.episode,
    opened: opening.on,
    closed,
    reason: closed ? opening.what : null,
    ...{ status, since, stages: byDate(told) },
  };
}

/** In the order of their days; what has none stands before whatever usually follows it. */
function byDate(stages: readonly Stage[]): Stage[] {
  const dated = stages
    .filter(({ from }) => from !== null)
    .sort((a, b) => ((a.from ?? "") < (b.from ?? "") ? -1 : a.from === b.from ? 0 : 1));
  const usual = (stage: Stage) => stages.indexOf(stage);
  for (const stage of stages.filter(({ from }) => from === null)) {
    const at = dated.findIndex((other) => usual(other) > usual(stage));
    dated.splice(stage.state === "skipped" && at >= 0 ? at : dated.length, 0, stage);
  }
  return dated;
}

type Stretch = { stage: Staying; from: Day; to: Day | null };

/**
 * Where the person was from when to when. A bed says more than the enrolment in the bed's
 * programme: where there is one, the enrolments of that stage are not counted again.
 */
function stretches(
  enrolments: readonly JourneyEvent[],
  stays: readonly JourneyEvent[],
  today: Day,
): Stretch[] {
  const inBeds = new Set(stays.map(({ what }) => stageOf(what)));
  return [...stays, ...enrolments.filter(({ what }) => !inBeds.has(stageOf(what)))]
    .filter(({ on }) => on <= today)
    .map(({ on, until, what }) => ({ stage: stageOf(what), from: on, to: until }))
    .sort((a, b) => (a.from < b.from ? -1 : a.from > b.from ? 1 : 0));
}

/** Days in a stage, those that overlap counted once. */
function length(spans: readonly Stretch[], end: Day): number {
  let days = 0;
  let reached: Day | null = null;
  for (const { from, to } of spans) {
    const until = to !== null && to < end ? to : end;
    const start = reached !== null && reached > from ? reached : from;
    if (until > start) days += daysBetween(start, until);
    if (reached === null || until > reached) reached = until;
  }
  return days;
}

function statusOf(it: {
  closed: Day | null;
  spans: readonly Stretch[];
  of: (kind: JourneyEvent["kind"]) => JourneyEvent[];
  opening: JourneyEvent;
  today: Day;
}): { status: EpisodeStatus; since: Day } {
  const { closed, spans, of, opening, today } = it;
  const agreed = of("aftercare-plan").at(-1);
  if (closed) {
    const [, since = closed] = [closed, agreed?.on ?? closed].sort();
    return { status: agreed ? "in-aftercare" : "discharged", since };
  }
  const holds = ({ to }: { to: Day | null }) => to === null || to > today;
  for (const stage of Object.keys(staying) as Staying[]) {
    const now = spans.filter((span) => span.stage === stage && holds(span));
    if (now[0]) return { status: staying[stage], since: now[0].from };
  }
  const enrolled = of("enrolment").filter(({ on, until }) => on <= today && holds({ to: until }));
  if (enrolled[0]) return { status: "in-treatment", since: enrolled[0].on };
  const later = of("enrolment").find(({ on }) => on > today);
  const wait = of("wait").find(({ until }) => holds({ to: until }));
  if (wait || later) return waitingStatus(of, wait?.on ?? opening.on, today);
  const left = spans
    .map(({ to }) => to ?? "")
    .sort()
    .at(-1);
  return { status: "between", since: (left || opening.on) as Day };
}

/** How far somebody who waits has come. */
function waitingStatus(
  of: (kind: JourneyEvent["kind"]) => JourneyEvent[],
  asked: Day,
  today: Day,
): { status: EpisodeStatus; since: Day } {
  const referral = of("referral")[0];
  const since = referral && referral.on < asked ? referral.on : asked;
  const assessments = of("assessment");
  if (assessments.some(({ until }) => until !== null && until <= today)) {
    return { status: "waiting", since };
  }
  const draft = assessments.at(-1);
  if (draft) return { status: "in-assessment", since: draft.on };
  const assess = of("triage").findLast(({ what }) => what === "assess");
  if (assess) return { status: "triaged", since: assess.on };
  return referral ? { status: "referred", since: referral.on } : { status: "waiting", since };
}

function currentStage(status: EpisodeStatus): StageKey | null {
  const own: Partial<Record<EpisodeStatus, StageKey>> = {
    referred: "referral",
    triaged: "triage",
    "in-assessment": "assessment",
    discharged: "discharge",
  };
  const stay = (Object.keys(staying) as Staying[]).find((stage) => staying[stage] === status);
  return stay ?? own[status] ?? null;
}

/** "Residential, day 12": where somebody is and how long; days waited for whoever waits. */
export function statusWords(
  { status, since }: { status: EpisodeStatus; since: Day },
  today: Day,
  words: { program: string },
): string {
  const label = status === "between" ? `In no ${words.program}` : episodeStatuses[status];
  const days = daysBetween(since, today);
  if (status === "discharged") return label;
  if (status === "between" || !(Object.values(staying) as string[]).includes(status)) {
    if (days === 0) return `${label} today`;
    return `${label}, ${days === 1 ? "1 day" : `${days} days`}`;
  }
  return `${label}, day ${days + 1}`;
}
