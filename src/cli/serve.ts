import { randomBytes, randomInt } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { sql } from "kysely";
import { demonstrationSignIns, installDemonstration } from "../demonstration/install.ts";
import { systemClock } from "../kernel/clock.ts";
import { loadBulletins } from "../policy/shelf.ts";
import { startCluster } from "../storage/cluster.ts";
import { claimFolder } from "../storage/folder.ts";
import { ensureLogins, type Logins } from "../storage/logins.ts";
import { openStore, prepareServer } from "../storage/store.ts";
import { startServer } from "../web/server.ts";
import { createSignIn, migrateSignIn } from "../web/sign-in.ts";
import { build } from "./build.ts";
import { home } from "./home.ts";

/** Builds what changed, brings the database up and serves; ends in order on Ctrl-C or SIGTERM. */
export async function run(args: string[]): Promise<number> {
  const { values } = parseArgs({
    args,
    options: {
      empty: { type: "boolean", default: false },
      dev: { type: "boolean", default: false },
      data: { type: "string", default: process.env.THROUGHCARE_DATA ?? join(home, "data") },
      port: { type: "string", default: process.env.PORT ?? "3000" },
    },
  });
  const port = Number(values.port);
  if (!Number.isInteger(port) || port < 0 || port > 65535) {
    console.error(`PORT must be a number from 0 to 65535, not "${values.port}".`);
    return 2;
  }
  const folder = values.data;
  mkdirSync(folder, { recursive: true });
  const claim = claimFolder(folder);
  if (!claim.ours) {
    console.error(`Throughcare is already running on ${folder}: ${claim.address}`);
    return 1;
  }
  const closing: (() => unknown)[] = [claim.release];
  const close = async () => {
    for (const step of closing.splice(0).reverse()) await step();
  };
  const stopped = new Promise<void>((resolve) => {
    for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
      process.on(signal, () => resolve());
    }
  });
  try {
    if (!values.dev) await build(console.error);
    const address = `http://localhost:${port}`;
    const secret = keptSecret(folder);

    const external = process.env.DATABASE_URL;
    let logins: Logins;
    if (external) {
      console.error("Connecting to the database …");
      logins = await ensureLogins(external, folder, {
        app: process.env.DATABASE_APP_URL,
        signin: process.env.DATABASE_SIGNIN_URL,
      });
    } else {
      console.error("Starting the database …");
      const cluster = await startCluster(folder);
      closing.push(cluster.stop);
      logins = await prepareServer(cluster.url(), folder);
    }
    const store = await openStore(logins);
    closing.push(store.close);
    await migrateSignIn({ url: logins.owner, secret, address });

    const { rows } = await sql<{ any: boolean }>`SELECT access.any_agency() AS any`.execute(
      store.app,
    );
    let settled = rows[0]?.any ?? false;
    if (!settled && !values.empty) {
      console.error("Filling the demonstration agency …");
      await installDemonstration(store, logins);
      settled = true;
    }
    const setupCode = settled ? null : String(randomInt(1_000_000)).padStart(6, "0");
    const shelf = await loadBulletins(join(home, "bulletins"));
    if (!shelf.ok) {
      for (const { file, line, clause, message } of shelf.problems) {
        console.error(`${file}:${line}${clause ? ` clause ${clause}` : ""}: ${message}`);
      }
      return 1;
    }
    const server = await startServer({
      services: {
        database: store.app,
        signIn: createSignIn({ url: logins.signin, secret, address }),
        clock: systemClock,
        shelf: shelf.value,
        setupCode,
        address,
      },
      home,
      port,
      dev: values.dev,
    });
    closing.push(() => {
      server.closeAllConnections();
      server.close();
    });
    claim.announce(address);
    console.log(`\n  Throughcare is at ${address}\n`);
    if (setupCode) console.log(`  Set up your agency there with the code ${setupCode}\n`);
    else if (await isDemonstration(store.owner)) console.log(demonstrationSignIns());
    await stopped;
    console.error("Closing …");
    return 0;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EADDRINUSE") {
      console.error(`Port ${port} is taken. Choose another: PORT=3001 npm start`);
      return 1;
    }
    throw error;
  } finally {
    await close();
    process.exitCode ??= 0;
  }
}

async function isDemonstration(owner: Awaited<ReturnType<typeof openStore>>["owner"]) {
  const { rows } = await sql<{ demonstration: boolean }>`
    SELECT EXISTS (SELECT FROM staff WHERE email LIKE '%@demo.example') AS demonstration`.execute(
    owner,
  );
  return rows[0]?.demonstration ?? false;
}

/** Signs cookies: made once, kept beside the data, readable by its owner only. */
function keptSecret(folder: string): string {
  const file = join(folder, "secret");
  if (!existsSync(file))
    writeFileSync(file, randomBytes(32).toString("base64url"), { mode: 0o600 });
  return readFileSync(file, "utf8");
}
