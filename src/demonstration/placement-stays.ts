import { addDays, type Day, weekOf } from "../kernel/day.ts";
import type { EndReason } from "../placements/stay.ts";

/** One stay of the demonstration; days are counted from today. */
export type DemonstrationStay = {
  who: string;
  by: string;
  unit: string;
  /** Of the episode before this one. */
  earlier?: boolean;
  asked: number;
  why?: string;
  admitted?: number;
  until?: number;
  ended?: { on: number; planned: boolean; reason: EndReason; note?: string };
  children?: number;
  joint?: { service: string; lead: string; whoDoesWhat: string };
  beds?: {
    unit?: string;
    bed: string;
    from: number;
    until?: number;
    left?: number;
    booked?: boolean;
    /** Why the place was made, where it is none of the unit's own. */
    overflow?: string;
    /** What spoke against the unit, and why it was right all the same. */
    asked?: { what: string; because: string };
  }[];
  /** The children's places that went with it. */
  childPlaces?: { place: string; from: number; until?: number; left?: number; booked?: boolean }[];
  funding?: {
    funder: string;
    state: "pending" | "agreed" | "refused";
    panel?: number;
    decided?: number;
    from?: string;
    weeks?: number;
    cents?: number;
  }[];
  /** Units elsewhere that the stay went on in. */
  moves?: { unit: string; on: number }[];
  leaves?: { from: number; backBy: number; back?: number; why: string }[];
  uses?: {
    on: (today: Day) => Day;
    what: string;
    reviewed?: { on: number; text: string };
  }[];
};

const JACK = "jack@alderway.example";
const ELLIE = "ellie@alderway.example";
const NIA = "nia@alderway.example";
const COUNCIL = "Adult social care, county council";

/** The Saturday before today. */
const lastSaturday = (today: Day): Day => {
  const saturday = addDays(weekOf(today, "monday").from, 5);
  return saturday < today ? saturday : addDays(saturday, -7);
};
const ended = (on: number, reason: EndReason) => ({ on, planned: true, reason });

