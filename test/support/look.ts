// Takes pictures of pages, to be looked at: 1280 and 360 wide, light and dark.
//   node test/support/look.ts --at http://localhost:3000 --as ana --out /tmp/look /people /calendar
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { launchBrowser, signInAs } from "./browser.ts";

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
  const { page, context, problems } = await signInAs(browser, values.at, values.as, {
    viewport: { width, height: width === 360 ? 740 : 860 },
    colorScheme: scheme,
  });
  for (const path of positionals.length ? positionals : ["/"]) {
    await page.goto(values.at + path, { waitUntil: "networkidle" });
    const name = path
      .replace(/[0-9a-f-]{36}/g, "id")
      .replace(/\W+/g, "-")
      .replace(/^-|-$/g, "");
    const file = join(values.out, `${name || "home"}-${width}-${scheme}.png`);
    await page.screenshot({ path: file, fullPage: true });
    console.log(file);
    for (const problem of problems.splice(0)) console.log(`  ${problem.slice(0, 160)}`);
  }
  await context.close();
}
await close();
