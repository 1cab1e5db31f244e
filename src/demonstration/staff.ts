import type { Role } from "../people/access.ts";

/** Everybody's in the demonstration, and printed at start: never a real agency's. */
export const DEMONSTRATION_PASSWORD = "river stone lantern";

export type DemonstrationCredential = {
  qualification: string;
  name: string;
  number: string;
  /** Days from today; to null: open. */
  from: number;
  to: number | null;
  supervisor?: string;
};

export type DemonstrationPerson = {
  email: string;
  name: string;
  title: string;
  does: string;
  roles: Role[];
  programs: string[];
  credentials: DemonstrationCredential[];
};

/** The staff of the demonstration agency: at least one for each role, each with a use on stage. */
export const people: DemonstrationPerson[] = [
  {
    email: "ana@demo.example",
    name: "Ana Morales",
    title: "Counselor",
    does: "counselor: schedules, holds and signs conferences",
    roles: ["counselor", "keyworker"],
    programs: ["General Population", "Women and Children"],
    credentials: [
      {
        qualification: "qsap",
        name: "Certified Reciprocal Alcohol and Drug Counselor",
        number: "CRADC-4471",
        from: -900,
        to: 400,
      },
    ],
  },
  {
    email: "ben@demo.example",
    name: "Ben Okafor",
    title: "Associate counselor",
    does: "associate counselor: his notes are co-signed",
    roles: ["counselor"],
    programs: ["General Population", "Adolescent"],
    credentials: [
      {
        qualification: "asac",
        name: "Registered Associate Substance Abuse Counselor II",
        number: "RASAC-1180",
        from: -300,
        to: 200,
        supervisor: "ruth@demo.example",
      },
    ],
  },
  {
    email: "cole@demo.example",
    name: "Cole Brandt",
    title: "Counselor",
    does: "counselor whose credential lapsed yesterday",
    roles: ["counselor"],
    programs: ["General Population", "Opioid"],
    credentials: [
      {
        qualification: "qsap",
        name: "Certified Alcohol and Drug Counselor",
        number: "CADC-2093",
        from: -731,
        to: -1,
      },
    ],
  },
  {
    email: "ruth@demo.example",
    name: "Ruth Lindqvist",
    title: "Clinical supervisor",
    does: "supervisor: co-signs, decides corrections, reviews emergency access",
    roles: ["supervisor", "counselor"],
    programs: ["General Population", "Women and Children", "Adolescent", "Opioid"],
    credentials: [
      {
        qualification: "qsap",
        name: "Licensed Clinical Social Worker",
        number: "LCSW-88120",
        from: -1500,
        to: 45,
      },
      {
        qualification: "family-therapist",
        name: "Licensed Marital and Family Therapist",
        number: "LMFT-3310",
        from: -1500,
        to: 700,
      },
    ],
  },
  {
    email: "omar@demo.example",
    name: "Omar Haddad",
    title: "Program manager",
    does: "program manager of the Women and Children program",
    roles: ["program-manager"],
    programs: ["Women and Children"],
    credentials: [],
  },
  {
    email: "flo@demo.example",
    name: "Flo Jensen",
    title: "Front desk",
    does: "front desk: finds and books people, sees nothing clinical",
    roles: ["front-desk"],
    programs: [],
    credentials: [],
  },
  {
    email: "bill@demo.example",
    name: "Bill Nakamura",
    title: "Billing specialist",
    does: "biller: ready to claim",
    roles: ["biller"],
    programs: [],
    credentials: [],
  },
  {
    email: "pat@demo.example",
    name: "Pat Rivers",
    title: "Peer mentor",
    does: "peer mentor: the people assigned to them, no notes",
    roles: ["peer-mentor"],
    programs: [],
    credentials: [
      {
        qualification: "peer",
        name: "Certified Peer Specialist",
        number: "CPS-517",
        from: -400,
        to: 330,
      },
    ],
  },
  {
    email: "aud@demo.example",
    name: "Audrey Finch",
    title: "Auditor",
    does: "auditor: only what an audit's scope names, read-only",
    roles: ["auditor"],
    programs: [],
    credentials: [],
  },
  {
    email: "val@demo.example",
    name: "Val Petrova",
    title: "Policy analyst",
    does: "policy analyst: bulletins and counts, nobody's name",
    roles: ["policy-analyst"],
    programs: [],
    credentials: [],
  },
  {
    email: "sam@demo.example",
    name: "Sam Whitfield",
    title: "Administrator",
    does: "administrator: staff, programs, rooms, rates; no records",
    roles: ["administrator"],
    programs: [],
    credentials: [],
  },
];
