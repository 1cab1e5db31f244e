import { randomBytes, randomInt } from "node:crypto";
import { existsSync, mkdirSync, rmSync } from "node:fs";
import { createServer, type Server } from "node:net";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { sql } from "kysely";
import { sweepUploads } from "../compliance/audit/file-run.ts";
import { demonstrationSignIns, installDemonstration } from "../demonstration/install.ts";
import { systemClock } from "../kernel/clock.ts";
import { loadBulletins } from "../policy/shelf.ts";
import { startCluster } from "../storage/cluster.ts";
import { claimFolder } from "../storage/folder.ts";
import { forgetFiles } from "../storage/forget.ts";
import { keep, keptOr } from "../storage/kept.ts";
import { ensureLogins, type Logins } from "../storage/logins.ts";
import { openStore, prepareServer, type Store } from "../storage/store.ts";
import { startServer } from "../web/server.ts";
import { createSignIn, migrateSignIn } from "../web/sign-in.ts";
import { build } from "./build.ts";
import { home } from "./home.ts";

type Settings = { empty: boolean; dev: boolean; folder: string; port: number; address: string };
/** What has to be closed again, in the order it was opened. */
type Opened = (() => unknown)[];

/** Builds what changed, brings the database up and serves; ends in order on Ctrl-C or SIGTERM. */
export async function run(args: string[]): Promise<number> {
  const settings = read(args);
  if (typeof settings === "string") {
    console.error(settings);
    return 2;
  }
  const { folder, port } = settings;
  mkdirSync(folder, { recursive: true });
  const claim = claimFolder(folder);
  if (!claim.ours) {
    const where = claim.address || "it is just starting";
    console.error(`Throughcare is already running on ${folder}: ${where}`);
    return 1;
  }
  const opened: Opened = [claim.release];
  const stop = new AbortController();
  const stopped = new Promise((resolve) => stop.signal.addEventListener("abort", resolve));
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
    process.on(signal, () => stop.abort());
  }
  try {
    const taken = await whyNot(port);
    if (taken) {
      console.error(taken);
      return 1;
    }
    const started = await start(settings, opened, claim.announce, stop.signal);
    if (typeof started === "number") return started;
    await stopped;
    console.error("Closing …");
    return 0;
  } catch (error) {
    if (stop.signal.aborted) return 0;
    throw error;
  } finally {
    for (const step of opened.splice(0).reverse()) await step();
  }
}

function read(args: string[]): Settings | string {
  const { values } = parseArgs({
    args,
    options: {
      empty: { type: "boolean", default: false },
      dev: { type: "boolean", default: false },
      data: { type: "string", default: process.env.THROUGHCARE_DATA || join(home, "data") },
      port: { type: "string", default: process.env.PORT || "3000" },
      address: { type: "string", default: process.env.THROUGHCARE_ADDRESS || "" },
    },
  });
  const port = /^\d+$/.test(values.port) ? Number(values.port) : 0;
  if (port < 1 || port > 65535) {
    return `PORT must be a number from 1 to 65535, not "${values.port}".`;
  }
  const address = values.address || `http://localhost:${port}`;
  if (!URL.canParse(address) || !/^https?:\/\/[^/]+\/?$/.test(address)) {
    return `THROUGHCARE_ADDRESS must be what people type, like https://care.example.org, not "${address}".`;
  }
  const { empty, dev } = values;
  return { empty, dev, port, folder: resolve(values.data), address: new URL(address).origin };
}

