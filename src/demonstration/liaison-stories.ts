import type { Topic } from "../people/consent.ts";

const NIA = "nia@alderway.example";
const JACK = "jack@alderway.example";
const ELLIE = "ellie@alderway.example";
const ANA = "ana@demo.example";

/** A referral out and what became of it; days are counted from today. */
export type StoryReferral = {
  who: string;
  by: string;
  need: string;
  what: string;
  to?: string;
  found: number;
  due: number;
  relative?: string;
  /** The stay it is asked for, by its unit and the day it was asked for; and which line of its funding. */
  placement?: { unit: string; asked: number; line?: number };
  /** Consent to the service, when there is one: signed on the day it was sent, about these topics. */
  consent?: Topic[];
  /** Asked on this day by a letter, or by the person themselves; then when it is chased. */
  sent?: number;
  self?: boolean;
  chase?: number;
  words?: string;
  /** A letter that was written and has not left. */
  written?: boolean;
  after?: {
    status: "accepted" | "refused" | "attended" | "arranged" | "provided" | "declined" | "closed";
    on: number;
    said?: string;
    chase?: number;
  }[];
};

export const englandReferrals: StoryReferral[] = [
  {
    ...{ who: "sunita", by: NIA, need: "benefits", to: "Advice shop" },
    what: "Help with two letters about a repayment; she finds the forms hard",
    ...{ found: -13, due: -9, sent: -12, chase: -3 },
    consent: ["attendance", "needs"],
    words: "She works Mondays to Wednesdays and can come on a Thursday.",
  },
  {
    ...{ who: "tobias", by: NIA, need: "psychiatric", to: "Community Mental Health Team" },
    what: "A joint review with his care coordinator every month",
    ...{ found: -60, due: -50, sent: -58, chase: -51 },
    consent: ["attendance", "treatment-plan", "needs"],
    after: [{ status: "accepted", on: -49, said: "First joint review on the 12th", chase: 9 }],
  },
  {
    ...{ who: "rhian", by: NIA, need: "employment", to: "Work Again" },
    what: "Somebody to sit beside her when she talks to the nursery about hours",
    ...{ found: -9, due: 2, sent: -5, self: true, chase: 2 },
  },
  {
    ...{ who: "rhian", by: NIA, need: "family-therapy", to: "Families Together", relative: "mair" },
    what: "Mair would like to talk about the evenings with somebody who is not Rhian",
    ...{ found: -8, due: 6 },
  },
  {
    ...{ who: "callum", by: NIA, need: "housing" },
    what: "Somewhere of his own to sleep; he is on a friend's floor",
    ...{ found: -6, due: 1 },
  },
  {
    ...{ who: "shanice", by: NIA, need: "education", to: "Alderway College, Fresh Start" },
    what: "A place on the maths course, so that she can apply for the apprenticeship",
    ...{ found: -14, due: -10, sent: -12, self: true, chase: -5 },
    after: [{ status: "refused", on: -2, said: "Full until the spring", chase: 4 }],
  },
  {
    ...{ who: "pauline", by: NIA, need: "medical", to: "Liver clinic, Northgate Infirmary" },
    what: "Her yearly scan",
    ...{ found: -80, due: -70, sent: -76, chase: -60 },
    consent: ["attendance", "needs"],
    after: [
      { status: "accepted", on: -66, chase: -20 },
      { status: "attended", on: -18, said: "She went; results by post", chase: 3 },
    ],
  },
  {
    ...{ who: "segun", by: NIA, need: "housing", to: "Keystone Lettings" },
    what: "A room in a drug-free house, near the bus to work",
    ...{ found: -70, due: -60, sent: -66, chase: -59 },
    consent: ["attendance", "needs", "progress"],
    after: [
      { status: "accepted", on: -58 },
      { status: "attended", on: -40, said: "Saw the house in Holmby" },
      { status: "provided", on: -10, said: "Moved in; the support worker calls on Fridays" },
    ],
  },
  {
    ...{ who: "leanne", by: ELLIE, need: "education", to: "Alderway College, Fresh Start" },
    what: "An evening course",
    ...{ found: -40, due: -26 },
    after: [{ status: "declined", on: -30, said: "She would rather volunteer first" }],
  },
  {
    ...{ who: "dominic", by: ELLIE, need: "legal", to: "Wharf Street Law Centre" },
    what: "Advice about seeing his son",
    ...{ found: -50, due: -40, sent: -45, self: true, chase: -38 },
    after: [
      { status: "closed", on: -31, said: "He and his former partner settled it between them" },
    ],
  },
  {
    ...{ who: "bronwen", by: JACK, need: "child-care", to: "Little Wrens nursery" },
    what: "A morning place for Cerys from next month",
    ...{ found: -4, due: 5 },
    consent: ["attendance", "needs"],
    written: true,
    words: "Cerys is three. They live here together, and a place near by would help both of them.",
  },
];

export const missouriReferrals: StoryReferral[] = [
  {
    ...{ who: "james", by: ANA, need: "employment", to: "Job Center" },
    what: "GED classes in the evening",
    ...{ found: -21, due: -14, sent: -18, self: true, chase: 4 },
    after: [{ status: "accepted", on: -11, said: "Starts after the holidays", chase: 12 }],
  },
  {
    ...{ who: "grace", by: ANA, need: "housing", to: "Second Mile Housing" },
    what: "A place in a sober house after discharge",
    ...{ found: -34, due: -28, sent: -30, self: true, chase: -24 },
    after: [
      { status: "accepted", on: -25 },
      { status: "provided", on: -12, said: "She moved in with two others" },
    ],
  },
  {
    ...{ who: "grace", by: ANA, need: "medical" },
    what: "A dentist who takes her card",
    ...{ found: -16, due: -6 },
    after: [
      { status: "arranged", on: -7, said: "Her sister's dentist sees her on the 9th", chase: 5 },
    ],
  },
];
