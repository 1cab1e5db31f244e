/** The five questions with yes or no; what and when is the sixth. Null: skipped. */
export type Answers = {
  alone: boolean | null;
  overdose: boolean | null;
  suicide: boolean | null;
  withdrawal: boolean | null;
  pregnant_or_children: boolean | null;
};
export type Question = keyof Answers;

/** In the order in which they are asked: the most dangerous first. */
export const questions: Record<Question, { ask: string; reason: string }> = {
  overdose: {
    ask: "An overdose now, or hard to wake or to breathe?",
    reason: "overdose",
  },
  suicide: { ask: "Thoughts of suicide?", reason: "thoughts of suicide" },
  withdrawal: {
    ask: "In withdrawal from alcohol or benzodiazepines: shaking, sweating, a fit?",
    reason: "withdrawal from alcohol or benzodiazepines",
  },
  alone: { ask: "Alone at the moment?", reason: "alone" },
  pregnant_or_children: {
    ask: "Pregnant, or children at home?",
    reason: "pregnant, or children at home",
  },
};
export const questionNames = Object.keys(questions) as Question[];

/** The codes of `duty_alert.reasons` in words. */
export function alarmWords(reasons: readonly string[]): string {
  const words = reasons.map(
    (code) => questions[code.replaceAll("-", "_") as Question]?.reason ?? code,
  );
  return words.join(", ");
}

/** Who is called where life is in danger. */
export function emergencyNumber(locale: string): "911" | "999" {
  return locale === "en-GB" ? "999" : "911";
}

/** What to do now about a yes: general advice in our own words, not the advice of a clinician. */
export function whatNow(question: Question, locale: string): string[] {
  const call = emergencyNumber(locale);
  const lines: Record<Question, string[]> = {
    overdose: [
      `Call ${call} now, or have whoever is with them call. Stay on the line.`,
      "Naloxone there? Give it. No change after two or three minutes: give it again. It wears off, so the ambulance is needed all the same.",
      "Lay them on their side. Somebody stays with them until help is there.",
    ],
    suicide: [
      "Stay on the line. Ask plainly and listen: asking does not put the thought there.",
      `Something taken, a plan or the means at hand: call ${call} and keep talking.`,
      "Is anybody near? Ask for them to come to the phone.",
    ],
    withdrawal: [
      "Do not stop drinking, or taking benzodiazepines, from one moment to the next: that can bring on fits and can kill. Keep to what they have been taking these last days, and no more, until a clinician has said how to come down.",
      `A fit, confusion, seeing or hearing things, a fever: call ${call}.`,
    ],
    alone: [
      "Who can come and be with them now? Stay on the line, or call back at a time that you name.",
      "Never use alone; door unlocked, phone in reach, naloxone at hand.",
    ],
    pregnant_or_children: [
      "Pregnant: no sudden stop of opioids or alcohol without medical advice. It can harm them and the baby.",
      `Children: who looks after them at this moment? A child in danger now: call ${call}. The duty clinician decides what else must be done.`,
    ],
  };
  return lines[question];
}

/**
 * Where somebody who calls stands: they left and come back, are in care, or wait for a start. Null for
 * whoever has no record of theirs: to them a call is a call.
 */
export type Standing = "back" | "in-care" | "waits" | null;

/** What the page of a call is called, and what its one press does. */
export function callWords(standing: Standing) {
  return standing === "back"
    ? {
        title: "Back in",
        press: "Open the way back",
        kept: "The way back is open",
        does: "Opens a new episode linked to the last, puts them on the list,",
      }
    : {
        title: "Call for help",
        press: "Tell the team now",
        kept: "The call is kept",
        does: "Puts their call before the team,",
      };
}

/** What somebody answered when they called, and the duty alert that is open for them. */
export type Safety = {
  call: (Answers & { at: Date; what_and_when: string | null; relapsed_on: string | null }) | null;
  alert: { id: string; reasons: string[]; raised_at: Date; taken_by: string | null } | null;
};

/** Said to everybody who comes back after a break. */
export const TOLERANCE =
  "Tolerance is low after detox or a break: an amount that was usual before can kill now. Say so. Use less, never alone, with naloxone near.";

/** One part of a call that ends well. */
export type Step = { state: "good" | "waits" | "open"; says: string };

export type Call = Answers & {
  asked: boolean;
  what_and_when: string | null;
  told: string | null;
  told_seen_at: Date | string | null;
  alert_id: string | null;
  alert_taken_by: string | null;
  alert_closed_at: Date | string | null;
};

/** Whether the person is safe, as far as was asked. */
export function safetyOf(call: Call): Step {
  if (call.alert_id) {
    if (call.alert_closed_at)
      return { state: "good", says: `Dealt with by ${call.alert_taken_by ?? "a clinician"}` };
    if (call.alert_taken_by) return { state: "good", says: `Taken up by ${call.alert_taken_by}` };
    return {
      state: "waits",
      says: "The duty clinician is alerted and has not taken it up yet: stay on the line",
    };
  }
  if (!call.asked) return { state: "open", says: "Whoever took the call knows what was said" };
  const skipped = questionNames.filter((name) => call[name] === null).length;
  if (skipped === questionNames.length) return { state: "open", says: "Not asked yet" };
  if (skipped > 0)
    return {
      state: "open",
      says: `No danger told so far; ${skipped} ${skipped === 1 ? "question" : "questions"} skipped`,
    };
  return { state: "good", says: "No danger told" };
}

/** Whether the keyworker knows. */
export function tellingOf(call: Call, keyworker: string): Step {
  if (!call.told)
    return { state: "open", says: `No ${keyworker} to tell: the team has it on its list` };
  return call.told_seen_at
    ? { state: "good", says: `${call.told} has seen it` }
    : { state: "waits", says: `${call.told} is told, and has not seen it yet` };
}
