import { describe, expect, test } from "vitest";
import { drugRelated, notDrugRelated } from "./aftercare.ts";
import { namesFlagged, withoutFlagged } from "./sheet.ts";
import {
  fixedWords,
  type Language,
  languageFor,
  linesIn,
  type StayWell,
  staySheet,
  stayWellWords,
  tellingLines,
} from "./stay-well.ts";

const both: Language[] = ["en", "es"];
const plan: StayWell = {
  agreedOn: "2026-06-01",
  helps: [{ text: "Walking", helper: null }],
  signs: [{ text: "I stop calling", strategies: [{ text: "Call Rosa", helper: "Rosa" }] }],
  harder: [],
  callFirst: "Rosa",
  crisisLines: ["988"],
  back: { where: "Blue door", who: "Ana", phone: "555-0140", withinDays: 1 },
  supports: [
    {
      what: "mutual-aid",
      detail: null,
      by: "Thursdays",
      times: "6 pm",
      address: null,
      phone: "555",
    },
  ],
  gains: ["My own flat"],
};

describe("the page for home", () => {
  test.each(both)("none of our own words tells a stranger anything (%s)", (language) => {
    const words = fixedWords(language);
    expect(words.length).toBeGreaterThan(30);
    expect(tellingLines(words)).toEqual([]);
  });
  test("the words it is held to do tell, in both languages", () => {
    const tell = [
      "Aftercare plan",
      "relapse prevention",
      "Drug-related",
      "drug treatment",
      "Plan de tratamiento",
      "si hay una recaída",
      "Alcohol service",
      "Narcotics Anonymous",
      "NA, Tuesdays",
      "Harbour Women's Aid, refuge",
      "Domestic abuse advice",
      "Violencia en casa",
      "Refugio",
      "Suboxone at the chemist",
      "Needle exchange",
    ];
    expect(tellingLines(tell)).toEqual(tell);
    expect(tellingLines(["Call Rosa", "Choir on Tuesdays", "Lo que me ayuda"])).toEqual([]);
  });
  test.each(both)("every kind of support has a neutral word (%s)", (language) => {
    const kinds = stayWellWords[language].kinds;
    for (const what of [...Object.keys(drugRelated), ...Object.keys(notDrugRelated)]) {
      expect(kinds[what], what).toBeTruthy();
    }
  });
  test("in Spanish our words are Spanish, and what the person wrote stays as it is", () => {
    const sheet = staySheet(plan, "es", "en-US");
    const say = JSON.stringify(sheet);
    expect(sheet.title).toBe("Mi plan para seguir bien");
    expect(say).toContain("Primeras señales");
    expect(say).toContain("I stop calling");
    expect(say).toContain("Me atienden en 1 día hábil como máximo");
    expect(sheet.made).toBe("Hecho el 1 de junio de 2026");
    expect(staySheet(plan, "en", "en-US").made).toBe("Made on June 1, 2026");
    expect(staySheet(plan, "en", "en-GB").made).toBe("Made on 1 June 2026");
    for (const words of fixedWords("en")) {
      if (!fixedWords("es").includes(words)) expect(say).not.toContain(`"${words}"`);
    }
  });
  test("what is empty is left out; what does not fit is counted, not lost in silence", () => {
    const blank: StayWell = {
      ...{ agreedOn: null, helps: [], signs: [], harder: [], callFirst: null, crisisLines: [] },
      ...{
        back: { where: null, who: null, phone: null, withinDays: null },
        supports: [],
        gains: [],
      },
    };
    expect(staySheet(blank, "en", "en-US")).toMatchObject({
      left: [],
      right: [],
      over: 0,
      made: null,
    });
    const many = { ...plan, gains: Array.from({ length: 7 }, (_, at) => `Gain ${at}`) };
    const { left, over } = staySheet(many, "en", "en-US");
    expect(left.find(({ key }) => key === "keep")?.lines).toHaveLength(4);
    expect(over).toBe(3);
  });
  test("long lines fill a column to its end and no further; whom to turn to is always on it", () => {
    const long = "x".repeat(400);
    const full: StayWell = {
      ...plan,
      signs: Array.from({ length: 4 }, (_, at) => ({
        text: `${at} ${long}`,
        strategies: [{ text: long, helper: null }],
      })),
      supports: Array.from({ length: 6 }, () => ({ ...plan.supports[0], by: long }) as never),
    };
    const { left, right, over } = staySheet(full, "en", "en-US");
    expect(left[0]?.lines).toHaveLength(1);
    expect(right.map(({ key }) => key).slice(0, 3)).toEqual(["call", "hour", "back"]);
    expect(over).toBeGreaterThan(5);
    const letters = (blocks: typeof left) =>
      blocks.flatMap(({ lines }) => lines.flatMap(({ text, under }) => [text, ...under])).join("");
    expect(letters(left).length).toBeLessThan(46 * 33);
    expect(letters(right).length).toBeLessThan(46 * 33);
  });
  test("the language that is asked for, else the one the person speaks", () => {
    expect(languageFor("es", "English")).toBe("es");
    expect(languageFor(null, "Spanish")).toBe("es");
    expect(languageFor(null, "Español")).toBe("es");
    expect(languageFor("fr", "Polish")).toBe("en");
    expect(languageFor(null, null)).toBe("en");
  });
});

test("a number that nobody wrote in Spanish is printed as it is, and said to be in English", () => {
  const lines = ["988, call or text", "In danger: 911"];
  expect(linesIn("en", lines, ["988 en español"])).toEqual({ lines, english: [] });
  expect(linesIn("es", lines, ["988 en español"])).toEqual({
    lines: ["988 en español", "In danger: 911"],
    english: ["In danger: 911"],
  });
});

describe("whoever must not be contacted is not on a page that goes home", () => {
  const around = [
    { name: "Troy Delgado", relation: "Former partner", noContact: true },
    { name: "Rosa Delgado", relation: "Mother", noContact: false },
    { name: "Mark Hill", relation: "Brother", noContact: true },
  ];
  const own = ["Maria", "Delgado"];
  test.each([
    ["Troy", true],
    ["Troy, 555-0111", true],
    ["my former partner", true],
    ["Troy's mother", true],
    ["Rosa Delgado", false],
    ["My mother", false],
    ["Mr. Delgado", false],
    ["I mark the days", false],
    ["Mark", true],
    [null, false],
  ])("%s: %s", (text, named) => {
    expect(namesFlagged(text, around, own)).toBe(named);
  });
  test("the strategy stays, and helps itself", () => {
    const lines = [
      { text: "Go for a walk", helper: "Troy" },
      { text: "Ring somebody", helper: "Rosa" },
    ];
    expect(withoutFlagged(lines, (text) => namesFlagged(text, around, own))).toEqual([
      { text: "Go for a walk", helper: null },
      { text: "Ring somebody", helper: "Rosa" },
    ]);
  });
});
