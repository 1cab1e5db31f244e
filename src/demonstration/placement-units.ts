import type { accessKinds } from "../episodes/assessment.ts";
import type { Approach, Group, NotTaken, UnitKind } from "../placements/unit.ts";

/** A unit of the demonstration: of a programme, or of a provider elsewhere. */
export type DemonstrationUnit = {
  name: string;
  kind: UnitKind;
  approach?: Approach;
  program?: string;
  provider?: string;
  /** What the provider does beside this unit. */
  providerIs?: string;
  attachedTo?: string;
  womenOnly?: boolean;
  takesChildren?: boolean;
  drugFree?: boolean;
  /** What it offers of access needs, and what it says it has not. */
  has?: (keyof typeof accessKinds)[];
  hasNot?: (keyof typeof accessKinds)[];
  languages?: string;
  interpreters?: boolean;
  serves?: Group[];
  doesNotTake?: NotTaken[];
  locality: string;
  staffing: string;
  weeks?: number;
  about: string;
  /** Names of the beds; a child's place is beside them. */
  beds?: string[];
  childPlaces?: string[];
};

const numbered = (name: string, many: number) =>
  Array.from({ length: many }, (_, index) => `${name} ${index + 1}`);

/** Rehabs stand before the detox that is attached to them. */
export const englandUnits: DemonstrationUnit[] = [
  {
    name: "Alder House",
    kind: "rehab",
    approach: "therapeutic-community",
    program: "Alder House",
    serves: ["offenders"],
    doesNotTake: ["current-prescribing", "risk-to-others"],
    has: ["step-free", "plain-words"],
    hasNot: ["assistance-dog"],
    languages: "Polish",
    locality: "Alderway",
    staffing: "Staff awake day and night; a nurse on weekdays",
    weeks: 12,
    about:
      "A therapeutic community for men and women: groups every day, shared work in the house and garden, family visits on Sundays.",
    beds: numbered("Room", 9),
  },
  {
    name: "Alder House, women's wing",
    kind: "rehab",
    approach: "social-learning",
    program: "Alder House",
    womenOnly: true,
    takesChildren: true,
    serves: ["pregnant"],
    doesNotTake: ["risk-to-others"],
    has: ["step-free", "hearing"],
    interpreters: true,
    locality: "Alderway",
    staffing: "Women staff day and night; a nursery nurse on weekdays",
    weeks: 16,
    about: "Four rooms with a nursery. Children under five live there with their mothers.",
    beds: numbered("Wing", 4),
    childPlaces: ["Cot", "Small bed"],
  },
  {
    name: "Quayside Detox",
    kind: "detox",
    program: "Quayside Detox",
    attachedTo: "Alder House",
    serves: ["liver-disease"],
    doesNotTake: ["children", "pregnant"],
    has: ["step-free", "personal-care", "sight"],
    interpreters: true,
    locality: "Alderway",
    staffing: "Nurses day and night; a doctor on weekdays and on call",
    weeks: 2,
    about: "Medically assisted withdrawal from alcohol, opioids and benzodiazepines.",
    beds: numbered("Bed", 6),
  },
  {
    name: "Second Step, Mill Lane",
    kind: "second-stage",
    program: "Second Step",
    drugFree: true,
    doesNotTake: ["current-prescribing"],
    hasNot: ["step-free", "personal-care"],
    locality: "Alderway",
    staffing: "A worker calls every day; on call at night",
    weeks: 26,
    about: "A shared house, drug-free, with keywork every week and help with work and a home.",
    beds: numbered("Room", 4),
  },
  {
    name: "Second Step, Canal Street",
    kind: "second-stage",
    program: "Second Step",
    drugFree: true,
    doesNotTake: ["current-prescribing"],
    has: ["step-free"],
    hasNot: ["personal-care"],
    locality: "Alderway",
    staffing: "A worker calls every day; on call at night",
    weeks: 26,
    about: "Three flats in one building, drug-free, five minutes from the college.",
    beds: numbered("Flat", 3),
  },
  {
    name: "Brackenfell House",
    kind: "rehab",
    approach: "12-step",
    provider: "Brackenfell Trust",
    doesNotTake: ["children", "current-prescribing"],
    hasNot: ["step-free"],
    interpreters: false,
    locality: "Marlow Cross",
    staffing: "Counsellors in recovery; a nurse visits",
    weeks: 12,
    about: "Twelve steps, a sponsor from the first week, meetings in the town every evening.",
  },
  {
    name: "Brackenfell Detox",
    kind: "detox",
    provider: "Brackenfell Trust",
    attachedTo: "Brackenfell House",
    doesNotTake: ["children"],
    locality: "Marlow Cross",
    staffing: "Nurses day and night; a doctor visits every morning",
    weeks: 2,
    about: "Six rooms on the top floor of the house; people go downstairs when they are ready.",
  },
  {
    name: "St Aidan's Community",
    kind: "rehab",
    approach: "faith-based",
    provider: "St Aidan's Fellowship",
    doesNotTake: ["children", "severe-mental-illness", "current-prescribing"],
    locality: "Holmby",
    staffing: "A live-in community",
    weeks: 40,
    about:
      "A Christian therapeutic community on a farm; those of other faiths or none are welcome.",
  },
  {
    name: "Northgate Crisis Unit",
    kind: "crisis",
    approach: "crisis-intervention",
    provider: "Northgate Health",
    providerIs: "The health trust of the next large town: a crisis unit, a mother and baby unit",
    serves: ["severe-mental-illness"],
    doesNotTake: ["children"],
    locality: "Northgate",
    staffing: "Nurses and a psychiatrist, day and night",
    weeks: 2,
    about: "Two weeks at most, at any hour, in the nearest large town.",
  },
  {
    name: "Rowan Mother and Baby Unit",
    kind: "rehab",
    approach: "eclectic",
    provider: "Northgate Health",
    womenOnly: true,
    takesChildren: true,
    serves: ["pregnant"],
    locality: "Northgate",
    staffing: "Midwives, nursery nurses and keyworkers",
    weeks: 26,
    about: "For pregnant women and mothers with a baby, with the maternity hospital next door.",
  },
];

export const missouriUnits: DemonstrationUnit[] = [
  {
    name: "Harbor House",
    kind: "rehab",
    approach: "social-learning",
    program: "Women and Children",
    womenOnly: true,
    takesChildren: true,
    serves: ["pregnant"],
    doesNotTake: ["risk-to-others"],
    has: ["step-free", "plain-words"],
    languages: "Spanish",
    locality: "Riverbend",
    staffing: "Staff awake day and night",
    weeks: 12,
    about:
      "Four rooms for women, with children under six; groups in the morning, child care on site.",
    beds: numbered("Room", 4),
    childPlaces: ["Crib", "Small bed"],
  },
  {
    name: "Lakeview Detox",
    kind: "detox",
    provider: "Lakeview Hospital",
    serves: ["liver-disease"],
    doesNotTake: ["children"],
    has: ["step-free", "personal-care"],
    interpreters: true,
    locality: "Lakeview",
    staffing: "Nurses and physicians, day and night",
    weeks: 1,
    about: "A hospital ward for medically assisted withdrawal, 40 minutes away.",
  },
];
