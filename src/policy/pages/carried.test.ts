import { describe, expect, test } from "vitest";
import { shippedBulletins } from "../../../test/support/recorded.ts";
import { may, type Rule, roles } from "../../people/access.ts";
import routes from "../../routes.ts";
import { wordsOf } from "../../web/words.ts";
import type { Clause } from "../bulletin.ts";
import { type CarriedBy, carriagesOf } from "./carried.ts";
import { placesOfFact } from "./fact-places.ts";
import { worksOf } from "./works.ts";

const words = wordsOf("en-US");
const bulletins = (await shippedBulletins()).map(({ bulletin }) => bulletin);
const clauses = bulletins.flatMap((bulletin) =>
  bulletin.clauses.map((clause) => ({
    ...{ name: `${bulletin.number} ${clause.number}`, clause },
    about: bulletin.about,
  })),
);
const works = worksOf(words);
const places = [
  ...Object.values(works).flatMap(({ entries }) => entries),
  ...Object.values(placesOfFact(words)).flatMap((facts) => Object.values(facts).flat()),
];

type Entry = { path?: string; index?: boolean; file: string; children?: Entry[] };

/** The file that serves an address; null when only the catch-all would. */
function fileOf(address: string, entries: Entry[] = routes as Entry[], base = ""): string | null {
  for (const { path, index, file, children } of entries) {
    const whole = path === undefined ? base : `${base}/${path}`;
    if ((index || path) && (whole || "/") === address && !children) return file;
    const inside = children && fileOf(address, children, whole);
    if (inside) return inside;
  }
  return null;
}

/** What the project set out to carry, clause by clause, in its own numbering; headings carry nothing. */
const setOut: Record<string, Record<string, { by: CarriedBy[]; work?: string[] }>> = {
  "FY10-Clinical-16": {
    "1.1": { by: ["rule must"] },
    "2.1": { by: ["note"] },
    "3.1": { by: ["rule must", "work"], work: ["conference"] },
    "3.1.1.1": { by: ["work"], work: ["barriers"] },
    "3.1.1.2": { by: ["work"], work: ["relapse-prevention-plan"] },
    "3.1.1.3": { by: ["work"], work: ["discharge-conference"] },
    "3.1.1.4": { by: ["work"], work: ["need-and-referral"] },
    "3.2": {
      by: ["rule must", "rule should", "work"],
      work: ["need-and-referral", "own-qualification"],
    },
    "4.1": { by: ["limit"] },
    "4.2": { by: ["rule must"] },
    "5.1": { by: ["rule must"] },
  },
  "Models-of-Care-2006": {
    A: { by: ["note"] },
    A1: { by: ["work"], work: ["interventions", "contacts"] },
    A2: { by: ["work"], work: ["liaison"] },
    A3: { by: ["rule should", "work"], work: ["prescribing"] },
    B: { by: ["note"] },
    B1: { by: ["work"], work: ["placement-directory", "matching", "bed-board"] },
    B2: { by: ["work"], work: ["bed-board"] },
    B3: { by: ["work"], work: ["matching"] },
    B4: { by: ["rule must", "rule should", "work"], work: ["second-stage"] },
    C: { by: ["rule must", "rule should", "work"], work: ["aftercare-plan", "re-entry"] },
    C1: {
      by: ["work"],
      work: ["recovery-supports", "directory", "open-access", "harm-reduction"],
    },
    C2: { by: ["work"], work: ["recovery-supports", "liaison"] },
  },
};

test.each(bulletins)("$number is carried as it was set out to be", ({ number, about, clauses }) => {
  const carried = clauses.map((clause) => {
    const by = carriagesOf(about, clause, ["keyworker"], words).map((one) => one.by);
    return [clause.number, { by, ...(clause.work.length > 0 && { work: [...clause.work] }) }];
  });
  expect(Object.fromEntries(carried)).toEqual(setOut[number]);
});

describe("every clause of a bulletin that we ship", () => {
  test.each(clauses)("$name is carried by something, for whoever asks", ({ about, clause }) => {
    for (const role of roles) {
      const carriages = carriagesOf(about, clause, [role], words);
      expect(carriages.length).toBeGreaterThan(0);
      for (const { by, places, otherwise } of carriages) {
        expect(places.length > 0 || otherwise !== null, `${by} for a ${role}`).toBe(true);
      }
    }
  });

  test("names only work that has a page", () => {
    const named = clauses.flatMap(({ clause }) => clause.work);
    expect(named.filter((work) => !Object.hasOwn(works, work))).toEqual([]);
  });

  test("and no page is kept for work that no clause names any more", () => {
    const named = new Set(clauses.flatMap(({ clause }) => clause.work));
    expect(Object.keys(works).filter((work) => !named.has(work))).toEqual([]);
  });
});

test("a clause that nothing carries has no carriage, and work without a page says nothing", () => {
  const nothing: Clause = {
    ...{ number: "9.9", gist: "Nothing.", note: false, work: [] },
    ...{ when: null, must: null, should: null, limit: null },
  };
  expect(carriagesOf("service", nothing, ["counselor"], words)).toEqual([]);
  const homeless = { ...nothing, work: ["no-such-page"] };
  expect(carriagesOf("service", homeless, ["counselor"], words)).toEqual([
    { by: "work", places: [], otherwise: null },
  ]);
});

test.each(Object.entries(works))("%s is done on a page that exists", (_name, { doneOn }) => {
  expect(fileOf(doneOn), doneOn).not.toBeNull();
});

describe("a link to what carries a clause", () => {
  test.each(roles)("leads a %s to a page that exists and lets them in", async (role) => {
    const links = clauses
      .flatMap(({ about, clause }) => carriagesOf(about, clause, [role], words))
      .flatMap((carriage) => carriage.places.map(({ to }) => to));
    for (const to of new Set(links)) {
      if (to.startsWith("#")) continue;
      const file = fileOf(to);
      expect(file, `the page at ${to}`).not.toBeNull();
      const { loader } = (await import(`../../${file}`)) as { loader: { rule: Rule } };
      const { rule } = loader;
      expect(rule === "anybody" || may([role], rule), `${role} at ${to}`).toBe(true);
    }
  });

  test.each([...new Set(places.map(({ to }) => to))])("leads to the page at %s", (to) => {
    expect(fileOf(to)).not.toBeNull();
  });
});
