import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  type CorrectableFact,
  correctable,
  correctableFacts,
  correctionText,
  factsOf,
  parseFact,
  sayFact,
} from "./correction.ts";
import {
  type CosignStanding,
  mayCorrect,
  mayCosign,
  mayDecide,
  mayVoid,
  noteState,
} from "./note.ts";
import { heldOn } from "./service-kinds.ts";

const id = fc.constantFrom("ana", "ben", "ruth");
const note: fc.Arbitrary<CosignStanding> = fc.record({
  cosignerLost: fc.boolean(),
  signedBy: fc.option(id),
  voided: fc.boolean(),
  cosignBy: fc.option(id),
  cosigned: fc.boolean(),
  remark: fc.option(fc.constant("Say how it ended")),
  serviceWaits: fc.boolean(),
});
const person = fc.record({ staffId: id, supervisor: fc.boolean() });

describe("a note", () => {
  test("is co-signed only while it waits, by a supervisor, and never by its signer", () => {
    fc.assert(
      fc.property(note, person, (note, me) => {
        if (!mayCosign(note, me)) return true;
        const waits = ["waits", "given-back"].includes(noteState(note));
        const named = !note.cosignBy || note.cosignerLost || note.cosignBy === me.staffId;
        return waits && named && me.supervisor && note.signedBy !== me.staffId;
      }),
    );
  });

  test("that is not signed, or is voided, is neither voided nor corrected", () => {
    fc.assert(
      fc.property(note, person, (note, me) => {
        if (note.signedBy !== null && !note.voided) return true;
        return !mayVoid(note, me) && !mayCorrect(note, me);
      }),
    );
  });

  test("goes back to its author with what is asked, and is co-signed after that", () => {
    const waiting = { signedBy: "ben", voided: false, cosignBy: "ruth", cosigned: false };
    const standing = { ...waiting, remark: null, serviceWaits: true };
    expect(noteState(standing)).toBe("waits");
    expect(noteState({ ...standing, remark: "Say how it ended" })).toBe("given-back");
    expect(noteState({ ...standing, cosigned: true })).toBe("cosigned");
    expect(noteState({ ...standing, voided: true })).toBe("voided");
    expect(noteState({ ...standing, cosignBy: null, serviceWaits: false })).toBe("signed");
  });

  test("no supervisor decides on a correction of their own", () => {
    const ruth = { staffId: "ruth", supervisor: true };
    expect(mayDecide({ by: "ana", state: "waiting" }, ruth)).toBe(true);
    expect(mayDecide({ by: "ruth", state: "waiting" }, ruth)).toBe(false);
    expect(mayDecide({ by: "ana", state: "applied" }, ruth)).toBe(false);
    expect(mayDecide({ by: "ruth", state: "waiting" }, { staffId: "ana", supervisor: false })).toBe(
      false,
    );
  });
});

describe("a corrected fact", () => {
  test("takes only values that such a fact can have", () => {
    fc.assert(
      fc.property(fc.constantFrom(...correctableFacts), fc.string(), (fact, typed) => {
        const value = parseFact(fact, typed);
        const kind = correctable[fact];
        if (value === null) return true;
        if (kind.input === "number") return Number.isInteger(value) && Number(value) >= 0;
        if (kind.input === "time") return /^\d\d:\d\d$/.test(String(value));
        return Object.hasOwn(kind.choices, String(value));
      }),
    );
  });

  test.each<[CorrectableFact, string, unknown]>([
    ["start_time", "9:05", "09:05"],
    ["start_time", "24:00", null],
    ["end_time", "24:00", "24:00"],
    ["private_minutes", "601", null],
    ["supports_present", "-1", null],
    ["supports_present", "2", 2],
    ["consumer_present", "false", false],
    ["consumer_present", "constructor", null],
    ["setting", "garden", null],
    ["plan_discussed", "both", "both"],
  ])("%s typed as %j is %j", (fact, typed, value) => {
    expect(parseFact(fact, typed)).toBe(value);
  });

  test("says in its addendum what it said and what it was", () => {
    expect(correctionText("supports_present", null, 1, "He sat outside the list.")).toBe(
      "Wrongly recorded: supports who took part. It said “not recorded”; it was “1”. He sat outside the list.",
    );
    expect(sayFact("consumer_present", false)).toBe("No");
  });
});

test("a credential is held on both its first and its last day", () => {
  const holders = [{ staff_id: "ruth", valid_from: "2010-04-15", valid_to: "2010-04-20" }];
  const on = (day: string) => heldOn(holders, "ruth", day);
  expect([on("2010-04-14"), on("2010-04-15"), on("2010-04-20"), on("2010-04-21")]).toEqual([
    ...[false, true, true, false],
  ]);
  expect(heldOn(holders, null, "2010-04-16")).toBe(false);
});

test("a keywork session has no facts of a Family Conference; what was recorded all the same is shown", () => {
  const kinds = (service: Parameters<typeof factsOf>[0]) => factsOf(service).join(" ");
  const nothing = { private_minutes: 0, supports_present: null, plan_discussed: null };
  const own = "start_time end_time setting consumer_present";
  expect(kinds({ kind: "keywork", ...nothing })).toBe(own);
  expect(kinds({ kind: "keywork", ...nothing, supports_present: 1 })).toContain("supports_present");
  expect(kinds({ kind: "family-therapy", ...nothing })).toContain("supports_present");
  expect(factsOf({ kind: "family-conference", ...nothing })).toEqual(correctableFacts);
});
