import type { Logins } from "../storage/logins.ts";
import type { Store } from "../storage/store.ts";

/** Fills an empty database with the demonstration agency. */
export async function installDemonstration(_store: Store, _logins: Logins): Promise<void> {}
