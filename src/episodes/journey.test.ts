import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { addDays, type Day, getDay } from "../kernel/day.ts";
import {
  type EpisodeStatus,
  episodeStatuses,
  foldJourney,
  type JourneyEvent,
  journeyStages,
  statusWords,
} from "./journey.ts";

const start = getDay("2026-01-05");
const on = (days: number) => addDays(start, days);
const event = (
  kind: JourneyEvent["kind"],
  from: number,
  {
    until = null,
    what = null,
    episode = "a",
  }: {
    until?: number | null;
    what?: string | null;
    episode?: string;
  } = {},
): JourneyEvent => ({
  episode,
  kind,
  on: on(from),
  until: until === null ? null : on(until),
  what,
});
const statusAt = (events: JourneyEvent[], day: number) => foldJourney(events, on(day))[0]?.status;

describe("an episode's status", () => {
  const whole = [
    event("episode", 0, { until: 120, what: "completed" }),
    event("referral", 0, { what: "routine" }),
    event("wait", 0, { until: 14, what: "community" }),
    event("triage", 3, { what: "assess" }),
    event("assessment", 6, { until: 8 }),
    event("enrolment", 14, { until: 121, what: "community" }),
    event("plan", 20),
    event("stay", 30, { until: 44, what: "detox" }),
    event("stay", 44, { until: 90, what: "rehab" }),
    event("stay", 90, { until: 110, what: "second-stage" }),
    event("discharge-conference", 112),
    event("aftercare-plan", 115),
  ];

  test("is what had been recorded by the day", () => {
    const days = [0, 2, 3, 5, 6, 8, 13, 14, 29, 30, 43, 44, 89, 90, 109, 110, 119, 120];
    expect(days.map((day) => [day, statusAt(whole, day)])).toEqual([
      [0, "referred"],
      [2, "referred"],
      [3, "triaged"],
      [5, "triaged"],
      [6, "in-assessment"],
      [8, "waiting"],
      [13, "waiting"],
      [14, "in-treatment"],
      [29, "in-treatment"],
      [30, "in-detox"],
      [43, "in-detox"],
      [44, "in-residential"],
      [89, "in-residential"],
      [90, "in-second-stage"],
      [109, "in-second-stage"],
      [110, "in-treatment"],
      [119, "in-treatment"],
      [120, "in-aftercare"],
    ]);
  });

  test("comes with the stages, their dates and lengths of stay", () => {
    const [episode] = foldJourney(whole, on(50));
    expect(episode).toMatchObject({ status: "in-residential", since: on(44), closed: null });
    expect(episode?.stages).toMatchObject([
      { key: "referral", state: "done", from: on(0) },
      { key: "triage", state: "done", from: on(3) },
      { key: "assessment", state: "done", from: on(6), to: on(8) },
      { key: "treatment", state: "done", from: on(14), to: null, days: 36 },
      { key: "plan", state: "done", from: on(20) },
      { key: "detox", state: "done", from: on(30), to: on(44), days: 14 },
      { key: "residential", state: "now", from: on(44), to: null, days: 6 },
      { key: "second-stage", state: "ahead" },
      { key: "discharge", state: "ahead" },
      { key: "aftercare", state: "ahead" },
    ]);
    expect(statusWords(episode ?? expect.fail(), on(50), { program: "programme" })).toBe(
      "Residential, day 7",
    );
  });

  test("says what was skipped, once something later is reached", () => {
    const taken = [event("episode", 0), event("enrolment", 0, { what: "cstar-general" })];
    const states = foldJourney(taken, on(5))[0]?.stages.map(({ key, state }) => [key, state]);
    expect(states?.slice(0, 6)).toEqual([
      ["referral", "skipped"],
      ["triage", "skipped"],
      ["assessment", "skipped"],
      ["plan", "skipped"],
      ["treatment", "now"],
      ["detox", "ahead"],
    ]);
  });

  test("of nobody reached stays referred, and a start agreed for later is still waiting", () => {
    const tried = [
      event("episode", 0),
      event("referral", 0),
      event("wait", 0),
      event("triage", 1, { what: "could-not-reach" }),
    ];
    expect(statusAt(tried, 2)).toBe("referred");
    const agreed = [
      event("episode", 0),
      event("wait", 0, { until: 9 }),
      event("assessment", 1, { until: 2 }),
      event("enrolment", 9, { what: "community" }),
    ];
    expect([statusAt(agreed, 8), statusAt(agreed, 9)]).toEqual(["waiting", "in-treatment"]);
  });

  test("is the sanest answer where records disagree: what is closed is over", () => {
    const odd = [
      event("episode", 0, { until: 10 }),
      event("stay", 2, { what: "rehab" }),
      event("enrolment", 2, { what: "rehab" }),
    ];
    expect(statusAt(odd, 12)).toBe("discharged");
    const stage = foldJourney(odd, on(30))[0]?.stages.find(({ key }) => key === "residential");
    expect(stage).toMatchObject({ state: "done", to: on(10), days: 8 });
  });

  test("a bed that was left counts, though the enrolment in its programme goes on", () => {
    const left = [
      event("episode", 0),
      event("enrolment", 0, { what: "detox" }),
      event("stay", 1, { until: 6, what: "detox" }),
    ];
    expect([statusAt(left, 5), statusAt(left, 6)]).toEqual(["in-detox", "in-treatment"]);
  });
});

/*
 * Lives that can be recorded, one step a day, and what each step makes of the episode: the model
 * that the fold is held to. A step that the product would refuse is not taken.
 */
