/** One question of the assessment: the column it is kept in, and how it is asked. */
export type Question = {
  name: string;
  label: string;
  hint?: string;
} & (
  | { kind: "words"; most: number; rows?: number }
  | { kind: "line"; most: number }
  | { kind: "yes-no" }
  | { kind: "choice"; options: Readonly<Record<string, string>> }
  | { kind: "several"; options: Readonly<Record<string, string>> }
  | { kind: "count"; most: number }
  | { kind: "day" }
);

export type AssessmentSection = {
  key: string;
  title: string;
  about?: string;
  questions: readonly Question[];
};

/** Where somebody may stay, in the words of the pages. */
export const stayKinds = {
  detox: "Detox",
  rehab: "Residential rehab",
  crisis: "Crisis unit",
  "second-stage": "Second stage",
  "supported-housing": "Supported housing",
  other: "Another kind",
} as const;
const risk = { none: "None seen", some: "Some", high: "High" } as const;

/** How substances are taken. */
export const routes = {
  oral: "By mouth",
  smoke: "Smoked",
  sniff: "Sniffed",
  inject: "Injected",
  other: "Another way",
} as const;

/** What a form offers for substances; any other word may be typed. */
export const commonSubstances = [
  ...["Alcohol", "Heroin", "Other opioids", "Crack cocaine", "Cocaine powder", "Amphetamine"],
  ...["Methamphetamine", "Cannabis", "Benzodiazepines", "Pregabalin or gabapentin", "Ketamine"],
  ...["Synthetic cannabinoids", "Fentanyl", "Tobacco"],
];

/** What a person may prefer of residential programmes (MC B1), as the directory's codes have it. */
export const approaches = {
  "therapeutic-community": "Therapeutic community",
  "12-step": "12-step",
  "faith-based": "Faith-based",
  "social-learning": "Social learning",
  "crisis-intervention": "Crisis intervention",
  eclectic: "A mixture",
} as const;

/** What somebody may need to get in, stay and follow; units say which of these they offer. */
export const accessKinds = {
  "step-free": "Step-free way in, room and bathroom",
  "personal-care": "Help with personal care",
  hearing: "Hearing loop or visual alarms",
  sight: "Fit for people who see little",
  "plain-words": "Things read out, or in plain words",
  "assistance-dog": "Room for an assistance dog",
} as const;

/**
 * The comprehensive assessment, section by section; substances are a table of their own in the
 * first. An answer that nobody gave is null, and shown as not asked.
 */
export const assessmentSections: readonly AssessmentSection[] = [
  {
    key: "substances",
    title: "Substances",
    about: "The main problem first. Days are of the last 28.",
    questions: [
      {
        name: "injecting",
        label: "Injecting",
        kind: "choice",
        options: { never: "Never", before: "In the past", now: "Now" },
      },
      { name: "sharing", label: "Shares needles or equipment", kind: "yes-no" },
      { name: "overdose_ever", label: "Ever overdosed", kind: "yes-no" },
      { name: "overdose_last_year", label: "Overdosed in the last year", kind: "yes-no" },
    ],
  },
  {
    key: "health",
    title: "Health",
    questions: [
      { name: "psychological_health", label: "Psychological health", kind: "words", most: 4000 },
      {
        name: "severe_mental_illness",
        label: "Severe and enduring mental illness",
        kind: "yes-no",
      },
      { name: "physical_health", label: "Physical health", kind: "words", most: 4000 },
      { name: "liver_disease", label: "Liver disease", kind: "yes-no" },
      { name: "pregnant", label: "Pregnant", kind: "yes-no" },
      { name: "due_on", label: "Baby is due on", kind: "day" },
    ],
  },
  {
    key: "social",
    title: "Daily life",
    questions: [
      {
        name: "social_functioning",
        label: "Relationships, money, daily life",
        kind: "words",
        most: 4000,
      },
      {
        name: "housing",
        label: "Housing",
        kind: "choice",
        options: { settled: "Settled", problem: "Housing problem", none: "No home" },
      },
      {
        name: "employment",
        label: "Work and education",
        kind: "choice",
        options: {
          work: "In work",
          education: "In education",
          caring: "Cares for somebody",
          unable: "Unable to work",
          none: "Out of work",
          other: "Something else",
        },
      },
    ],
  },
  {
    key: "children",
    title: "Children",
    questions: [
      { name: "children_at_home", label: "Children living at home", kind: "count", most: 30 },
      {
        name: "children_safeguarding",
        label: "What matters for their safety",
        kind: "words",
        most: 2000,
      },
    ],
  },
  {
    key: "offending",
    title: "Offending",
    questions: [
      { name: "offending", label: "Offending and orders", kind: "words", most: 4000 },
      { name: "offending_now", label: "Offending at present", kind: "yes-no" },
    ],
  },
  {
    key: "risk",
    title: "Risk",
    about: "High stands at the head of the record at once, and says what to do.",
    questions: [
      { name: "risk_to_self", label: "Risk to self", kind: "choice", options: risk },
      { name: "risk_to_others", label: "Risk to others", kind: "choice", options: risk },
      { name: "risk_of_violence_at_home", label: "At risk of violence at home", kind: "yes-no" },
      {
        name: "risk_note",
        label: "What the risk is, and what lowers it",
        kind: "words",
        most: 2000,
      },
    ],
  },
  {
    key: "access",
    title: "Language and access",
    questions: [
      { name: "language_needs", label: "Language needs", kind: "line", most: 500 },
      {
        name: "access_kinds",
        label: "What they need to get in, stay and follow",
        kind: "several",
        options: accessKinds,
      },
      { name: "access_needs", label: "Access needs, in words", kind: "line", most: 500 },
    ],
  },
  {
    key: "wants",
    title: "What the person wants",
    questions: [
      {
        name: "wants",
        label: "What they want from treatment",
        hint: "In their own words",
        kind: "words",
        most: 2000,
      },
      {
        name: "preferred_approaches",
        label: "Approaches they would like",
        kind: "several",
        options: approaches,
      },
      {
        name: "wants_kind",
        label: "Kind of place to stay, where one is asked for",
        kind: "choice",
        options: stayKinds,
      },
      { name: "wants_women_only", label: "Wants a women-only service", kind: "yes-no" },
      { name: "wants_child_with", label: "Wants a child to come along", kind: "yes-no" },
      { name: "preferred_locality", label: "Where it should be", kind: "line", most: 200 },
    ],
  },
  {
    key: "summary",
    title: "Summary",
    questions: [
      {
        name: "summary",
        label: "Summary and what comes next",
        kind: "words",
        most: 4000,
        rows: 5,
      },
    ],
  },
];

