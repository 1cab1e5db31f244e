import { afterAll, beforeAll, expect, test } from "vitest";
import { england } from "../../src/demonstration/england-agency.ts";
import { DEMONSTRATION_PASSWORD, people } from "../../src/demonstration/staff.ts";
import { type Served, serveProduct } from "../support/journey.ts";
import { visitor } from "../support/product.ts";

// Each country's pages speak its own words and cite its own law. A bulletin's page is the exception:
// it says what the document says.
let product: Served;
beforeAll(async () => {
  product = await serveProduct();
});
afterAll(() => product?.close());

const agencies = [
  {
    country: "United States",
    staff: people,
    foreign:
      /\b(keyworkers?|keywork|programmes?|organisations?|enrol|enrols|enrolments?|service users?|carers?|counselling|counsellors?|centres?|licence|GDPR|Caldicott|safeguarding|NHS|recognis\w*|organis\w*|authoris\w*|colours?|behaviours?|(?<!managed )care plans?)\b/i,
  },
  {
    country: "England",
    staff: england.staff,
    foreign:
      /\b(programs?|counselors?|counseling|organizations?|enroll|enrolls|enrollments?|treatment plans?|consumers?|natural supports?|Medicaid|42 CFR|Part 2|CSTAR|QSAP|counsel|centers?|license|recogniz\w*|organiz\w*|authoriz\w*|colors?|behaviors?|parole)\b/i,
  },
];

/** A page as it is read: text, and what stands in its fields and on its buttons. */
function readable(html: string): string {
  const body = html
    .replace(/<(script|style)[\s\S]*?<\/\1>/g, " ")
    // Names of columns and codes are names, not words.
    .replace(/<code[\s\S]*?<\/code>/g, " ")
    // Every place and every time zone of the world may be chosen.
    .replace(/<select[^>]*name="(jurisdiction|time_zone)"[\s\S]*?<\/select>/g, " ");
  const said = [...body.matchAll(/\s(?:placeholder|aria-label|title|alt)="([^"]*)"/g)];
  return [body.replace(/<!--.*?-->/g, "").replace(/<[^>]+>/g, " "), ...said.map((one) => one[1])]
    .join(" | ")
    .replace(/\s+/g, " ");
}

const notPages = /\.(css|js|svg|png|ico|woff2?|ics|csv)\b|^\/(assets|sign-out|bulletins\/)/;

/** People whose pages are asked for side by side: while one waits for the database, another is drawn. */
const LANES = 4;

test.concurrent.each(agencies)(
  "$country: no page speaks the other country's words, and none fails",
  async (agency) => {
    const found = new Set<string>();
    let seen = 0;
    const times = new Map<string, number>();
    const crawl = async (email: string) => {
      const somebody = visitor(product.address);
      await somebody.signIn(email, DEMONSTRATION_PASSWORD);
      const mine = new Set<string>();
      const waiting = ["/"];
      const known = new Set(waiting);
      for (let path = waiting.shift(); path !== undefined; path = waiting.shift()) {
        const pattern = path.replace(/[0-9a-f-]{36}/g, ":id").replace(/\?.*/, "");
        // Once for each of them, and a few times in all: another person's page says the same.
        if (mine.has(pattern) || (times.get(pattern) ?? 0) >= 4) continue;
        mine.add(pattern);
        times.set(pattern, (times.get(pattern) ?? 0) + 1);
        const response = await somebody.get(path);
        const html = await response.text();
        if (response.status >= 500) found.add(`${email} ${pattern}: ${response.status}`);
        if (!response.headers.get("content-type")?.includes("html")) continue;
        seen += 1;
        for (const [, link = ""] of html.matchAll(/href="(\/[^"]*)"/g)) {
          const to = link.replaceAll("&amp;", "&");
          if (!notPages.test(to) && !known.has(to)) waiting.push(to);
          known.add(to);
        }
        const text = readable(html);
        const word = agency.foreign.exec(text);
        if (word)
          found.add(`${pattern}: … ${text.slice(Math.max(0, word.index - 60), word.index + 60)} …`);
      }
    };
    const staff = agency.staff.map(({ email }) => email);
    const lane = async () => {
      for (let email = staff.shift(); email; email = staff.shift()) await crawl(email);
    };
    await Promise.all(Array.from({ length: LANES }, lane));
    expect([...found]).toEqual([]);
    expect(seen).toBeGreaterThan(100);
  },
  400_000,
);
