import type { Fact } from "./facts.ts";

/**
 * The facts of a service, by their column names in service-lines.md, where their forms and meanings
 * are set. The last group is known only from the agency's own records.
 */
export const serviceFacts = {
  service: {
    kind: "open-code",
    label: "service",
    arrange: "Choose the service that is delivered",
    source: "files",
    needed: true,
    codes: {
      "family-conference": "Family Conference",
      "family-therapy": "Family Therapy",
      "collateral-counseling": "collateral counseling",
      "individual-counseling": "individual counseling",
    },
  },
  service_date: {
    kind: "day",
    label: "service date",
    arrange: "Choose the day of the session",
    source: "files",
    needed: true,
  },
  units: {
    kind: "count",
    label: "units",
    arrange: "Plan the length of the session",
    source: "files",
    needed: true,
    range: { min: 1, max: 96 },
  },
  agency_id: {
    kind: "open-code",
    label: "agency",
    arrange: "Record which agency delivers the service",
    source: "files",
    needed: false,
  },
  program: {
    kind: "open-code",
    label: "program",
    arrange: "Enroll the consumer in a program that the service belongs to, and choose it here",
    source: "files",
    needed: false,
    codes: {
      "cstar-adolescent": "CSTAR Adolescent",
      "cstar-women-children": "CSTAR Women and Children",
      "cstar-women-children-enhanced": "CSTAR Women and Children Enhanced",
      "cstar-general": "CSTAR General Population",
      "cstar-general-enhanced": "CSTAR General Population Enhanced",
      "cstar-opioid": "CSTAR Opioid",
    },
  },
  start_time: {
    kind: "time",
    label: "start time",
    arrange: "Record when the session starts",
    source: "files",
    needed: false,
  },
  end_time: {
    kind: "time",
    label: "end time",
    arrange: "Record when the session ends",
    source: "files",
    needed: false,
  },
  setting: {
    kind: "closed-code",
    label: "setting",
    arrange: "Book a room whose setting is recorded and fits the service",
    source: "files",
    needed: false,
    codes: {
      office: "a clinical office",
      home: "the home",
      community: "the community",
      residential: "a residential unit",
      telehealth: "telehealth",
      telephone: "the telephone",
      other: "another place",
    },
  },
  consumer_present: {
    kind: "flag",
    label: "consumer present",
    says: { yes: "the consumer takes part", no: "the consumer does not take part" },
    arrange: "Have the consumer take part, and check them in",
    source: "files",
    needed: false,
  },
  supports_present: {
    kind: "count",
    label: "supports present",
    arrange: "Invite a family member, significant other or referral source, and check them in",
    source: "files",
    needed: false,
    range: { min: 0, max: 9_999_999_999 },
  },
  plan_discussed: {
    kind: "closed-code",
    label: "plan discussed",
    arrange:
      "Put the treatment plan or the discharge plan on the agenda, and record which was discussed",
    source: "files",
    needed: false,
    codes: {
      "treatment-plan": "the treatment plan",
      "discharge-plan": "the discharge plan",
      both: "both plans",
      none: "neither plan",
    },
  },
  performer_id: {
    kind: "open-code",
    label: "performer",
    arrange: "Choose who leads the session",
    source: "files",
    needed: false,
  },
  performer_qualification: {
    kind: "held-codes",
    label: "performer's qualification",
    arrange: "Choose a lead whose qualification for this service is on file for that day",
    source: "files",
    needed: false,
    codes: {
      qsap: "Qualified Substance Abuse Professional",
      asac: "Associate Substance Abuse Counselor",
    },
  },
  amount_cents: {
    kind: "money",
    label: "amount billed",
    arrange: "Record the amount billed",
    source: "files",
    needed: false,
    range: { min: 0, max: 9_999_999_999 },
  },

  /**
   * Days, on the service date, since the oldest need for family therapy was recorded that is neither
   * declined nor arranged. 0 when nothing waits (no need, declined, or arranged by that day); null
   * when nobody can tell, as in a file.
   */
  therapy_need_open_days: {
    kind: "count",
    label: "days a need for family therapy has waited",
    arrange: "Arrange the family therapy that is needed, or record that it was declined",
    source: "own-records",
    needed: false,
    range: { min: 0, max: 9_999_999_999 },
  },
} as const satisfies Record<string, Fact>;