export const englandStays: DemonstrationStay[] = [
  {
    who: "gareth",
    by: JACK,
    unit: "Quayside Detox",
    asked: -30,
    why: "Alcohol and diazepam together: not safe at home. Alder House is to follow.",
    admitted: -5,
    until: 89,
    joint: {
      service: "Liver clinic, Northgate Infirmary",
      lead: "Dr F. Osei",
      whoDoesWhat:
        "The clinic: scan and bloods on day 7. Quayside: the withdrawal, diet, thiamine.",
    },
    beds: [
      { bed: "Bed 2", from: -5, until: 5 },
      {
        ...{ unit: "Alder House", bed: "Room 4", from: 5, until: 89, booked: true },
        asked: {
          what: "Takes nobody on a current prescription",
          because: "The reducing dose is over on the day he moves",
        },
      },
    ],
    funding: [
      {
        ...{ funder: COUNCIL, state: "agreed", panel: -21, decided: -20 },
        ...{ from: "Panel chair", weeks: 14, cents: 78_000 },
      },
    ],
  },
  {
    who: "yusuf",
    by: JACK,
    unit: "Quayside Detox",
    asked: -60,
    why: "Six months without heroin, away from the estate.",
    admitted: -54,
    until: 44,
    beds: [
      { bed: "Bed 3", from: -54, until: -40, left: -40 },
      { unit: "Alder House", bed: "Room 1", from: -40, until: 44 },
    ],
    funding: [
      {
        ...{ funder: COUNCIL, state: "agreed", panel: -58, decided: -57 },
        ...{ from: "Panel chair", weeks: 14, cents: 78_000 },
      },
    ],
    leaves: [
      { from: -12, backBy: -11, back: -11, why: "His mother's birthday" },
      { from: -1, backBy: 1, why: "Prayers and a meal with his mother" },
    ],
  },
  {
    who: "bronwen",
    by: JACK,
    unit: "Alder House, women's wing",
    asked: -90,
    why: "Women only, and Cerys with her.",
    admitted: -68,
    until: 5,
    children: 1,
    joint: {
      service: "Health visitors, Alderway",
      lead: "K. Adeyemi",
      whoDoesWhat: "Health visitor: Cerys, every two weeks. The wing: everything else.",
    },
    beds: [{ bed: "Wing 2", from: -68, until: 5 }],
    childPlaces: [{ place: "Cot", from: -68, until: 5 }],
    funding: [
      { funder: COUNCIL, state: "agreed", panel: -80, decided: -80, weeks: 12, cents: 91_500 },
      { funder: COUNCIL, state: "pending", panel: 2, weeks: 4, cents: 91_500 },
    ],
  },
  {
    who: "marek",
    by: JACK,
    unit: "Alder House",
    asked: -34,
    why: "Asked for a 12-step programme; Brackenfell had no place before the spring.",
    admitted: -13,
    until: 71,
    beds: [
      {
        ...{ bed: "Overflow 1", from: -13, until: 71 },
        overflow: "Discharged from hospital on a Friday, every room taken",
      },
    ],
    funding: [
      { funder: COUNCIL, state: "agreed", panel: -16, decided: -14, weeks: 12, cents: 74_000 },
    ],
  },
  {
    who: "leanne",
    by: JACK,
    unit: "Alder House",
    asked: -180,
    admitted: -170,
    ended: ended(-72, "moved-on"),
    beds: [{ bed: "Room 2", from: -170, until: -72, left: -72 }],
  },
  {
    who: "leanne",
    by: ELLIE,
    unit: "Second Step, Mill Lane",
    asked: -95,
    why: "Drug-free, near her brother and the charity shop.",
    admitted: -72,
    until: -2,
    beds: [{ bed: "Room 2", from: -72, until: -2 }],
    funding: [{ funder: "Housing benefit office", state: "agreed", decided: -75, cents: 24_300 }],
  },
  {
    who: "dominic",
    by: JACK,
    unit: "Alder House",
    asked: -150,
    admitted: -135,
    ended: ended(-45, "moved-on"),
    beds: [{ bed: "Room 3", from: -135, until: -45, left: -45 }],
  },
  {
    who: "dominic",
    by: ELLIE,
    unit: "Second Step, Canal Street",
    asked: -60,
    why: "Near the college.",
    admitted: -45,
    until: 137,
    beds: [{ bed: "Flat 1", from: -45, until: 137 }],
    funding: [{ funder: "Housing benefit office", state: "agreed", decided: -50, cents: 24_300 }],
    uses: [
      {
        on: lastSaturday,
        what: "Three cans and a line at a party after an argument in the flat. He rang Ellie himself on Sunday morning.",
      },
    ],
  },
  {
    who: "segun",
    by: JACK,
    unit: "Alder House",
    asked: -240,
    admitted: -230,
    ended: ended(-130, "moved-on"),
    beds: [{ bed: "Room 5", from: -230, until: -130, left: -130 }],
  },
  {
    who: "segun",
    by: ELLIE,
    unit: "Second Step, Mill Lane",
    asked: -140,
    admitted: -130,
    ended: ended(-9, "completed"),
    beds: [{ bed: "Room 1", from: -130, until: -9, left: -9 }],
    uses: [
      {
        on: (today) => addDays(today, -101),
        what: "Two drinks at a wedding.",
        reviewed: {
          on: -99,
          text: "He had gone alone. From now on he and Folake leave together at ten; the plan says so.",
        },
      },
    ],
  },
  {
    who: "pauline",
    by: NIA,
    unit: "Quayside Detox",
    asked: -270,
    admitted: -260,
    ended: ended(-246, "completed"),
    beds: [{ bed: "Bed 1", from: -260, until: -246, left: -246 }],
  },
  {
    who: "kieran",
    by: JACK,
    unit: "Quayside Detox",
    asked: -20,
    admitted: -6,
    until: 6,
    ended: {
      ...{ on: -2, planned: false, reason: "left-early" },
      note: "Walked out in the evening of day 4; said he could not stand the nights.",
    },
    beds: [{ bed: "Bed 5", from: -6, until: 6, left: -2 }],
  },
  {
    who: "rhian",
    by: JACK,
    unit: "Alder House",
    earlier: true,
    asked: -415,
    admitted: -410,
    ended: ended(-205, "completed"),
    beds: [{ bed: "Room 6", from: -410, until: -205, left: -205 }],
  },
  {
    who: "rhian",
    by: NIA,
    unit: "Quayside Detox",
    asked: -4,
    why: "Drinking every day again; shakes in the morning.",
    funding: [
      { funder: COUNCIL, state: "agreed", panel: -3, decided: -2, weeks: 2, cents: 112_000 },
    ],
  },
  {
    who: "shanice",
    by: NIA,
    unit: "Alder House, women's wing",
    asked: -9,
    why: "Would like to be among women.",
    funding: [{ funder: COUNCIL, state: "pending", panel: -2, weeks: 16, cents: 91_500 }],
  },
  {
    who: "tobias",
    by: NIA,
    unit: "Northgate Crisis Unit",
    asked: -88,
    admitted: -86,
    ended: ended(-74, "completed"),
    why: "Sleepless for days, and using on top.",
    joint: {
      service: "Community Mental Health Team",
      lead: "His care coordinator",
      whoDoesWhat: "The mental health team: medication. We: keywork and the way home.",
    },
  },
];

const ANA = "ana@demo.example";

export const missouriStays: DemonstrationStay[] = [
  {
    who: "maria",
    by: ANA,
    unit: "Harbor House",
    asked: -66,
    admitted: -64,
    ended: ended(-22, "completed"),
    why: "A place of rest at first, with staff who speak Spanish.",
    beds: [{ bed: "Room 1", from: -64, until: -22, left: -22 }],
  },
  {
    who: "priya",
    by: ANA,
    unit: "Harbor House",
    asked: -17,
    admitted: -15,
    until: 6,
    beds: [{ bed: "Room 3", from: -15, until: 6 }],
    funding: [
      { funder: "Medicaid managed care plan", state: "agreed", panel: -16, decided: -15, weeks: 3 },
      { funder: "Medicaid managed care plan", state: "pending", panel: 3, weeks: 3 },
    ],
  },
  {
    who: "james",
    by: ANA,
    unit: "Lakeview Detox",
    asked: -37,
    admitted: -36,
    ended: ended(-30, "completed"),
    why: "Withdrawal under a physician's eye before the groups begin.",
  },
];
