import { type Day, formatDay } from "../kernel/day.ts";
import { reasonWords } from "./episode.ts";
import { sourceWords, type TriageOutcome, triagedWords } from "./referral-in.ts";

/** What the timeline can be narrowed to. */
export const timelineGroups = {
  intake: "Referral and assessment",
  care: "Episode and team",
  sessions: "Sessions",
  plans: "Plans",
  family: "Family and consent",
  placements: "Placements",
  referrals: "Referrals",
} as const;
export type TimelineGroup = keyof typeof timelineGroups;

/**
 * Every kind of entry, and the group it is found under; of two things on one day without a time,
 * the one that stands further down here came later.
 */
export const kinds = {
  "enrolment-ended": "care",
  "assignment-ended": "care",
  "support-ended": "family",
  "leave-back": "placements",
  "child-place-left": "placements",
  "placement-ended": "placements",
  "episode-closed": "care",
  "episode-opened": "care",
  "come-back": "care",
  "referral-in": "intake",
  "enrolment-requested": "care",
  triage: "intake",
  "interim-help": "intake",
  assessment: "intake",
  "start-offer": "intake",
  "start-answer": "intake",
  "enrolment-started": "care",
  "assignment-started": "care",
  support: "family",
  consent: "family",
  "consent-revoked": "family",
  "no-contact": "family",
  "no-contact-lifted": "family",
  disclosure: "family",
  appointment: "sessions",
  service: "sessions",
  "group-missed": "sessions",
  "family-contact": "sessions",
  "duty-alert": "sessions",
  "come-back-seen": "care",
  "concern-call": "family",
  "open-contact": "sessions",
  "discharge-conference": "sessions",
  plan: "plans",
  "relapse-lines": "plans",
  "plan-review": "plans",
  "discharge-points": "plans",
  "prescribing-started": "care",
  "prescribing-ended": "care",
  left: "care",
  "left-contact": "care",
  "aftercare-plan": "plans",
  "support-handed": "plans",
  "support-answered": "plans",
  "support-planned": "plans",
  "support-over": "plans",
  "gain-named": "plans",
  "gain-looked": "plans",
  "gain-let-go": "plans",
  outcome: "plans",
  "not-obtained": "plans",
  "agreement-done": "sessions",
  barriers: "plans",
  "placement-asked": "placements",
  "funding-decided": "placements",
  "placement-withdrawn": "placements",
  "placement-admitted": "placements",
  "placement-moved": "placements",
  "child-place": "placements",
  leave: "placements",
  "use-event": "placements",
  "use-review": "placements",
  "referral-found": "referrals",
  "referral-step": "referrals",
  addendum: "sessions",
  correction: "sessions",
} as const satisfies Record<string, TimelineGroup>;
export type TimelineKind = keyof typeof kinds;

/** Its place in the order of `kinds`. */
export function rankOf(kind: string): number {
  return Object.keys(kinds).indexOf(kind);
}

/** One thing that happened, or is going to. */
export type TimelineEntry = {
  kind: TimelineKind;
  /** The row it stands for; unique within its kind. */
  id: string;
  /** The agency's local time as `YYYY-MM-DDTHH:MM:SS.ffffff`; midnight when only the day is known. */
  at: string;
  /** Whether the time of day is known. */
  timed: boolean;
  subject: string | null;
  detail: string | null;
  state: string | null;
  author: string | null;
  /** The record that its link leads to. */
  link: string | null;
};

export function isTimelineGroup(text: string | null): text is TimelineGroup {
  return text !== null && text in timelineGroups;
}

export function dayOf(entry: Pick<TimelineEntry, "at">): string {
  return entry.at.slice(0, 10);
}

/** The entries under their days, both in the order given. */
export function byDay(entries: readonly TimelineEntry[]) {
  const days: { day: string; entries: TimelineEntry[] }[] = [];
  for (const entry of entries) {
    const last = days.at(-1);
    if (last?.day === dayOf(entry)) last.entries.push(entry);
    else days.push({ day: dayOf(entry), entries: [entry] });
  }
  return days;
}

