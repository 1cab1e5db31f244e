import { afterAll, beforeAll, expect, test } from "vitest";
import { DEMONSTRATION_PASSWORD } from "../../src/demonstration/staff.ts";
import { worksOf } from "../../src/policy/pages/works.ts";
import { wordsOf } from "../../src/web/words.ts";
import { type Served, serveProduct } from "../support/journey.ts";
import { visitor } from "../support/product.ts";
import { shippedBulletins } from "../support/recorded.ts";
import { fill } from "../support/routes.ts";

// The live table of a bulletin: every clause stands in it, and each link leads to a page that answers,
// for whoever looks; and so does the page on which the work itself is done.
let product: Served;
beforeAll(async () => {
  product = await serveProduct();
});
afterAll(() => product?.close());

const bulletins = (await shippedBulletins()).map(({ bulletin }) => bulletin);
const places = [
  {
    country: "United States",
    number: "FY10-Clinical-16",
    locale: "en-US" as const,
    person: "Maria",
    staff: ["ana", "ruth", "bill", "val", "sam", "flo"].map((who) => `${who}@demo.example`),
  },
  {
    country: "England",
    number: "Models-of-Care-2006",
    locale: "en-GB" as const,
    person: "Yusuf",
    staff: ["moira", "nia", "grace", "ade", "ivy"].map((who) => `${who}@alderway.example`),
  },
];

test.concurrent.each(places)("$country: every row of the table leads somewhere", async (place) => {
  const clauses = bulletins.find(({ number }) => number === place.number)?.clauses ?? [];
  expect(clauses.length).toBeGreaterThan(8);
  for (const who of place.staff) {
    const somebody = visitor(product.address);
    await somebody.signIn(who, DEMONSTRATION_PASSWORD);
    const html = await (await somebody.get(`/bulletins/${place.number}`)).text();
    const opened = new Map<string, number>();
    for (const { number } of clauses) {
      const row = html.split(`<tbody id="clause-${number}"`)[1]?.split("</tbody>")[0];
      expect(row, `clause ${number} for ${who}`).toBeDefined();
      for (const [, to = ""] of row?.matchAll(/href="([^"]*)"/g) ?? []) {
        if (to.startsWith("#")) {
          expect(html, `${number}: ${to} for ${who}`).toContain(`id="${to.slice(1)}"`);
          continue;
        }
        const status = opened.get(to) ?? (await somebody.get(to)).status;
        opened.set(to, status);
        expect(status, `clause ${number}: ${to} for ${who}`).toBe(200);
      }
    }
  }
});

test.each(places)(
  "$country: what a clause asks for is done on a page that opens",
  async (place) => {
    const { id } = await product.db.owner
      .selectFrom("consumer")
      .select("id")
      .where("given_name", "=", place.person)
      .orderBy("created_at")
      .executeTakeFirstOrThrow();
    const clinician = visitor(product.address);
    await clinician.signIn(place.staff[0] ?? "", DEMONSTRATION_PASSWORD);
    const works = worksOf(wordsOf(place.locale));
    const named = bulletins.find(({ number }) => number === place.number)?.clauses ?? [];
    for (const work of new Set(named.flatMap((clause) => clause.work))) {
      const path = await fill(product.db.owner, works[work]?.doneOn ?? "", id);
      const answer = await clinician.get(path);
      expect(answer.status, `${work}: ${works[work]?.doneOn}`).toBe(200);
      expect(await answer.text(), work).toMatch(/<h[12][ >]/);
    }
  },
);
