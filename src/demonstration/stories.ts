/** The people of the demonstration. Days are counted from today, ages on today. */
export type StorySupport = {
  key: string;
  kind: "family-member" | "significant-other" | "referral-source";
  name: string;
  relation: string;
  organisation?: string;
  criminalJustice?: boolean;
  phone?: string;
  email?: string;
  language?: string;
  interpreter?: boolean;
  noContact?: string;
  consent?: {
    topics: string[];
    from: number;
    to: number;
    revoked?: { on: number; reason: string };
    guardian?: string;
  };
};

export type StoryGoal = {
  domain: string;
  text: string;
  objectives: string[];
  interventions: [kind: string, text: string, frequency: string][];
};

export type Story = {
  key: string;
  given: string;
  family: string;
  preferred?: string;
  pronouns: string;
  age: number;
  phone?: string;
  language?: string;
  interpreter?: boolean;
  access?: string;
  safeToCall: string;
  program: string;
  /** First day in the program; null while waiting. */
  since: number | null;
  /** The day the place was asked for; two days before the first if it is not said. */
  asked?: number;
  /** Programs of this episode before this one, the oldest first. */
  through?: { program: string; from: number; to: number; reason: string }[];
  /** An episode that ended before this one: they came back. */
  before?: { program: string; from: number; to: number; reason: string };
  discharged?: { on: number; reason: string };
  /** Null while nobody has taken them on; then who wrote them down. */
  keyworker: string | null;
  takenBy?: string;
  mentor?: string;
  supports: StorySupport[];
  goals: StoryGoal[];
  triggers?: [text: string, strategy: string, helper?: string][];
};

const everything = [
  "attendance",
  "treatment-plan",
  "discharge-plan",
  "relapse-plan",
  "needs",
  "progress",
];
const aboutPlans = ["attendance", "treatment-plan", "discharge-plan", "relapse-plan"];

