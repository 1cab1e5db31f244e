import { expect, test } from "vitest";
import { type Bulletin, withReadings } from "./bulletin.ts";
import { loadBulletins } from "./shelf.ts";
import { appliesInEnglish, clauseInEnglish, conditionInEnglish } from "./to-english.ts";

const loaded = await loadBulletins("bulletins");
const founding = loaded.ok ? loaded.value[0]?.bulletin : undefined;
if (founding === undefined) throw new Error("no bulletin loads");
const bulletin: Bulletin = founding;

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

test("it says what the readings make of it", () => {
  expect(english("4.1")[0]).toContain("a week is Sunday to Saturday");
  expect(english("4.1", withReadings(bulletin, { week: "monday" }))[0]).toContain(
    "a week is Monday to Sunday",
  );
  expect(english("3.1", withReadings(bulletin, { plan: "both" }))[0]).toContain(
    "plan discussed is both plans",
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