type Step = "refer" | "assess" | "cannot-reach" | "begin" | "complete" | "start" | "plan" | "detox";
const steps = [
  ...["refer", "assess", "cannot-reach", "begin", "complete", "start", "plan", "detox"],
  ...["rehab", "second-stage", "leave", "aftercare", "close", "nothing"],
] as Step[];

function live(lived: readonly string[]) {
  const events: JourneyEvent[] = [];
  const statuses: (EpisodeStatus | undefined)[] = [];
  let episode = 0;
  let open: {
    it: JourneyEvent;
    triaged: boolean;
    draft: JourneyEvent | null;
    assessed: boolean;
    wait: JourneyEvent;
    enrolment: JourneyEvent | null;
    stay: JourneyEvent | null;
    aftercare: boolean;
  } | null = null;
  let last: EpisodeStatus | undefined;
  for (const [day, step] of lived.entries()) {
    const add = (kind: JourneyEvent["kind"], what: string | null = null) => {
      const one = event(kind, day, { what, episode: String(episode) });
      events.push(one);
      return one;
    };
    if (!open && step === "refer") {
      episode += 1;
      const it = add("episode");
      add("referral");
      const fresh = { triaged: false, draft: null, assessed: false, enrolment: null, stay: null };
      open = { it, ...fresh, wait: add("wait"), aftercare: false };
    } else if (open && (step === "assess" || (step as string) === "cannot-reach")) {
      add("triage", step === "assess" ? "assess" : "could-not-reach");
      open.triaged ||= step === "assess";
    } else if (open && step === "begin" && !open.draft && !open.assessed) {
      open.draft = add("assessment");
    } else if (open?.draft && step === "complete") {
      open.draft.until = on(day);
      open.draft = null;
      open.assessed = true;
    } else if (open && step === "start" && !open.enrolment) {
      open.wait.until = on(day);
      open.enrolment = add("enrolment", "community");
    } else if (open && step === "plan") add("plan");
    else if (open && ["detox", "rehab", "second-stage"].includes(step)) {
      if (open.stay) open.stay.until = on(day);
      open.stay = add("stay", step);
    } else if (open?.stay && (step as string) === "leave") {
      open.stay.until = on(day);
      open.stay = null;
    } else if (open && (step as string) === "aftercare") {
      if (!open.aftercare) add("aftercare-plan");
      open.aftercare = true;
    } else if (open && (step as string) === "close") {
      open.it.until = on(day);
      last = open.aftercare ? "in-aftercare" : "discharged";
      open = null;
    }
    if (open) {
      const { stay, enrolment, assessed, draft, triaged } = open;
      if (stay) {
        const of = {
          detox: "in-detox",
          rehab: "in-residential",
          "second-stage": "in-second-stage",
        };
        last = of[stay.what as keyof typeof of] as EpisodeStatus;
      } else if (enrolment) last = "in-treatment";
      else if (assessed) last = "waiting";
      else if (draft) last = "in-assessment";
      else last = triaged ? "triaged" : "referred";
    }
    statuses.push(last);
  }
  return { events, statuses };
}

describe("folding", () => {
  const lives = fc.array(fc.constantFrom(...steps), { minLength: 1, maxLength: 40 });

  test("gives every day of any life that can be recorded its lawful status", () => {
    fc.assert(
      fc.property(lives, (lived) => {
        const { events, statuses } = live(lived);
        const seen = statuses.map((_, day) => statusAt(events, day));
        expect(seen).toEqual(statuses);
      }),
      { numRuns: 300 },
    );
  });

  test("does not ask in which order things were written down", () => {
    const shuffled = lives.chain((lived) => {
      const { events } = live(lived);
      return fc.record({
        events: fc.constant(events),
        other: fc.shuffledSubarray(events, { minLength: events.length }),
        day: fc.nat(45),
      });
    });
    fc.assert(
      fc.property(shuffled, ({ events, other, day }) => {
        expect(foldJourney(other, on(day))).toEqual(foldJourney(events, on(day)));
      }),
    );
  });

  test("makes of anything at all something that can be shown", () => {
    const anything = fc.record({
      episode: fc.constantFrom("a", "b"),
      kind: fc.constantFrom<JourneyEvent["kind"]>(
        ...(["episode", "referral", "triage", "assessment", "plan", "wait", "enrolment"] as const),
        ...(["stay", "discharge-conference", "aftercare-plan"] as const),
      ),
      on: fc.nat(40).map(on),
      until: fc.option(fc.nat(40).map(on)) as fc.Arbitrary<Day | null>,
      what: fc.constantFrom(null, "detox", "rehab", "assess", "aftercare", "cstar-general"),
    });
    fc.assert(
      fc.property(fc.array(anything, { maxLength: 14 }), fc.nat(60), (events, day) => {
        for (const episode of foldJourney(events, on(day))) {
          expect(Object.keys(episodeStatuses)).toContain(episode.status);
          expect(episode.since <= on(day)).toBe(true);
          const keys = episode.stages.map(({ key }) => key);
          expect(keys.toSorted()).toEqual(Object.keys(journeyStages).sort());
          const dates = episode.stages.flatMap(({ from }) => from ?? []);
          expect(dates).toEqual(dates.toSorted());
          expect(episode.stages.filter(({ state }) => state === "now").length).toBeLessThan(2);
          for (const { from, days } of episode.stages) {
            expect(from === null || from <= on(day)).toBe(true);
            expect(days ?? 0).toBeGreaterThanOrEqual(0);
          }
        }
      }),
    );
  });
});
