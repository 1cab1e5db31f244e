import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { home } from "./home.ts";

const STAMP = join(home, "build/stamp");
const SOURCES = ["src", "public"];
const CONFIG = [
  "package-lock.json",
  "vite.config.ts",
  "react-router.config.ts",
  "postcss.config.js",
];

/** Builds the pages, unless they were built from just these sources. */
export async function build(say: (line: string) => void): Promise<void> {
  const now = fingerprint();
  if (existsSync(STAMP) && readFileSync(STAMP, "utf8") === now) return;
  say("Building the pages …");
  const cli = join(home, "node_modules/@react-router/dev/bin.cjs");
  const output: Buffer[] = [];
  const code = await new Promise<number | null>((resolve, reject) => {
    const child = spawn(process.execPath, [cli, "build"], {
      cwd: home,
      env: { ...process.env, NODE_ENV: "production" },
      stdio: ["ignore", "pipe", "pipe"],
    });
    child.stdout.on("data", (chunk) => output.push(chunk));
    child.stderr.on("data", (chunk) => output.push(chunk));
    child.once("error", reject);
    child.once("close", resolve);
  });
  if (code !== 0) throw new Error(`The pages did not build:\n${Buffer.concat(output)}`);
  writeFileSync(STAMP, now);
}

function fingerprint(): string {
  const hash = createHash("sha256");
  const files = SOURCES.flatMap((folder) =>
    readdirSync(join(home, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && !entry.name.endsWith(".test.ts"))
      .map((entry) => join(entry.parentPath, entry.name)),
  );
  for (const file of [...files.sort(), ...CONFIG.map((name) => join(home, name))]) {
    hash.update(file).update(readFileSync(file));
  }
  return hash.digest("hex");
}
