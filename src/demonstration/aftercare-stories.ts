import type { Finding, SupportKind } from "../plans/aftercare.ts";

/** Days are counted from today, as in the stories of the people. */
export type StoryCourse = {
  kind: "medically-assisted-withdrawal" | "relapse-prevention" | "opioid-substitution";
  what: string;
  prescriber: string;
  setting: "inpatient" | "residential" | "community";
  from: number;
  ended?: { on: number; reason: string };
  /** Nobody has said yet that it is what the plan says. */
  apart?: boolean;
};

export type StoryLeaving = {
  on: number;
  planned: boolean;
  reason: string;
  note?: string;
  /** Answered on the day of leaving; not said: still asked for. */
  advice?: "given" | "declined";
  naloxone?: "given" | "has-it" | "declined";
  tries: {
    at: [day: number, time: string];
    how: string;
    reached: boolean;
    note?: string;
    /** The support through whom, with their consent. */
    through?: string;
  }[];
};

export type StoryBeside = {
  kind: SupportKind;
  what: string;
  detail?: string;
  /** Who delivers it: a name of the directory where it has one, else as it stands. */
  by: string;
  handed?: number;
  chase?: number;
  accepted?: [day: number, who: string];
  declined?: [day: number, who: string];
};

export type StoryAftercare = {
  version?: number;
  /** Null: still a draft. */
  agreed: number | null;
  callFirst: string | null;
  back: { where: string | null; who: string | null; phone: string | null; days: number | null };
  review?: number;
};

export type AftercareStory = {
  who: string;
  writer: string;
  courses?: StoryCourse[];
  leavings?: StoryLeaving[];
  plans?: StoryAftercare[];
  signs?: [text: string, then: string, helper?: string][];
  besides?: StoryBeside[];
  gains?: {
    text: string;
    next: number | null;
    looks: [day: number, found: Finding, note?: string][];
  }[];
};

const NIA = "nia@alderway.example";
const JACK = "jack@alderway.example";
const ELLIE = "ellie@alderway.example";
const GRACE = "Grace Amankwah, independent prescriber";

