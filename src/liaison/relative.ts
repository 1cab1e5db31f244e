/** Where a referral for a relative stands; `open`: not sent yet. */
export const relativeStatuses = [
  ...(["open", "sent", "accepted", "declined", "attended", "closed"] as const),
] as const;
export type RelativeStatus = (typeof relativeStatuses)[number];

/** `says`: how it stands; `does`: what is pressed to say so. */
export const relativeWords: Record<RelativeStatus, { says: string; does: string; color: string }> =
  {
    open: { says: "Not sent yet", does: "Not sent yet", color: "orange" },
    sent: { says: "Asked, no answer yet", does: "Sent", color: "blue" },
    accepted: { says: "Accepted", does: "They accept", color: "teal" },
    declined: { says: "They cannot help", does: "They cannot help", color: "orange" },
    attended: { says: "Attended", does: "They went", color: "teal" },
    closed: { says: "Closed", does: "Close with outcome", color: "gray" },
  };

const next: Record<RelativeStatus, readonly RelativeStatus[]> = {
  open: ["closed"],
  sent: ["accepted", "attended", "declined", "closed"],
  accepted: ["attended", "declined", "closed"],
  declined: ["closed"],
  attended: ["closed"],
  closed: [],
};

/** What it may become by saying so; it is sent by sending it, with the relative's consent. */
export function relativeNext(status: string): readonly RelativeStatus[] {
  return next[status as RelativeStatus] ?? [];
}

/** What its owner does on the day that is next. */
export function relativeDoes(status: string): string {
  const does: Partial<Record<string, string>> = {
    open: "to be sent by",
    sent: "ask again on",
    accepted: "ask whether they went on",
    declined: "find somebody else by",
    attended: "ask what came of it on",
  };
  return does[status] ?? "look at it again on";
}

/** How the relative agreed that somebody is told about them. */
export const relativeConsent = { spoken: "They said so", written: "They signed" } as const;
export type RelativeConsent = keyof typeof relativeConsent;

/** How the service is told; `themselves`: the relative calls, and nobody is told anything. */
export const relativeSent = {
  themselves: "They call them themselves: nobody is told anything",
  telephone: "By telephone",
  letter: "By post",
  "secure-message": "By secure message",
  "in-person": "In person",
} as const;
export type RelativeSent = keyof typeof relativeSent;

/** Where no service of the directory is named. */
export const OWN_SUPPORT = "Our own family support";

/** What somebody told about themselves; null: not asked, or they would rather not say. */
export type RelativeNeeds = {
  crisis_now: boolean | null;
  needs: string | null;
  safety: "safe" | "worried" | "not-safe" | null;
  violence: "no" | "before" | "now" | null;
  children: "none" | "safe" | "worried" | null;
  home_note: string | null;
  caring: string | null;
  health: string | null;
  own_use: string | null;
  would_help: string | null;
};

export const safetyWords = {
  safe: "Safe",
  worried: "Sometimes worried",
  "not-safe": "Not safe",
} as const;
export const violenceWords = { no: "No", before: "Before, not now", now: "Yes, now" } as const;
export const childrenWords = {
  none: "None",
  safe: "Yes, and they are all right",
  worried: "Yes, and there is worry about them",
} as const;

/** In danger themselves: the call is then one that cannot wait. */
export function isInDanger({
  crisis_now,
  violence,
}: Pick<RelativeNeeds, "crisis_now" | "violence">): boolean {
  return crisis_now === true || violence === "now";
}

/** What is asked each time anew: what was so a week ago may be otherwise today. */
type Anew = {
  crisis_now: boolean | null;
  safety: string | null;
  violence: string | null;
  children: string | null;
};
type LastAnswers<Instant> = {
  [Q in keyof Anew]: { said: NonNullable<Anew[Q]>; at: Instant } | null;
};

/** The last answer to each question of safety, and when it was given; of what was told, the newest first. */
export function lastAnswers<Instant>(
  told: readonly (Anew & { recorded_at: Instant })[],
): LastAnswers<Instant> {
  const last = <Q extends keyof Anew>(question: Q) => {
    for (const { [question]: said, recorded_at: at } of told) {
      if (said !== null) return { said: said as NonNullable<Anew[Q]>, at };
    }
    return null;
  };
  return {
    ...{ crisis_now: last("crisis_now"), safety: last("safety") },
    ...{ violence: last("violence"), children: last("children") },
  };
}

/** What the form begins with when they are asked again: their own words, and no answer about safety. */
export function askAgain(last: RelativeWords | null): RelativeWords | undefined {
  if (!last) return undefined;
  const { needs, home_note, caring, health, own_use, would_help } = last;
  return { needs, home_note, caring, health, own_use, would_help };
}
type RelativeWords = Omit<RelativeNeeds, keyof Anew>;

type Told = Pick<RelativeNeeds, "crisis_now" | "violence" | "safety" | "children">;

/** What to do about what they tell: general advice in our own words, not the advice of a clinician. */
export function whatToDo(told: Told, number: string): { title: string; lines: string[] }[] {
  const parts: { title: string; lines: string[] }[] = [];
  if (told.crisis_now) {
    parts.push({
      title: "In danger now",
      lines: [
        `${number} now: they call, or a colleague does while you stay on the line.`,
        "Can they get to somewhere safe? That first, the talking later. If somebody listens in, yes and no are enough.",
        "Thoughts of suicide: ask plainly, listen, stay on the line until somebody is with them.",
      ],
    });
  }
  if (told.violence === "now" || told.violence === "before" || told.safety === "not-safe") {
    parts.push({
      title: "Hurt or afraid at home",
      lines: [
        "Believe them, and say that it is not their fault. They decide nothing today that they do not want to.",
        "Ask when it is safe to call, and whether a message or a letter is. Write it down with the call, and keep to it.",
        "Give them the number of a domestic abuse service. They can call it themselves, and need not say how they came by it.",
      ],
    });
  }
  if (told.children === "worried") {
    parts.push({
      title: "Children",
      lines: [
        `Who is with them at this moment? A child in danger now: ${number}.`,
        "Tell the duty clinician today: they decide what must be done to protect a child. Say to the caller that you will.",
      ],
    });
  }
  return parts;
}
