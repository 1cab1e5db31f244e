import { addDays, type Day, daysBetween, weekOf } from "../kernel/day.ts";

/** What can wait for somebody. Each kind is one branch in branches/ and one line in pages/task-kinds.ts. */
export type TaskKind =
  | "duty-alert"
  | "come-back-told"
  | "come-back"
  | "come-back-unbooked"
  | "call"
  | "not-seen"
  | "without-owner"
  | "no-keyworker"
  | "way-back-left"
  | "note-to-sign"
  | "note-to-cosign"
  | "session-to-cosign"
  | "note-of-leaver"
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
  | "gain-at-risk"
  | "stay-open-ended"
  | "beds-to-be-free"
  | "discharge-points"
  | "agreement-due"
  | "credential"
  | "credential-renew"
  | "supervisor-left"
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

/**
 * Where somebody may be in danger or slip out of sight: before any paper, and among each other in
 * this order. Our own reading of what comes first.
 */
export const firstKinds: readonly TaskKind[] = [
  "duty-alert",
  "come-back-told",
  "come-back-unbooked",
  "come-back",
  "left-not-contacted",
  "left-unanswered",
  "triage-due",
  "use-review",
  "leave-overdue",
  "bed-arrival",
  "call",
  "support-declined",
  "gain-at-risk",
  "not-seen",
  "no-keyworker",
];

/** Whether it is about a person who waits, rather than about what is to be written. */
export function isFirst({ kind }: Pick<Task, "kind">): boolean {
  return firstKinds.includes(kind);
}

function rankOf({ kind }: Task): number {
  const at = firstKinds.indexOf(kind);
  return at < 0 ? firstKinds.length : at;
}

/**
 * The last day that has to be looked at today: on a Friday the weekend too, when nobody is there to
 * look.
 */
export function lookingTo(today: Day): Day {
  const monday = weekOf(today, "monday").from;
  return daysBetween(monday, today) === 4 ? addDays(today, 2) : today;
}

/** What has to be done by a day: people first, each kind the longest overdue at the top. */
export function mostUrgent(tasks: readonly Task[], until: Day): Task[] {
  return tasks
    .filter(({ due }) => due <= until)
    .sort((a, b) => rankOf(a) - rankOf(b) || (a.due < b.due ? -1 : a.due > b.due ? 1 : 0));
}

/** How many of each kind, the most first. */
export function countKinds(tasks: readonly Task[]): { kind: TaskKind; count: number }[] {
  const counts = new Map<TaskKind, number>();
  for (const { kind } of tasks) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  return [...counts].map(([kind, count]) => ({ kind, count })).sort((a, b) => b.count - a.count);
}

/** In the order they should be done: overdue first, people before paper, the longest overdue at the top. */
export function byUrgency(tasks: readonly Task[], today: Day): Record<Urgency, Task[]> {
  const sorted = [...tasks].sort(
    (a, b) =>
      Number(isFirst(b)) - Number(isFirst(a)) || (a.due < b.due ? -1 : a.due > b.due ? 1 : 0),
  );
  const of = (urgency: Urgency) => sorted.filter((task) => urgencyOf(task.due, today) === urgency);
  return { overdue: of("overdue"), today: of("today"), upcoming: of("upcoming") };
}