export const englandAftercare: AftercareStory[] = [
  {
    who: "gareth",
    writer: JACK,
    courses: [
      {
        ...{ kind: "medically-assisted-withdrawal", setting: "inpatient", from: -5 },
        what: "Chlordiazepoxide, reducing over ten days; thiamine",
        prescriber: GRACE,
      },
    ],
  },
  {
    who: "yusuf",
    writer: JACK,
    courses: [
      {
        ...{ kind: "medically-assisted-withdrawal", setting: "inpatient", from: -54 },
        what: "Buprenorphine, reducing over twelve days",
        prescriber: GRACE,
        ended: { on: -42, reason: "Completed" },
      },
    ],
  },
  {
    who: "callum",
    writer: NIA,
    courses: [
      {
        ...{ kind: "opioid-substitution", setting: "community", from: -3 },
        what: "Methadone, taken at the pharmacy each day",
        prescriber: GRACE,
      },
    ],
  },
  {
    who: "sunita",
    writer: NIA,
    courses: [
      {
        ...{ kind: "relapse-prevention", setting: "community", from: -120 },
        what: "Acamprosate three times a day",
        prescriber: GRACE,
      },
    ],
  },
  {
    who: "rhian",
    writer: NIA,
    courses: [
      {
        ...{ kind: "relapse-prevention", setting: "community", from: -10 },
        what: "Naltrexone once a day, after the blood test",
        apart: true,
        prescriber: "Dr M. Farooq, GP",
      },
    ],
  },
  {
    who: "kieran",
    writer: JACK,
    courses: [
      {
        ...{ kind: "medically-assisted-withdrawal", setting: "inpatient", from: -6 },
        what: "Buprenorphine, reducing over ten days",
        prescriber: GRACE,
        ended: { on: -2, reason: "Left the unit on the fourth day" },
      },
    ],
    leavings: [
      {
        ...{ on: -2, planned: false, reason: "left-early" },
        note: "Walked out after breakfast; said he was going to his sister's.",
        tries: [
          { at: [-1, "11:10"], how: "telephone", reached: false, note: "Rang out; no voicemail" },
          {
            ...{ at: [-1, "18:20"], how: "through-a-support", reached: false, through: "aoife" },
            note: "Aoife has not seen him and will ask him to ring",
          },
        ],
      },
    ],
  },
  {
    who: "leanne",
    writer: ELLIE,
    plans: [
      {
        agreed: null,
        callFirst: "Carl, my brother: 01632 960230",
        back: { where: null, who: ELLIE, phone: "01632 960140", days: 5 },
      },
    ],
    besides: [
      {
        ...{ kind: "drug-related", what: "mutual-aid", by: "SMART Recovery, Alderway" },
        accepted: [-60, "Herself: she goes"],
      },
    ],
  },
  {
    who: "dominic",
    writer: ELLIE,
    besides: [
      {
        ...{ kind: "drug-related", what: "mutual-aid" },
        ...{ by: "Narcotics Anonymous, Alderway Thursday", accepted: [-30, "Himself: he goes"] },
      },
      {
        ...{ kind: "non-drug-related", what: "education" },
        ...{ by: "Alderway College, Fresh Start", handed: -6, chase: 1 },
      },
    ],
  },
  {
    who: "segun",
    writer: ELLIE,
    leavings: [
      {
        ...{ on: -9, planned: true, reason: "moved-on", advice: "given", naloxone: "has-it" },
        note: "Moved home from Second Step as planned.",
        tries: [
          { at: [-8, "10:30"], how: "telephone", reached: true, note: "Home, boys off to school" },
        ],
      },
    ],
    plans: [
      {
        agreed: -12,
        callFirst: "Folake, then Ellie",
        back: { where: "Harbour Street, blue door", who: ELLIE, phone: "01632 960140", days: 2 },
        review: 60,
      },
    ],
    signs: [
      ["I stop answering the telephone", "Tell Folake the same evening", "Folake"],
      ["I volunteer for every night on call", "Swap one, and go running instead"],
    ],
    besides: [
      {
        ...{ kind: "drug-related", what: "relapse-prevention", by: "The Landing" },
        ...{ detail: "Thursday group, two o'clock", handed: -12, accepted: [-11, "Their manager"] },
      },
      {
        ...{ kind: "non-drug-related", what: "activity" },
        ...{ by: "Harbour running club", detail: "Saturday mornings", handed: -12 },
        accepted: [-10, "Pete, who leads it"],
      },
      {
        ...{ kind: "non-drug-related", what: "employment" },
        ...{ by: "Work Again", detail: "Back to three days, then five", handed: -11, chase: -4 },
      },
    ],
    gains: [
      { text: "Home with Folake and the boys", next: 19, looks: [[-2, "kept", "All at home"]] },
      { text: "Five kilometres without stopping", next: 19, looks: [] },
    ],
  },
  {
    who: "pauline",
    writer: NIA,
    plans: [
      {
        ...{ version: 1, agreed: -104, callFirst: "Janet: 01632 960236" },
        back: { where: "Harbour Street, blue door", who: NIA, phone: "01632 960140", days: 5 },
      },
      {
        ...{ version: 2, agreed: -40, callFirst: "Janet, or Nia if Janet is away" },
        back: { where: "Harbour Street, blue door", who: NIA, phone: "01632 960140", days: 2 },
        review: 10,
      },
    ],
    signs: [["I stop going to choir", "Ring Margaret from choir and go with her", "Margaret"]],
    besides: [
      {
        ...{ kind: "drug-related", what: "mutual-aid" },
        ...{
          by: "Alcoholics Anonymous, Northgate lunchtime",
          accepted: [-98, "Herself: she goes"],
        },
      },
      {
        ...{ kind: "non-drug-related", what: "activity" },
        ...{ by: "Choir, community hall", detail: "Tuesdays, half past seven", handed: -104 },
        accepted: [-99, "The choir's secretary"],
      },
      {
        ...{ kind: "non-drug-related", what: "health" },
        ...{ by: "Liver clinic, Northgate Infirmary", detail: "Every six months", handed: -103 },
        accepted: [-95, "The clinic's letter"],
      },
      {
        ...{ kind: "non-drug-related", what: "womens-service" },
        ...{ by: "Bereavement group for women", handed: -38 },
        declined: [-30, "Full until the autumn"],
      },
    ],
    gains: [
      {
        ...{ text: "Saturdays with the grandchildren", next: 12 },
        looks: [
          [-68, "kept"],
          [-16, "kept", "Took them to the sea"],
        ],
      },
      {
        ...{ text: "Sober through the winter", next: -1 },
        looks: [[-30, "at-risk", "The anniversary comes closer; the day is planned with Janet"]],
      },
    ],
  },
];

