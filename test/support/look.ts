// Takes pictures of pages, to be looked at: 1280 and 360 wide, light and dark.
//   node test/support/look.ts --at http://localhost:3000 --as ana --out /tmp/look /people /calendar
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { DEMONSTRATION_PASSWORD } from "../../src/demonstration/staff.ts";
import { launchBrowser } from "./browser.ts";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    at: { type: "string", default: "http://localhost:3000" },
    as: { type: "string", default: "ana" },
    out: { type: "string", default: "/tmp/look" },
    quick: { type: "boolean", default: false },
  },
});
mkdirSync(values.out, { recursive: true });
const { browser, close } = await launchBrowser();
const looks = values.quick
  ? [{ width: 1280, scheme: "light" as const }]
  : [1280, 360].flatMap((width) =>
      (["light", "dark"] as const).map((scheme) => ({ width, scheme })),
    );
for (const { width, scheme } of looks) {
  const context = await browser.newContext({
    viewport: { width, height: width === 360 ? 740 : 860 },
    colorScheme: scheme,
  });
  const page = await context.newPage();
  page.on(
    "console",
    (line) =>
      line.type() === "error" && console.log(`[${page.url()}] ${line.text().slice(0, 160).split('\n')[0]}`),
  );
  page.on("pageerror", (error) => console.log(`[${page.url()}] ${error.message}`));
  await page.goto(`${values.at}/sign-in`);
  await page.getByLabel("Email").fill(`${values.as}@demo.example`);
  await page.getByLabel("Password", { exact: true }).fill(DEMONSTRATION_PASSWORD);
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.waitForURL((url) => url.pathname !== "/sign-in");
  for (const path of positionals.length ? positionals : ["/"]) {
    await page.goto(values.at + path, { waitUntil: "networkidle" });
    const name = path
      .replace(/[0-9a-f-]{36}/g, "id")
      .replace(/\W+/g, "-")
      .replace(/^-|-$/g, "");
    const file = join(values.out, `${name || "home"}-${width}-${scheme}.png`);
    await page.screenshot({ path: file, fullPage: true });
    console.log(file);
  }
  await context.close();
}
await close();
