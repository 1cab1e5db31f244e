import { type Day, parseDay } from "../kernel/day.ts";

const MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split(" ");

/** Midnight after a date, as databases and spreadsheets write it. */
const MIDNIGHT = /[T ]\s*(0?0:00(:00(\.0+)?)?(\s*am)?|12:00(:00)?\s*am)(Z|[+]00:?00)?$/i;

/** `2026-11-22`, `22 Nov 2026`, `Nov 22, 2026`, or the country's own order with slashes, dots or dashes. */
export function readDay(written: string, dayFirst: boolean): Day | null {
  const text = written.trim().replace(MIDNIGHT, "");
  if (/^\d{4}-\d\d-\d\d$/.test(text)) return parseDay(text);
  const named =
    /^(?<day>\d{1,2})(st|nd|rd|th)?[ -](?<month>[a-z]{3})[a-z]*\.?,?[ -](?<year>\d{4})$/i.exec(
      text,
    ) ?? /^(?<month>[a-z]{3})[a-z]*\.? (?<day>\d{1,2})(st|nd|rd|th)?,? (?<year>\d{4})$/i.exec(text);
  if (named?.groups) {
    const { day = "", month: name = "", year = "" } = named.groups;
    return dayOf(year, String(MONTHS.indexOf(name.toLowerCase()) + 1), day);
  }
  const iso = /^(\d{4})[/.](\d{1,2})[/.](\d{1,2})$/.exec(text);
  if (iso) return dayOf(iso[1] ?? "", iso[2] ?? "", iso[3] ?? "");
  const found = /^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})$/.exec(text);
  if (!found) return null;
  const [, first = "", second = "", year = ""] = found;
  const [day, month] = dayFirst ? [first, second] : [second, first];
  return dayOf(year, month, day);
}

const dayOf = (year: string, month: string, day: string) =>
  parseDay(`${year}-${month.padStart(2, "0")}-${day.padStart(2, "0")}`);
