import { randomBytes } from "node:crypto";
import { jurisdictionName } from "../agency/agency.ts";
import type { Logins } from "../storage/logins.ts";
import type { Store } from "../storage/store.ts";
import { createSignIn, openAccount } from "../web/sign-in.ts";
import { installAftercare } from "./aftercare.ts";
import { type AgencyProfile, type DemonstrationAgency, installAgency, missouri } from "./agency.ts";
import { installAudits } from "./audits.ts";
import { installBackground } from "./background.ts";
import { installClaims } from "./claims.ts";
import { installComeBacks } from "./come-backs.ts";
import { installConferences } from "./conferences.ts";
import { type DemonstrationPeople, installPeople } from "./consumers.ts";
import { installDirectory } from "./directory.ts";
import { installDisclosures } from "./disclosures.ts";
import { england } from "./england-agency.ts";
import { englandStories } from "./england-people.ts";
import { installImports } from "./imports.ts";
import { installIntake } from "./intake.ts";
import { installLiaison } from "./liaison.ts";
import { installOutcomes } from "./outcomes.ts";
import { installPlacements } from "./placements.ts";
import { DEMONSTRATION_PASSWORD } from "./staff.ts";
import { stories } from "./stories.ts";
import { installSupportsOfOurs } from "./supports-of-ours.ts";

/** Both agencies of the demonstration with their people, for the files that add what they keep. */
export type Demonstration = {
  missouri: DemonstrationAgency;
  missouriPeople: DemonstrationPeople;
  england: DemonstrationAgency;
  englandPeople: DemonstrationPeople;
};

/** Fills an empty database with the demonstration; its dates move with today. */
export async function installDemonstration(store: Store, logins: Logins): Promise<Demonstration> {
  const missouri = await openDemonstration(store, logins);
  const missouriPeople = await installPeople(store.owner, missouri, stories);
  await installConferences(store, missouri, missouriPeople);
  await installClaims(store, missouri);
  const england = await openEngland(store, logins);
  const englandPeople = await installPeople(store.owner, england, englandStories);
  const demonstration: Demonstration = { missouri, missouriPeople, england, englandPeople };
  // Each room adds what it keeps of these people, from a file of its own, one line each.
  for (const fill of rooms) await fill(store, demonstration);
  await installBackground(store, demonstration);
  await installAudits(store, demonstration);
  return demonstration;
}

/** What the rooms add, in the order in which one builds on another. */
const rooms: ((store: Store, demonstration: Demonstration) => Promise<void>)[] = [
  installDirectory,
  installIntake,
  installPlacements,
  installAftercare,
  installOutcomes,
  installImports,
  installDisclosures,
  installComeBacks,
  installLiaison,
  installSupportsOfOurs,
];

/** The agency in Missouri with its staff and their accounts, before anybody came. */
export function openDemonstration(store: Store, logins: Logins): Promise<DemonstrationAgency> {
  return open(store, logins, missouri);
}

function openEngland(store: Store, logins: Logins): Promise<DemonstrationAgency> {
  return open(store, logins, england);
}

async function open(
  store: Store,
  logins: Logins,
  profile: AgencyProfile,
): Promise<DemonstrationAgency> {
  const secret = randomBytes(32).toString("base64url");
  const signIn = createSignIn({ url: logins.signin, secret, address: "http://localhost" });
  try {
    const accounts = new Map<string, string>();
    for (const { name, email } of profile.staff) {
      const account = { name, email, password: DEMONSTRATION_PASSWORD };
      accounts.set(email, await openAccount(signIn, account));
    }
    return await installAgency(store.owner, profile, accounts);
  } finally {
    await signIn.options.database.end();
  }
}

/** What `npm start` prints under the address. */
export function demonstrationSignIns(): string {
  const profiles = [missouri, england];
  const width = Math.max(
    ...profiles.flatMap(({ staff }) => staff.map(({ email }) => email.length)),
  );
  const parts = profiles.map(({ name, staff, jurisdiction }) => {
    const rows = staff.map(({ email, does }) => `    ${email.padEnd(width)}  ${does}`);
    return `  ${name}, ${jurisdictionName(jurisdiction)}\n${rows.join("\n")}\n`;
  });
  return `  Two demonstration agencies. Everybody's password: ${DEMONSTRATION_PASSWORD}\n\n${parts.join("\n")}`;
}
