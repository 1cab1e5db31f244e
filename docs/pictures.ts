// The README's pictures, taken from the running product:
//   npm start, and then: node docs/pictures.ts --at http://localhost:3000
import { join } from "node:path";
import { parseArgs } from "node:util";
import type { Page } from "playwright-core";
import { openRecord } from "../test/journeys/steps.ts";
import { launchBrowser, signInAs } from "../test/support/browser.ts";

const { values } = parseArgs({
  options: { at: { type: "string", default: "http://localhost:3000" } },
});
const folder = join(import.meta.dirname, "pictures");

const { browser, close } = await launchBrowser();
const viewport = { width: 1280, height: 800 };

async function shoot(who: string, name: string, go: (page: Page) => Promise<unknown>) {
  const { page, context } = await signInAs(browser, values.at, who, {
    viewport,
    colorScheme: "light",
  });
  await go(page);
  await page.waitForLoadState("networkidle");
  await page.screenshot({ path: join(folder, `${name}.png`) });
  await context.close();
  console.log(name);
}

await shoot("jack", "journey", async (page) => {
  await openRecord(page, "Yusuf Karaca");
  await page.getByRole("heading", { name: "Journey" }).waitFor();
});
await shoot("moira", "beds", (page) => page.goto("/beds"));
await shoot("tom", "come-back", async (page) => {
  await openRecord(page, "Pauline");
  await page.goto(`${new URL(page.url()).pathname}/come-back`);
});
await shoot("grace", "today", (page) => page.goto("/"));
await shoot("moira", "reports", async (page) => {
  await page.goto("/reports");
  await page.locator(".recharts-surface").first().waitFor();
});
await shoot("ana", "conference", async (page) => {
  await openRecord(page, "Maria Delgado");
  await page.goto(`${new URL(page.url()).pathname}/conferences/new`);
  await page.waitForLoadState("networkidle");
  await page.getByRole("checkbox", { name: /Rosa/ }).check();
  await page.waitForTimeout(1500); // the rules answer
  await page.evaluate(() => window.scrollTo(0, 0));
});
await shoot("val", "bulletin", (page) => page.goto("/bulletins/FY10-Clinical-16"));
await shoot("aud", "audit", async (page) => {
  await page.goto("/audits");
  await page.locator('main a[href^="/audits/0"]').first().click();
  await page.waitForURL(/\/audits\/0/);
});
await shoot("val", "draft", async (page) => {
  await page.goto("/drafts");
  await page.locator('main a[href^="/drafts/0"]').first().click();
  await page.locator(".cm-content").first().waitFor();
  await page.waitForTimeout(4000); // its effect is worked out
});
await shoot("bill", "claims", (page) => page.goto("/claims"));
await close();
