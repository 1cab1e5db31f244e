import { page } from "../../web/guard.ts";
import { findStandings } from "../audit-run-store.ts";

/** Asked every few seconds while an audit runs: how far one's own are. */
export const loader = page("audit.run", async ({ db }) => ({ standings: await findStandings(db) }));
