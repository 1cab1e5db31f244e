import { z } from "zod";
import { parseDay } from "../kernel/day.ts";
import { parseEndTime, parseTime } from "../kernel/time.ts";

const most = (length: number) => z.string().max(length, `At most ${length} characters`).default("");
const yesNo = z.enum(["yes", "no"]).nullable().default(null);
const dayOrNone = z
  .string()
  .refine((text) => text === "" || parseDay(text) !== null, "Not a date")
  .default("");
const startOrNone = z
  .string()
  .refine((text) => text === "" || parseTime(text) !== null, "Not a time")
  .default("");
const endOrNone = z
  .string()
  .refine((text) => text === "" || parseEndTime(text) !== null, "Not a time")
  .default("");
const row = z.string().min(1).max(64);
const rows = <S extends z.ZodType>(schema: S) => z.array(schema).max(60).default([]);

/** What is being written while a Family Conference is held, in the form `conference.draft` has. */
const draftSchema = z.object({
  v: z.literal(1),
  /** The word alone with the consumer, before anyone else joins. */
  before: z
    .object({
      word: yesNo,
      minutes: z.int().min(0).max(600).nullable().default(null),
      safe: yesNo,
      notSaid: most(2000),
    })
    .prefault({}),
  here: z
    .object({
      consumer: yesNo,
      supports: rows(
        z.object({
          /** The support's id. */
          id: row,
          came: z.enum(["yes", "no", "listening"]).nullable().default(null),
          remote: z.boolean().default(false),
          /** What somebody said to whom staff only listened. */
          heard: most(2000),
        }),
      ),
      children: z.int().min(0).max(40).default(0),
      childrenNames: most(400),
      interpreter: z.boolean().default(false),
      interpreterName: most(200),
      /** Colleagues besides the lead. */
      staff: z.array(z.string()).max(20).default([]),
    })
    .prefault({}),
  times: z
    .object({ start: startOrNone, end: endOrNone, room: z.string().default("") })
    .prefault({}),
  plan: z.enum(["treatment-plan", "discharge-plan", "both", "none"]).nullable().default(null),
  barriers: rows(z.object({ id: row, goal: z.string().default(""), text: most(1000) })),
  triggers: rows(z.object({ id: row, text: most(500) })),
  strategies: rows(
    z.object({
      id: row,
      /** A trigger on the plan, a row of `triggers`, or "" for all. */
      trigger: z.string().default(""),
      text: most(500),
      helper: most(200),
    }),
  ),
  points: rows(z.object({ id: row, text: most(1000), responsible: most(200), due: dayOrNone })),
  need: z
    .object({
      result: z.enum(["found", "none", "declined"]).nullable().default(null),
      remark: most(1000),
      kind: z.enum(["family-therapy", "other"]).nullable().default(null),
      what: most(500),
      forWhom: z.enum(["consumer", "relative"]).default("consumer"),
      support: z.string().default(""),
      owner: z.string().default(""),
      due: dayOrNone,
    })
    .prefault({}),
  /** `who`: "consumer", a support's id, or "staff:" and an id. */
  agreements: rows(
    z.object({ id: row, who: z.string().default(""), what: most(500), due: dayOrNone }),
  ),
  note: most(20_000),
});

export type Draft = z.output<typeof draftSchema>;

/** Where on the page something of the draft is written. */
export type DraftSection = Exclude<keyof Draft, "v">;

/** How each older version becomes the next; version 1 is the first. */
const upgrades: Readonly<Record<number, (old: object) => object>> = {};

/** A stored or sent draft in today's form, or what is wrong with it by path. */
export function readDraft(stored: unknown) {
  let draft = stored;
  for (;;) {
    const version = z.looseObject({ v: z.int() }).safeParse(draft);
    const upgrade = version.success ? upgrades[version.data.v] : undefined;
    if (!upgrade || !version.success) break;
    draft = upgrade(version.data);
  }
  return draftSchema.safeParse(draft);
}

/** A draft in which nothing is recorded yet but what the plan says. */
export function newDraft(plan: { start: string; end: string; room: string }): Draft {
  return draftSchema.parse({ v: 1, times: plan });
}

export type Problem = { section: DraftSection; message: string };

/** What has to be mended before the note can be signed. Missing facts are none: they are "not recorded". */
export function problemsOf(draft: Draft): Problem[] {
  const problems: Problem[] = [];
  const say = (section: DraftSection, message: string) => problems.push({ section, message });
  const { start, end } = draft.times;
  if ((start === "") !== (end === "")) {
    say("times", start === "" ? "Add when it started" : "Add when it ended");
  }
  if (start !== "" && end !== "" && end <= start) {
    say("times", "The end has to be later than the start");
  }
  if (given(draft.barriers).some(({ goal }) => goal === "")) {
    say("barriers", "Choose the goal that each barrier stands in the way of");
  }
  if (draft.agreements.some(({ what, who }) => what.trim() !== "" && who === "")) {
    say("agreements", "Choose who agreed to each line");
  }
  const { need } = draft;
  if (need.result === "found") {
    if (need.kind === null) say("need", "Say what the need is: family therapy or something else");
    if (need.what.trim() === "") say("need", "Say in a few words what is needed");
    if (need.owner === "") say("need", "Choose who looks after the referral");
    if (need.due === "") say("need", "Set the day by which it is to be arranged");
    if (need.forWhom === "relative" && need.support === "") {
      say("need", "Choose the relative the referral is for");
    }
  }
  return problems;
}

/** The rows in which something was written. */
export function given<T extends { text: string }>(list: readonly T[]): T[] {
  return list.filter(({ text }) => text.trim() !== "");
}

/** Minutes spoken alone with the consumer. */
export function privateMinutesOf({ before }: Pick<Draft, "before">): number {
  return before.word === "yes" ? (before.minutes ?? 0) : 0;
}
