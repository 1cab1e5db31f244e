import type { Day } from "../kernel/day.ts";
import {
  approaches,
  type Group,
  groups,
  type Unit,
  type UnitKind,
  unitKinds,
  wordsFor,
} from "./unit.ts";

/**
 * What is known of the person, from the latest completed assessment and what is recorded beside
 * it. Null where nobody asked or nobody knows.
 */
export type Needs = {
  /** The kind of place that is asked for: by the person, or by whoever put them on a list. */
  askedKind: UnitKind | null;
  preferredApproaches: readonly string[] | null;
  wantsWomenOnly: boolean | null;
  wantsChildWith: boolean | null;
  preferredLocality: string | null;
  pregnant: boolean | null;
  liverDisease: boolean | null;
  severeMentalIllness: boolean | null;
  offendingNow: boolean | null;
  prescribedNow: boolean | null;
  riskToSelf: "none" | "some" | "high" | null;
  riskToOthers: "none" | "some" | "high" | null;
  /** Completed years. */
  /** Null: nobody knows when they were born. */
  age: number | null;
  /** As the person gave them; a hint for units of women or men only, and no more. */
  pronouns: string | null;
};

/** Beds of the unit, and the children's places beside them, where some are kept; null: theirs, not ours to see. */
export type Beds = (Free & { childPlaces: Free | null }) | null;
/** How many are free now, or from when one is. */
type Free = { freeNow: number; nextFree: Day | null };

export type Weighs = "for" | "against" | "unsuitable" | "not-known";
export type Reason = { weighs: Weighs; text: string };

export type Match = {
  unit: Unit;
  beds: Beds;
  reasons: Reason[];
  suitable: boolean;
  /** Of the kind that is asked for. */
  asked: boolean;
};

/** Pages show them in this order. */
export const order: readonly Weighs[] = ["unsuitable", "for", "against", "not-known"];

const YOUNG = 25;

/**
 * Every unit, each with the reasons for and against: the kind that is asked for first, and the most
 * suitable of it. What a unit says it cannot care for puts it at the end, with why; nothing is left out.
 */
export function rank(units: readonly { unit: Unit; beds: Beds }[], needs: Needs): Match[] {
  return units
    .map(({ unit, beds }) => {
      const reasons = [
        ...aboutKind(unit, needs),
        ...aboutCare(unit, needs),
        ...aboutWishes(unit, needs),
        ...aboutBeds(beds),
        ...aboutChildPlaces(unit, beds, needs),
      ];
      const suitable = !reasons.some(({ weighs }) => weighs === "unsuitable");
      const sorted = reasons.sort((a, b) => order.indexOf(a.weighs) - order.indexOf(b.weighs));
      return { unit, beds, reasons: sorted, suitable, asked: unit.kind === needs.askedKind };
    })
    .sort(compare);
}

function compare(a: Match, b: Match): number {
  const count = (match: Match, weighs: Weighs) =>
    match.reasons.filter((reason) => reason.weighs === weighs).length;
  const score = (match: Match) =>
    count(match, "for") - count(match, "against") - 10 * count(match, "unsuitable");
  return (
    Number(b.suitable) - Number(a.suitable) ||
    Number(b.asked) - Number(a.asked) ||
    score(b) - score(a) ||
    soonest(a.beds).localeCompare(soonest(b.beds)) ||
    a.unit.name.localeCompare(b.unit.name, "en")
  );
}

function soonest(beds: Beds): string {
  if (!beds) return "9998";
  return beds.freeNow > 0 ? "0" : (beds.nextFree ?? "9999");
}

function aboutKind(unit: Unit, { askedKind }: Needs): Reason[] {
  if (!askedKind) return [];
  const words = lower(unitKinds[askedKind]);
  return unit.kind === askedKind
    ? [{ weighs: "for", text: `The kind that is asked for: ${words}` }]
    : [{ weighs: "against", text: `Not the kind that is asked for: ${words}` }];
}

