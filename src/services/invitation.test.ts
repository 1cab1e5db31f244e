import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { addDays, getDay } from "../kernel/day.ts";
import type { TimeOfDay } from "../kernel/time.ts";
import {
  invitationText,
  languageFor,
  type Meeting,
  type Telling,
  tellingOf,
  tellsTooMuch,
} from "./invitation.ts";
import { invitationFile, invitationUid } from "./invitation-file.ts";

/** Written apart from the product's own list, and wider. */
const forbidden =
  /treat|therap|recover|addict|substance|alcohol|drug|opioid|detox|rehab|counsel|clinic|patient|consumer|program|family|conference|bulletin|cstar|relapse|discharge|sobriet|tratam|terapia|adicci|droga|consej|programa|familia|conferencia|paciente|recaída|alta/i;

const meeting: Meeting = {
  day: getDay("2026-03-02"),
  starts: "14:00" as TimeOfDay,
  ends: "15:00" as TimeOfDay,
  room: "Cedar room",
  setting: "office",
  from: {
    name: "Riverbend",
    phone: "(573) 555-0140",
    timeZone: "America/Chicago",
    locale: "en-US",
  },
};

const minutes = fc.integer({ min: 0, max: 22 * 60 });
const clock = (at: number) =>
  `${String(Math.floor(at / 60)).padStart(2, "0")}:${String(at % 60).padStart(2, "0")}` as TimeOfDay;
const roomNames = fc.oneof(
  fc.constantFrom(
    "Cedar room",
    "Room 4",
    "Family room",
    "Detox lounge",
    "Group therapy B",
    "CSTAR Adolescent wing",
    "Sala de terapia",
    "Women and Children program",
    "Opioid clinic",
    "Recovery corner",
  ),
);
const meetings: fc.Arbitrary<Meeting> = fc
  .record({
    days: fc.integer({ min: 0, max: 4000 }),
    start: minutes,
    length: fc.integer({ min: 1, max: 110 }),
    room: roomNames,
    setting: fc.constantFrom(
      ...([
        "office",
        "home",
        "community",
        "residential",
        "telehealth",
        "telephone",
        "other",
      ] as const),
    ),
    phone: fc.constantFrom(null, "(573) 555-0140"),
  })
  .map(({ days, start, length, room, setting, phone }) => ({
    ...{ day: addDays(getDay("2026-01-01"), days), room, setting },
    ...{ starts: clock(start), ends: clock(start + length) },
    from: { ...meeting.from, phone },
  }));
const language = fc.constantFrom("en" as const, "es" as const);
const telling = fc.constantFrom<Telling>("invitation", "moved", "cancelled", "nothing-new");

describe("an invitation", () => {
  test("never says what a meeting is about, wherever and whenever it is", () => {
    fc.assert(
      fc.property(meetings, language, telling, (of, language, telling) => {
        const text = invitationText(of, { to: "Rosa", language, telling });
        const file = invitationFile(of, {
          ...{ uid: invitationUid("a", "b"), language, telling, moves: 0 },
          now: new Date("2026-01-01T00:00:00Z"),
        });
        expect(text).not.toMatch(forbidden);
        expect(file.replace(/\r\n[ \t]/g, "")).not.toMatch(forbidden);
      }),
    );
  });

  test("says when, where and whom to call, in English and in Spanish", () => {
    const english = invitationText(meeting, { to: "Rosa", language: "en", telling: "invitation" });
    expect(english).toContain("Monday, March 2, 2026");
    expect(english).toMatch(/2:00\sPM – 3:00\sPM/);
    expect(english).toContain("Riverbend, Cedar room");
    expect(english).toContain("(573) 555-0140");
    const spanish = invitationText(meeting, { to: "Rosa", language: "es", telling: "invitation" });
    expect(spanish).toContain("lunes, 2 de marzo de 2026");
    expect(spanish).toContain("reunión");
  });

  test("a cancelled meeting's place is not told again", () => {
    const text = invitationText(meeting, { to: "Rosa", language: "en", telling: "cancelled" });
    expect(text).toContain("will not take place");
    expect(text).not.toContain("Cedar");
  });

  test("finds the language, and says when it has none", () => {
    expect(languageFor("Spanish")).toBe("es");
    expect(languageFor("español")).toBe("es");
    expect(languageFor("English (US)")).toBe("en");
    expect(languageFor("Vietnamese")).toBeNull();
  });

  test("a room whose name tells is left out", () => {
    expect(tellsTooMuch("Detox lounge")).toBe(true);
    expect(tellsTooMuch("Willow room")).toBe(false);
  });
});

describe("a calendar file", () => {
  const file = (telling: Telling, moves: number, of = meeting) =>
    invitationFile(of, {
      ...{ uid: invitationUid("conference", "support"), language: "en", telling, moves },
      now: new Date("2026-01-01T00:00:00Z"),
    });

  test("has the instants of the agency's zone, in winter and in summer time", () => {
    expect(file("invitation", 0)).toContain("DTSTART:20260302T200000Z");
    const summer = { ...meeting, day: getDay("2026-07-01") };
    expect(file("invitation", 0, summer)).toContain("DTSTART:20260701T190000Z");
    expect(file("invitation", 0, summer)).toContain("DTEND:20260701T200000Z");
  });

  test("has no line that a name brought along", () => {
    const name = "Riverbend\r\nATTACH:https://elsewhere.example";
    const text = file("invitation", 0, { ...meeting, room: name, from: { ...meeting.from, name } });
    expect(text).not.toMatch(/^ATTACH/m);
  });

  test("keeps its identity and counts on, so that a calendar takes the newest", () => {
    const uid = /UID:(\S+)/.exec(file("invitation", 0))?.[1];
    expect(file("moved", 1)).toContain(`UID:${uid}`);
    expect(file("moved", 1)).toContain("SEQUENCE:1");
    expect(file("cancelled", 1)).toContain("SEQUENCE:2");
    expect(file("cancelled", 1)).toContain("STATUS:CANCELLED");
    expect(file("cancelled", 1)).toContain("METHOD:CANCEL");
    expect(file("invitation", 0)).not.toContain("METHOD");
    expect(invitationUid("conference", "another")).not.toBe(invitationUid("conference", "support"));
  });
});

describe("what somebody has not heard yet", () => {
  const at = (hour: number) => new Date(Date.UTC(2026, 0, 1, hour));
  const scheduled = { status: "scheduled" as const, statusAt: null, createdAt: at(9) };
  const cancelled = { status: "cancelled" as const, statusAt: at(12), createdAt: at(9) };

  test("the meeting, its new time, or that it will not be", () => {
    expect(tellingOf(scheduled, null)).toBe("invitation");
    expect(tellingOf(scheduled, at(8))).toBe("moved");
    expect(tellingOf(scheduled, at(10))).toBe("nothing-new");
    expect(tellingOf(cancelled, at(10))).toBe("cancelled");
    expect(tellingOf(cancelled, at(13))).toBe("nothing-new");
  });

  test("nothing, when it was called off before they heard of it, or is over", () => {
    expect(tellingOf(cancelled, null)).toBeNull();
    expect(tellingOf({ ...scheduled, status: "held" }, at(10))).toBeNull();
    expect(tellingOf({ ...scheduled, status: "did-not-come" }, at(10))).toBeNull();
  });
});
