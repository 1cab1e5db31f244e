import { ageOn, type Day } from "../kernel/day.ts";

/** In which part somebody signs a consent. */
export type SignsAs = "consumer" | "parent-or-guardian";

/** Who signs for somebody who is not yet of age: data, and an assumption until counsel has read it. */
type MinorsRule = {
  from: number;
  mustSign: readonly SignsAs[];
  /** Any one of them is enough. */
  oneIsEnough?: boolean;
  because: string;
};

type ConsentLaw = {
  place: string;
  /** The age, in completed years, from which a person signs alone. */
  ofAge: number;
  /** Said until this age of those who sign alone already. */
  young?: { until: number; because: string };
  /** By the kind of programme, oldest first; the first whose age fits says who signs. */
  minors: Record<string, readonly MinorsRule[]>;
  otherwise: readonly MinorsRule[];
};

const both = (because: string): MinorsRule => ({
  from: 0,
  mustSign: ["consumer", "parent-or-guardian"],
  because,
});

/** 42 CFR 2.14 leaves the consent of minors to the law of the state, so each place has its own lines. */
const laws: Record<string, ConsentLaw> = {
  "us-mo": {
    place: "Missouri",
    ofAge: 18,
    minors: {
      "cstar-adolescent": [
        both(
          "42 CFR 2.14 follows the state's law on treating minors. Until counsel has read Missouri's for the Adolescent program, the young person and a parent or guardian both sign.",
        ),
      ],
    },
    otherwise: [
      both("A minor outside the Adolescent program: both sign until counsel says otherwise."),
    ],
  },
  england: {
    place: "England",
    ofAge: 16,
    young: {
      until: 18,
      because:
        "From 16 a person is presumed able to decide for themselves, and signs alone. Safeguarding duties to somebody under 18 stay as they are.",
    },
    minors: {},
    otherwise: [
      {
        from: 0,
        mustSign: ["consumer", "parent-or-guardian"],
        oneIsEnough: true,
        because:
          "Under 16: the young person, if they understand what is told, to whom and why (Gillick competence), or else somebody with parental responsibility.",
      },
    ],
  },
};

const nowhere: ConsentLaw = {
  place: "this place",
  ofAge: 18,
  minors: {},
  otherwise: [both("No law is written for this place yet: both sign.")],
};

export type WhoSigns = {
  mustSign: readonly SignsAs[];
  /** Any one of them is enough; whoever signs as young says what shows that they understand. */
  oneIsEnough: boolean;
  /** What the page says of somebody young; null for an adult. An assumption always. */
  because: string | null;
};

/** The age from which a person in this jurisdiction signs alone; they are asked again on that day. */
export function ageOfConsent(jurisdiction: string): number {
  return (laws[jurisdiction] ?? nowhere).ofAge;
}

/** Who must sign a consent on a day, by the law of the place and the programmes the person is in. */
export function whoSigns(
  jurisdiction: string,
  { born, on, programKinds }: { born: Day; on: Day; programKinds: readonly string[] },
): WhoSigns {
  const law = laws[jurisdiction] ?? nowhere;
  const age = ageOn(born, on);
  if (age >= law.ofAge) {
    const because = law.young && age < law.young.until ? law.young.because : null;
    return { mustSign: ["consumer"], oneIsEnough: false, because };
  }
  const special = programKinds.map((kind) => law.minors[kind]).find((rules) => rules !== undefined);
  const rule = (special ?? law.otherwise).find(({ from }) => age >= from);
  if (!rule) throw new Error(`no rule of ${law.place} says who signs`);
  const { mustSign, oneIsEnough = false, because } = rule;
  return { mustSign, oneIsEnough, because };
}

/** Signed in their youth, and since then of an age to sign alone: they are asked again. */
export function hasComeOfAge(
  jurisdiction: string,
  { born, signed, today }: { born: Day; signed: Day; today: Day },
): boolean {
  const from = ageOfConsent(jurisdiction);
  return ageOn(born, signed) < from && ageOn(born, today) >= from;
}
