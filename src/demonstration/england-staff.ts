import type { DemonstrationPerson } from "./staff.ts";

const everywhere = ["Community Team", "Quayside Detox", "Alder House", "Second Step", "Aftercare"];

/** The staff of the agency in England: at least one for each role that it has. */
export const englandStaff: DemonstrationPerson[] = [
  {
    email: "nia@alderway.example",
    name: "Nia Prosser",
    title: "Keyworker",
    does: "keyworker of the Community Team and Aftercare",
    roles: ["keyworker"],
    programs: ["Community Team", "Aftercare"],
    credentials: [
      {
        qualification: "practitioner",
        name: "Diploma in Working with Substance Misuse, level 3",
        number: "WSM-20417",
        from: -1100,
        to: null,
      },
    ],
  },
  {
    email: "jack@alderway.example",
    name: "Jack Ellery",
    title: "Nurse and keyworker",
    does: "keyworker of Quayside Detox and Alder House",
    roles: ["keyworker"],
    programs: ["Quayside Detox", "Alder House"],
    credentials: [
      {
        qualification: "nurse",
        name: "Registered Nurse, mental health",
        number: "98X4471E",
        from: -1400,
        to: 51,
      },
    ],
  },
  {
    email: "ellie@alderway.example",
    name: "Ellie Thwaite",
    title: "Keyworker",
    does: "keyworker of Second Step and Aftercare",
    roles: ["keyworker"],
    programs: ["Second Step", "Aftercare"],
    credentials: [
      {
        qualification: "social-worker",
        name: "Registered Social Worker",
        number: "SW60318",
        from: -700,
        to: 210,
      },
    ],
  },
  {
    email: "moira@alderway.example",
    name: "Moira Kinnear",
    title: "Programme manager",
    does: "programme manager of every programme: beds, waiting, who left",
    roles: ["program-manager"],
    programs: everywhere,
    credentials: [],
  },
  {
    email: "grace@alderway.example",
    name: "Grace Amankwah",
    title: "Clinical lead",
    does: "supervisor: co-signs, decides corrections, reviews emergency access",
    roles: ["supervisor"],
    programs: everywhere,
    credentials: [
      {
        qualification: "prescriber",
        name: "Independent prescriber",
        number: "IP-77120",
        from: -1200,
        to: 330,
      },
      {
        qualification: "family-therapist",
        name: "Registered family and systemic psychotherapist",
        number: "FT-3310",
        from: -1200,
        to: null,
      },
    ],
  },
  {
    email: "tom@alderway.example",
    name: "Tom Redfearn",
    title: "Reception",
    does: "front desk: finds and books people, sees nothing clinical",
    roles: ["front-desk"],
    programs: [],
    credentials: [],
  },
  {
    email: "ade@alderway.example",
    name: "Ade Balogun",
    title: "Peer mentor",
    does: "peer mentor: the people assigned to him, no notes",
    roles: ["peer-mentor"],
    programs: [],
    credentials: [
      {
        qualification: "peer",
        name: "Peer mentoring award, level 2",
        number: "PM-2206",
        from: -380,
        to: null,
      },
    ],
  },
  {
    email: "hugh@alderway.example",
    name: "Hugh Pemberton",
    title: "Auditor",
    does: "auditor: only what an audit's scope names, read-only",
    roles: ["auditor"],
    programs: [],
    credentials: [],
  },
  {
    email: "ivy@alderway.example",
    name: "Ivy Castell",
    title: "Administrator",
    does: "administrator: staff, programmes, rooms; no records",
    roles: ["administrator"],
    programs: [],
    credentials: [],
  },
];
