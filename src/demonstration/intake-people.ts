import type { Story } from "./stories.ts";

/** Two more who wait in England: one whose triage is overdue, one who was offered a start. */
export const waitingStories: readonly Story[] = [
  {
    key: "petra",
    given: "Petra",
    family: "Langford",
    pronouns: "she/her",
    age: 33,
    phone: "01632 960261",
    safeToCall: "Through her probation officer only",
    program: "Community Team",
    since: null,
    asked: -6,
    keyworker: null,
    takenBy: "tom@alderway.example",
    supports: [],
    goals: [],
  },
  {
    key: "desmond",
    given: "Desmond",
    family: "Achebe",
    pronouns: "he/him",
    age: 47,
    phone: "01632 960262",
    safeToCall: "Evenings; not at work",
    program: "Community Team",
    since: null,
    asked: -25,
    keyworker: "nia@alderway.example",
    supports: [],
    goals: [],
  },
];
