/** The words that differ between the countries we speak in: one code word, the agency's locale on the page. */
const words = {
  "en-US": {
    consumer: "consumer",
    consumers: "consumers",
    support: "natural support",
    supports: "natural supports",
    keyworker: "primary counselor",
    carePlan: "treatment plan",
    program: "program",
    programs: "programs",
    clinician: "counselor",
    counsels: "counselor",
    counseling: "counseling",
    organisation: "organization",
    enrol: "enroll",
    enrolled: "enrolled",
    enrolment: "enrollment",
    enrolments: "enrollments",
  },
  "en-GB": {
    consumer: "service user",
    consumers: "service users",
    support: "family member or carer",
    supports: "family and carers",
    keyworker: "keyworker",
    carePlan: "care plan",
    program: "programme",
    programs: "programmes",
    clinician: "keyworker",
    counsels: "counsellor",
    counseling: "counselling",
    organisation: "organisation",
    enrol: "enrol",
    enrolled: "enrolled",
    enrolment: "enrolment",
    enrolments: "enrolments",
  },
} as const;

export type Locale = keyof typeof words;
export type Words = Record<keyof (typeof words)["en-US"], string>;

export function wordsOf(locale: Locale): Words {
  return words[locale];
}

/** A sentence that was written once, in the words of the agency's country. */
export function inWords(text: string, words: Words): string {
  return once.reduce(
    (said, word) =>
      said
        .replaceAll(word.written, words[word.name])
        .replaceAll(capital(word.written), capital(words[word.name])),
    text,
  );
}

const once = [
  { written: "programme", name: "program" },
  { written: "keyworker", name: "keyworker" },
  { written: "organisation", name: "organisation" },
] as const;

/** The first letter large, as at the start of a line. */
export function capital(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}