/** Whether a unit takes in what the person lives with (MC B3), as far as either says. */
function aboutCare(unit: Unit, needs: Needs): Reason[] {
  const reasons: Reason[] = [];
  const say = (weighs: Weighs, text: string) => reasons.push({ weighs, text });
  for (const [group, is] of Object.entries(belongsTo(needs)) as [Group, boolean | null][]) {
    if (group === "pregnant" && is === null && says(needs, "he")) continue;
    const words = lower(wordsFor(groups, group));
    const serves = unit.serves.includes(group);
    const refuses = unit.does_not_take.includes(group);
    if (is === true && refuses) say("unsuitable", `Cannot take: ${words}`);
    else if (is === true && serves) say("for", `Made for: ${words}`);
    else if (is === null && refuses)
      say("not-known", `Cannot take: ${words}. The assessment does not say`);
  }
  if (unit.does_not_take.includes("current-prescribing")) {
    if (needs.prescribedNow === true) say("unsuitable", "Takes nobody on a current prescription");
    if (needs.prescribedNow === null)
      say("not-known", "Takes nobody on a current prescription. None is recorded here: ask");
  } else if (unit.drug_free && needs.prescribedNow === true) {
    say("against", "Drug-free: ask what it makes of the current prescription");
  }
  const risks = [
    ["risk-to-self", needs.riskToSelf, "high risk to oneself"],
    ["risk-to-others", needs.riskToOthers, "high risk to others"],
  ] as const;
  for (const [code, level, words] of risks) {
    if (unit.does_not_take.includes(code)) {
      if (level === "high") say("unsuitable", `Cannot take: ${words}`);
      if (level === "some") say("against", `Cannot take ${words}; the assessment says some`);
      if (level === null) say("not-known", `Cannot take ${words}. The assessment does not say`);
    }
  }
  if (unit.kind === "crisis" && needs.riskToSelf === "high") say("for", "For somebody in a crisis");
  return reasons;
}

/** To which particular groups the person belongs; null where nobody knows. */
export function belongsTo(needs: Needs): Record<Exclude<Group, "couples">, boolean | null> {
  return {
    pregnant: needs.pregnant,
    "liver-disease": needs.liverDisease,
    "severe-mental-illness": needs.severeMentalIllness,
    offenders: needs.offendingNow,
    "young-adults": needs.age === null ? null : needs.age < YOUNG,
  };
}

/** MC B3 says that joint work with specialist units may be wanted for these: a prompt, no rule. */
export function jointPrompt(needs: Needs): string[] {
  return (["pregnant", "liver-disease", "severe-mental-illness"] as const)
    .filter((group) => belongsTo(needs)[group] === true)
    .map((group) => lower(groups[group]));
}

/**
 * What is asked before a bed is booked: whatever speaks strongly against the unit where a place is
 * looked for, whether women or men only fits, and whether a child who does come along can. It is
 * answered in a word, and refuses nobody.
 */
export function askedBefore(unit: Unit, needs: Needs, childrenWith: number): string[] {
  const all = { ...needs, wantsChildWith: childrenWith > 0 ? true : needs.wantsChildWith };
  const strongly = ({ weighs }: Reason) => weighs === "unsuitable";
  const only = unit.women_only ? "For women only" : unit.men_only ? "For men only" : null;
  const whom = aboutWhom(unit, all);
  const asked = [...whom.filter(strongly), ...aboutCare(unit, all).filter(strongly)];
  if (only && !whom.some((reason) => strongly(reason) || reason.weighs === "for")) {
    asked.unshift({ weighs: "not-known", text: only });
  }
  asked.push(...aboutChild(unit, all).filter(strongly));
  if (childrenWith > 0 && !unit.takes_children && !unit.does_not_take.includes("children")) {
    asked.push(...aboutChild(unit, all));
  }
  return asked.map(({ text }) => text);
}

