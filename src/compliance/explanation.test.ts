import { expect, test } from "vitest";
import { linesNamed, sayExplanation } from "./explanation.ts";

const id = "01a20430-285a-765e-bc19-c65512aabdf2";
const say = (text: string) => sayExplanation(text, { day: (day) => `<${day}>` });

test.each([
  [
    `Start time and end time overlap Family Therapy ${id}.`,
    "Start time and end time overlap Family Therapy of that day.",
  ],
  [
    `overlap Family Therapy ${id}, ${id} and ${id}; more`,
    "overlap Family Therapy of that day; more",
  ],
  [
    "Of 8 units from 2026-03-01 to 2026-03-07, earlier",
    "Of 8 units from <2026-03-01> to <2026-03-07>, earlier",
  ],
  ["on 2026-02-30", "on 2026-02-30"],
])("%j is shown as %j", (text, shown) => expect(say(text)).toBe(shown));

test("another line is known by when it began, where the page knows that of every one", () => {
  const other = "01a20430-285a-765e-bc19-c65512aabdf3";
  const starts: Record<string, string> = { [id]: "9:00" };
  const told = (text: string) =>
    sayExplanation(text, { day: String, start: (line) => starts[line] ?? null });
  expect(told(`overlap Family Therapy ${id}.`)).toBe("overlap Family Therapy of 9:00.");
  expect(told(`overlap Family Therapy ${id} and ${other}.`)).toBe(
    "overlap Family Therapy of that day.",
  );
  expect(linesNamed(`${id} and ${other}`)).toEqual([id, other]);
});
