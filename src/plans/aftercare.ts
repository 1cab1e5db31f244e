import { addDays, type Day } from "../kernel/day.ts";

/** Supports that have to do with drugs and drink (MC C1). */
export const drugRelated = {
  "relapse-prevention": "Relapse prevention",
  "mutual-aid": "Mutual aid meetings",
  advice: "Advice",
  "harm-reduction": "Harm reduction",
  prescribing: "Prescribing",
  other: "Something else",
} as const;

/** Supports that have to do with the rest of life (MC C2). */
export const notDrugRelated = {
  housing: "Housing",
  "supported-accommodation": "Supported accommodation",
  relationships: "Relationships",
  education: "Education and training",
  employment: "Work",
  parenting: "Parenting",
  "child-care": "Child care",
  "womens-service": "Women's service",
  "peer-mentor": "Peer mentor",
  activity: "Social or activity group",
  health: "Health",
  money: "Money and benefits",
  other: "Something else",
} as const;

export const supportKinds = {
  "drug-related": { label: "Drug-related", whats: drugRelated as Record<string, string> },
  "non-drug-related": {
    label: "Not drug-related",
    whats: notDrugRelated as Record<string, string>,
  },
} as const;
export type SupportKind = keyof typeof supportKinds;

/** What a support is, in words; what is no code stands as it is. */
export function supportWords(support: { kind: string; what: string }): string {
  return supportKinds[support.kind as SupportKind]?.whats[support.what] ?? support.what;
}

/** A kind and what it is, as one choice of a form: `drug-related:mutual-aid`. */
export function readChoice(choice: string): { kind: SupportKind; what: string } | null {
  const [kind = "", what = ""] = choice.split(":");
  const found = Object.hasOwn(supportKinds, kind) ? supportKinds[kind as SupportKind] : null;
  return found && Object.hasOwn(found.whats, what) ? { kind: kind as SupportKind, what } : null;
}

export type SupportState = "planned" | "handed-over" | "accepted" | "declined" | "ended";

/** Whether a support is planned or going on; one that was declined or ended is over. */
export function isStanding(support: { state: string }): boolean {
  return ["planned", "handed-over", "accepted"].includes(support.state);
}

/** What a support is now, from its dates; `late` when nobody answered by the day to ask again. */
export function supportState(
  support: { state: string; chase_on: string | null },
  today: Day,
): { label: string; late: boolean } {
  const labels: Record<string, string> = {
    planned: "Not handed over yet",
    "handed-over": "Handed over, not yet accepted",
    accepted: "Accepted",
    declined: "Declined",
    ended: "Ended",
  };
  const late =
    support.state === "handed-over" && support.chase_on !== null && support.chase_on < today;
  return { label: labels[support.state] ?? support.state, late };
}

/** A declined support for which nothing of its kind stands: somebody else has to be found. */
export function toReplace<S extends { kind: string; what: string; state: string }>(
  supports: readonly S[],
): S[] {
  return supports.filter(
    (one) =>
      one.state === "declined" &&
      !supports.some(
        (other) => other.what === one.what && other.kind === one.kind && isStanding(other),
      ),
  );
}

/** What an aftercare plan holds, as far as it can be complete. */
export type AftercareParts = {
  /** Standing triggers and early signs, and what to do about them. */
  signs: number;
  strategies: number;
  callFirst: string | null;
  backWhere: string | null;
  backWho: string | null;
  backPhone: string | null;
  backWithinDays: number | null;
  supports: readonly { kind: string; state: string }[];
  gains: number;
};

export type Part = "relapse" | "way-back" | "supports" | "gains";
/** `written`: it is a line of the plan itself, and so comes with a new version. */
export type Missing = { part: Part; says: string; written: boolean };

const WHOM_TO_CALL = "Whom to call first";

/** What MC C names and the plan does not have yet: relapse measures, the way back in, both kinds of support, gains. */
export function missingFrom(plan: AftercareParts): Missing[] {
  const blank = (text: string | null) => !text?.trim();
  const has = (kind: SupportKind) =>
    plan.supports.some((support) => support.kind === kind && isStanding(support));
  const checks: [missing: boolean, part: Part, says: string][] = [
    [plan.signs === 0, "relapse", "An early sign or a trigger"],
    [plan.strategies === 0, "relapse", "What to do about an early sign or a trigger"],
    [blank(plan.callFirst), "relapse", WHOM_TO_CALL],
    [blank(plan.backWhere), "way-back", "The way back in: where"],
    [blank(plan.backWho), "way-back", "The way back in: whom to ask for"],
    [blank(plan.backPhone), "way-back", "The way back in: a number that is answered"],
    [plan.backWithinDays === null, "way-back", "The way back in: how soon they are seen"],
    [!has("drug-related"), "supports", "A drug-related support"],
    [!has("non-drug-related"), "supports", "A support that is not drug-related"],
    [plan.gains === 0, "gains", "Something gained that is to be kept"],
  ];
  return checks.flatMap(([missing, part, says]) =>
    missing ? [{ part, says, written: part === "way-back" || says === WHOM_TO_CALL }] : [],
  );
}

/** The plan in force: the newest that was agreed, even after its episode closed. Plans come newest first. */
export function planInForce<P extends { state: string }>(plans: readonly P[]): P | null {
  return plans.find(({ state }) => state === "active") ?? null;
}

/** What a plan holds, with the supports and gains of its episode and the relapse prevention plan as it stands. */
export function partsOf(
  plan: {
    episode_id: string;
    call_first: string | null;
    back_where: string | null;
    back_who: string | null;
    back_phone: string | null;
    back_within_days: number | null;
  },
  around: {
    triggers: readonly { strategies: readonly unknown[] }[];
    anyTime: readonly unknown[];
    supports: readonly { episode_id: string; kind: string; state: string }[];
    gains: readonly { episode_id: string; ended_on: string | null }[];
  },
): AftercareParts {
  return {
    signs: around.triggers.length,
    strategies: around.triggers.reduce(
      (sum, { strategies }) => sum + strategies.length,
      around.anyTime.length,
    ),
    callFirst: plan.call_first,
    backWhere: plan.back_where,
    backWho: plan.back_who,
    backPhone: plan.back_phone,
    backWithinDays: plan.back_within_days,
    supports: around.supports.filter(({ episode_id }) => episode_id === plan.episode_id),
    gains: around.gains.filter((one) => one.episode_id === plan.episode_id && !one.ended_on).length,
  };
}

export type Stage = "draft" | "agreed" | "handed-over" | "active" | "superseded";
export const stageWords: Record<Stage, string> = {
  draft: "Draft",
  agreed: "Agreed",
  "handed-over": "Handed over",
  active: "Active: all accepted",
  superseded: "Superseded",
};

/**
 * How far a plan is: drafted, agreed, handed over to everybody who delivers, active once all have
 * accepted. Folded from the plan and its supports; nothing of it is stored.
 */
export function stageOf(plan: { state: string }, supports: readonly { state: string }[]): Stage {
  if (plan.state === "draft" || plan.state === "superseded") return plan.state;
  const standing = supports.filter(isStanding);
  if (standing.length === 0 || standing.some(({ state }) => state === "planned")) return "agreed";
  return standing.every(({ state }) => state === "accepted") ? "active" : "handed-over";
}

/** The day to ask again when nobody has answered: a week after handing over. */
export function chaseDay(handedOn: Day): Day {
  return addDays(handedOn, 7);
}

export const findings = { kept: "Kept", "at-risk": "At risk", lost: "Lost" } as const;
export type Finding = keyof typeof findings;
