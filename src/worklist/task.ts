import { addDays, type Day, daysBetween, weekOf } from "../kernel/day.ts";

/** What can wait for somebody. Each kind is one branch in branches/ and one line in pages/task-kinds.ts. */
export type TaskKind =
  | "duty-alert"
  | "duty-alert-open"
  | "come-back-told"
  | "come-back"
  | "come-back-unbooked"
  | "called-told"
  | "called"
  | "born-unknown"
  | "call"
  | "relative-referral"
  | "not-seen"
  | "without-owner"
  | "came-or-not"
  | "missed"
  | "no-keyworker"
  | "way-back-left"
  | "note-to-sign"
  | "note-to-cosign"
  | "session-to-cosign"
  | "no-cosigner"
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
  | "no-interim-help"
  | "assessment-due"
  | "offer-due"
  | "offer-unanswered"
  | "plan-review"
  | "plan-missing"
  | "left-not-contacted"
  | "left-unanswered"
  | "aftercare-missing"
  | "aftercare-review"
  | "support-to-accept"
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
  "duty-alert-open",
  "come-back-told",
  "called-told",
  "come-back-unbooked",
  "come-back",
  "called",
  "left-not-contacted",
  "left-unanswered",
  "triage-due",
  "no-interim-help",
  "use-review",
  "leave-overdue",
  "bed-arrival",
  "call",
  "relative-referral",
  "support-declined",
  "gain-at-risk",
  "missed",
  "came-or-not",
  "not-seen",
  "no-keyworker",
];

/** What harms nobody if it waits until everything else is done. */
const lastKinds: readonly TaskKind[] = ["outcome-due", "claims-ready"];

/** Whether it is about a person who waits, rather than about what is to be written. */
export function isFirst({ kind }: Pick<Task, "kind">): boolean {
  return firstKinds.includes(kind);
}

function rankOf({ kind }: Pick<Task, "kind">): number {
  const at = firstKinds.indexOf(kind);
  if (at >= 0) return at;
  return firstKinds.length + lastKinds.indexOf(kind) + 1;
}

const inOrder = (a: Task, b: Task) =>
  rankOf(a) - rankOf(b) || (a.due < b.due ? -1 : a.due > b.due ? 1 : 0);

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
  return tasks.filter(({ due }) => due <= until).sort(inOrder);
}

/** So many of a kind are one line. */
const ALIKE = 3;

/**
 * Tasks as lines of a list: one alone, or many of a kind together in the place of their first, where
 * `alike` says that they can be said together. The order stays.
 */
export function foldAlike(
  tasks: readonly Task[],
  alike: (kind: TaskKind) => boolean,
): [Task, ...Task[]][] {
  const many = new Map<TaskKind, [Task, ...Task[]]>();
  const counts = new Map(countKinds(tasks).map(({ kind, count }) => [kind, count]));
  const lines: [Task, ...Task[]][] = [];
  for (const task of tasks) {
    const together = alike(task.kind) && (counts.get(task.kind) ?? 0) >= ALIKE;
    const line = together ? many.get(task.kind) : undefined;
    if (line) {
      line.push(task);
      continue;
    }
    const first: [Task, ...Task[]] = [task];
    if (together) many.set(task.kind, first);
    lines.push(first);
  }
  return lines;
}

/** How many of each kind, the most harmful first, and of the others the most. */
export function countKinds(tasks: readonly Task[]): { kind: TaskKind; count: number }[] {
  const counts = new Map<TaskKind, number>();
  for (const { kind } of tasks) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  return [...counts]
    .map(([kind, count]) => ({ kind, count }))
    .sort((a, b) => rankOf(a) - rankOf(b) || b.count - a.count);
}

/** In the order they should be done: overdue first, in each the most harmful kind, the longest overdue at the top. */
export function byUrgency(tasks: readonly Task[], today: Day): Record<Urgency, Task[]> {
  const sorted = [...tasks].sort(inOrder);
  const of = (urgency: Urgency) => sorted.filter((task) => urgencyOf(task.due, today) === urgency);
  return { overdue: of("overdue"), today: of("today"), upcoming: of("upcoming") };
}
