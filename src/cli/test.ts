import { startVitest } from "vitest/node";
import { build } from "./build.ts";
import { checks } from "./check.ts";
import { home } from "./home.ts";

/** Every check and every test; the last line counts them. Words after it choose test files. */
export async function run(filters: string[]): Promise<number> {
  let passed = 0;
  let failed = 0;
  if (filters.length === 0) {
    for (const { name, passes } of checks) {
      const { ok, output } = await passes();
      console.log(`${ok ? "✓" : "✗"} check: ${name}`);
      if (ok) passed++;
      else {
        failed++;
        console.log(output);
      }
    }
  }
  await build(console.log);
  process.chdir(home);
  const vitest = await startVitest("test", filters, { watch: false, run: true });
  for (const file of vitest.state.getTestModules()) {
    if (!file.ok() && [...file.children.allTests()].every((test) => test.ok())) failed++;
    for (const test of file.children.allTests()) {
      const { state } = test.result();
      if (state === "passed") passed++;
      // A test that was skipped proves nothing, so it counts against the run.
      else failed++;
    }
  }
  failed += vitest.state.getUnhandledErrors().length;
  await vitest.close();
  if (passed === 0) failed++;
  console.log(`\n${passed} passed, ${failed} failed`);
  return failed ? 1 : 0;
}
