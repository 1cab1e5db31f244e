import { randomBytes } from "node:crypto";
import type { Logins } from "../storage/logins.ts";
import type { Store } from "../storage/store.ts";
import { createSignIn, openAccount } from "../web/sign-in.ts";
import { type DemonstrationAgency, installAgency } from "./agency.ts";
import { installClaims } from "./claims.ts";
import { installConferences } from "./conferences.ts";
import { installPeople } from "./consumers.ts";
import { DEMONSTRATION_PASSWORD, people as staff } from "./staff.ts";

/** Fills an empty database with the demonstration agency; its dates move with today. */
export async function installDemonstration(store: Store, logins: Logins): Promise<void> {
  const agency = await openDemonstration(store, logins);
  const people = await installPeople(store.owner, agency);
  await installConferences(store, agency, people);
  await installClaims(store, agency);
}

/** The agency with its staff and their accounts, before anybody came. */
export async function openDemonstration(
  store: Store,
  logins: Logins,
): Promise<DemonstrationAgency> {
  const secret = randomBytes(32).toString("base64url");
  const signIn = createSignIn({ url: logins.signin, secret, address: "http://localhost" });
  try {
    const accounts = new Map<string, string>();
    for (const { name, email } of staff) {
      const account = { name, email, password: DEMONSTRATION_PASSWORD };
      accounts.set(email, await openAccount(signIn, account));
    }
    return await installAgency(store.owner, accounts);
  } finally {
    await signIn.options.database.end();
  }
}

/** What `npm start` prints under the address. */
export function demonstrationSignIns(): string {
  const width = Math.max(...staff.map(({ email }) => email.length));
  const rows = staff.map(({ email, does }) => `    ${email.padEnd(width)}  ${does}`);
  return `  The demonstration agency. Everybody's password: ${DEMONSTRATION_PASSWORD}\n${rows.join("\n")}\n`;
}
