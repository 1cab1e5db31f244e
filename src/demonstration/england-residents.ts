import { goal } from "./england-goals.ts";
import type { DemonstrationStay } from "./placement-stays.ts";
import type { Story } from "./stories.ts";

/** Who else lives in the house: a name, a bed and a goal, so that the board is as full as a real one. */
type Resident = [
  given: string,
  family: string,
  pronouns: "he/him" | "she/her",
  age: number,
  program: "Quayside Detox" | "Alder House" | "Second Step",
  unit: string,
  bed: string,
  since: number,
  until: number,
  wants: string,
];

const HOUSE = "Alder House";
const WING = "Alder House, women's wing";
const DETOX = "Quayside Detox";
const MILL = "Second Step, Mill Lane";

const residents: Resident[] = [
  ["Owen", "Pritchard", "he/him", 44, HOUSE, HOUSE, "Room 2", -51, 33, "A year without drinking"],
  ["Farid", "Nazari", "he/him", 29, HOUSE, HOUSE, "Room 3", -33, 51, "Finish the programme"],
  ["Lewis", "Garside", "he/him", 38, HOUSE, HOUSE, "Room 4", -79, 5, "Go home to my children"],
  ["Connor", "Blakeley", "he/him", 24, HOUSE, HOUSE, "Room 5", -20, 64, "Leave crack behind"],
  ["Simone", "Achterberg", "she/her", 47, HOUSE, HOUSE, "Room 6", -62, 22, "Sleep without pills"],
  ["Terence", "Ogilvie", "he/him", 55, HOUSE, HOUSE, "Room 7", -81, 3, "Hold on to my allotment"],
  ["Jade", "Winterbourne", "she/her", 26, HOUSE, HOUSE, "Room 8", -9, 75, "A start somewhere new"],
  ["Piotr", "Gorski", "he/him", 35, HOUSE, HOUSE, "Room 9", -41, 43, "Work again by spring"],
  ["Nadia", "Rahman", "she/her", 31, HOUSE, WING, "Wing 1", -27, 85, "Have my son back for good"],
  ["Chloe", "Ferris", "she/her", 23, HOUSE, WING, "Wing 3", -48, 64, "Feel safe"],
  ["Martin", "Sowerby", "he/him", 49, DETOX, DETOX, "Bed 1", -8, 6, "Get through the withdrawal"],
  ["Aaron", "Delacourt", "he/him", 33, DETOX, DETOX, "Bed 3", -3, 11, "Off methadone, slowly"],
  ["Beverley", "Stott", "she/her", 57, DETOX, DETOX, "Bed 4", -11, 2, "Be well for the wedding"],
  ["Hamza", "Iqbal", "he/him", 27, DETOX, DETOX, "Bed 6", -1, 13, "Stop before it gets worse"],
  ["Ruth", "Calloway", "she/her", 41, "Second Step", MILL, "Room 3", -95, 87, "A flat of my own"],
  [
    "Gavin",
    "Tranter",
    "he/him",
    36,
    "Second Step",
    MILL,
    "Room 4",
    -30,
    152,
    "My forklift licence",
  ],
  [
    ...(["Denise", "Maddock", "she/her", 52, "Second Step"] as const),
    ...(["Second Step, Canal Street", "Flat 2", -118, 64, "See my grandson every week"] as const),
  ],
];

/** Denise was three weeks with the Community Team too, and then elsewhere before she came. */
const askedOf = (given: string, since: number) => since - (given === "Denise" ? 97 : 21);

const keyOf = (given: string) => given.toLowerCase();
const keyworkerOf = (program: string) =>
  program === "Second Step" ? "ellie@alderway.example" : "jack@alderway.example";

export const residentStories: readonly Story[] = residents.map(
  ([given, family, pronouns, age, program, , , since, , wants], index) => ({
    key: keyOf(given),
    ...{ given, family, pronouns, age, program, since },
    asked: askedOf(given, since),
    through: [
      {
        ...{ program: "Community Team", from: askedOf(given, since), to: since },
        reason: `Admitted to ${program}`,
      },
    ],
    phone: `01632 9603${String(index + 10)}`,
    safeToCall: program === "Second Step" ? "Any time" : "On the unit",
    keyworker: keyworkerOf(program),
    supports: [],
    goals: [
      goal("substance-use", wants, {
        step: "The next four weeks",
        does: ["individual-counseling", "Keywork", "Weekly"],
      }),
      goal("social-functioning", "Somebody to turn to", {
        step: "One visit or call a week",
        does: ["group", "Morning group", "Daily"],
      }),
    ],
  }),
);

export const residentStays: readonly DemonstrationStay[] = [
  ...residents.map(([given, , , , program, unit, bed, since, until]) => ({
    who: keyOf(given),
    by: keyworkerOf(program),
    unit,
    asked: since - 21,
    admitted: since,
    until,
    beds: [{ bed, from: since, until }],
    // Her son is to come to her, and his place is kept.
    ...(given === "Nadia" && {
      children: 1,
      childPlaces: [{ place: "Small bed", from: 12, until, booked: true }],
    }),
  })),
  {
    who: "denise",
    by: "nia@alderway.example",
    unit: "Brackenfell Detox",
    asked: -205,
    why: "Wished to be out of town, and among people in recovery.",
    admitted: -194,
    moves: [{ unit: "Brackenfell House", on: -183 }],
    ended: { on: -118, planned: true, reason: "completed" },
  },
];
