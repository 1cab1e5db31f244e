const NIA = "nia@alderway.example";
const JACK = "jack@alderway.example";
const ELLIE = "ellie@alderway.example";
const ANA = "ana@demo.example";

export type StoryGroup = {
  name: string;
  kind: string;
  about: string;
  program: string | null;
  weekday: number;
  starts: string;
  ends: string;
  room: string | null;
  lead: string;
  places: number;
  women?: boolean;
  /** Meetings so many weeks back, signed; each with who came, with their own note. */
  met?: { weeksAgo: number; topic: string; came: Record<string, string>; missed?: string[] }[];
  /** Whether a register of the last meeting stands open. */
  open?: boolean;
};

export const englandGroups: StoryGroup[] = [
  {
    ...{ name: "Staying steady", kind: "relapse-prevention", program: "Community Team" },
    about: "Eight weeks about what brings use nearer and what helps; join at any week.",
    ...{ weekday: 1, starts: "10:30", ends: "12:00", room: "Group room", lead: NIA, places: 10 },
    met: [
      {
        weeksAgo: 2,
        topic: "The hours after work",
        came: {
          tobias: "Came on time, spoke once. Wrote down the number of the crisis line.",
          sunita: "Told how she leaves weddings early. Wants to try it at the next one.",
        },
        missed: ["rhian"],
      },
    ],
    open: true,
  },
  {
    ...{ name: "Women's hour", kind: "womens", program: null, women: true },
    about: "For women of every programme. Children are looked after next door.",
    ...{ weekday: 2, starts: "14:00", ends: "15:00", room: "Garden room", lead: ELLIE, places: 8 },
  },
  {
    ...{ name: "Alder House morning group", kind: "recovery", program: "Alder House" },
    about: "Everybody who lives in the house.",
    ...{
      weekday: 3,
      starts: "09:30",
      ends: "10:45",
      room: "Alder House family room",
      lead: JACK,
      places: 14,
    },
    met: [
      {
        weeksAgo: 1,
        topic: "What a good Sunday looks like",
        came: {
          yusuf: "Led the opening. Would like to run it once a month.",
          bronwen: "Left ten minutes early for her daughter; came back at the end.",
          marek: "Through the interpreter; asked for the steps in Polish.",
        },
      },
    ],
  },
  {
    ...{ name: "Back to work", kind: "work-and-education", program: "Community Team" },
    about: "CVs, gaps, and how to say no to a drink at a work do.",
    ...{ weekday: 4, starts: "17:30", ends: "18:30", room: "Group room", lead: NIA, places: 8 },
  },
  {
    ...{ name: "By the river", kind: "activity", program: "Aftercare" },
    about: "A walk and a flask of tea, whatever the weather.",
    ...{ weekday: 5, starts: "13:00", ends: "14:30", room: null, lead: ELLIE, places: 12 },
  },
];

export const missouriGroups: StoryGroup[] = [
  {
    ...{ name: "Relapse prevention", kind: "relapse-prevention", program: "General Population" },
    about: "Six weeks, open to everybody in the program.",
    ...{ weekday: 3, starts: "17:30", ends: "18:30", room: "Cedar room", lead: ANA, places: 12 },
    met: [
      {
        weeksAgo: 1,
        topic: "Paydays",
        came: { james: "Talked about paydays and the ride home." },
        missed: ["grace"],
      },
    ],
  },
];

/** A session of the last weeks: who, by whom, working days ago, minutes, what, which goal it was about. */
export type StorySession = {
  who: string;
  by: string;
  daysAgo: number;
  at: string;
  minutes: number;
  kind?: string;
  setting?: string;
  note: string;
  goals?: number[];
  /** An associate's: it waits for the supervisor of their credential. */
  associate?: boolean;
};

const session = (
  who: string,
  by: string,
  daysAgo: number,
  at: string,
  note: string,
  more: Partial<StorySession> = {},
): StorySession => ({ who, by, daysAgo, at, minutes: 45, note, goals: [0], ...more });

