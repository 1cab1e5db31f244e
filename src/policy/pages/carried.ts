import { may, type Role } from "../../people/access.ts";
import { paths } from "../../web/paths.ts";
import type { Words } from "../../web/words.ts";
import type { Clause } from "../bulletin.ts";
import { type Condition, everyCondition } from "../condition.ts";
import { SUBJECTS, type SubjectName } from "../facts.ts";
import { placesOfFact } from "./fact-places.ts";
import type { Place } from "./place.ts";
import { worksOf } from "./works.ts";

/** How a clause is carried, in the words of its bulletin's page. */
export type CarriedBy = "rule must" | "rule should" | "limit" | "work" | "note" | "dates";

/** One way in which a clause is carried, and where that is for the person who asks. */
export type Carriage = {
  readonly by: CarriedBy;
  /** Pages they can open, the most useful first; none when the work is other people's. */
  readonly places: readonly Omit<Place, "needs">[];
  /** Instead of a page: what is done, or why there is nothing to do. */
  readonly otherwise: string | null;
};

/** Where whoever records none of a rule's facts sees what was judged by it. */
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
  about: SubjectName,
  clause: Clause,
  roles: readonly Role[],
  words: Words,
): readonly Carriage[] {
  const rule = (by: CarriedBy, facts: readonly string[]): Carriage => ({
    by,
    places: openPlaces(about, facts, roles, words),
    otherwise: null,
  });
  return [
    ...(clause.must ? [rule("rule must", factsIn(clause.must))] : []),
    ...(clause.should ? [rule("rule should", factsIn(clause.should))] : []),
    ...(clause.limit ? [rule("limit", ["units"])] : []),
    ...(clause.work.length > 0 ? [carriedByWork(clause.work, roles, words)] : []),
    ...(clause.note
      ? [{ by: "note" as const, places: [], otherwise: "An aim: there is nothing to enforce." }]
      : []),
  ];
}

/** Of each work the first page that they can open; when there is none, what others do there. */
function carriedByWork(names: readonly string[], roles: readonly Role[], words: Words): Carriage {
  const works = names.map((name) => worksOf(words)[name]?.entries ?? []);
  const open = works.flatMap((entries) =>
    entries.filter(({ needs }) => may(roles, needs)).slice(0, 1),
  );
  const others = works.flatMap(([first]) => (first ? [`${first.page}: ${first.how}.`] : []));
  const otherwise = others.length > 0 ? `Done by clinical staff. ${others.join(" ")}` : null;
  return { by: "work", places: byPage(open), otherwise: open.length > 0 ? null : otherwise };
}

/** Where the facts come from; for who records none of them, where the verdicts are; else the cases. */
function openPlaces(
  about: SubjectName,
  facts: readonly string[],
  roles: readonly Role[],
  words: Words,
) {
  const known = placesOfFact(words)[about];
  const sources = facts.flatMap((fact) => {
    const first = (known[fact] ?? []).find(({ needs }) => may(roles, needs));
    return first ? [first] : [];
  });
  const judged = SUBJECTS[about].claimed ? [verdicts, cases] : [cases];
  const fallback = judged.filter(({ needs }) => may(roles, needs)).slice(0, 1);
  return byPage(sources.length > 0 ? sources : fallback);
}

/** Each page once, with all that is there. */
function byPage(places: readonly Place[]): Carriage["places"] {
  return [...Map.groupBy(places, ({ to }) => to)].flatMap(([to, same]) => {
    const [first] = same;
    const how = [...new Set(same.map((place) => place.how))].join("; ");
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
