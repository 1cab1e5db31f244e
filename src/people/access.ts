/** What a member of staff can be. One person may be several. */
export const roles = [
  "counselor",
  "keyworker",
  "peer-mentor",
  "supervisor",
  "program-manager",
  "front-desk",
  "biller",
  "auditor",
  "policy-analyst",
  "administrator",
] as const;
export type Role = (typeof roles)[number];

const clinical = ["counselor", "keyworker", "supervisor", "program-manager"] as const;

/**
 * What may be done, and by whom: the one table that every page names a line of. Which rows come
 * with it is row security's part, in the database; a page is served only if both agree.
 */
export const permissions = {
  /** A consumer's whole record; row security narrows it to one's programmes. */
  "record.read": clinical,
  "record.write": clinical,
  /** Who a person is and when they are expected; nothing clinical. */
  "person.read": [...clinical, "peer-mentor", "front-desk", "biller"],
  "person.add": [...clinical, "front-desk"],
  /** Writes a referral to the agency down; the front desk reads none of it back. */
  "referral.take": [...clinical, "front-desk"],
  "appointment.read": [...clinical, "peer-mentor", "front-desk"],
  "appointment.write": [...clinical, "front-desk"],
  /** Services of others, with times and places; no person stands in it. */
  "directory.read": [...clinical, "peer-mentor", "front-desk", "administrator"],
  "directory.write": [...clinical, "administrator"],
  /** Groups of the agency and their registers; whose names come is row security's part. */
  "group.read": clinical,
  "group.write": clinical,
  /** Brings somebody back, whoever answered the call; a peer mentor those assigned to them. */
  "come-back.take": [...clinical, "front-desk", "peer-mentor"],
  /** Alerts of the duty clinician; whom they reach is row security's part. */
  "alert.read": clinical,
  "duty.manage": ["administrator", "supervisor", "program-manager"],
  /** Calls of relatives and others about somebody; nobody is confirmed or denied. */
  "call.take": [...clinical, "front-desk", "peer-mentor"],
  "call.read": [...clinical, "front-desk", "peer-mentor"],
  "open-access.use": [...clinical, "front-desk", "peer-mentor"],
  /** Hands on what somebody who left had open. */
  "work.reassign": ["supervisor", "program-manager"],
  /** Takes on a support of aftercare that was handed to them, and sees no more of the record for it. */
  "support.accept": [...clinical, "peer-mentor"],
  "note.cosign": ["supervisor"],
  "correction.decide": ["supervisor"],
  "claim.read": ["biller"],
  "claim.release": ["biller"],
  /** Billing codes and prices, from day to day. */
  "rate.manage": ["administrator", "biller"],
  "emergency.open": clinical,
  "emergency.review": ["supervisor", "program-manager"],
  /** How the programmes that one answers for do. */
  "report.read": ["supervisor", "program-manager"],
  /** Audits of what one may see: an auditor what a scope names, the others their programmes' records. */
  "audit.run": ["auditor", "supervisor", "program-manager"],
  /** Drafts of bulletins, and in counts what they would change. */
  "draft.write": ["policy-analyst"],
  /** The directory of programmes and units; who lies where is `bed.read`. */
  "unit.read": [...clinical, "administrator"],
  "unit.manage": ["program-manager", "administrator"],
  "bed.read": clinical,
  "bulletin.read": roles,
  "agency.manage": ["administrator"],
  self: roles,
} as const satisfies Record<string, readonly Role[]>;
export type Permission = keyof typeof permissions;

/** Anybody, signed in or not: the sign-in page, the first setting up, health. */
export type Rule = Permission | "anybody";

export function may(held: readonly Role[], permission: Permission): boolean {
  const allowed: readonly Role[] = permissions[permission];
  return held.some((role) => allowed.includes(role));
}
