import type { Day } from "../kernel/day.ts";
import { formatDay } from "../kernel/day.ts";

/*
 * The page that a person takes home from their aftercare plan. It lies on kitchen tables and in
 * pockets: its own words tell a stranger nothing about the agency or why one comes here. What the
 * person wrote stays in the language in which it was written.
 */

export const languages = { en: "English", es: "Español" } as const;
export type Language = keyof typeof languages;

const isSpanish = (spoken: string | null) => /^(spanish|espa[nñ]ol)/i.test(spoken ?? "");

/** The language of a page to print: the one asked for, else the one the person speaks. */
export function languageFor(asked: string | null, spoken: string | null): Language {
  if (asked === "en" || asked === "es") return asked;
  return isSpanish(spoken) ? "es" : "en";
}

/** The language that the person speaks and the page is not in; null: it is theirs. */
export function spokenBeside(language: Language, spoken: string | null): string | null {
  if (!spoken || (language === "es" && isSpanish(spoken))) return null;
  return language === "en" && /^english/i.test(spoken) ? null : spoken;
}

/** The numbers for any hour in a language, and those that stand there in English all the same. */
export function linesIn(
  language: Language,
  lines: readonly string[],
  spanish: readonly string[],
): { lines: string[]; english: string[] } {
  if (language === "en") return { lines: [...lines], english: [] };
  const said = lines.map((line, at) => spanish[at]?.trim() || line);
  return { lines: said, english: lines.filter((_, at) => !spanish[at]?.trim()) };
}

type Words = {
  title: string;
  helps: string;
  signs: string;
  harder: string;
  so: string;
  callFirst: string;
  anyHour: string;
  back: string;
  backWhere: string;
  backWho: string;
  backPhone: string;
  backSoon: (days: number) => string;
  beside: string;
  keep: string;
  since: (day: string) => string;
  empty: string;
  kinds: Record<string, string>;
};

export const stayWellWords: Record<Language, Words> = {
  en: {
    title: "My plan to stay well",
    helps: "What helps me",
    signs: "Early signs",
    harder: "What makes it harder",
    so: "Then",
    callFirst: "I call first",
    anyHour: "At any hour",
    back: "If I want to come back",
    backWhere: "Where",
    backWho: "Ask for",
    backPhone: "Phone",
    backSoon: (days) =>
      days === 0
        ? "I am seen the same day"
        : `I am seen within ${days} working ${days === 1 ? "day" : "days"}`,
    beside: "Who and what is on my side",
    keep: "What I have, and want to keep",
    since: (day) => `Made on ${day}`,
    empty: "Nothing is written here yet.",
    kinds: {
      "relapse-prevention": "Staying well",
      "mutual-aid": "Meetings",
      advice: "Advice",
      "harm-reduction": "Staying safe",
      prescribing: "Medicine",
      housing: "Home",
      "supported-accommodation": "Home",
      relationships: "People close to me",
      education: "Learning",
      employment: "Work",
      parenting: "Being a parent",
      "child-care": "Child care",
      "womens-service": "For women",
      "peer-mentor": "Somebody who has been there",
      activity: "Things I like to do",
      health: "Health",
      money: "Money",
      other: "More",
    },
  },
  es: {
    title: "Mi plan para seguir bien",
    helps: "Lo que me ayuda",
    signs: "Primeras señales",
    harder: "Lo que lo hace más difícil",
    so: "Entonces",
    callFirst: "Primero llamo a",
    anyHour: "A cualquier hora",
    back: "Si quiero volver",
    backWhere: "Dónde",
    backWho: "Pregunto por",
    backPhone: "Teléfono",
    backSoon: (days) =>
      days === 0
        ? "Me atienden el mismo día"
        : `Me atienden en ${days} ${days === 1 ? "día hábil" : "días hábiles"} como máximo`,
    beside: "Quién y qué está de mi lado",
    keep: "Lo que tengo y quiero conservar",
    since: (day) => `Hecho el ${day}`,
    empty: "Todavía no hay nada escrito aquí.",
    kinds: {
      "relapse-prevention": "Seguir bien",
      "mutual-aid": "Reuniones",
      advice: "Consejo",
      "harm-reduction": "Cuidarme",
      prescribing: "Medicina",
      housing: "Mi casa",
      "supported-accommodation": "Mi casa",
      relationships: "Mi gente",
      education: "Aprender",
      employment: "Trabajo",
      parenting: "Ser madre o padre",
      "child-care": "Cuidado de los niños",
      "womens-service": "Para mujeres",
      "peer-mentor": "Alguien que lo ha vivido",
      activity: "Lo que me gusta hacer",
      health: "Salud",
      money: "Dinero",
      other: "Además",
    },
  },
};

/**
 * Words that would tell a stranger what kind of help this is, in both languages; also help against
 * violence, which whoever is violent may find at home.
 */
