import { readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { whatIf } from "../../src/compliance/audit/what-if.ts";
import { launchBrowser } from "../support/browser.ts";
import { auditBench, conference, csvOf } from "./files.ts";

let bench: Awaited<ReturnType<typeof auditBench>>;
let browser: Browser;
let closeBrowser: () => Promise<void>;
const outs: Record<string, string> = {};
beforeAll(async () => {
  bench = await auditBench();
  ({ browser, close: closeBrowser } = await launchBrowser());
  const lines = Array.from({ length: 90 }, (_, index) =>
    conference(`l${index}`, {
      ...{ consumer_id: `c${index % 7}`, units: 1 + (index % 5), amount_cents: 4321 * index },
      ...{ program: ["cstar-general", "cstar-opioid", "a very long program name <b>"][index % 3] },
      ...{
        service_date: `2010-0${5 + (index % 4)}-1${index % 9}`,
        setting: index % 4 ? "office" : null,
      },
    }),
  );
  const file = bench.write("lines.csv", csvOf(lines));
  outs.audit = (await bench.audit(file, { readings: true })).out;
  outs["what-if"] = join(bench.folder, "what-if");
  const clauses = bench.founding.clauses.map((clause) =>
    clause.limit ? { ...clause, limit: { ...clause.limit, units: 4 } } : clause,
  );
  await whatIf({
    ...{ lines: file, out: outs["what-if"], draft: { ...bench.founding, clauses } },
    ...{ against: bench.founding, format: "csv", threads: 1, memory: "1GB", force: false },
    ...{ warn: () => {}, progress: () => {} },
  });
}, 120_000);
afterAll(async () => {
  await closeBrowser?.();
  bench?.close();
});

describe.each(["audit", "what-if"])("the report of %s in a browser", (which) => {
  test("shows charts and tables, and no number that summary.json lacks", async () => {
    const out = outs[which] ?? "";
    const page = await browser.newPage();
    const problems: string[] = [];
    page.on("console", (message) => problems.push(message.text()));
    page.on("pageerror", (error) => problems.push(error.message));
    page.on("request", (request) => {
      if (!request.url().startsWith("file:")) problems.push(request.url());
    });
    await page.goto(pathToFileURL(join(out, "report.html")).href);
    expect(await page.locator("h1").count()).toBe(1);
    expect(await page.locator("svg rect").count()).toBeGreaterThan(10);
    const shown = await page
      .locator("main td, main .tile strong, main .tile small")
      .allInnerTexts();
    const numbers = shown.flatMap((text) => text.match(/\d[\d,]*(\.\d\d)?/g) ?? []);
    const known = new Set(readFileSync(join(out, "summary.json"), "utf8").match(/\d+/g));
    expect(numbers.length).toBeGreaterThan(60);
    for (const number of numbers) {
      expect(known).toContain(String(Number(number.replaceAll(/[,.]/g, ""))));
    }
    expect(problems).toEqual([]);
    await page.close();
  });

  test("fits a telephone and paper, light and dark", async () => {
    const address = pathToFileURL(join(outs[which] ?? "", "report.html")).href;
    const paper = async (colorScheme: "light" | "dark", media: "screen" | "print") => {
      const page = await browser.newPage({ viewport: { width: 360, height: 700 }, colorScheme });
      await page.emulateMedia({ media });
      await page.goto(address);
      const found = await page.evaluate(() => ({
        width: document.documentElement.scrollWidth,
        color: getComputedStyle(document.body).backgroundColor,
      }));
      await page.close();
      return found;
    };
    expect(await paper("light", "screen")).toEqual({ width: 360, color: "rgb(255, 255, 255)" });
    expect(await paper("dark", "screen")).toEqual({ width: 360, color: "rgb(20, 25, 31)" });
    expect((await paper("dark", "print")).color).toBe("rgb(255, 255, 255)");
  });
});
