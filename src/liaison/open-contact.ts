/** What open access gives without a plan or an episode (MC C1). */
export const contactKinds = {
  advice: "Advice",
  "harm-reduction": "Harm reduction",
  "relapse-prevention": "Relapse prevention",
  "drop-in": "Drop-in",
  group: "Group",
  telephone: "Telephone",
  "needle-exchange": "Needle exchange",
  "practical-help": "Practical help",
  other: "Other",
} as const;
export type ContactKind = keyof typeof contactKinds;
export const contactKindCodes = Object.keys(contactKinds) as ContactKind[];

export function contactWords(code: string): string {
  return contactKinds[code as ContactKind] ?? code;
}

/** Counts of one week by kind, with `all` and `naloxone`. */
export type WeekCount = { week: string; counts: Record<string, number> };

/** Rows of the database as one line a week, the newest first. */
export function byWeek(rows: readonly { week: string; kind: string; contacts: number }[]) {
  const weeks: WeekCount[] = [];
  for (const { week, kind, contacts } of rows) {
    let line = weeks.find((one) => one.week === week);
    if (!line) {
      line = { week, counts: {} };
      weeks.push(line);
    }
    line.counts[kind] = Number(contacts);
  }
  return weeks.sort((a, b) => (a.week < b.week ? 1 : -1));
}
