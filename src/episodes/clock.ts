import { addDays, type Day, daysBetween } from "../kernel/day.ts";

/** How soon somebody has to be seen: an emergency the same day, the others in working days. */
export const urgencies = {
  emergency: "Emergency",
  urgent: "Urgent",
  routine: "Routine",
} as const;
export type UrgencyOfNeed = keyof typeof urgencies;

/** Monday to Friday. Public holidays are not known here: a reading that errs on the early side. */
export function isWorkingDay(on: Day): boolean {
  const sunday = "2023-01-01" as Day;
  const weekday = ((daysBetween(sunday, on) % 7) + 7) % 7;
  return weekday !== 0 && weekday !== 6;
}

/** The day that is `days` working days after `from`; the day itself when there are none to go. */
export function workingDaysAfter(from: Day, days: number): Day {
  let day = from;
  for (let left = days; left > 0; ) {
    day = addDays(day, 1);
    if (isWorkingDay(day)) left -= 1;
  }
  return day;
}

/** The agency's own targets for triage, in working days. */
export type TriageTargets = { urgentDays: number; routineDays: number };

/** The last day on which a referral is triaged in time. */
export function triageDue(received: Day, urgency: UrgencyOfNeed, targets: TriageTargets): Day {
  if (urgency === "emergency") return received;
  const days = urgency === "urgent" ? targets.urgentDays : targets.routineDays;
  return workingDaysAfter(received, days);
}

/** A clock on a day: how far it is from its target, and whether that has passed. */
export type ClockState = { state: "overdue" | "due-today" | "in-time"; days: number };

/** `days` is how many are left, or by how many the target is passed. */
export function clockOn(due: Day, today: Day): ClockState {
  const left = daysBetween(today, due);
  if (left < 0) return { state: "overdue", days: -left };
  return left === 0 ? { state: "due-today", days: 0 } : { state: "in-time", days: left };
}

/** The clock in words: never told by colour alone. */
export function clockWords({ state, days }: ClockState): string {
  if (state === "due-today") return "Due today";
  const count = days === 1 ? "1 day" : `${days} days`;
  return state === "overdue" ? `Overdue by ${count}` : `${count} left`;
}
