import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { join, relative } from "node:path";
import { keep, readOrEmpty } from "../storage/kept.ts";
import { home } from "./home.ts";
import { underLock } from "./lock.ts";

const STAMP = join(home, "build/stamp");
const SOURCES = ["src", "public"];
const CONFIG = [
  "package-lock.json",
  "vite.config.ts",
  "react-router.config.ts",
  "postcss.config.js",
];

/** Of `src`, what no page is made of. */
const APART = ["src/cli/", "src/demonstration/", "src/storage/migrations/"];

/** Builds the pages, unless they were built from just these sources. */
export async function build(say: (line: string) => void, stop?: AbortSignal): Promise<void> {
  if (isBuilt()) return;
  mkdirSync(join(home, "data"), { recursive: true });
  await underLock(join(home, "data/build.lock"), async () => {
    if (!isBuilt()) await buildNow(say, stop);
  });
}

function isBuilt(): boolean {
  return readOrEmpty(STAMP) === fingerprint();
}

async function buildNow(say: (line: string) => void, stop?: AbortSignal): Promise<void> {
  const now = fingerprint();
  say("Building the pages …");
  // A build that is stopped half-way must not pass for the one before it.
  rmSync(STAMP, { force: true });
  const cli = join(home, "node_modules/@react-router/dev/bin.cjs");
  const output: Buffer[] = [];
  const code = await new Promise<number | null>((resolve, reject) => {
    const child = spawn(process.execPath, [cli, "build"], {
      cwd: home,
      env: { ...process.env, NODE_ENV: "production" },
      stdio: ["ignore", "pipe", "pipe"],
      ...(stop ? { signal: stop } : {}),
    });
    child.stdout.on("data", (chunk) => output.push(chunk));
    child.stderr.on("data", (chunk) => output.push(chunk));
    child.once("error", reject);
    child.once("close", resolve);
  });
  if (code !== 0) throw new Error(`The pages did not build:\n${Buffer.concat(output)}`);
  keep(STAMP, now);
}

function fingerprint(): string {
  const hash = createHash("sha256");
  const files = SOURCES.flatMap((folder) =>
    readdirSync(join(home, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && !entry.name.endsWith(".test.ts"))
      .map((entry) => relative(home, join(entry.parentPath, entry.name)))
      .filter((file) => !APART.some((apart) => file.startsWith(apart))),
  );
  for (const file of [...files.sort(), ...CONFIG]) {
    hash.update(`${file}\0`).update(readFileSync(join(home, file)));
  }
  return hash.digest("hex");
}
