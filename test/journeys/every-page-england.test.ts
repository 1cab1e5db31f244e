import { sql } from "kysely";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Journey, startJourney } from "../support/journey.ts";
import { type Address, addresses, fill } from "../support/routes.ts";
import { faultsOfAll, type Visitors, visitorOf } from "./page-walk.ts";

const visitors: Visitors = [
  ["hugh", ["auditor"]],
  ["moira", ["program-manager"]],
  ["grace", ["supervisor"]],
  ["ivy", ["administrator"]],
];

/** What nobody in England does: hold a Family Conference, bill it, audit or redraft a bulletin about services. */
const NOT_HERE = [
  /^\/(sign-in|setup)$/,
  /\/conferences?\b/,
  /^\/claims\b/,
  /^\/drafts\b/,
  /^\/questions\b/,
  /^\/audits\/:auditRunId$/,
  // Of a record in a state that every-page.test.ts makes.
  /\/take-in$/,
  /\/plan\/compare$/,
];

let journey: Journey;
let people: string[];
beforeAll(async () => {
  journey = await startJourney();
  // Whoever has the most to show, first: not everybody has a stay, a letter, an alert.
  const { rows } = await sql<{ id: string }>`
    SELECT c.id FROM consumer c JOIN agency a ON a.id = c.agency_id AND a.jurisdiction = 'england'
    WHERE c.number NOT LIKE 'G-%' ORDER BY
      (SELECT count(*) FROM placement x WHERE x.consumer_id = c.id) + (SELECT count(*) FROM referral x WHERE x.consumer_id = c.id)
      + (SELECT count(*) FROM support x WHERE x.consumer_id = c.id) + (SELECT count(*) FROM care_plan x WHERE x.consumer_id = c.id) DESC, c.id
    LIMIT 30`.execute(journey.db.owner);
  people = rows.map(({ id }) => id);
});
afterAll(() => journey?.close());

/** The page of the first person who has what it is about; null where nobody has. */
async function addressOf({ pattern }: Address): Promise<string | null> {
  for (const person of people) {
    const path = await fill(journey.db.owner, pattern, person).catch(() => null);
    if (path) return path;
  }
  return null;
}

test("every page of England, narrow and light: nothing serious for axe, no error, no sideways scroll", async () => {
  const pages = (await addresses()).filter(
    ({ page, pattern }) => page && !NOT_HERE.some((not) => not.test(pattern)),
  );
  const looked: (Address & { who: string; path: string })[] = [];
  const unseen: string[] = [];
  for (const page of pages) {
    const who = visitorOf(visitors, page);
    const path = await addressOf(page);
    if (who && path) looked.push({ ...page, who, path });
    else unseen.push(page.pattern);
  }
  expect(unseen).toEqual([]);
  expect(
    await faultsOfAll(journey, {
      pages: looked,
      viewport: { width: 360, height: 740 },
      colorScheme: "light",
    }),
  ).toEqual([]);
}, 400_000);
