import { expect, test } from "vitest";
import { type Bulletin, withReadings } from "./bulletin.ts";
import { loadBulletins } from "./shelf.ts";
import { appliesInEnglish, clauseInEnglish, conditionInEnglish } from "./to-english.ts";

const loaded = await loadBulletins("bulletins");
const bulletin = shelved("FY10-Clinical-16");

function shelved(number: string): Bulletin {
  const found = loaded.ok && loaded.value.find((one) => one.bulletin.number === number);
  if (!found) throw new Error(`${number} does not load`);
  return found.bulletin;
}

function english(number: string, of: Bulletin = bulletin): readonly string[] {
  const clause = of.clauses.find((one) => one.number === number);
  if (clause === undefined) throw new Error(`No clause ${number}`);
  return clauseInEnglish(of, clause);
}

test("a rule is a sentence a person can check against the document", () => {
  expect(appliesInEnglish(bulletin)).toBe("Service is Family Conference.");
  expect(english("4.2")).toEqual([
    "To be paid: setting is a clinical office and the consumer takes part.",
  ]);
  expect(english("3.2")).toEqual([
    "To be paid: it shares no minute with Family Therapy for the same consumer on the same day.",
    "Warns unless: days a need for family therapy has waited is 30 or less.",
  ]);
  expect(english("2.1")).toEqual([]);
});

test("a rule that is not asked of every record says of which", () => {
  const care = shelved("Models-of-Care-2006");
  expect(appliesInEnglish(care)).toBe(
    "Record is a prescribing course, a placement or an aftercare plan.",
  );
  expect(english("B4", care)).toEqual([
    "Where kind of placement is second stage, falls short unless: an agreed care plan stands, a keyworker is named and (number of drug-related supports is 1 or more and number of supports that are not drug-related is 1 or more).",
    "Where kind of placement is second stage, warns unless: a residential stay was completed before or it is said why none came before.",
  ]);
  expect(english("A3", withReadings(care, { "withdrawal-in-community": "judged" }))[0]).toMatch(
    /^Where record is a prescribing course and record is a prescribing course, warns unless: days since the first is 14 or less or \(an agreed/,
  );
});

test("it says what the readings make of it", () => {
  expect(english("4.1")[0]).toContain("a week is Sunday to Saturday");
  expect(english("4.1", withReadings(bulletin, { week: "monday" }))[0]).toContain(
    "a week is Monday to Sunday",
  );
  expect(english("3.1", withReadings(bulletin, { plan: "both" }))[0]).toContain(
    "plan discussed is both plans",
  );
});

test("not stands where it denies one thing", () => {
  const home = { op: "is", fact: "setting", value: "home" } as const;
  const present = { op: "is", fact: "consumer_present", value: true } as const;
  const asked = {
    op: "anyOf",
    of: [
      { op: "not", of: home },
      { op: "not", of: present },
    ],
  } as const;
  expect(conditionInEnglish(asked, bulletin)).toBe(
    "setting is not the home or the consumer does not take part",
  );
});

test("and, or and not don't run into each other", () => {
  const setting = { op: "is", fact: "setting", value: "home" } as const;
  const present = { op: "is", fact: "consumer_present", value: false } as const;
  const either = { op: "anyOf", of: [setting, present] } as const;
  const late = { op: "isAtLeast", fact: "start_time", value: "20:00" } as const;
  expect(conditionInEnglish({ op: "allOf", of: [{ op: "not", of: either }, late] }, bulletin)).toBe(
    "it is not so that (setting is the home or the consumer does not take part) and start time is 20:00 or later",
  );
});