const ANA = "ana@demo.example";
const COLE = "cole@demo.example";

export const missouriAftercare: AftercareStory[] = [
  {
    who: "walter",
    writer: COLE,
    courses: [
      {
        ...{ kind: "opioid-substitution", setting: "community", from: -105 },
        what: "Buprenorphine with naloxone once a day",
        prescriber: "Dr. Sokol, county clinic",
      },
    ],
  },
  {
    who: "maria",
    writer: ANA,
    plans: [
      {
        ...{ agreed: -5, callFirst: "Lucía, mi hermana: (573) 555-0172" },
        back: {
          where: "El edificio azul de River Street",
          who: ANA,
          phone: "(573) 555-0140",
          days: 3,
        },
        review: 55,
      },
    ],
    signs: [
      ["Dejo de contestar el teléfono", "Llamo a mi mamá antes de la cena", "Rosa"],
      ["Duermo mal dos noches seguidas", "Se lo digo a Ana al día siguiente", "Ana"],
    ],
    besides: [
      {
        ...{ kind: "drug-related", what: "mutual-aid" },
        ...{ by: "Grupo de los jueves, San José", detail: "Jueves a las 6, con guardería" },
        ...{ handed: -5, accepted: [-3, "Hermana Teresa"] },
      },
      {
        ...{ kind: "non-drug-related", what: "parenting" },
        ...{ by: "Clase para padres, biblioteca", detail: "Martes por la tarde" },
        ...{ handed: -5, chase: 2 },
      },
      {
        ...{ kind: "non-drug-related", what: "peer-mentor", by: "Pat" },
        ...{ detail: "Un café los lunes", accepted: [-4, "Pat"] },
      },
    ],
    gains: [{ text: "Los niños conmigo cada fin de semana", next: 23, looks: [] }],
  },
  {
    who: "grace",
    writer: ANA,
    leavings: [
      {
        ...{ on: -20, planned: true, reason: "completed", advice: "given", naloxone: "given" },
        tries: [
          {
            at: [-19, "15:40"],
            how: "telephone",
            reached: true,
            note: "Well; first alumni group on Monday",
          },
        ],
      },
    ],
    plans: [
      {
        ...{ agreed: -26, callFirst: "Samuel: (573) 555-0188" },
        back: { where: "The front desk, any weekday", who: ANA, phone: "(573) 555-0140", days: 3 },
        review: 40,
      },
    ],
    signs: [["I say no to everybody for a week", "Go to Monday's group anyway", "Samuel"]],
    besides: [
      {
        ...{ kind: "drug-related", what: "relapse-prevention", by: "Alumni group" },
        ...{ handed: -26, accepted: [-24, "The group's leader"] },
      },
      {
        ...{ kind: "non-drug-related", what: "employment" },
        ...{ by: "Job Center", detail: "Bookkeeping, part-time", handed: -26 },
        accepted: [-21, "M. Reyes"],
      },
    ],
    gains: [{ text: "A week's plan that I keep to", next: 5, looks: [[-6, "kept"]] }],
  },
];
