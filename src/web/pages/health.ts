import { sql } from "kysely";
import { open } from "../guard.ts";

/** For whoever watches the server: answers only if the database does. */
export const loader = open(async ({ database }) => {
  await sql`SELECT 1`.execute(database);
  return new Response("ok\n", { headers: { "Content-Type": "text/plain" } });
});