/** Brings everything up; a number if it cannot go on, and then it has said why. */
async function start(
  { empty, dev, folder, port, address }: Settings,
  opened: Opened,
  announce: (address: string) => void,
  stop: AbortSignal,
): Promise<number | "started"> {
  if (!dev) await build(console.error, stop);
  const shelf = await loadBulletins(join(home, "bulletins"));
  if (!shelf.ok) {
    for (const { file, line, clause, message } of shelf.problems) {
      console.error(`${file}:${line}${clause ? ` clause ${clause}` : ""}: ${message}`);
    }
    return 1;
  }
  const secret = keptOr(join(folder, "secret"), () => randomBytes(32).toString("base64url"));
  stop.throwIfAborted();
  const logins = await reachDatabase(folder, opened);
  stop.throwIfAborted();
  const store = await openStore(logins);
  opened.push(store.close);
  await migrateSignIn({ url: logins.owner, secret, address });

  stop.throwIfAborted();
  const settled = await settle(store, logins, folder, empty);
  stop.throwIfAborted();
  const setupCode = settled ? null : String(randomInt(1_000_000)).padStart(6, "0");
  const signIn = createSignIn({ url: logins.signin, secret, address });
  opened.push(() => signIn.options.database.end());
  const server = await startServer({
    services: {
      database: store.app,
      signIn,
      clock: systemClock,
      shelf: shelf.value,
      setupCode,
      address,
    },
    home,
    port,
    dev,
  });
  opened.push(() => finish(server));
  opened.push(sweepUploads());
  opened.push(forgetFiles(store.app));
  announce(address);
  const next = setupCode
    ? `  Set up your agency there with the code ${setupCode}\n`
    : (await isDemonstration(store))
      ? demonstrationSignIns()
      : "";
  console.log(`\n  Throughcare is at ${address}\n\n${next}`);
  return "started";
}

const FILLING = "filling";

async function reachDatabase(folder: string, opened: Opened): Promise<Logins> {
  const startAgain = existsSync(join(folder, FILLING));
  const external = process.env.DATABASE_URL;
  if (external) {
    if (startAgain) {
      throw new Error(
        "The demonstration in DATABASE_URL was left half filled. Make an empty database for it, " +
          `remove ${join(folder, FILLING)}, and start again.`,
      );
    }
    console.error("Connecting to the database …");
    return ensureLogins(external, folder, {
      app: process.env.DATABASE_APP_URL,
      signin: process.env.DATABASE_SIGNIN_URL,
    });
  }
  console.error("Starting the database …");
  const cluster = await startCluster(folder);
  opened.push(cluster.stop);
  return prepareServer(cluster.url(), folder, "throughcare", { startAgain });
}

/** True once there is an agency: one of their own, or the demonstration, filled whole or not at all. */
async function settle(store: Store, logins: Logins, folder: string, empty: boolean) {
  const { rows } = await sql<{ any: boolean }>`SELECT access.any_agency() AS any`.execute(
    store.app,
  );
  if (rows[0]?.any) return true;
  rmSync(join(folder, FILLING), { force: true });
  if (empty) return false;
  console.error("Filling the demonstration agency …");
  keep(
    join(folder, FILLING),
    "A start was killed while this was here: the next one fills again.\n",
  );
  await installDemonstration(store, logins);
  rmSync(join(folder, FILLING), { force: true });
  return true;
}

async function isDemonstration({ owner }: Store): Promise<boolean> {
  const { rows } = await sql<{ demonstration: boolean }>`
    SELECT EXISTS (SELECT FROM staff WHERE email LIKE '%@demo.example') AS demonstration`.execute(
    owner,
  );
  return rows[0]?.demonstration ?? false;
}

/** Why the port cannot be had, in a line; null if it can. Asked first, before the slow parts. */
function whyNot(port: number): Promise<string | null> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once("error", ({ code }: NodeJS.ErrnoException) => {
      resolve(
        code === "EACCES"
          ? `Port ${port} needs more rights than this user has. Choose another: PORT=3001 npm start`
          : `Port ${port} is taken. Choose another: PORT=${port < 65535 ? port + 1 : 3001} npm start`,
      );
    });
    probe.listen(port, "127.0.0.1", () => probe.close(() => resolve(null)));
  });
}

const LAST_WORDS_MS = 3000;

/** Takes no more requests, and gives those under way a moment to end. */
function finish(
  server: Server & { closeAllConnections: () => void; closeIdleConnections: () => void },
) {
  return new Promise<void>((resolve) => {
    server.close(() => resolve());
    server.closeIdleConnections();
    setTimeout(() => server.closeAllConnections(), LAST_WORDS_MS).unref();
  });
}
