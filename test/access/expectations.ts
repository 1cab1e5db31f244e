import type { Role } from "../../src/people/access.ts";

/**
 * How far a role sees: `own` the people of the programmes they work in (a peer mentor: those
 * assigned to them), `agency` everybody of the agency. What is not named sees nothing. Nobody ever
 * sees another agency's rows, so no word for that is needed.
 */
export type Sight = Partial<Record<Role, "own" | "agency">>;

const clinical: Sight = {
  counselor: "own",
  keyworker: "own",
  supervisor: "own",
  "program-manager": "own",
};
const everybody: Sight = {
  counselor: "agency",
  keyworker: "agency",
  "peer-mentor": "agency",
  supervisor: "agency",
  "program-manager": "agency",
  "front-desk": "agency",
  biller: "agency",
  auditor: "agency",
  "policy-analyst": "agency",
  administrator: "agency",
};
const without = (...roles: Role[]): Sight =>
  Object.fromEntries(Object.entries(everybody).filter(([role]) => !roles.includes(role as Role)));

/** What a row of a kind is to whom; a table without a line here fails the matrix. */
export const sights = {
  // An auditor of the stage has a scope that names the services of the clinical ones' programme.
  identity: {
    ...clinical,
    "peer-mentor": "own",
    "front-desk": "agency",
    biller: "agency",
    auditor: "own",
  },
  record: clinical,
  /** What an audit needs beside the services: the signed note. */
  audited: { ...clinical, auditor: "own" },
  expected: { ...clinical, "peer-mentor": "own", "front-desk": "agency" },
  billed: { ...clinical, biller: "agency" },
  served: { ...clinical, biller: "agency", auditor: "own" },
  claimed: { biller: "agency" },
  reviewed: { supervisor: "agency", "program-manager": "agency" },
  managed: { administrator: "agency" },
  team: {
    counselor: "agency",
    keyworker: "agency",
    supervisor: "agency",
    "program-manager": "agency",
  },
  placed: without("peer-mentor", "front-desk", "biller", "policy-analyst"),
  open: everybody,
  nobody: {},
} as const satisfies Record<string, Sight>;

export const tables: Record<string, Sight> = {
  agency: sights.open,
  room: sights.open,
  staff: sights.open,
  credential: sights.open,
  program: without("peer-mentor", "front-desk"),
  rate: without("peer-mentor", "front-desk"),
  staff_program: { ...clinical, administrator: "agency" },
  staff_role: { supervisor: "agency", "program-manager": "agency", administrator: "agency" },
  agency_change: sights.managed,

  consumer: sights.identity,
  appointment: sights.expected,
  support: sights.record,
  no_contact: sights.record,
  emergency_access: sights.reviewed,
  access_log: sights.record,
  access_seal: sights.nobody,
  access_head: sights.nobody,

  episode: sights.record,
  enrolment: sights.record,
  assignment: sights.record,
  consent: sights.record,
  consent_revocation: sights.record,
  disclosure: sights.record,
  care_plan: sights.record,
  goal: sights.record,
  objective: sights.record,
  intervention: sights.record,
  relapse_trigger: sights.record,
  relapse_strategy: sights.record,
  discharge_point: sights.record,
  plan_review: sights.record,
  discharge_conference: sights.record,
  barrier: sights.record,
  referral: sights.record,
  referral_step: sights.record,
  conference: sights.audited,
  conference_support: sights.record,
  conference_attendance: sights.record,
  private_word: sights.record,
  agreement: sights.record,
  need_assessment: sights.record,
  addendum: sights.audited,
  session_note: sights.audited,
  group_attendance: sights.audited,
  family_contact: sights.record,
  accepted_advice: sights.record,

  service: sights.served,
  correction: sights.record,
  judgement: sights.served,
  judgement_due: sights.billed,
  verdict: sights.served,
  question: sights.billed,
  claim: sights.served,
  claim_flag: sights.billed,
  claim_batch: sights.claimed,
  judged_edition: sights.claimed,

  // Their own scope an auditor sees; what somebody ran is theirs alone.
  audit_scope: { ...sights.managed, auditor: "agency" },
  audit_run: sights.nobody,
  audit_finding: sights.nobody,
  audit_reject: sights.nobody,
  bulletin_draft: { "policy-analyst": "agency" },
  bulletin_draft_version: { "policy-analyst": "agency" },
  // A file that waits to be written is its uploader's alone: src/exchange/import.test.ts.
  import_batch: sights.nobody,
  imported_row: sights.managed,
  agency_bulletin: sights.open,
  duty_shift: sights.open,
  provider: sights.open,
  unit: sights.placed,
  bed: sights.placed,
  support_group: { ...sights.team, "peer-mentor": "agency", administrator: "agency" },
  group_meeting: sights.team,
  // Somebody else has the duty; that it answers for everybody is a test of its own in tables.test.ts.
  duty_alert: sights.record,
  // A peer mentor reads those they wrote down themselves: a test of its own in liaison/concern.test.ts.
  open_contact: clinical,
  // As the call they belong to: clinicians, and whoever took it.
  relative_need: sights.team,
  concern_referral: sights.team,
  concern_referral_step: sights.team,
  ...records(
    "referral_in triage interim_help assessment assessment_substance start_offer come_back leaving leaving_contact",
    "prescribing placement bed_stay unit_move child_stay leave_of_absence funding use_event care_judgement",
    "aftercare_plan recovery_support gain gain_look outcome_measure not_obtained concern_call referral_sending",
  ),
};

function records(...names: string[]): Record<string, Sight> {
  return Object.fromEntries(
    names.flatMap((line) => line.split(" ")).map((name) => [name, clinical]),
  );
}
