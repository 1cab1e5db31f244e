import { parseEndTime, parseTime } from "../kernel/time.ts";
import { serviceFacts } from "../policy/service-facts.ts";

/** A fact of a service that can turn out to be wrongly recorded. */
export type CorrectableFact =
  | "start_time"
  | "end_time"
  | "private_minutes"
  | "setting"
  | "consumer_present"
  | "supports_present"
  | "plan_discussed";

export type CorrectedValue = string | number | boolean;

type Kind =
  | { input: "time"; parse: (text: string) => string | null }
  | { input: "number"; most: number }
  | { input: "choice"; choices: Readonly<Record<string, string>> };

const yesNo = { true: "Yes", false: "No" };

/** Each correctable fact with its name on the page and what it can be. */
export const correctable: Readonly<Record<CorrectableFact, { label: string } & Kind>> = {
  start_time: { label: "Start time", input: "time", parse: parseTime },
  end_time: { label: "End time", input: "time", parse: parseEndTime },
  private_minutes: { label: "Minutes in private", input: "number", most: 600 },
  setting: { label: "Setting", input: "choice", choices: serviceFacts.setting.codes },
  consumer_present: { label: "The person took part", input: "choice", choices: yesNo },
  supports_present: { label: "Supports who took part", input: "number", most: 200 },
  plan_discussed: {
    label: "Plan discussed",
    input: "choice",
    choices: serviceFacts.plan_discussed.codes,
  },
};

export const correctableFacts = Object.keys(correctable) as CorrectableFact[];

/** Facts that any session has, and what a session with family has besides. */
const ofAnySession: readonly CorrectableFact[] = [
  ...(["start_time", "end_time", "setting", "consumer_present"] as const),
];
const withFamily: readonly string[] = ["family-therapy", "collateral-counseling"];

/** The facts that a service of a kind has, and those that were recorded of it all the same. */
export function factsOf(
  service: { kind: string } & Partial<Record<CorrectableFact, unknown>>,
): CorrectableFact[] {
  const { kind } = service;
  return correctableFacts.filter((fact) => {
    if (kind === "family-conference" || ofAnySession.includes(fact)) return true;
    if (fact === "supports_present" && withFamily.includes(kind)) return true;
    const value = service[fact];
    return value !== null && value !== undefined && value !== 0;
  });
}

/** The value that was typed for a fact, or null when it is none. */
export function parseFact(fact: CorrectableFact, typed: string): CorrectedValue | null {
  const kind = correctable[fact];
  const text = typed.trim();
  if (kind.input === "time") return kind.parse(text.length === 4 ? `0${text}` : text);
  if (kind.input === "number") {
    if (!/^\d{1,3}$/.test(text)) return null;
    const value = Number(text);
    return value <= kind.most ? value : null;
  }
  if (!Object.hasOwn(kind.choices, text)) return null;
  return fact === "consumer_present" ? text === "true" : text;
}

/** A fact's value in words; what nobody recorded says so. */
export function sayFact(fact: CorrectableFact, value: unknown): string {
  if (value === null || value === undefined) return "not recorded";
  const kind = correctable[fact];
  return kind.input === "choice" ? (kind.choices[String(value)] ?? String(value)) : String(value);
}

/** The words of the dated addendum that a correction is. */
export function correctionText(
  fact: CorrectableFact,
  was: unknown,
  becomes: unknown,
  reason: string,
): string {
  const { label } = correctable[fact];
  return `Wrongly recorded: ${label.toLowerCase()}. It said “${sayFact(fact, was)}”; it was “${sayFact(fact, becomes)}”. ${reason}`;
}
