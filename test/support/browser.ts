import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  type Browser,
  type BrowserContext,
  type BrowserContextOptions,
  chromium,
  type Page,
} from "playwright-core";
import { england } from "../../src/demonstration/england-agency.ts";
import { DEMONSTRATION_PASSWORD } from "../../src/demonstration/staff.ts";

const ON_THE_MACHINE = [
  process.env.CHROME_PATH,
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
];

/** The machine's Chromium, or on Linux the one that comes as a package. Throws if there is none. */
export async function launchBrowser(): Promise<{ browser: Browser; close: () => Promise<void> }> {
  // The packaged browser unpacks to a shared path: a folder of its own keeps runs apart.
  const folder = mkdtempSync(join(tmpdir(), "throughcare-browser-"));
  const own = ON_THE_MACHINE.find((path) => path && existsSync(path));
  const before = process.env.TMPDIR;
  process.env.TMPDIR = folder;
  try {
    const packaged = own ? null : (await import("@sparticuz/chromium")).default;
    const browser = await chromium.launch({
      executablePath: own ?? (await packaged?.executablePath()) ?? "",
      args: [
        ...(packaged?.args ?? []).filter(
          // One process for everything dies with the first context that is closed.
          (arg) => !/^--(headless|single-process|no-zygote)/.test(arg),
        ),
        "--no-sandbox",
        "--disable-gpu",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--no-first-run",
      ],
      env: { ...process.env, TMPDIR: folder } as Record<string, string>,
    });
    const close = async () => {
      await browser.close();
      rmSync(folder, { recursive: true, force: true });
    };
    return { browser, close };
  } finally {
    if (before === undefined) delete process.env.TMPDIR;
    else process.env.TMPDIR = before;
  }
}

/** A first name of the demonstration is somebody's in one of its two agencies. */
export function emailOf(who: string): string {
  const english = `${who}@alderway.example`;
  return england.staff.some(({ email }) => email === english) ? english : `${who}@demo.example`;
}

/** Signs in through the page itself. Errors in the browser's console end up in `problems`. */
export async function signInAs(
  browser: Browser,
  address: string,
  who: string,
  options: BrowserContextOptions = {},
): Promise<{ page: Page; context: BrowserContext; problems: string[] }> {
  const context = await browser.newContext({
    baseURL: address,
    reducedMotion: "reduce",
    ...options,
  });
  const page = await context.newPage();
  page.setDefaultTimeout(30_000);
  const problems: string[] = [];
  page.on("pageerror", (error) => {
    // Chromium's word for an answer that nobody waits for any more: the page was left while it asked for alerts.
    if (error.message !== "BodyStreamBuffer was aborted") problems.push(error.message);
  });
  page.on("console", (line) => {
    if (line.type() === "error") problems.push(line.text());
  });
  await page.goto("/sign-in");
  await page.getByLabel("Email").fill(emailOf(who));
  await page.getByLabel("Password", { exact: true }).fill(DEMONSTRATION_PASSWORD);
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.waitForURL((url) => url.pathname !== "/sign-in");
  return { page, context, problems };
}
