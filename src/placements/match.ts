import type { Needs } from "./needs.ts";
import {
  aboutAccess,
  aboutBeds,
  aboutCare,
  aboutChild,
  aboutChildPlaces,
  aboutKind,
  aboutLanguage,
  aboutWhom,
  aboutWishes,
  type Beds,
  belongsTo,
  lower,
  type Reason,
  type Weighs,
} from "./reasons.ts";
import { groups, type Unit } from "./unit.ts";

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
        ...aboutAccess(unit, needs),
        ...aboutLanguage(unit, needs),
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
