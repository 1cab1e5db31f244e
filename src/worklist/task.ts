import type { Day } from "../kernel/day.ts";

/** What can wait for somebody. Each kind is one branch in branches/ and one line in pages/task-kinds.ts. */
export type TaskKind =
  | "duty-alert"
  | "come-back-told"
  | "come-back"
  | "come-back-unbooked"
  | "call"
  | "not-seen"
  | "without-owner"
  | "note-to-sign"
  | "note-to-cosign"
  | "question"
  | "correction"
  | "emergency-review"
  | "referral"
  | "referral-answer"
  | "referral-letter"
  | "group-register"
  | "agreed-to-approve"
  | "consent-before-conference"
  | "triage-due"
  | "assessment-due"
  | "offer-due"
  | "offer-unanswered"
  | "plan-review"
  | "plan-missing"
  | "left-not-contacted"
  | "left-unanswered"
  | "aftercare-missing"
  | "aftercare-review"
  | "support-to-hand"
  | "support-not-accepted"
  | "support-declined"
  | "gain-to-look"
  | "leaver-due"
  | "bed-arrival"
  | "leave-overdue"
  | "funding-answer"
  | "use-review"
  | "outcome-due"
  | "credential"
  | "claim-flag"
  | "claims-ready";

export type Task = {
  kind: TaskKind;
  /** Whose record it is about; null where it is about no one's. */
  consumerId: string | null;
  consumerName: string | null;
  /** What the next step opens: a conference, a question, a support … by kind. */
  refId: string;
  /** A few words that tell two of the same kind apart; nothing clinical. */
  detail: string | null;
  due: Day;
};

/** Tells a task from every other of one list: the same kind about the same thing is listed once. */
export function taskKey({ kind, refId, detail }: Task): string {
  return [kind, refId, detail].join(" ");
}

export type Urgency = "overdue" | "today" | "upcoming";

/** A credential or a consent is on the list before it lapses: this many days. */
export const LAPSE_WARNING_DAYS = 60;

export function urgencyOf(due: Day, today: Day): Urgency {
  if (due < today) return "overdue";
  return due === today ? "today" : "upcoming";
}

/** In the order they should be done: overdue first, the longest overdue at the top. */
export function byUrgency(tasks: readonly Task[], today: Day): Record<Urgency, Task[]> {
  const sorted = [...tasks].sort((a, b) => (a.due < b.due ? -1 : a.due > b.due ? 1 : 0));
  const of = (urgency: Urgency) => sorted.filter((task) => urgencyOf(task.due, today) === urgency);
  return { overdue: of("overdue"), today: of("today"), upcoming: of("upcoming") };
}