const telling =
  /\b(after-?care|treatment|treat|relapses?d?|drugs?|alcohol\w*|drinking|addict\w*|rehab\w*|detox\w*|recover\w*|substances?|sober|sobriety|methadone|naloxone|opioids?|heroin|cocaine|clinic|AA|NA|CA|tratamiento|reca[ií]das?|drogas?|adicci[oó]n\w*|adict\w*|desintoxicaci[oó]n|rehabilitaci[oó]n|sobri\w*|narc[oó]tic\w*|anonymous|buprenorphine|suboxone|subutex|benzo\w*|crack|needles?|overdos\w*|domestic|abus\w*|violen\w*|refuges?|shelters?|women['’]s aid|buprenorfina|metadona|jeringas?|sobredosis|maltrato|refugios?|an[oó]nim[oa]s|hero[ií]na|coca[ií]na|beber|cl[ií]nica)\b/i;

/** The lines that would tell a stranger: somebody should look at them before they go home. */
export function tellingLines(lines: readonly string[]): string[] {
  return lines.filter((line) => telling.test(line));
}

/** Every word of ours on the page, for the test that none of them tells. */
export function fixedWords(language: Language): string[] {
  const { kinds, backSoon, since, ...plain } = stayWellWords[language];
  return [
    ...Object.values(plain),
    ...Object.values(kinds),
    backSoon(0),
    backSoon(1),
    backSoon(5),
    since("1"),
  ];
}

export type StayWell = {
  agreedOn: string | null;
  helps: { text: string; helper: string | null }[];
  signs: Sign[];
  harder: Sign[];
  callFirst: string | null;
  crisisLines: readonly string[];
  back: {
    where: string | null;
    who: string | null;
    phone: string | null;
    withinDays: number | null;
  };
  supports: SupportLine[];
  gains: string[];
};
type Sign = { text: string; strategies: { text: string; helper: string | null }[] };
type SupportLine = {
  what: string;
  detail: string | null;
  by: string | null;
  times: string | null;
  address: string | null;
  phone: string | null;
};

export type SheetLine = { text: string; under: string[] };
export type SheetBlock = { key: string; heading: string; lines: SheetLine[] };

/** As many lines of each block as anybody reads. */
const MOST = { signs: 4, harder: 4, under: 2, helps: 4, supports: 6, gains: 4, lines: 4 } as const;

/** A column of one page, in lines of its print on A4 and Letter, and letters on a line. */
const COLUMN = { lines: 46, wide: 30, under: 33, heading: 2 } as const;

function linesFor({ text, under }: SheetLine): number {
  const rows = (of: string, wide: number) => Math.ceil(of.length / wide);
  return under.reduce((sum, one) => sum + rows(one, COLUMN.under), rows(text, COLUMN.wide)) + 0.4;
}

/** What of a column fits on the page, and how many lines do not: whole lines, never half of one. */
function fitColumn(blocks: readonly SheetBlock[]): { blocks: SheetBlock[]; over: number } {
  let room = COLUMN.lines as number;
  let over = 0;
  const kept = blocks.map((block) => {
    let needs: number = COLUMN.heading;
    const lines = block.lines.filter((line) => {
      const need = linesFor(line) + needs;
      if (need > room) {
        over += 1;
        return false;
      }
      needs = 0;
      room -= need;
      return true;
    });
    return { ...block, lines };
  });
  return { blocks: kept.filter(({ lines }) => lines.length > 0), over };
}

/** The page in a language, English as the agency writes it: what to look out for on the left, whom to turn to on the right, and how many lines did not fit. */
export function staySheet(
  plan: StayWell,
  language: Language,
  locale: string,
): { title: string; made: string | null; left: SheetBlock[]; right: SheetBlock[]; over: number } {
  const words = stayWellWords[language];
  let over = 0;
  const most = <T>(lines: readonly T[], count: number): T[] => {
    over += Math.max(0, lines.length - count);
    return lines.slice(0, count);
  };
  const say = (line: { text: string; helper: string | null }) =>
    line.helper ? `${line.text} (${line.helper})` : line.text;
  const signLines = (signs: readonly Sign[], count: number) =>
    most(signs, count).map((sign) => ({
      text: sign.text,
      under: most(sign.strategies, MOST.under).map((line) => `${words.so}: ${say(line)}`),
    }));
  const labelled = (label: string, text: string | null) => (text ? [`${label}: ${text}`] : []);
  const { back } = plan;
  const plain = (texts: readonly string[]) => texts.map((text) => ({ text, under: [] }));
  const left: SheetBlock[] = [
    { key: "signs", heading: words.signs, lines: signLines(plan.signs, MOST.signs) },
    { key: "harder", heading: words.harder, lines: signLines(plan.harder, MOST.harder) },
    { key: "helps", heading: words.helps, lines: plain(most(plan.helps, MOST.helps).map(say)) },
    { key: "keep", heading: words.keep, lines: plain(most(plan.gains, MOST.gains)) },
  ];
  const right: SheetBlock[] = [
    { key: "call", heading: words.callFirst, lines: plain(plan.callFirst ? [plan.callFirst] : []) },
    { key: "hour", heading: words.anyHour, lines: plain(most(plan.crisisLines, MOST.lines)) },
    {
      key: "back",
      heading: words.back,
      lines: plain([
        ...labelled(words.backWhere, back.where),
        ...labelled(words.backWho, back.who),
        ...labelled(words.backPhone, back.phone),
        ...(back.withinDays === null ? [] : [words.backSoon(back.withinDays)]),
      ]),
    },
    {
      key: "beside",
      heading: words.beside,
      lines: most(plan.supports, MOST.supports).map((support) => ({
        text: [words.kinds[support.what] ?? words.kinds.other, support.by]
          .filter(Boolean)
          .join(": "),
        under: [
          support.detail,
          [support.times, support.address, support.phone].filter(Boolean).join(" · "),
        ].filter((line): line is string => Boolean(line)),
      })),
    },
  ];
  const made = plan.agreedOn
    ? words.since(
        formatDay(plan.agreedOn as Day, language === "es" ? "es-US" : locale, {
          dateStyle: "long",
        }),
      )
    : null;
  const onLeft = fitColumn(left);
  const onRight = fitColumn(right);
  return {
    ...{ title: words.title, made, left: onLeft.blocks, right: onRight.blocks },
    over: over + onLeft.over + onRight.over,
  };
}
