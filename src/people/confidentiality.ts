/** What the pages say of the law of confidentiality, by the place where the agency works. */
export type Confidentiality = {
  /** What the form of a consent rests on. */
  consent: { name: string; about: string };
  /** The same for probation, parole, police or a court. */
  criminalJustice: { name: string; about: string; hint: string; recipient: string };
  /** How it is taken back, in words for the person who signs. */
  takingBack: (agency: string) => string;
  /** What it may not undo, for probation and courts. */
  takingBackFromCourts: string;
  /** What may be told whatever was agreed, so that nobody is surprised later; null: not said here. */
  limits: string | null;
  /** Goes with what is told: prescribed by law and loaded by an administrator, or in plain words. */
  notice: { prescribed: true; missing: string } | { prescribed: false; text: string };
  /** What somebody who signs for a young person is called. */
  guardian: string;
  /** What to do where it is doubtful that somebody can decide; null: not said here. */
  capacity: string | null;
  /** Who checks what is marked as an assumption. */
  adviser: string;
  accounting: { about: string; days: number | null };
};

const unitedStates: Confidentiality = {
  consent: {
    name: "Consent to disclose, 42 CFR 2.31",
    about: "A consent under 42 CFR 2.31 to tell one named person what is ticked here, and no more.",
  },
  criminalJustice: {
    name: "Criminal-justice consent, 42 CFR 2.35",
    about:
      "A criminal-justice consent (42 CFR 2.35): for officials who need it to follow how treatment goes.",
    hint: "They need a consent of their own kind (42 CFR 2.35)",
    recipient: "Probation, parole or a court",
  },
  takingBack: (agency) =>
    `You can take this consent back at any time by telling ${agency} in writing; staff will help you write it. From then on nothing more is told. What was told before, because you had agreed then, cannot be taken back. Saying no, or taking it back, does not change the care you get.`,
  takingBackFromCourts:
    "Because this is for probation, parole or a court, it may hold until a stated time even if you ask to take it back (42 CFR 2.35: a reading, to be checked with counsel).",
  limits: null,
  notice: {
    prescribed: true,
    missing:
      "The notice of 42 CFR 2.32 is not loaded yet. The law prescribes its words: an administrator loads them in Settings, before anybody is given a copy.",
  },
  guardian: "parent or guardian",
  capacity: null,
  adviser: "counsel",
  accounting: {
    about:
      "What left the agency in the last three years, to whom and on what ground (42 CFR 2.25). The person may ask for this list.",
    days: 3 * 365 + 1,
  },
};

const england: Confidentiality = {
  consent: {
    name: "Agreement to share information",
    about:
      "Agreement under the common-law duty of confidentiality to tell one named person what is ticked here, and no more. What is kept and told is personal data under UK GDPR as well.",
  },
  criminalJustice: {
    name: "Agreement to share information with probation, police or a court",
    about:
      "Agreement to tell probation, police or a court what is ticked here, and no more: on a form of its own, so that it is clear who is told and what may follow from it.",
    hint: "They need an agreement of their own kind: what they are told can have consequences",
    recipient: "Probation, police or a court",
  },
  takingBack: (agency) =>
    `You can take this back at any time by telling anybody at ${agency}, spoken or written; they write it down. From then on nothing more is told. What was told before, because you had agreed then, cannot be taken back. Saying no, or taking it back, does not change the care you get.`,
  takingBackFromCourts:
    "Where a court order or a licence asks for reports, some things may have to be told all the same; staff will say which before you sign (a reading, to be checked with the Caldicott Guardian).",
  limits:
    "If a child or an adult is at risk of serious harm, or the law or a court asks for it, staff may have to tell others without your agreement. They tell you first whenever that is safe.",
  notice: {
    prescribed: false,
    text: "You are told this in confidence, with the person's agreement, for the purpose named above. Please do not pass it on, and do not use it for anything else.",
  },
  guardian: "person with parental responsibility",
  capacity:
    "From 16 a person is presumed able to decide this. If you doubt it today, record no agreement in their name: ask for an assessment of capacity and a decision in their best interests (Mental Capacity Act 2005: a reading, to be checked with the Caldicott Guardian).",
  adviser: "your Caldicott Guardian",
  accounting: {
    about: "What left the agency, to whom and on what ground. The person may ask for this list.",
    days: null,
  },
};

/** No law is written for such a place: nothing is cited, and the stricter practice holds. */
const elsewhere: Confidentiality = {
  ...england,
  consent: {
    ...england.consent,
    about: "Agreement to tell one named person what is ticked here, and no more.",
  },
  takingBackFromCourts: "Where a court asks for reports, some things may have to be told.",
  guardian: unitedStates.guardian,
  capacity: null,
  adviser: "somebody who knows the law of the place",
};

const laws: Record<string, Confidentiality> = { "us-mo": unitedStates, england };

/** The words of the law where the agency works; a place that nobody wrote down cites none. */
export function confidentialityOf(jurisdiction: string): Confidentiality {
  return laws[jurisdiction] ?? elsewhere;
}
