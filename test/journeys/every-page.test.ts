import { sql } from "kysely";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Journey, startJourney } from "../support/journey.ts";
import { type Address, addresses, fill } from "../support/routes.ts";
import { faultsOf, faultsOfAll, type Visitors, visitorOf } from "./page-walk.ts";

const visitors: Visitors = [
  ["ana", ["counselor", "keyworker"]],
  ["aud", ["auditor"]],
  ["val", ["policy-analyst"]],
  ["ruth", ["supervisor", "counselor"]],
  ["bill", ["biller"]],
  ["sam", ["administrator"]],
];

let journey: Journey;
let pages: Address[];
let maria: string;
let newcomer: string;
beforeAll(async () => {
  journey = await startJourney();
  pages = (await addresses()).filter((address) => address.page);
  const { rows } = await sql<{ id: string }>`
    SELECT id FROM consumer WHERE given_name = 'Maria'`.execute(journey.db.owner);
  maria = rows[0]?.id ?? "";
  newcomer = await arrives();
  await somethingOfEach();
});
afterAll(() => journey?.close());

async function arrives(): Promise<string> {
  const { rows } = await sql<{ id: string }>`
    INSERT INTO consumer (agency_id, number, given_name, family_name, date_of_birth, search_key, awaiting_program)
    SELECT id, 'R-1', 'Nia', 'Newcomer', '1990-01-01', '', true FROM agency WHERE jurisdiction = 'us-mo' RETURNING id`.execute(
    journey.db.owner,
  );
  return rows[0]?.id ?? "";
}

/** What the demonstration has none of, as the pages that show it need one: also an alert, whoever has the duty now. */
async function somethingOfEach(): Promise<void> {
  await sql`
    INSERT INTO care_plan (agency_id, consumer_id, episode_id, version, state, created_by)
    SELECT agency_id, consumer_id, episode_id, 2, 'superseded', created_by FROM care_plan
    WHERE consumer_id = ${maria}`.execute(journey.db.owner);
  await sql`
    INSERT INTO duty_alert (agency_id, consumer_id, reasons, raised_by)
    SELECT agency_id, ${maria}, '{alone}', id FROM staff WHERE email = 'ana@demo.example'`.execute(
    journey.db.owner,
  );
}

/** The address for Maria; for somebody who belongs to no program yet, or of two versions, its own. */
async function addressOf(pattern: string): Promise<string> {
  const { owner } = journey.db;
  if (pattern.endsWith("/take-in")) return fill(owner, pattern, newcomer);
  const path = await fill(owner, pattern, maria);
  if (!pattern.endsWith("/plan/compare")) return path;
  const { rows } = await sql<{ id: string }>`
    SELECT id FROM care_plan WHERE consumer_id = ${maria} ORDER BY version`.execute(owner);
  return `${path}?before=${rows[0]?.id}&after=${rows[1]?.id}`;
}

test("every page says who may see it", () => {
  expect(pages.length).toBeGreaterThan(40);
  expect(pages.flatMap((page) => page.unguarded)).toEqual([]);
});

test.each([
  ["/sign-in", "demonstration"],
  ["/setup", "empty"],
] as const)("%s, for whoever is not signed in: nothing serious for axe", async (path, template) => {
  const own = template === "empty" ? await startJourney(template) : journey;
  try {
    for (const [width, colorScheme] of [
      [1280, "light"],
      [360, "dark"],
    ] as const) {
      const page = await own.outside({ viewport: { width, height: 800 }, colorScheme });
      await page.goto(path);
      expect(new URL(page.url()).pathname).toBe(path);
      expect(await faultsOf(page, path)).toEqual([]);
      await page.context().close();
    }
  } finally {
    if (own !== journey) await own.close();
  }
});

test.each([
  ["wide and light", { width: 1280, height: 860 }, "light"],
  ["narrow and dark", { width: 360, height: 740 }, "dark"],
] as const)(
  "every page, %s: nothing serious for axe, no error, no sideways scroll",
  async (_, viewport, colorScheme) => {
    // Those who are not signed in have theirs above.
    const behind = pages.filter(({ pattern }) => !/^\/(sign-in|setup)$/.test(pattern));
    const looked = await Promise.all(
      behind.map(async (page) => {
        const who = visitorOf(visitors, page);
        if (!who) throw new Error(`nobody in the demonstration may see ${page.pattern}`);
        return { ...page, who, path: await addressOf(page.pattern) };
      }),
    );
    expect(await faultsOfAll(journey, { pages: looked, viewport, colorScheme })).toEqual([]);
  },
  // A second or two for each page, on a machine that is busy with others.
  400_000,
);