const questions = assessmentSections.flatMap((section) => section.questions);

/** A substance as it is used; the first in place is the main problem. */
export type Substance = {
  substance: string;
  days_used: number | null;
  route: string | null;
  amount: string | null;
  age_first: number | null;
};

/** The answers by question, as the database keeps them. */
export type Answers = Record<string, string | number | boolean | string[] | null>;

/** An answer in words; null when nobody gave one. */
export function answerWords(question: Question, value: Answers[string] | undefined): string | null {
  if (value === null || value === undefined || value === "") return null;
  if (question.kind === "yes-no") return value ? "Yes" : "No";
  if (question.kind === "choice") return question.options[String(value)] ?? String(value);
  if (question.kind === "several") {
    const codes = Array.isArray(value) ? value : [];
    return codes.map((code) => question.options[code] ?? code).join(", ") || null;
  }
  return String(value);
}

/** "24 of 28 days, smoked, half a gram a day, since 19" */
export function substanceWords(it: Substance): string {
  return [
    it.days_used === null ? null : `${it.days_used} of 28 days`,
    routes[it.route as keyof typeof routes]?.toLowerCase(),
    it.amount,
    it.age_first === null ? null : `first at ${it.age_first}`,
  ]
    .filter(Boolean)
    .join(" · ");
}

/** Under which name a mistake in a line of substances is told. */
export function rowError(name: string, index: number): string {
  return `${name}[] ${index}`;
}

/** What has to be there before an assessment stands. */
const neededNames = [rowError("substance", 0), "risk_to_self", "risk_to_others", "summary"];

/** Of what a refusal said, that something is missing: a mistake that was mended since is none. */
export function stillMissing(errors: Record<string, string> = {}): Record<string, string> {
  return Object.fromEntries(Object.entries(errors).filter(([name]) => neededNames.includes(name)));
}

/** What is still to be answered before an assessment stands, each by its question's name. */
export function missingFrom(answers: Answers, substances: readonly Substance[]) {
  const needed: Record<string, string> = {};
  if (substances.length === 0) {
    needed[rowError("substance", 0)] = "Name at least one substance, or the one they have stopped";
  }
  for (const name of ["risk_to_self", "risk_to_others"]) {
    if (!answers[name]) needed[name] = "Say what you found before this stands";
  }
  if (!answers.summary) needed.summary = "Write the summary before this stands";
  return needed;
}

/** Where two assessments differ, question by question. */
export function differences(before: Answers, after: Answers): string[] {
  return questions
    .filter((one) => answerWords(one, before[one.name]) !== answerWords(one, after[one.name]))
    .map(({ name }) => name);
}

/** What stands at the head of the record: whom a high risk is to. */
export type HighRisk = { self: boolean; others: boolean; home: boolean };

export function highRiskOf(it: {
  risk_to_self: string | null;
  risk_to_others: string | null;
  risk_of_violence_at_home: boolean | null;
}): HighRisk | null {
  const found = {
    self: it.risk_to_self === "high",
    others: it.risk_to_others === "high",
    home: it.risk_of_violence_at_home === true,
  };
  return found.self || found.others || found.home ? found : null;
}

/** "High risk to self and others · violence at home" */
export function highRiskWords({ self, others, home }: HighRisk): string {
  const whom = [self && "self", others && "others"].filter(Boolean).join(" and ");
  return [whom && `High risk to ${whom}`, home && "At risk of violence at home"]
    .filter(Boolean)
    .join(" · ");
}
