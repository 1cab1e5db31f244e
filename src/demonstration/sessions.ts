/**
 * The conferences of the demonstration. Past ones are counted in weeks before this one, so that
 * what shares a week today shares it on any day somebody starts the demonstration.
 */
export type PastConference = {
  who: string;
  lead: string;
  /** Weeks before this one, and the day in it: 1 Monday … 5 Friday. */
  weeksAgo: number;
  weekday: 1 | 2 | 3 | 4 | 5;
  start: string;
  end: string;
  room?: string;
  came: string[];
  /** null: nobody wrote down whether the consumer took part. */
  consumerCame?: "yes" | null;
  plan: "treatment-plan" | "discharge-plan" | "both";
  privateMinutes?: number;
  barrier?: string;
  trigger?: [text: string, strategy: string, helper: string];
  point?: string;
  need?: { what: string; owner: string; days: number };
  agreed?: [who: string, what: string][];
  note: string;
  cosigned?: boolean;
};

export const pastConferences: PastConference[] = [
  {
    who: "maria",
    lead: "ana@demo.example",
    weeksAgo: 6,
    weekday: 2,
    start: "10:00",
    end: "11:05",
    came: ["rosa"],
    plan: "treatment-plan",
    privateMinutes: 5,
    barrier: "The apartment is shared with a cousin who uses",
    agreed: [
      ["rosa", "Keep the children on Thursday evenings"],
      ["consumer", "Ask the housing office about a place of her own"],
    ],
    note: "Maria and her mother went through the plan. Rosa speaks warmly of the last weeks. Both see the shared apartment as the hardest part.",
  },
  {
    who: "maria",
    lead: "ana@demo.example",
    weeksAgo: 3,
    weekday: 2,
    start: "10:00",
    end: "11:15",
    came: ["rosa", "lucia"],
    plan: "both",
    need: {
      what: "Sessions for Maria, her mother and sister together",
      owner: "ana@demo.example",
      days: 10,
    },
    agreed: [["lucia", "Be on the phone at eight each evening"]],
    note: "First time that Lucia came. The three of them would like to work on how they argue.",
  },
  {
    who: "maria",
    lead: "ana@demo.example",
    weeksAgo: 3,
    weekday: 4,
    start: "14:00",
    end: "15:15",
    came: ["rosa"],
    plan: "discharge-plan",
    point: "A place on the parenting course that starts next month",
    note: "Followed up on Tuesday and went through what going home needs.",
  },
  {
    who: "james",
    lead: "ana@demo.example",
    weeksAgo: 4,
    weekday: 3,
    start: "09:00",
    end: "10:00",
    came: ["carol"],
    plan: "treatment-plan",
    trigger: ["Payday, when his old crew meets", "Carol picks him up from work", "Carol"],
    agreed: [["carol", "Pick him up from work on paydays"]],
    note: "Carol named payday as the day she worries about. They made a plan for it.",
  },
  {
    who: "james",
    lead: "ana@demo.example",
    weeksAgo: 2,
    weekday: 4,
    start: "10:30",
    end: "11:30",
    came: ["carol"],
    plan: "treatment-plan",
    note: "The weekends went well. They want to keep the fishing.",
  },
  {
    who: "james",
    lead: "ana@demo.example",
    weeksAgo: 1,
    weekday: 3,
    start: "09:00",
    end: "10:00",
    came: ["carol"],
    plan: "both",
    point: "Carol and James go to the first open meeting together",
    note: "Looked ahead to discharge in the new year.",
  },
  {
    who: "tasha",
    lead: "ben@demo.example",
    weeksAgo: 2,
    weekday: 1,
    start: "13:00",
    end: "13:45",
    came: ["denise"],
    plan: "treatment-plan",
    note: "Denise offers her spare room for the first months.",
    cosigned: true,
  },
  {
    who: "tasha",
    lead: "ben@demo.example",
    weeksAgo: 1,
    weekday: 1,
    start: "13:00",
    end: "14:00",
    came: ["denise"],
    plan: "treatment-plan",
    note: "They settled house rules and how to talk about a bad day.",
  },
  {
    who: "noah",
    lead: "ben@demo.example",
    weeksAgo: 3,
    weekday: 4,
    start: "16:00",
    end: "17:00",
    came: ["erin"],
    plan: "treatment-plan",
    barrier: "Noah is alone in the house from three to six",
    note: "Erin and Noah agreed on a ride home and on phones at the table.",
    cosigned: true,
  },
  {
    who: "noah",
    lead: "ben@demo.example",
    weeksAgo: 1,
    weekday: 4,
    start: "16:00",
    end: "16:45",
    room: "Video visit",
    came: ["erin"],
    plan: "treatment-plan",
    note: "By video, because Erin's car had broken down.",
    cosigned: true,
  },
  {
    who: "walter",
    lead: "cole@demo.example",
    weeksAgo: 2,
    weekday: 5,
    start: "11:00",
    end: "12:00",
    came: ["june"],
    plan: "treatment-plan",
    note: "June now keeps the lock box. Walter is relieved.",
  },
  {
    who: "luis",
    lead: "cole@demo.example",
    weeksAgo: 1,
    weekday: 2,
    start: "15:00",
    end: "16:00",
    came: ["elena"],
    consumerCame: null,
    plan: "treatment-plan",
    note: "Elena asked what she can do in the evenings. We went through the plan with the interpreter.",
  },
  {
    who: "hannah",
    lead: "ben@demo.example",
    weeksAgo: 1,
    weekday: 2,
    start: "10:00",
    end: "10:45",
    came: [],
    plan: "treatment-plan",
    note: "Her father is not to be told yet, and nobody else came. We talked through the plan.",
    cosigned: true,
  },
  {
    who: "grace",
    lead: "ana@demo.example",
    weeksAgo: 5,
    weekday: 3,
    start: "14:00",
    end: "15:00",
    came: ["samuel"],
    plan: "discharge-plan",
    point: "The alumni group on Mondays, with Samuel driving",
    note: "Grace and Samuel went through the weeks after discharge.",
  },
];

/** Other services of those weeks: clause 3.2 looks at the minutes they share. */
export const pastServices = [
  {
    who: "james",
    by: "ruth@demo.example",
    kind: "family-therapy",
    weeksAgo: 2,
    weekday: 4,
    start: "10:00",
    end: "11:00",
  },
  {
    who: "maria",
    by: "ana@demo.example",
    kind: "individual-counseling",
    weeksAgo: 2,
    weekday: 1,
    start: "09:00",
    end: "09:45",
  },
] as const;

/** What is booked: days from today. */
export const booked = [
  {
    who: "james",
    lead: "ana@demo.example",
    inDays: 0,
    start: "15:00",
    end: "16:00",
    expected: ["carol"],
  },
  {
    who: "maria",
    lead: "ana@demo.example",
    inDays: 2,
    start: "10:00",
    end: "11:00",
    expected: ["rosa", "lucia"],
  },
  {
    who: "priya",
    lead: "ana@demo.example",
    inDays: 3,
    start: "13:30",
    end: "14:30",
    expected: ["arun"],
  },
  {
    who: "noah",
    lead: "ben@demo.example",
    inDays: 3,
    start: "16:00",
    end: "17:00",
    expected: ["erin"],
  },
  {
    who: "walter",
    lead: "cole@demo.example",
    inDays: 1,
    start: "11:00",
    end: "12:00",
    expected: ["june"],
  },
];
