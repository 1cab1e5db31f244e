import type { Found } from "./intake-found.ts";

/** What was found of each before the placement: the substance and what it looked like, and two of their own answers. */
type Line = [
  key: string,
  ...Found["substances"][number],
  housing: "settled" | "problem" | "none",
  lives: string,
];

const lines: Line[] = [
  ["owen", "Alcohol", 26, "oral", "8 cans", 16, "problem", "Sees his daughter on Saturdays."],
  ["farid", "Heroin", 24, "smoke", "Half a gram", 20, "none", "Cousins nearby; sofa to sofa."],
  ["lewis", "Cocaine powder", 18, "sniff", "2 g", 22, "settled", "Two children with their mother."],
  ["connor", "Crack cocaine", 22, "smoke", "4 rocks", 19, "none", "No contact with his family."],
  ["simone", "Benzodiazepines", 28, "oral", "40 mg", 38, "settled", "A sister who rings each day."],
  [
    "terence",
    "Alcohol",
    28,
    "oral",
    "A bottle of whisky",
    17,
    "settled",
    "Widowed; his allotment.",
  ],
  ["jade", "Ketamine", 15, "sniff", "2 g", 18, "problem", "Left the town where she used."],
  ["piotr", "Alcohol", 23, "oral", "6 cans and vodka", 15, "problem", "A brother who is sober."],
  ["nadia", "Crack cocaine", 16, "smoke", "2 rocks", 24, "problem", "Her son is with her mother."],
  ["chloe", "Heroin", 25, "smoke", "Half a gram", 17, "none", "In care until she was 18."],
  [
    "martin",
    "Alcohol",
    28,
    "oral",
    "A litre of vodka",
    15,
    "settled",
    "Lives alone, a good neighbour.",
  ],
  [
    "aaron",
    "Other opioids",
    28,
    "oral",
    "Methadone 50 ml",
    23,
    "settled",
    "Lives with his parents.",
  ],
  ["beverley", "Alcohol", 27, "oral", "Two bottles of wine", 30, "settled", "A wedding in spring."],
  ["hamza", "Cannabis", 28, "smoke", "8 spliffs", 14, "settled", "Lives with his parents."],
  ["ruth", "Alcohol", 20, "oral", "A bottle of gin", 21, "problem", "Two friends from the house."],
  ["gavin", "Amphetamine", 17, "inject", "2 g", 19, "problem", "Was a warehouse man for years."],
  ["denise", "Heroin", 22, "smoke", "A gram", 26, "problem", "A grandson of four."],
];

/** What their assessments say, by their keys. */
export const foundOfResidents: Readonly<Record<string, Found>> = Object.fromEntries(
  lines.map(([key, substance, days, route, amount, first, housing, lives]): [string, Found] => [
    key,
    {
      substances: [[substance, days, route, amount, first]],
      says: {
        ...{ risk_to_self: "none", risk_to_others: "none", housing, employment: "none" },
        injecting: route === "inject" ? "before" : "never",
        overdose_ever: ["Heroin", "Other opioids"].includes(substance),
        overdose_last_year: false,
        psychological_health: "Sleeps badly; nothing that is treated.",
        physical_health: "Seen by the GP before the placement: fit for it.",
        social_functioning: lives,
        offending: "Nothing that is open.",
        offending_now: false,
        wants: "To have this behind me.",
        summary: "A place to stay with structured treatment, and what follows it.",
      },
    },
  ]),
);