export const stories: Story[] = [
  {
    key: "maria",
    given: "Maria",
    family: "Delgado",
    pronouns: "she/her",
    age: 34,
    language: "Spanish",
    interpreter: true,
    safeToCall: "Mobile, after 4 pm; do not leave a message",
    program: "Women and Children",
    since: -64,
    keyworker: "ana@demo.example",
    mentor: "pat@demo.example",
    supports: [
      {
        key: "rosa",
        kind: "family-member",
        name: "Rosa Delgado",
        relation: "Mother",
        phone: "(573) 555-0171",
        language: "Spanish",
        consent: { topics: everything, from: -60, to: 120 },
      },
      {
        key: "lucia",
        kind: "family-member",
        name: "Lucia Delgado",
        relation: "Sister",
        phone: "(573) 555-0172",
        consent: { topics: aboutPlans, from: -60, to: 9 },
      },
      {
        key: "hector",
        kind: "significant-other",
        name: "Hector Ruiz",
        relation: "Former partner",
        noContact: "Order of protection",
      },
    ],
    goals: [
      {
        domain: "substance-use",
        text: "Stay off opioids and keep my recovery going at home",
        objectives: ["Four weeks with a plan for the evenings"],
        interventions: [
          ["individual-counseling", "Weekly counseling on triggers", "Weekly"],
          [
            "family-conference",
            "Meet with mother and sister about support at home",
            "Twice a month",
          ],
        ],
      },
      {
        domain: "social-functioning",
        text: "Have my children back with me full time",
        objectives: ["Parenting course finished", "Own tenancy signed"],
        interventions: [["liaison", "Joint planning with children's services", "Monthly"]],
      },
    ],
    triggers: [
      ["Evenings when the children are with their father", "Call Lucia before 8 pm", "Lucia"],
      ["Arguments about money", "Take a walk, then talk with Ana the next day"],
    ],
  },
  {
    key: "james",
    given: "James",
    family: "Whitaker",
    preferred: "Jim",
    pronouns: "he/him",
    age: 52,
    access: "Hard of hearing on the left: sit on his right",
    safeToCall: "Any time",
    program: "General Population",
    since: -38,
    keyworker: "ana@demo.example",
    supports: [
      {
        key: "carol",
        kind: "significant-other",
        name: "Carol Whitaker",
        relation: "Wife",
        phone: "(573) 555-0144",
        email: "carol.w@example.com",
        consent: { topics: everything, from: -35, to: 200 },
      },
      {
        key: "officer",
        kind: "referral-source",
        name: "D. Kessler",
        relation: "Probation officer",
        organisation: "County probation",
        criminalJustice: true,
        consent: { topics: ["attendance"], from: -38, to: 60 },
      },
    ],
    goals: [
      {
        domain: "substance-use",
        text: "No drinking, and a way through the weekends",
        objectives: ["Two weekends a month planned ahead"],
        interventions: [
          ["group", "Relapse prevention group", "Twice a week"],
          ["family-conference", "Meet with Carol about the weekends", "Monthly"],
        ],
      },
      {
        domain: "health",
        text: "Get my blood pressure under control",
        objectives: ["See a doctor within a month"],
        interventions: [["liaison", "Referral to primary care", "Once"]],
      },
    ],
    triggers: [
      ["Saturday afternoons with nothing to do", "Fishing with his brother-in-law", "Carol"],
    ],
  },
  {
    key: "tasha",
    given: "Tasha",
    family: "Green",
    pronouns: "she/her",
    age: 27,
    safeToCall: "Text first",
    program: "General Population",
    since: -21,
    keyworker: "ben@demo.example",
    mentor: "pat@demo.example",
    supports: [
      {
        key: "denise",
        kind: "family-member",
        name: "Denise Green",
        relation: "Aunt",
        phone: "(573) 555-0119",
        consent: { topics: aboutPlans, from: -20, to: 90 },
      },
      {
        key: "marcus",
        kind: "family-member",
        name: "Marcus Green",
        relation: "Brother",
        phone: "(573) 555-0120",
      },
    ],
    goals: [
      {
        domain: "substance-use",
        text: "Get through the first ninety days",
        objectives: ["A sponsor by the end of the month"],
        interventions: [["individual-counseling", "Weekly counseling", "Weekly"]],
      },
    ],
  },
  {
    key: "noah",
    given: "Noah",
    family: "Fischer",
    pronouns: "he/him",
    age: 16,
    safeToCall: "Through his mother",
    program: "Adolescent",
    since: -45,
    keyworker: "ben@demo.example",
    supports: [
      {
        key: "erin",
        kind: "family-member",
        name: "Erin Fischer",
        relation: "Mother",
        phone: "(573) 555-0133",
        email: "erin.f@example.com",
        consent: { topics: everything, from: -45, to: 150, guardian: "Erin Fischer" },
      },
      {
        key: "school",
        kind: "referral-source",
        name: "M. Ortiz",
        relation: "School counselor",
        organisation: "Jefferson High School",
        consent: { topics: ["attendance"], from: -40, to: 100, guardian: "Erin Fischer" },
      },
    ],
    goals: [
      {
        domain: "substance-use",
        text: "Stop using before school",
        objectives: ["Six weeks of clear tests"],
        interventions: [
          ["individual-counseling", "Weekly counseling", "Weekly"],
          ["family-conference", "Agree house rules with his mother", "Every two weeks"],
        ],
      },
      {
        domain: "social-functioning",
        text: "Finish tenth grade",
        objectives: ["Back in all classes"],
        interventions: [["liaison", "Monthly call with the school", "Monthly"]],
      },
    ],
    triggers: [["The bus stop with older friends", "Ride with a neighbor", "Erin"]],
  },
  {
    key: "walter",
    given: "Walter",
    family: "Boyd",
    pronouns: "he/him",
    age: 61,
    safeToCall: "Landline, mornings",
    program: "Opioid",
    since: -110,
    keyworker: "cole@demo.example",
    supports: [
      {
        key: "june",
        kind: "family-member",
        name: "June Boyd",
        relation: "Daughter",
        phone: "(573) 555-0155",
        consent: { topics: everything, from: -100, to: 60 },
      },
    ],
    goals: [
      {
        domain: "health",
        text: "Stay on my medicine and manage the pain",
        objectives: ["No missed doses for a month"],
        interventions: [
          ["prescribing", "Buprenorphine with the clinic doctor", "Weekly"],
          ["individual-counseling", "Counseling", "Every two weeks"],
        ],
      },
    ],
  },
  {
    key: "priya",
    given: "Priya",
    family: "Raman",
    pronouns: "she/her",
    age: 41,
    safeToCall: "Email only",
    program: "Women and Children",
    since: -15,
    keyworker: "ana@demo.example",
    supports: [
      {
        key: "arun",
        kind: "significant-other",
        name: "Arun Raman",
        relation: "Husband",
        phone: "(573) 555-0166",
        consent: {
          topics: aboutPlans,
          from: -14,
          to: 170,
          revoked: { on: -3, reason: "She wants to talk with him herself first" },
        },
      },
    ],
    goals: [],
  },
  {
    key: "devon",
    given: "Devon",
    family: "Clarke",
    pronouns: "they/them",
    age: 23,
    safeToCall: "Text",
    program: "General Population",
    since: null,
    keyworker: "ana@demo.example",
    supports: [],
    goals: [],
  },
  {
    key: "grace",
    given: "Grace",
    family: "Obi",
    pronouns: "she/her",
    age: 38,
    safeToCall: "Any time",
    program: "General Population",
    since: -170,
    discharged: { on: -20, reason: "Completed the program" },
    keyworker: "ana@demo.example",
    supports: [
      {
        key: "samuel",
        kind: "significant-other",
        name: "Samuel Obi",
        relation: "Husband",
        phone: "(573) 555-0188",
        consent: { topics: everything, from: -160, to: 40 },
      },
    ],
    goals: [
      {
        domain: "substance-use",
        text: "Keep what I have built",
        objectives: ["A week's plan that I keep to"],
        interventions: [["group", "Alumni group", "Weekly"]],
      },
    ],
    triggers: [
      [
        "The anniversary of her brother's death",
        "Spend the day with Samuel and call the alumni line",
        "Samuel",
      ],
    ],
  },
  {
    key: "luis",
    given: "Luis",
    family: "Moreno",
    pronouns: "he/him",
    age: 30,
    safeToCall: "Mobile, evenings",
    program: "General Population",
    since: -52,
    keyworker: "cole@demo.example",
    supports: [
      {
        key: "elena",
        kind: "family-member",
        name: "Elena Moreno",
        relation: "Mother",
        phone: "(573) 555-0199",
        language: "Spanish",
        interpreter: true,
        consent: { topics: everything, from: -50, to: 100 },
      },
    ],
    goals: [
      {
        domain: "offending",
        text: "Finish probation without a new charge",
        objectives: ["Every appointment kept"],
        interventions: [["individual-counseling", "Counseling", "Weekly"]],
      },
    ],
  },
  {
    key: "hannah",
    given: "Hannah",
    family: "Stone",
    pronouns: "she/her",
    age: 17,
    safeToCall: "Her own mobile; her father may answer the house phone",
    program: "Adolescent",
    since: -30,
    keyworker: "ben@demo.example",
    supports: [
      {
        key: "peter",
        kind: "family-member",
        name: "Peter Stone",
        relation: "Father",
        phone: "(573) 555-0125",
      },
    ],
    goals: [
      {
        domain: "substance-use",
        text: "Cut down, then stop",
        objectives: ["A diary for two weeks"],
        interventions: [["individual-counseling", "Weekly counseling", "Weekly"]],
      },
    ],
  },
];
