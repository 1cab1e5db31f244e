import { describe, expect, test } from "vitest";
import { type Language, tellingLines } from "../plans/stay-well.ts";
import { agreedWords, dayIn, namesIn } from "./agreed-words.ts";

describe("our own words on what we agreed", () => {
  test.each<Language>(["en", "es"])("tell a stranger nothing (%s)", (language) => {
    const { talked, by, ...plain } = agreedWords[language];
    expect(tellingLines([...Object.values(plain), talked("1", "2"), by("3")])).toEqual([]);
  });
  test("names and days as each language says them", () => {
    expect(namesIn("en", ["Maria", "Rosa", "Ana"])).toBe("Maria, Rosa and Ana");
    expect(namesIn("es", ["Maria", "Rosa", "Ana"])).toBe("Maria, Rosa y Ana");
    expect(namesIn("es", ["Maria", "Irma"])).toBe("Maria e Irma");
    expect(namesIn("es", ["Maria"])).toBe("Maria");
    expect(dayIn("es", "2026-10-13", "en-US")).toBe("13 oct 2026");
    expect(dayIn("en", "2026-10-13", "en-US")).toBe("Oct 13, 2026");
  });
});
