import { AxeBuilder } from "@axe-core/playwright";
import type { Page } from "playwright-core";
import { may, type Role } from "../../src/people/access.ts";
import type { Journey } from "../support/journey.ts";
import type { Address } from "../support/routes.ts";

/** Who looks at pages, and what they are: each page is looked at by the first who may see it. */
export type Visitors = readonly (readonly [who: string, roles: Role[]])[];

/** The first who may see the page; undefined where nobody of them may. */
export function visitorOf(visitors: Visitors, { loader: rule }: Address): string | undefined {
  return visitors.find(([, roles]) => rule === "anybody" || rule === null || may(roles, rule))?.[0];
}

/** Pages looked at side by side: while one is waited for, another is looked at. */
const LANES = 3;

/** What axe calls serious, and whether the page is wider than the window. */
export async function faultsOf(page: Page, pattern: string): Promise<string[]> {
  // No page holds another in a frame, which is all that a tab of axe's own is for.
  const { violations } = await new AxeBuilder({ page })
    .setLegacyMode()
    .options({ resultTypes: ["violations"] })
    .analyze();
  const serious = violations
    .filter(({ impact }) => impact === "serious" || impact === "critical")
    .map(({ id, nodes }) => `${pattern}: ${id} at ${nodes[0]?.target.join(" ")}`);
  const [wide = 0, frames = 0] = await page.evaluate(() => [
    document.documentElement.scrollWidth - window.innerWidth,
    document.querySelectorAll("iframe").length,
  ]);
  if (frames > 0) serious.push(`${pattern}: a frame, which axe does not look into`);
  return wide > 0 ? [...serious, `${pattern}: ${wide} px too wide`] : serious;
}

/**
 * What is wrong with the pages: an answer that is none, what axe calls serious, an error in the
 * browser, scrolling sideways.
 */
export async function faultsOfAll(
  journey: Journey,
  look: {
    pages: readonly (Address & { who: string; path: string })[];
    viewport: { width: number; height: number };
    colorScheme: "light" | "dark";
  },
): Promise<string[]> {
  const { viewport, colorScheme } = look;
  const waiting = [...look.pages];
  const found: string[] = [];
  const lane = async () => {
    const signedIn = new Map<string, Awaited<ReturnType<Journey["as"]>>>();
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      const { who, path, pattern } = next;
      const visitor = signedIn.get(who) ?? (await journey.as(who, { viewport, colorScheme }));
      signedIn.set(who, visitor);
      const { page, problems } = visitor;
      const response = await page.goto(path, { waitUntil: "load" });
      if (!response?.ok()) found.push(`${pattern}: ${response?.status()}`);
      found.push(...(await faultsOf(page, pattern)));
      for (const problem of problems.splice(0)) found.push(`${pattern}: ${problem.slice(0, 200)}`);
    }
    for (const { context } of signedIn.values()) await context.close();
  };
  await Promise.all(Array.from({ length: LANES }, lane));
  return found;
}
