import type { Fact } from "./facts.ts";

const ANY_NUMBER = { min: 0, max: 9_999_999_999 } as const;
/** Either will do, so it is said once. */
const RESIDENTIAL =
  "Record the residential stay that came before and how it ended, or say why there was none";

/**
 * The facts of a record of care: one prescribing course, one placement or one aftercare plan, as it
 * stands on the day it is judged. Only the agency's own records know them. A fact that has nothing to
 * do with a kind of record is not recorded for it, but for the two kinds within a kind: these are
 * "none" there, so that they are never missing and a clause can ask for them by `when`.
 */
export const careFacts = {
  care_record: {
    kind: "closed-code",
    label: "record",
    arrange: "Record what is done: a prescribing course, a placement or an aftercare plan",
    source: "own-records",
    needed: true,
    codes: {
      prescribing: "a prescribing course",
      placement: "a placement",
      "aftercare-plan": "an aftercare plan",
    },
  },
  /** The day it began; by it one asks which rules are in force. */
  on_day: {
    kind: "day",
    label: "first day",
    arrange: "Record the day it began",
    source: "own-records",
    needed: true,
  },
  /** Whole days from the first day to the day it is judged, or to its end if that came before. */
  days_running: {
    kind: "count",
    label: "days since the first",
    arrange: null,
    source: "own-records",
    needed: false,
    range: ANY_NUMBER,
  },
  prescribing_kind: {
    kind: "closed-code",
    label: "kind of prescribing",
    arrange: "Record what the prescribing is for",
    source: "own-records",
    needed: true,
    codes: {
      "medically-assisted-withdrawal": "medically assisted withdrawal",
      "relapse-prevention": "prescribing to prevent relapse",
      "opioid-substitution": "opioid substitution",
      other: "other prescribing",
      none: "no prescribing",
    },
  },
  setting: {
    kind: "closed-code",
    label: "setting",
    arrange: "Record where it is done: inpatient, residential or in the community",
    source: "own-records",
    needed: false,
    codes: {
      inpatient: "inpatient care",
      residential: "residential care",
      community: "the community",
    },
  },
  active_plan: {
    kind: "flag",
    label: "agreed care plan",
    says: { yes: "an agreed care plan stands", no: "no agreed care plan stands" },
    arrange: "Agree a care plan with the person",
    source: "own-records",
    needed: false,
  },
  /** On the plan that stands; 0 without one. */
  other_interventions: {
    kind: "count",
    label: "number of planned interventions besides prescribing",
    arrange: "Put another intervention on the care plan, such as keywork or advice",
    source: "own-records",
    needed: false,
    range: ANY_NUMBER,
  },
  keyworker_named: {
    kind: "flag",
    label: "named keyworker",
    says: { yes: "a keyworker is named", no: "no keyworker is named" },
    arrange: "Name a keyworker",
    source: "own-records",
    needed: false,
  },
  placement_kind: {
    kind: "closed-code",
    label: "kind of placement",
    arrange: "Record the kind of unit",
    source: "own-records",
    needed: true,
    codes: {
      detox: "inpatient detoxification",
      rehab: "residential rehabilitation",
      crisis: "residential crisis intervention",
      "second-stage": "second stage",
      "supported-housing": "supported housing",
      other: "another kind",
      none: "no placement",
    },
  },
  /** A stay in residential rehabilitation that ended as planned, before this one began. */
  residential_completed: {
    kind: "flag",
    label: "residential stay completed before",
    says: {
      yes: "a residential stay was completed before",
      no: "no residential stay was completed before",
    },
    arrange: RESIDENTIAL,
    source: "own-records",
    needed: false,
  },
  without_residential_reason: {
    kind: "flag",
    label: "reason for no residential stay before",
    says: {
      yes: "it is said why none came before",
      no: "it is not said why none came before",
    },
    arrange: RESIDENTIAL,
    source: "own-records",
    needed: false,
  },
  drug_related_supports: {
    kind: "count",
    label: "number of drug-related supports",
    arrange: "Name a drug-related support, such as relapse prevention or a mutual aid group",
    source: "own-records",
    needed: false,
    range: ANY_NUMBER,
  },
  non_drug_related_supports: {
    kind: "count",
    label: "number of supports that are not drug-related",
    arrange: "Name a support that is not drug-related, such as housing, education or parenting",
    source: "own-records",
    needed: false,
    range: ANY_NUMBER,
  },
  /** Triggers and early signs on the relapse prevention plan. */
  relapse_triggers: {
    kind: "count",
    label: "number of relapse triggers and early signs",
    arrange: "Name a trigger or an early sign of relapse",
    source: "own-records",
    needed: false,
    range: ANY_NUMBER,
  },
  /** What the person, or whoever is at hand, does about them. */
  relapse_strategies: {
    kind: "count",
    label: "number of things to do about relapse",
    arrange: "Say what to do when a trigger or an early sign shows",
    source: "own-records",
    needed: false,
    range: ANY_NUMBER,
  },
  way_back_where: {
    kind: "flag",
    label: "where to come back to",
    says: { yes: "it says where to come back to", no: "it does not say where to come back to" },
    arrange: "Say where the person can come back to",
    source: "own-records",
    needed: false,
  },
  way_back_who: {
    kind: "flag",
    label: "whom to ask for the way back",
    says: { yes: "it says whom to ask for", no: "it does not say whom to ask for" },
    arrange: "Name the person to ask for, and a number that is answered",
    source: "own-records",
    needed: false,
  },
  way_back_soon: {
    kind: "flag",
    label: "how soon one is seen again",
    says: { yes: "it says how soon one is seen", no: "it does not say how soon one is seen" },
    arrange: "Say within how many days the person is seen",
    source: "own-records",
    needed: false,
  },
  gains_named: {
    kind: "count",
    label: "number of gains to protect",
    arrange: "Name what has been gained and is to be kept",
    source: "own-records",
    needed: false,
    range: ANY_NUMBER,
  },
  /** Every support on the plan is handed to whoever delivers it, and accepted by them. */
  handed_over: {
    kind: "flag",
    label: "supports accepted by those who deliver them",
    says: {
      yes: "those who deliver the supports have accepted them",
      no: "not all who deliver the supports have accepted them",
    },
    arrange: "Hand each support to whoever delivers it, and record that they accepted",
    source: "own-records",
    needed: false,
  },
} as const satisfies Record<string, Fact>;
