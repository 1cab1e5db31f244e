import { addDays, type Day, formatDay, getDay } from "../kernel/day.ts";

/** What a group is about; a counseling group is a service of its own, every other one is "a group". */
export const groupKinds = {
  "relapse-prevention": "Relapse prevention",
  recovery: "Recovery",
  motivation: "Getting ready",
  counseling: "Group therapy",
  skills: "Skills",
  "harm-reduction": "Harm reduction",
  womens: "Women's group",
  parenting: "Parenting",
  "work-and-education": "Work and education",
  activity: "Activity",
  "mutual-aid": "Mutual aid, on site",
  other: "Another group",
} as const;
export type GroupKind = keyof typeof groupKinds;
export const groupKindCodes = Object.keys(groupKinds) as [GroupKind, ...GroupKind[]];

/** The service that taking part in a group is. */
export function serviceKindOf(groupKind: string): "group" | "group-counseling" {
  return groupKind === "counseling" ? "group-counseling" : "group";
}

/** A Monday, from which the days of the week are counted: ISO, 1 is Monday. */
const MONDAY = getDay("2024-01-01");

/** What a day of the week is called. */
export function weekdayName(weekday: number, locale: string): string {
  return formatDay(addDays(MONDAY, weekday - 1), locale, { weekday: "long" });
}

/** The last time a group met by its timetable, up to and with a day. */
export function lastMeetingDay(weekday: number, upTo: Day): Day {
  for (let back = 0; back < 7; back += 1) {
    const day = addDays(upTo, -back);
    if (weekdayOf(day) === weekday) return day;
  }
  throw new RangeError(`no day of a week is ${weekday}`);
}

/** The ISO number of its day of the week. */
export function weekdayOf(day: Day): number {
  const sundayFirst = new Date(`${day}T12:00:00Z`).getUTCDay();
  return sundayFirst === 0 ? 7 : sundayFirst;
}

/** One line of a register. What nobody marked is null, and becomes nothing on a record. */
export type RegisterLine = {
  consumerId: string;
  name: string;
  came: boolean | null;
  note: string | null;
};

/** What a signed register puts on one person's record: their own part, and nothing of anybody else. */
export type OwnContact = { consumerId: string; note: string | null };

/** Each who came, with their own note. */
export function contactsOf(lines: readonly RegisterLine[]): OwnContact[] {
  return lines
    .filter(({ came }) => came === true)
    .map(({ consumerId, note }) => ({ consumerId, note: note?.trim() || null }));
}

const WORD = /[\p{L}\p{N}'’-]+/gu;
/** Shorter parts of a name are words of their own in too many sentences. */
const SHORTEST_NAME = 3;

/**
 * The people of a list whose names stand in a text: as words of their own and written as names are,
 * so that "he will mark the date" names no Mark.
 */
export function namedIn(text: string, people: readonly { name: string }[]): string[] {
  const words = new Set(
    [...text.matchAll(WORD)].map(([word]) => plain(word)).filter((word) => /^\p{Lu}/u.test(word)),
  );
  return people
    .filter(({ name }) =>
      [...name.matchAll(WORD)].some(
        ([part]) => part.length >= SHORTEST_NAME && words.has(plain(part)),
      ),
    )
    .map(({ name }) => name);
}

/** "Sunita's" is Sunita. */
function plain(word: string): string {
  return word.replace(/['’]s$/, "").replace(/^['’]+|['’]+$/g, "");
}

/** Notes that name somebody else on the register, and a topic that names anybody: who is named where. */
export function strayNames(
  topic: string,
  lines: readonly RegisterLine[],
): { consumerId: string | null; names: string[] }[] {
  const inTopic = namedIn(topic, lines);
  const inNotes = lines.map((line) => {
    const own = new Set([...line.name.matchAll(WORD)].map(([part]) => part));
    const others = lines
      .filter(({ consumerId }) => consumerId !== line.consumerId)
      // Who shares a name with somebody cannot be told from them by it.
      .map(({ name }) => ({
        name: [...name.matchAll(WORD)]
          .map(([part]) => part)
          .filter((part) => !own.has(part))
          .join(" "),
        whole: name,
      }));
    const named = new Set(namedIn(line.note ?? "", others));
    return {
      consumerId: line.consumerId,
      names: others.filter(({ name }) => named.has(name)).map(({ whole }) => whole),
    };
  });
  const all = [{ consumerId: null, names: inTopic }, ...inNotes];
  return all.filter(({ names }) => names.length > 0);
}
