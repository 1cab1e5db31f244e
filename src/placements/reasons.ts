import { accessKinds } from "../episodes/assessment.ts";
import type { Day } from "../kernel/day.ts";
import type { Answered, Needs } from "./needs.ts";
import { approaches, type Group, groups, type Unit, unitKinds, wordsFor } from "./unit.ts";

/** Beds of the unit, and the children's places beside them, where some are kept; null: theirs, not ours to see. */
export type Beds = (Free & { childPlaces: Free | null }) | null;
/** How many are free now, or from when one is. */
type Free = { freeNow: number; nextFree: Day | null };

export type Weighs = "for" | "against" | "unsuitable" | "not-known";
export type Reason = {
  weighs: Weighs;
  text: string;
  /** The day on which it was said, where that was in an earlier episode. */
  old?: Day;
  /** It was answered on this day, and that answer counts no more. */
  since?: Day;
};

const YOUNG = 25;

/** Collects reasons, each marked where its answer is of an earlier episode. */
function reasonsBy({ old }: Needs) {
  const reasons: Reason[] = [];
  const say = (weighs: Weighs, text: string, answered?: Answered, since?: Day | null) => {
    const on = answered && old[answered];
    reasons.push({ weighs, text, ...(since ? { since } : on ? { old: on } : {}) });
  };
  return { reasons, say };
}

export function aboutKind(unit: Unit, needs: Needs): Reason[] {
  const { askedKind } = needs;
  if (!askedKind) return [];
  const { reasons, say } = reasonsBy(needs);
  const words = lower(unitKinds[askedKind]);
  if (unit.kind === askedKind) say("for", `The kind that is asked for: ${words}`, "askedKind");
  else say("against", `Not the kind that is asked for: ${words}`, "askedKind");
  // MC B4: second stage is drug-free supported accommodation.
  if (unit.kind === "second-stage" && askedKind === "second-stage") {
    if (unit.drug_free) say("for", "Drug-free supported accommodation");
    else if (unit.drug_free === false) say("against", "Not drug-free accommodation");
    else say("not-known", "Whether it is drug-free was not written down");
  }
  return reasons;
}

/** Whether a unit takes in what the person lives with (MC B3), as far as either says. */
export function aboutCare(unit: Unit, needs: Needs): Reason[] {
  const { reasons, say } = reasonsBy(needs);
  for (const [group, is] of Object.entries(belongsTo(needs)) as [Group, boolean | null][]) {
    if (group === "pregnant" && is === null && says(needs, "he")) continue;
    const words = lower(wordsFor(groups, group));
    const asked = askedBy[group];
    const since = group === "pregnant" ? needs.pregnantSince : null;
    const serves = unit.serves.includes(group);
    const refuses = unit.does_not_take.includes(group);
    if (is === true && refuses) say("unsuitable", `Cannot take: ${words}`, asked);
    else if (is === true && serves) say("for", `Made for: ${words}`, asked);
    else if (is === null && refuses && since) {
      say("not-known", `Cannot take: ${words}`, asked, since);
    } else if (is === null && refuses)
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
    ["risk-to-self", "riskToSelf", "high risk to oneself"],
    ["risk-to-others", "riskToOthers", "high risk to others"],
  ] as const;
  for (const [code, asked, words] of risks) {
    const level = needs[asked];
    if (unit.does_not_take.includes(code)) {
      if (level === "high") say("unsuitable", `Cannot take: ${words}`, asked);
      if (level === "some") say("against", `Cannot take ${words}; the assessment says some`, asked);
      if (level === null) say("not-known", `Cannot take ${words}. The assessment does not say`);
    }
  }
  if (unit.kind === "crisis" && needs.riskToSelf === "high")
    say("for", "For somebody in a crisis", "riskToSelf");
  return reasons;
}

/** Which answer says to which group somebody belongs. */
const askedBy: Partial<Record<Group, Answered>> = {
  pregnant: "pregnant",
  "liver-disease": "liverDisease",
  "severe-mental-illness": "severeMentalIllness",
  offenders: "offendingNow",
};

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