/** Where the next page of earlier entries begins: after this one. */
export function cursorOf({ at, kind, id }: Pick<TimelineEntry, "at" | "kind" | "id">): string {
  return `${at}~${kind}~${id}`;
}

const CURSOR = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6})~([a-z-]+)~([0-9a-f-]{36})$/;

/** Reads a cursor back; null when it is none of ours. */
export function parseCursor(text: string | null): { at: string; kind: string; id: string } | null {
  const [, at, kind, id] = CURSOR.exec(text ?? "") ?? [];
  if (!at || !kind || !id || !(kind in kinds) || Number.isNaN(Date.parse(`${at.slice(0, 23)}Z`)))
    return null;
  return { at, kind, id };
}

type Locale = "en-US" | "en-GB";
type Words = { support: string; keyworker: string; carePlan: string; program: string };

/** `family-conference` as it is said: `Family conference`. */
export function said(code: string | null): string {
  const text = (code ?? "").replaceAll("-", " ");
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** What became of a referral, where its code alone would be misread. */
const referralSteps: Readonly<Record<string, string>> = {
  open: "open again",
  handed: "taken along by the person",
  refused: "declined by who was asked",
  declined: "not wanted",
  "asked-again": "asked again",
};

/** When in the journey somebody was asked. */
const outcomeStages: Readonly<Record<string, string>> = {
  start: "at the start",
  review: "at a review",
  exit: "at the end",
  after: "after leaving",
};

/** What was due and could not be had: an outcomes measure of a stage, or an agreed aftercare plan. */
function notHad(what: string | null): string {
  if (what === "aftercare") return "An agreed aftercare plan could not be had";
  return `Could not be asked how it is going: ${outcomeStages[what ?? ""] ?? said(what).toLowerCase()}`;
}

/** What the entry says in one line. */
export function titleOf(entry: TimelineEntry, words: Words, locale: Locale = "en-US"): string {
  const { kind, subject, state } = entry;
  const follows = state === "aftercare";
  const part = state === "keyworker" ? words.keyworker : "peer mentor";
  switch (kind) {
    case "episode-opened":
      return state === "again" ? "Came back: a new episode opened" : "Episode opened";
    case "come-back":
      return subject === "again" ? "Asked to come back" : "Called while in care";
    case "come-back-seen":
      return "Seen again: the clock stopped";
    case "duty-alert":
      return "Duty clinician alerted";
    case "concern-call":
      return `${subject ?? "Somebody"} called about them, and was heard`;
    case "open-contact":
      return "Came to open access";
    case "episode-closed":
      return "Episode closed";
    case "referral-in":
      return subject === "come-back" ? "Came back" : `Referred by: ${sourceWords(subject, locale)}`;
    case "triage":
      return `Triage: ${(triagedWords[subject as TriageOutcome] ?? said(subject)).toLowerCase()}`;
    case "interim-help":
      return "Help given until care starts";
    case "assessment":
      return state === "draft" ? "Assessment begun" : "Comprehensive assessment";
    case "start-offer":
      return `A start in ${subject} was offered`;
    case "start-answer":
      return `Offered start in ${subject}: ${said(state).toLowerCase()}`;
    case "enrolment-requested":
      return `Asked for ${subject}`;
    case "enrolment-started":
      return `First day in ${subject}`;
    case "enrolment-ended":
      return state === "withdrawn" ? `No longer waits for ${subject}` : `Last day in ${subject}`;
    case "assignment-started":
      return follows ? `${subject} follows up after the ending` : `${subject} became ${part}`;
    case "assignment-ended":
      return follows
        ? `${subject} followed up until this day`
        : `${subject} was ${part} until this day`;
    case "appointment":
    case "service":
      return said(subject);
    case "addendum":
      return "Addendum to a signed note";
    case "correction":
      return `Correction: ${said(subject).toLowerCase()}`;
    case "family-contact":
      return `${subject} spoke, staff listened`;
    case "discharge-conference":
      return "Discharge conference";
    case "plan":
      return `${said(words.carePlan)}, version ${subject}`;
    case "relapse-lines":
      return "Relapse prevention plan added to";
    case "plan-review":
      return `${said(words.carePlan)} reviewed`;
    case "prescribing-started":
      return `Prescribing began: ${subject}`;
    case "prescribing-ended":
      return `Prescribing ended: ${subject}`;
    case "left":
      return subject ? `Left ${subject}` : "Left: to follow up";
    case "left-contact":
      return state === "reached" ? "Reached after leaving" : "Tried to reach after leaving";
    case "aftercare-plan":
      return `Aftercare plan, version ${subject}`;
    case "support-handed":
      return `Support handed over to ${subject}`;
    case "support-answered":
      return `${subject} ${state === "declined" ? "declined" : "accepted"} a support`;
    case "support-planned":
      return `Support planned: ${subject}`;
    case "support-over":
      return `Support ended: ${subject}`;
    case "gain-named":
      return "A gain to keep was named";
    case "gain-let-go":
      return `No longer looked at as a gain: ${subject}`;
    case "outcome":
      return `Asked how it is going: ${outcomeStages[subject ?? ""] ?? said(subject).toLowerCase()}`;
    case "not-obtained":
      return notHad(subject);
    case "agreement-done":
      return `What ${subject} took on is done`;
    case "gain-looked":
      return `Looked again at a gain: ${subject}`;
    case "discharge-points":
      return "Discharge plan added to";
    case "barriers":
      return "What stands in the way of a goal";
    case "support":
      return `${said(words.support)} added: ${subject}`;
    case "support-ended":
      return `No longer a ${words.support}: ${subject}`;
    case "consent":
      return `Consent signed for ${subject}`;
    case "consent-revoked":
      return `Consent revoked for ${subject}`;
    case "no-contact":
      return `No contact with ${subject}`;
    case "no-contact-lifted":
      return `No contact lifted for ${subject}`;
    case "disclosure":
      return `Told to ${subject}`;
    case "placement-asked":
      return `Place asked for: ${subject}`;
    case "funding-decided":
      return `Funding ${state ?? "decided"}: ${subject}`;
    case "placement-withdrawn":
      return `No longer asked for: ${subject}`;
    case "placement-admitted":
      return `Admitted to ${subject}`;
    case "placement-moved":
      return `Moved to ${subject}; the same stay`;
    case "child-place":
      return `A child came along to ${subject}`;
    case "child-place-left":
      return `A child's place given back: ${subject}`;
    case "placement-ended":
      return `Stay in ${subject} ended`;
    case "leave":
      return `Leave of absence from ${subject}`;
    case "leave-back":
      return `Back from leave: ${subject}`;
    case "use-event":
      return "Return to use";
    case "use-review":
      return "Return to use reviewed with the person";
    case "referral-found":
      return `Referral needed: ${subject}`;
    case "group-missed":
      return `Did not come to ${subject}`;
    case "referral-step":
      return `Referral ${state ? (referralSteps[state] ?? said(state).toLowerCase()) : "handed on"}: ${subject}`;
  }
}

/** The line under the title. */
export function detailOf({ kind, detail }: TimelineEntry, locale: Locale): string | null {
  if (kind === "start-offer") {
    const [start = "", ...note] = (detail ?? "").split("\n");
    return [`For ${formatDay(start as Day, locale)}`, ...note].join(" · ");
  }
  if (kind === "episode-closed" || kind === "enrolment-ended" || kind === "placement-ended") {
    const [reason = "", ...note] = (detail ?? "").split("\n");
    return [reasonWords(reason), ...note].filter(Boolean).join(": ") || null;
  }
  return detail || null;
}
