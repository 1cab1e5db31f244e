import { type Day, formatDay } from "../kernel/day.ts";
import type { Language } from "../plans/stay-well.ts";

type Words = {
  title: string;
  talked: (day: string, names: string) => string;
  nothing: string;
  whoDoesWhat: string;
  later: string;
  by: (day: string) => string;
};

/** Our own words on "What we agreed"; what was promised stays as it was said. */
export const agreedWords: Record<Language, Words> = {
  en: {
    title: "What we agreed",
    talked: (day, names) => `${day}. ${names} talked together.`,
    nothing: "Nobody promised anything this time.",
    whoDoesWhat: "Who does what",
    later: "For later",
    by: (day) => `, by ${day}`,
  },
  es: {
    title: "Lo que acordamos",
    talked: (day, names) => `${day}. Conversaron ${names}.`,
    nothing: "Esta vez nadie prometió nada.",
    whoDoesWhat: "Quién hace qué",
    later: "Para más adelante",
    by: (day) => `, a más tardar el ${day}`,
  },
};

/** A day in the language of the page; English is the agency's own. */
export function dayIn(language: Language, day: string, locale: string): string {
  return formatDay(day as Day, language === "es" ? "es-US" : locale);
}

/** "Ana, Rosa and Maria". */
export function namesIn(language: Language, names: readonly string[]): string {
  if (names.length < 2) return names.join("");
  const last = names.at(-1) ?? "";
  // In Spanish "y" becomes "e" before the sound of an i.
  const and = language === "en" ? "and" : /^h?i(?!e)/i.test(last) ? "e" : "y";
  return `${names.slice(0, -1).join(", ")} ${and} ${last}`;
}