export const englandSessions: StorySession[] = [
  session(
    "tobias",
    NIA,
    20,
    "11:30",
    "Kept the diary on nine days of fourteen. Flat on Sundays. We wrote the week's plan on one card.",
  ),
  session(
    "tobias",
    NIA,
    13,
    "11:30",
    "Two days of use after two nights without sleep. He rang Helen himself. We looked at what the next night could be.",
    { goals: [0, 1] },
  ),
  session(
    "tobias",
    NIA,
    6,
    "11:30",
    "Slept. Went through the letter about the fines together; he set up the payments.",
    { goals: [2] },
  ),
  session(
    "rhian",
    NIA,
    12,
    "15:30",
    "Began from last summer's relapse plan: Fridays still hold. Drinks most evenings, none in the mornings.",
  ),
  session(
    "rhian",
    NIA,
    5,
    "15:30",
    "Five days without. Blood test booked. Worried what the nursery will say.",
    { goals: [0, 1] },
  ),
  session(
    "rhian",
    NIA,
    3,
    "10:00",
    "Went through overdose and withdrawal: what to watch for, whom to ring. Took a kit home.",
    { kind: "harm-reduction", minutes: 12, goals: [] },
  ),
  session(
    "sunita",
    NIA,
    19,
    "09:30",
    "First full week at the shop. Anil came in at the end and asked what helps.",
  ),
  session(
    "sunita",
    NIA,
    9,
    "09:30",
    "Steady. Wedding in three weeks: arrive late, leave early, with Anil.",
    { goals: [0, 2] },
  ),
  session(
    "callum",
    NIA,
    4,
    "14:00",
    "Where to sleep tonight, naloxone, clean equipment; will come back for the rest of the assessment.",
    { kind: "advice", minutes: 20, goals: [] },
  ),
  session(
    "shanice",
    NIA,
    15,
    "13:00",
    "Second half of the assessment. She wants to stop before the apprenticeship starts.",
    { kind: "assessment-session", minutes: 60, goals: [] },
  ),
  session(
    "pauline",
    NIA,
    24,
    "10:30",
    "By telephone. Choir, grandchildren, no wish to drink. Scan went well.",
    { setting: "telephone", minutes: 20, goals: [] },
  ),
  session(
    "segun",
    NIA,
    4,
    "16:00",
    "First week in aftercare. The house in Holmby is quiet. Saturday with his brother.",
    { goals: [] },
  ),
  session(
    "gareth",
    JACK,
    2,
    "10:00",
    "Day three. Shaky, eating. Asked what Alder House is like at night.",
    { setting: "residential" },
  ),
  session(
    "yusuf",
    JACK,
    13,
    "11:15",
    "Half way. Wrote to his mother. What he would do if the old flat were free.",
    { setting: "residential" },
  ),
  session(
    "yusuf",
    JACK,
    6,
    "11:15",
    "Wants to help with the morning group. We looked at second stage together.",
    { setting: "residential" },
  ),
  session(
    "bronwen",
    JACK,
    11,
    "14:00",
    "The gate. What she wants to happen if he comes again; who rings whom.",
    { setting: "residential" },
  ),
  session(
    "bronwen",
    JACK,
    4,
    "14:00",
    "Cerys sleeps through. A nursery place in the mornings would give her the group.",
    { setting: "residential" },
  ),
  session(
    "marek",
    JACK,
    5,
    "15:00",
    "With the interpreter. Reads the steps in Polish; misses the Sunday meeting at home.",
    { setting: "residential" },
  ),
  session("leanne", ELLIE, 17, "10:00", "Ten weeks. The charity shop would have her on Thursdays."),
  session("leanne", ELLIE, 8, "10:00", "First Thursday done. Tired and proud."),
  session("dominic", ELLIE, 15, "16:00", "Quiet. Said the evenings are long."),
];

export const missouriSessions: StorySession[] = [
  session(
    "tasha",
    "ben@demo.example",
    2,
    "09:00",
    "Three meetings this week, one with Denise. She asked a woman there to be her sponsor.",
    { kind: "individual-counseling", associate: true },
  ),
];

/** Who is expected: days from today, for a session that is then recorded. */
export type StoryExpected = {
  who: string;
  by: string;
  inDays: number;
  at: string;
  room: string;
  kind?: string;
};

export const englandExpected: StoryExpected[] = [
  { who: "rhian", by: NIA, inDays: 0, at: "15:30", room: "Harbour room" },
  { who: "tobias", by: NIA, inDays: 1, at: "11:30", room: "Harbour room" },
  { who: "yusuf", by: JACK, inDays: 0, at: "11:15", room: "Alder House family room" },
  {
    ...{ who: "leanne", by: ELLIE, inDays: 6, at: "13:00", room: "Garden room" },
    kind: "discharge-conference",
  },
];

export const missouriExpected: StoryExpected[] = [
  {
    who: "devon",
    by: ANA,
    inDays: 8,
    at: "16:15",
    room: "Cedar room",
    kind: "discharge-conference",
  },
];
