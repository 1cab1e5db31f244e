/** What somebody did at a record, in the words of the page. */
export const lookedActions = {
  read: "looked at",
  write: "changed",
  listed: "saw on a list",
  disclosed: "recorded a disclosure",
  emergency: "opened in an emergency",
} as const;
export type LookedAction = keyof typeof lookedActions;

/** The first that fits names the page; what stood on it is never logged. */
const pages: readonly [pattern: RegExp, name: string][] = [
  [/^emergency-access/, "emergency access"],
  [/^import$/, "a file from another system"],
  [/\/consumers\/:id$/, "the timeline"],
  [/\/consumers\/:id\/enrolments/, "episode and team"],
  [/\/consumers\/:id\/plan/, "the plan"],
  [/\/consumers\/:id\/relapse-prevention/, "the relapse prevention plan"],
  [/\/consumers\/:id\/discharge-plan/, "the discharge plan"],
  [/\/consumers\/:id\/referrals/, "referrals"],
  [/\/consumers\/:id\/supports\/:id\/consent/, "a consent"],
  [/\/consumers\/:id\/supports/, "supports and consent"],
  [/\/consumers\/:id\/consents/, "a consent"],
  [/\/consumers\/:id\/disclosures/, "what was disclosed"],
  [/\/consumers\/:id\/who-looked/, "who looked"],
  [/\/consumers\/:id\/services/, "sessions"],
  [/\/consumers\/:id\/outcomes/, "outcomes"],
  [/\/consumers\/:id\/conferences\/:id\/invitations/, "an invitation"],
  [/\/consumers\/:id\/conferences\/:id\/what-we-agreed/, "what was agreed"],
  [/\/consumers\/:id\/conferences/, "a conference"],
  [/\/people\/find/, "search"],
  [/\/people\/:id/, "the identity card"],
  [/\/people/, "search and caseload"],
  [/\/calendar/, "the calendar"],
  [/\/tasks/, "tasks"],
  [/\/claims/, "claims"],
  [/\/emergency-access/, "emergency access"],
  [/ \/_?(root)?$/, "today"],
];

/** The page that was looked at, from the room as it stands in the log. */
export function pageWords(room: string): string {
  return pages.find(([pattern]) => pattern.test(room))?.[1] ?? lastSegment(room);
}

/** What a page that nobody named here is called by its address: "assessment", never an id. */
function lastSegment(room: string): string {
  const named = room.split("/").filter((part) => /^[a-z-]+$/.test(part));
  return named.at(-1)?.replaceAll("-", " ") ?? "another page";
}

type Merged = {
  minute: string | Date;
  staff_id: string;
  action: string;
  reason: string | null;
  where: string;
  times: number;
};

/** Pages of one name, looked at in one minute by one person, are one line. */
export function mergeLooks<T extends Merged>(looks: readonly T[]): T[] {
  const merged = new Map<string, T>();
  for (const look of looks) {
    const { minute, staff_id, action, where, reason, times } = look;
    const key = JSON.stringify([minute, staff_id, action, where, reason]);
    const known = merged.get(key);
    merged.set(key, known ? { ...known, times: known.times + times } : look);
  }
  return [...merged.values()];
}