function aboutWishes(unit: Unit, needs: Needs): Reason[] {
  const reasons: Reason[] = [];
  const say = (weighs: Weighs, text: string) => reasons.push({ weighs, text });
  const wanted = needs.preferredApproaches;
  if (unit.approach && wanted?.length) {
    const words = approaches[unit.approach];
    if (wanted.includes(unit.approach)) say("for", `The approach they would like: ${lower(words)}`);
    else say("against", `${words} is not the approach they would like`);
  } else if (unit.approach && !wanted) {
    say("not-known", `${approaches[unit.approach]}: no approach was asked about`);
  }
  reasons.push(...aboutWhom(unit, needs), ...aboutChild(unit, needs));
  if (needs.preferredLocality) {
    if (!unit.locality) say("not-known", "Where it is was not written down");
    else if (near(unit.locality, needs.preferredLocality))
      say("for", `Where they would like: ${unit.locality}`);
    else say("against", `In ${unit.locality}, not where they would like`);
  }
  return reasons;
}

/** Women only, men only, and what the person would like. */
function aboutWhom(unit: Unit, needs: Needs): Reason[] {
  const reasons: Reason[] = [];
  const say = (weighs: Weighs, text: string) => reasons.push({ weighs, text });
  const against = unit.women_only ? "he" : unit.men_only ? "she" : null;
  if (against && says(needs, against) && needs.wantsWomenOnly !== unit.women_only) {
    const whom = unit.women_only ? "Women" : "Men";
    say("unsuitable", `${whom} only, and the record says ${needs.pronouns}: ask if in doubt`);
  } else if (unit.women_only) {
    if (needs.wantsWomenOnly === true) say("for", "Women only, as they would like");
    if (needs.wantsWomenOnly === false) say("against", "Women only, and they do not ask for that");
    if (needs.wantsWomenOnly === null) say("not-known", "Women only: ask what they would like");
  } else if (needs.wantsWomenOnly === true) {
    say("against", unit.men_only ? "Men only" : "Not women only, and they would like that");
  } else if (unit.men_only) say("not-known", "Men only: ask whether that fits");
  return reasons;
}

function aboutChild(unit: Unit, needs: Needs): Reason[] {
  const reasons: Reason[] = [];
  const say = (weighs: Weighs, text: string) => reasons.push({ weighs, text });
  if (needs.wantsChildWith === true) {
    if (unit.does_not_take.includes("children")) say("unsuitable", "Cannot take a child along");
    else if (unit.takes_children) say("for", "A child can come along");
    else say("against", "It is not said that a child can come along");
  } else if (needs.wantsChildWith === null && unit.does_not_take.includes("children")) {
    say("not-known", "Takes no children: ask whether a child is to come along");
  }
  return reasons;
}

function says({ pronouns }: Needs, word: "he" | "she"): boolean {
  return new RegExp(`^${word}\\b`, "i").test(pronouns ?? "");
}

function near(locality: string, wanted: string): boolean {
  const [a, b] = [locality.toLowerCase(), wanted.toLowerCase()];
  return a.includes(b) || b.includes(a);
}

function aboutBeds(beds: Beds): Reason[] {
  if (!beds) return [{ weighs: "not-known", text: "Its beds are not kept here: ask them" }];
  if (beds.freeNow > 0) return [{ weighs: "for", text: "A bed is free now" }];
  if (beds.nextFree) return [{ weighs: "against", text: "No bed is free now" }];
  return [{ weighs: "against", text: "No bed is free, and no day is known" }];
}

function aboutChildPlaces(unit: Unit, beds: Beds, { wantsChildWith }: Needs): Reason[] {
  if (wantsChildWith !== true || !beds?.childPlaces || !unit.takes_children) return [];
  const { freeNow, nextFree } = beds.childPlaces;
  if (freeNow > 0) return [{ weighs: "for", text: "A child's place is free now" }];
  return [
    {
      weighs: "against",
      text: nextFree
        ? "No child's place is free now"
        : "No child's place is free, and no day is known",
    },
  ];
}

const lower = (text: string) => text.charAt(0).toLowerCase() + text.slice(1);
