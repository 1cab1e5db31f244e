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
    contacts: fromRecords(
      paths.newService(one),
      `open a ${words.consumer}, then Sessions: information and advice is a contact of its own`,
    ),
    "own-qualification": fromRecords(
      paths.newService(one),
      `open a ${words.consumer}, then Sessions: whoever records Family Therapy is asked for its own credential`,
    ),
    liaison: fromRecords(
      paths.referrals(one),
      `open a ${words.consumer}, then Referrals: to medical, psychiatric, child care, housing and other services`,
    ),
    prescribing: fromRecords(
      paths.prescribing(one),
      `open a ${words.consumer}, then Prescribing: what, by whom, where, from when to when`,
    ),
    "placement-directory": {
      doneOn: paths.units(),
      entries: [
        {
          page: "Units",
          to: paths.units(),
          needs: "unit.read",
          how: "every unit with its approach, its kind, whom it serves, and its beds",
        },
      ],
    },
    "bed-board": {
      doneOn: paths.beds(),
      entries: [
        {
          page: "Beds",
          to: paths.beds(),
          needs: "bed.read",
          how: "a detox and the rehab it is attached to: one stay moves through both",
        },
      ],
    },
    matching: fromRecords(
      paths.matching(one),
      `open a ${words.consumer}, then Matching: units ranked by need and wish, reasons for and against; joint work is named with its lead`,
    ),
    "second-stage": fromRecords(
      paths.placements(one),
      `open a ${words.consumer}, then Placements: drug-free supported accommodation, with plan, ${words.keyworker} and supports`,
    ),
    "aftercare-plan": fromRecords(
      paths.aftercare(one),
      `open a ${words.consumer}, then Aftercare: supports, relapse measures, the way back in, gains to protect`,
    ),
    "re-entry": {
      doneOn: paths.comeBack(one),
      entries: [
        {
          page: capital(words.consumers),
          to: paths.people(),
          needs: "come-back.take",
          how: `find a ${words.consumer}, then Come back: a new linked episode in one action, with a clock`,
        },
      ],
    },
    "open-access": {
      doneOn: paths.openAccess(),
      entries: [
        {
          page: "Open access",
          to: paths.openAccess(),
          needs: "open-access.use",
          how: "the log of contacts, which needs no plan and no episode",
        },
      ],
    },
    directory: {
      doneOn: paths.directory(),
      entries: [
        {
          page: "Directory",
          to: paths.directory(),
          needs: "directory.read",
          how: "meetings, drop-ins and groups, with their times and places",
        },
      ],
    },
    "harm-reduction": {
      doneOn: paths.leaving(one),
      entries: [
        {
          page: "Who left",
          to: paths.leavings(),
          needs: "record.read",
          how: "overdose advice and naloxone are asked for at every ending: given, or declined",
        },
      ],
    },
    "recovery-supports": fromRecords(
      paths.aftercare(one),
      `open a ${words.consumer}, then Aftercare: supports of both kinds, each handed to whoever delivers it`,
    ),
  };
}
