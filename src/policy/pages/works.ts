import { paths } from "../../web/paths.ts";
import { capital, type Words } from "../../web/words.ts";
import type { Place } from "./place.ts";

/** The part of the product that carries a `work` of a bulletin. */
export type Work = {
  /** The page on which it is done, as its route is written. */
  readonly doneOn: string;
  /** Most such pages are one consumer's, so links go to a page from which one chooses whose. */
  readonly entries: readonly Place[];
};

/** What carries each `work` that a bulletin may name. */
export function worksOf(words: Words): Readonly<Record<string, Work>> {
  const one = ":consumerId";
  const plan = capital(words.carePlan);
  const fromRecords = (doneOn: string, how: string): Work => ({
    doneOn,
    entries: [{ page: capital(words.consumers), to: paths.people(), needs: "record.read", how }],
  });
  return {
    conference: {
      doneOn: paths.hold(one, ":conferenceId"),
      entries: [
        {
          page: "Calendar",
          to: paths.calendar(),
          needs: "appointment.write",
          how: "schedule and invite; from there it is held, signed, and who agreed to do what is kept",
        },
      ],
    },
    barriers: fromRecords(
      paths.hold(one, ":conferenceId"),
      `open a ${words.consumer}'s conference: each barrier is tied to the goal that it blocks`,
    ),
    "relapse-prevention-plan": fromRecords(
      paths.relapsePlan(one),
      `open a ${words.consumer}, then Relapse prevention: triggers and strategies found in a conference feed it`,
    ),
    "discharge-conference": fromRecords(
      paths.dischargePlan(one),
      `open a ${words.consumer}, then Discharge plan: the discharge conference opens it, with or without family`,
    ),
    "need-and-referral": {
      doneOn: paths.referrals(one),
      entries: [
        {
          page: "Tasks",
          to: paths.tasks(),
          needs: "record.read",
          how: "a need found in a conference is a referral here, with an owner and a due date",
        },
      ],
    },
    interventions: fromRecords(
      paths.plan(one),
      `open a ${words.consumer}, then ${plan}: information, advice and support are interventions on it`,
    ),
    liaison: fromRecords(
      paths.referrals(one),
      `open a ${words.consumer}, then Referrals: to medical, psychiatric, child care, housing and other services`,
    ),
    prescribing: fromRecords(
      paths.plan(one),
      `open a ${words.consumer}, then Prescribing: what, by whom, where, from when to when`,
    ),
    "placement-directory": fromRecords(
      paths.plan(one),
      "the directory of units: approach, kind, groups served, beds",
    ),
    "bed-board": fromRecords(
      paths.plan(one),
      "the bed board: a detox unit and the rehab it is attached to, and stays that move through both",
    ),
    matching: fromRecords(
      paths.plan(one),
      `open a ${words.consumer}, then Matching: units ranked by need and wish; joint work is named with its lead`,
    ),
    "second-stage": fromRecords(
      paths.plan(one),
      `open a ${words.consumer}, then Placements: drug-free supported accommodation, with plan, ${words.keyworker} and supports`,
    ),
    "aftercare-plan": fromRecords(
      paths.plan(one),
      `open a ${words.consumer}, then Aftercare: supports, relapse measures, the way back in, gains to protect`,
    ),
    "re-entry": fromRecords(
      paths.plan(one),
      `open a ${words.consumer}, then Come back: a new linked episode in one action, with a clock`,
    ),
    "open-access": fromRecords(
      paths.plan(one),
      "the log of open contacts, which needs no plan and no episode",
    ),
    "recovery-supports": fromRecords(
      paths.plan(one),
      `open a ${words.consumer}, then Aftercare: each support named and handed to whoever delivers it`,
    ),
  };
}