export function aboutWishes(unit: Unit, needs: Needs): Reason[] {
  const { reasons, say } = reasonsBy(needs);
  const wanted = needs.preferredApproaches;
  if (unit.approach && wanted?.length) {
    const words = approaches[unit.approach];
    if (wanted.includes(unit.approach)) {
      say("for", `The approach they would like: ${lower(words)}`, "preferredApproaches");
    } else {
      say("against", `${words} is not the approach they would like`, "preferredApproaches");
    }
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
export function aboutWhom(unit: Unit, needs: Needs): Reason[] {
  const { reasons, say } = reasonsBy(needs);
  const against = unit.women_only ? "he" : unit.men_only ? "she" : null;
  if (against && says(needs, against) && needs.wantsWomenOnly !== unit.women_only) {
    const whom = unit.women_only ? "Women" : "Men";
    say("unsuitable", `${whom} only, and the record says ${needs.pronouns}: ask if in doubt`);
  } else if (unit.women_only) {
    if (needs.wantsWomenOnly === true)
      say("for", "Women only, as they would like", "wantsWomenOnly");
    if (needs.wantsWomenOnly === false)
      say("against", "Women only, and they do not ask for that", "wantsWomenOnly");
    if (needs.wantsWomenOnly === null) say("not-known", "Women only: ask what they would like");
  } else if (needs.wantsWomenOnly === true) {
    say(
      "against",
      unit.men_only ? "Men only" : "Not women only, and they would like that",
      "wantsWomenOnly",
    );
  } else if (unit.men_only) say("not-known", "Men only: ask whether that fits");
  return reasons;
}

export function aboutChild(unit: Unit, needs: Needs): Reason[] {
  const { reasons, say } = reasonsBy(needs);
  if (needs.wantsChildWith === true) {
    if (unit.does_not_take.includes("children"))
      say("unsuitable", "Cannot take a child along", "wantsChildWith");
    else if (unit.takes_children) say("for", "A child can come along", "wantsChildWith");
    else say("against", "It is not said that a child can come along", "wantsChildWith");
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

/** What it offers of what they need: what a unit does not say is asked, and never shuts it out. */
export function aboutAccess(unit: Unit, needs: Needs): Reason[] {
  const { reasons, say } = reasonsBy(needs);
  for (const kind of needs.access) {
    const words = lower(wordsFor(accessKinds, kind));
    if (unit.access_has.includes(kind)) say("for", `They need and it has: ${words}`, "access");
    else if (unit.access_lacks.includes(kind))
      say("against", `They need and it has not: ${words}`, "access");
    else say("not-known", `They need: ${words}. Ask whether it has that`, "access");
  }
  if (needs.accessWords && needs.access.length === 0) {
    say("not-known", `Access needs: “${needs.accessWords}”. Ask them`, "accessWords");
  }
  return reasons;
}

/** Whether they are understood there: in their own language, or through an interpreter. */
export function aboutLanguage(unit: Unit, needs: Needs): Reason[] {
  const { reasons, say } = reasonsBy(needs);
  const other = needs.language.toLowerCase() !== "english";
  if (!other && !needs.interpreter && !needs.languageWords) return [];
  const spoken = (unit.languages ?? "").split(",").map((one) => one.trim());
  const wanted = `${needs.language} ${needs.languageWords ?? ""}`.toLowerCase();
  const theirs = spoken.find((one) => one && one.toLowerCase() !== "english" && has(wanted, one));
  // What is said in words alone may be no language at all.
  const which = other ? needs.language : `“${needs.languageWords ?? "an interpreter"}”`;
  const from = needs.languageWords ? "languageWords" : undefined;
  if (theirs) say("for", `${theirs} is spoken there`, from);
  else if (unit.interpreters) say("for", `It brings in an interpreter: ${which}`, from);
  else if (unit.interpreters === false && (other || needs.interpreter))
    say("against", `It brings in no interpreter: ${which}`, from);
  else say("not-known", `Language needs: ${which}. Ask them`, from);
  return reasons;
}

function has(wanted: string, language: string): boolean {
  return wanted.split(/[^\p{L}]+/u).includes(language.toLowerCase());
}

/** Said first of a unit that has one. */
export const FREE_NOW = "A bed is free now";

export function aboutBeds(beds: Beds): Reason[] {
  if (!beds) return [{ weighs: "not-known", text: "Its beds are not kept here: ask them" }];
  if (beds.freeNow > 0) return [{ weighs: "for", text: FREE_NOW }];
  if (beds.nextFree) return [{ weighs: "against", text: "No bed is free now" }];
  return [{ weighs: "against", text: "No bed is free, and no day is known" }];
}

export function aboutChildPlaces(unit: Unit, beds: Beds, { wantsChildWith }: Needs): Reason[] {
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

export const lower = (text: string) => text.charAt(0).toLowerCase() + text.slice(1);
