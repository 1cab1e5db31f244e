import { type Day, parseDay } from "../kernel/day.ts";

/** A date of birth may stand among the words: 1990-02-28, or as the agency's country writes it. */
export function readSearch(typed: string, locale: string): { words: string; born: Day | null } {
  const words: string[] = [];
  let born: Day | null = null;
  for (const word of typed.split(/\s+/)) {
    const [, first = "", second = "", year] = /^(\d{1,2})\/(\d{1,2})\/(\d{4})$/.exec(word) ?? [];
    const parts = locale === "en-GB" ? [year, second, first] : [year, first, second];
    const day = parseDay(year ? parts.map((part) => part?.padStart(2, "0")).join("-") : word);
    if (day) born = day;
    else words.push(word);
  }
  return { words: words.join(" "), born };
}
