import { may, type Permission, type Role } from "../../people/access.ts";
import { paths } from "../../web/paths.ts";
import { capital, type Words } from "../../web/words.ts";
import type { Clause } from "../bulletin.ts";
import { type Condition, everyCondition } from "../condition.ts";

/** How a clause is carried, in the words of its bulletin's page. */
export type CarriedBy = "rule must" | "rule should" | "limit" | "work" | "note" | "dates";

/** A page from which one gets to what carries a clause, and who may open it. */
export type Place = {
  readonly page: string;
  readonly to: string;
  readonly needs: Permission;
  /** What is there, in a few words. */
  readonly how: string;
};

/** One way in which a clause is carried, and where that is for the person who asks. */
export type Carriage = {
  readonly by: CarriedBy;
  /** Pages they can open, the most useful first; none when the work is other people's. */
  readonly places: readonly Omit<Place, "needs">[];
  /** Instead of a page: what is done, or why there is nothing to do. */
  readonly otherwise: string | null;
};

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
  };
}

/** The pages where each fact that a rule names comes from. A fact without one is left out. */
export function placesOfFact(words: Words): Readonly<Record<string, readonly Place[]>> {
  const calendar = (how: string): Place => ({
    page: "Calendar",
    to: paths.calendar(),
    needs: "record.write",
    how,
  });
  const times = [calendar("the time that is booked, and the times that were held")];
  const checkIn = [calendar("who came is checked in when the conference is held")];
  return {
    program: [
      {
        page: capital(words.consumers),
        to: paths.people(),
        needs: "record.write",
        how: `open a ${words.consumer}: the ${words.program} they are in, with its dates`,
      },
      {
        page: capital(words.programs),
        to: paths.programs(),
        needs: "agency.manage",
        how: `each ${words.program} and its code`,
      },
    ],
    setting: [
      calendar("the room that is booked carries its setting"),
      {
        page: "Rooms",
        to: paths.rooms(),
        needs: "agency.manage",
        how: "each room carries its setting",
      },
    ],
    consumer_present: checkIn,
    supports_present: checkIn,
    plan_discussed: [calendar("which plan was discussed is part of the signed note")],
    start_time: times,
    end_time: times,
    units: [calendar("the week's meter shows the units left while one books")],
    performer_qualification: [
      calendar("whoever leads is asked for a credential held on the day of service"),
      {
        page: "Staff",
        to: paths.staff(),
        needs: "agency.manage",
        how: "credentials, each with its first and last day",
      },
    ],
    therapy_need_open_days: [
      {
        page: "Tasks",
        to: paths.tasks(),
        needs: "record.read",
        how: "a recorded need waits here until it is arranged or declined",
      },
    ],
  };
}

const verdicts: Place = {
  page: "Ready to claim",
  to: paths.claims(),
  needs: "claim.read",
  how: "each service's verdict on it, with reason, units and money",
};

/** On the bulletin's own page: where everybody else sees a rule at work. */
const cases: Place = {
  page: "Worked cases",
  to: "#cases",
  needs: "bulletin.read",
  how: "lines it meets and lines that breach it, judged now",
};

/** How a bulletin's header is carried: by its first and last day in force, which every judgement asks. */
export const carriedByDates: Carriage = {
  by: "dates",
  places: [{ page: cases.page, to: cases.to, how: "the day before its first, and its first" }],
  otherwise: null,
};

/** Every way in which a clause is carried, in the order must, should, limit, work, note. */
export function carriagesOf(
  clause: Clause,
  roles: readonly Role[],
  words: Words,
): readonly Carriage[] {
  const rule = (by: CarriedBy, facts: readonly string[]): Carriage => ({
    by,
    places: openPlaces(facts, roles, words),
    otherwise: null,
  });
  return [
    ...(clause.must ? [rule("rule must", factsIn(clause.must))] : []),
    ...(clause.should ? [rule("rule should", factsIn(clause.should))] : []),
    ...(clause.limit ? [rule("limit", ["units"])] : []),
    ...(clause.work ? [carriedByWork(clause.work, roles, words)] : []),
    ...(clause.note
      ? [{ by: "note" as const, places: [], otherwise: "An aim: there is nothing to enforce." }]
      : []),
  ];
}

function carriedByWork(name: string, roles: readonly Role[], words: Words): Carriage {
  const all = worksOf(words)[name]?.entries ?? [];
  const open = all.filter(({ needs }) => may(roles, needs)).slice(0, 1);
  const other = all[0] && `Done by clinical staff. ${all[0].page}: ${all[0].how}.`;
  return { by: "work", places: open, otherwise: open.length > 0 ? null : (other ?? null) };
}

/** Where the facts come from; for who records none of them, where the verdicts are; else the cases. */
function openPlaces(facts: readonly string[], roles: readonly Role[], words: Words) {
  const known = placesOfFact(words);
  const sources = facts.flatMap((fact) => {
    const first = (known[fact] ?? []).find(({ needs }) => may(roles, needs));
    return first ? [first] : [];
  });
  const fallback = [verdicts, cases].filter(({ needs }) => may(roles, needs)).slice(0, 1);
  const byPage = Map.groupBy(sources.length > 0 ? sources : fallback, ({ to }) => to);
  return [...byPage].flatMap(([to, places]) => {
    const [first] = places;
    const how = [...new Set(places.map((place) => place.how))].join("; ");
    return first ? [{ page: first.page, to, how }] : [];
  });
}

function factsIn(condition: Condition): readonly string[] {
  const names = [...everyCondition(condition)].flatMap((part) => {
    if (part.op === "noOverlapWith") return ["start_time"];
    return "fact" in part ? [part.fact] : [];
  });
  return [...new Set(names)];
}
