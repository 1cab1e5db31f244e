import { goal } from "./england-goals.ts";
import type { Story } from "./stories.ts";

const JACK = "jack@alderway.example";
const ELLIE = "ellie@alderway.example";
const NIA = "nia@alderway.example";
const everything = [
  ...["attendance", "treatment-plan", "discharge-plan", "relapse-plan", "needs", "progress"],
];

/** Who is in detox, rehab or second stage, who has completed, and who walked out. */
export const inResidence: Story[] = [
  {
    key: "gareth",
    given: "Gareth",
    family: "Tilsley",
    pronouns: "he/him",
    age: 51,
    phone: "01632 960221",
    access: "Diabetic meals",
    safeToCall: "On the unit",
    program: "Quayside Detox",
    since: -5,
    asked: -30,
    through: [
      { program: "Community Team", from: -62, to: -5, reason: "Admitted to Quayside Detox" },
    ],
    keyworker: JACK,
    supports: [
      {
        key: "linda",
        kind: "significant-other",
        name: "Linda Tilsley",
        relation: "Wife",
        phone: "01632 960222",
        consent: { topics: everything, from: -50, to: 130 },
      },
    ],
    goals: [
      goal("substance-use", "Come off alcohol and diazepam safely", {
        step: "Through the first ten days",
        does: ["prescribing", "Medically assisted withdrawal with a reducing dose", "Daily"],
      }),
      goal("health", "Find out how my liver is, and look after it", {
        step: "Scan and clinic appointment",
        does: ["liaison", "Referral to the liver clinic", "Once"],
      }),
      goal("offending", "Get the driving ban behind me", {
        step: "Course booked",
        does: ["advice", "What the course asks for", "Once"],
      }),
      goal("social-functioning", "Go home to Linda sober", {
        step: "Linda's visit on Sunday",
        does: ["family-conference", "Meet with Linda before Alder House", "Once"],
      }),
    ],
    triggers: [["Driving past the club after work", "The other road home", "Linda"]],
  },
  {
    key: "yusuf",
    given: "Yusuf",
    family: "Karaca",
    pronouns: "he/him",
    age: 33,
    phone: "01632 960223",
    access: "Halal meals; a quiet place to pray",
    safeToCall: "On the unit",
    program: "Alder House",
    since: -40,
    asked: -60,
    through: [
      { program: "Community Team", from: -96, to: -54, reason: "Admitted to Quayside Detox" },
      { program: "Quayside Detox", from: -54, to: -40, reason: "Moved on to Alder House" },
    ],
    keyworker: JACK,
    supports: [
      {
        key: "emine",
        kind: "family-member",
        name: "Emine Karaca",
        relation: "Mother",
        phone: "01632 960224",
        language: "Turkish",
        interpreter: true,
        consent: { topics: everything, from: -90, to: 90 },
      },
      {
        key: "hakan",
        kind: "family-member",
        name: "Hakan Karaca",
        relation: "Brother",
        noContact: "Used together; he asked for no contact",
      },
    ],
    goals: [
      goal("substance-use", "Six months without heroin", {
        step: "Twelve weeks at Alder House",
        does: ["group", "Morning and afternoon groups", "Daily"],
      }),
      goal("health", "Hepatitis C treated", {
        step: "Treatment started",
        does: ["liaison", "Hepatitis clinic", "Every two weeks"],
      }),
      goal("offending", "No new charges; licence finished", {
        step: "Every appointment kept",
        does: ["liaison", "Meeting with probation", "Monthly"],
      }),
      goal("social-functioning", "Make it right with my mother", {
        step: "She visits",
        does: ["family-conference", "Meet with Emine, with an interpreter", "Monthly"],
      }),
    ],
    triggers: [["Hakan's friends at the corner", "Ring the house, walk to the mosque"]],
  },
  {
    key: "bronwen",
    given: "Bronwen",
    family: "Hesketh",
    pronouns: "she/her",
    age: 28,
    phone: "01632 960225",
    access: "Women-only unit; her daughter Cerys, three, lives there with her",
    safeToCall: "On the unit; withhold the number",
    program: "Alder House",
    since: -68,
    asked: -90,
    keyworker: JACK,
    mentor: "ade@alderway.example",
    supports: [
      {
        key: "gwen",
        kind: "family-member",
        name: "Gwen Hesketh",
        relation: "Grandmother",
        phone: "01632 960226",
        consent: { topics: everything, from: -66, to: 110 },
      },
      {
        key: "lee",
        kind: "significant-other",
        name: "Lee Stanton",
        relation: "Former partner",
        noContact: "Non-molestation order",
      },
    ],
    goals: [
      goal("substance-use", "Stay off everything, for Cerys and me", {
        step: "Twelve weeks",
        does: ["individual-counseling", "Keywork", "Weekly"],
      }),
      goal("health", "Sleep without tablets", {
        step: "Four nights a week",
        does: ["advice", "Sleep course", "Weekly"],
      }),
      goal("offending", "Nothing hanging over us", {
        step: "Court letter answered",
        does: ["liaison", "Solicitor", "Once"],
      }),
      goal("social-functioning", "A home for the two of us", {
        step: "On the housing list",
        does: ["liaison", "Housing and the health visitor", "Every two weeks"],
      }),
    ],
    triggers: [["Messages from Lee", "Show them to staff unread", "Gwen"]],
  },
  {
    key: "marek",
    given: "Marek",
    family: "Zielonka",
    pronouns: "he/him",
    age: 42,
    language: "Polish",
    interpreter: true,
    phone: "01632 960227",
    safeToCall: "On the unit",
    program: "Alder House",
    since: -13,
    asked: -34,
    keyworker: JACK,
    supports: [
      {
        key: "dorota",
        kind: "significant-other",
        name: "Dorota Zielonka",
        relation: "Wife",
        phone: "01632 960228",
        language: "Polish",
        interpreter: true,
        consent: { topics: ["attendance", "treatment-plan", "needs"], from: -12, to: 150 },
      },
    ],
    goals: [
      goal("substance-use", "Work the twelve steps", {
        step: "A sponsor, and the first three steps",
        does: ["group", "12-step meetings", "Daily"],
      }),
      goal("health", "My back: pain without tablets", {
        step: "Physiotherapy started",
        does: ["liaison", "Referral to physiotherapy", "Once"],
      }),
      goal("offending", "None; keep it so", {
        step: "Read the rules of the house",
        does: ["advice", "What the law says about driving", "Once"],
      }),
      goal("social-functioning", "Back to work as a joiner", {
        step: "Letter to his employer",
        does: ["liaison", "Employer, with his agreement", "Once"],
      }),
    ],
  },
  {
    key: "leanne",
    given: "Leanne",
    family: "Outhwaite",
    pronouns: "she/her",
    age: 34,
    phone: "01632 960229",
    safeToCall: "Any time",
    program: "Second Step",
    since: -72,
    asked: -95,
    through: [{ program: "Alder House", from: -170, to: -72, reason: "Moved on to Second Step" }],
    keyworker: ELLIE,
    supports: [
      {
        key: "carl",
        kind: "family-member",
        name: "Carl Outhwaite",
        relation: "Brother",
        phone: "01632 960230",
        consent: { topics: ["attendance", "discharge-plan", "relapse-plan"], from: -70, to: 110 },
      },
    ],
    goals: [
      goal("substance-use", "A year by June", {
        step: "Meetings twice a week",
        does: ["group", "Relapse prevention group", "Weekly"],
      }),
      goal("health", "Teeth, at last", {
        step: "Dentist found",
        does: ["liaison", "Dentist", "Once"],
      }),
      goal("social-functioning", "From volunteering to a job", {
        step: "A reference from the charity shop",
        does: ["individual-counseling", "Keywork on applications", "Every two weeks"],
      }),
    ],
    triggers: [["Pay day", "Money goes to Carl first", "Carl"]],
  },
  {
    key: "dominic",
    given: "Dominic",
    family: "Farrow",
    preferred: "Dom",
    pronouns: "he/him",
    age: 26,
    phone: "01632 960231",
    safeToCall: "Text, then ring",
    program: "Second Step",
    since: -45,
    asked: -60,
    through: [{ program: "Alder House", from: -135, to: -45, reason: "Moved on to Second Step" }],
    keyworker: ELLIE,
    supports: [
      {
        key: "trish",
        kind: "family-member",
        name: "Trish Farrow",
        relation: "Aunt",
        phone: "01632 960232",
        consent: { topics: everything, from: -44, to: 140 },
      },
    ],
    goals: [
      goal("substance-use", "Understand Saturday, and not do it again", {
        step: "The review this week",
        does: ["individual-counseling", "Keywork, twice a week for now", "Twice a week"],
      }),
      goal("health", "Counselling for what happened at home", {
        step: "First appointment",
        does: ["liaison", "Talking therapies", "Once"],
      }),
      goal("social-functioning", "Keep the room, and the college place", {
        step: "Back in class on Monday",
        does: ["liaison", "College welfare", "Weekly"],
      }),
    ],
    triggers: [["An argument in the flat", "Go to Trish's for the night", "Trish"]],
  },
  {
    key: "segun",
    given: "Segun",
    family: "Adebanjo",
    pronouns: "he/him",
    age: 47,
    phone: "01632 960233",
    safeToCall: "Any time",
    program: "Aftercare",
    since: -9,
    asked: -23,
    through: [
      { program: "Alder House", from: -230, to: -130, reason: "Moved on to Second Step" },
      { program: "Second Step", from: -130, to: -9, reason: "Completed; aftercare begins" },
    ],
    keyworker: ELLIE,
    supports: [
      {
        key: "folake",
        kind: "significant-other",
        name: "Folake Adebanjo",
        relation: "Wife",
        phone: "01632 960234",
        consent: { topics: everything, from: -120, to: 60 },
      },
    ],
    goals: [
      goal("substance-use", "Keep what I have", {
        step: "The Thursday group",
        does: ["group", "Aftercare group", "Weekly"],
      }),
      goal("health", "Run five kilometres", {
        step: "Three times a week",
        does: ["other", "Running club with other men in recovery", "Weekly"],
      }),
      goal("social-functioning", "Home with Folake and the boys", {
        step: "First month home",
        does: ["family-conference", "Meet with Folake after a month", "Once"],
      }),
    ],
    triggers: [["Nights on call", "Folake rings at midnight", "Folake"]],
  },
  {
    key: "pauline",
    given: "Pauline",
    family: "Wragg",
    pronouns: "she/her",
    age: 58,
    phone: "01632 960235",
    safeToCall: "Landline, mornings",
    program: "Aftercare",
    since: -100,
    asked: -118,
    through: [
      { program: "Quayside Detox", from: -260, to: -246, reason: "Back to the Community Team" },
      { program: "Community Team", from: -246, to: -100, reason: "Completed; aftercare begins" },
    ],
    keyworker: NIA,
    supports: [
      {
        key: "janet",
        kind: "family-member",
        name: "Janet Wragg",
        relation: "Daughter",
        phone: "01632 960236",
        consent: { topics: everything, from: -240, to: 30 },
      },
    ],
    goals: [
      goal("substance-use", "Stay sober through the anniversary", {
        step: "The day planned",
        does: ["individual-counseling", "Call from Nia", "Monthly"],
      }),
      goal("health", "Liver clinic every six months", {
        step: "Scan in the diary",
        does: ["liaison", "Liver clinic", "Twice a year"],
      }),
      goal("social-functioning", "Choir, and the grandchildren on Saturdays", {
        step: "Choir every week",
        does: ["other", "Choir in the community hall", "Weekly"],
      }),
    ],
    triggers: [["The anniversary of Ron's death", "Spend the day with Janet", "Janet"]],
  },
  {
    key: "kieran",
    given: "Kieran",
    family: "Mulhall",
    pronouns: "he/him",
    age: 30,
    phone: "01632 960237",
    safeToCall: "Mobile; his sister takes messages",
    program: "Quayside Detox",
    since: -6,
    asked: -20,
    discharged: { on: -2, reason: "Left before the end of detox" },
    keyworker: JACK,
    supports: [
      {
        key: "aoife",
        kind: "family-member",
        name: "Aoife Mulhall",
        relation: "Sister",
        phone: "01632 960238",
        consent: { topics: ["attendance", "needs"], from: -6, to: 170 },
      },
    ],
    goals: [
      goal("substance-use", "Get through the detox", {
        step: "Ten days",
        does: ["prescribing", "Buprenorphine, reducing", "Daily"],
      }),
      goal("health", "The ulcer on my leg", {
        step: "Dressed every day",
        does: ["liaison", "Nurse for leg ulcers", "Daily"],
      }),
    ],
  },
];
