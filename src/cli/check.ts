import { spawn } from "node:child_process";
import { join } from "node:path";
import { home } from "./home.ts";
import { findBreaches } from "./walls.ts";

type Check = { name: string; passes: () => Promise<{ ok: boolean; output: string }> };

/** The checks, each by itself: all of them run, whatever the first one says. */
export const checks: Check[] = [
  {
    name: "pages' types",
    passes: () => tool("@react-router/dev/bin.cjs", "typegen"),
  },
  { name: "types", passes: () => tool("typescript/bin/tsc", "-p", ".") },
  { name: "style", passes: () => tool("@biomejs/biome/bin/biome", "check", "--error-on-warnings") },
  {
    name: "import walls",
    passes: async () => {
      const breaches = await findBreaches(join(home, "src"));
      return { ok: breaches.length === 0, output: breaches.join("\n") };
    },
  },
  { name: "unused code", passes: () => tool("knip/bin/knip.js", "--no-progress") },
];

export async function run(): Promise<number> {
  let failed = 0;
  for (const { name, passes } of checks) {
    const { ok, output } = await passes();
    console.log(`${ok ? "✓" : "✗"} ${name}`);
    if (!ok) {
      failed++;
      console.log(output);
    }
  }
  return failed ? 1 : 0;
}

function tool(path: string, ...args: string[]): Promise<{ ok: boolean; output: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [join(home, "node_modules", path), ...args], {
      cwd: home,
      stdio: ["ignore", "pipe", "pipe"],
    });
    let output = "";
    child.stdout.on("data", (chunk) => {
      output += chunk;
    });
    child.stderr.on("data", (chunk) => {
      output += chunk;
    });
    child.once("error", reject);
    child.once("close", (code) => resolve({ ok: code === 0, output }));
  });
}
