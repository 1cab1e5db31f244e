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
  "appointment.read": [...clinical, "peer-mentor", "front-desk"],
  "appointment.write": [...clinical, "front-desk"],
  "note.cosign": ["supervisor"],
  "correction.decide": ["supervisor"],
  "claim.read": ["biller"],
  "claim.release": ["biller"],
  /** Billing codes and prices, from day to day. */
  "rate.manage": ["administrator", "biller"],
  "emergency.open": clinical,
  "emergency.review": ["supervisor", "program-manager"],
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
