import { join } from "node:path";
import type { BrowserContextOptions } from "playwright-core";
import { onTestFailed } from "vitest";
import { build } from "../../src/cli/build.ts";
import { home } from "../../src/cli/home.ts";
import { fixedClock, systemClock } from "../../src/kernel/clock.ts";
import { loadBulletins } from "../../src/policy/shelf.ts";
import { startServer } from "../../src/web/server.ts";
import { createSignIn } from "../../src/web/sign-in.ts";
import { launchBrowser, signInAs } from "./browser.ts";
import { type TestDatabase, testDatabase } from "./database.ts";
import { freePort } from "./product.ts";

export type Served = {
  address: string;
  db: TestDatabase;
  close: () => Promise<void>;
};

/** The built product, served on a free port over a database of this file's own. */
export async function serveProduct(
  template: "empty" | "demonstration" = "demonstration",
): Promise<Served> {
  await build(() => {});
  const db = await testDatabase(template);
  const shelf = await loadBulletins(join(home, "bulletins"));
  if (!shelf.ok) throw new Error(JSON.stringify(shelf.problems));
  const port = await freePort();
  const address = `http://localhost:${port}`;
  const signIn = createSignIn({ url: db.logins.signin, secret: "y".repeat(40), address });
  const server = await startServer({
    services: {
      database: db.app,
      signIn,
      clock: late(),
      shelf: shelf.value,
      setupCode: template === "empty" ? "123456" : null,
      address,
    },
    home,
    port,
  });
  return {
    address,
    db,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await signIn.options.database.end();
      await db.drop();
    },
  };
}

/** The end of today at the agency, so that what a journey holds today is over whenever it runs. */
function late() {
  const local = systemClock().toZonedDateTimeISO("America/Chicago");
  return fixedClock(local.with({ hour: 23, minute: 59 }).toInstant().toString());
}

/** A product and a browser in which people sign in. */
export async function startJourney(template: "empty" | "demonstration" = "demonstration") {
  const product = await serveProduct(template);
  const { browser, close } = await launchBrowser();
  return {
    ...product,
    /** Somebody who is not signed in. */
    outside: async (options: BrowserContextOptions = {}) => {
      const context = await browser.newContext({ baseURL: product.address, ...options });
      return context.newPage();
    },
    as: async (who: string, options: BrowserContextOptions = {}) => {
      const signedIn = await signInAs(browser, product.address, who, options);
      onTestFailed(async ({ task }) => {
        const name = task.name.replace(/\W+/g, "-").slice(0, 60);
        const path = join(home, "test-results", `${name}-${who}.png`);
        if (signedIn.page.isClosed()) return;
        await signedIn.page.screenshot({ path, fullPage: true });
        console.error(`${signedIn.page.url()} looked like ${path}`);
      });
      return signedIn;
    },
    close: async () => {
      await close();
      await product.close();
    },
  };
}

export type Journey = Awaited<ReturnType<typeof startJourney>>;
