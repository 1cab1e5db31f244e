import { spawn, spawnSync } from "node:child_process";
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { afterEach, describe, expect, test } from "vitest";
import { startCluster } from "../../src/storage/cluster.ts";
import {
  databaseOf,
  dataFolder,
  freePort,
  launch,
  lives,
  type Start,
  startProduct,
  visitor,
} from "../support/product.ts";

const home = join(import.meta.dirname, "../..");
const removals: (() => void)[] = [];
afterEach(() => {
  for (const remove of removals.splice(0)) remove();
});

function newFolder(): string {
  const { folder, remove } = dataFolder();
  removals.push(remove);
  return folder;
}

/** Starts, asks whether it is well, stops in order. */
async function serves(start: Start) {
  const product = await startProduct(start);
  expect(await (await fetch(`${product.address}/health`)).text()).toBe("ok\n");
  product.signal("SIGTERM");
  expect(await product.exited).toBe(0);
  return product.said();
}

describe("two starts on one folder", () => {
  test("at the same time: one serves, the other says so and touches nothing", async () => {
    const folder = newFolder();
    const ports = [await freePort(), await freePort(), await freePort()];
    const started = ports.map((port) => launch({ folder, port, args: ["--empty"] }));
    const codes: (number | "serves")[] = await Promise.all(
      started.map(({ exited, until }) =>
        Promise.race([exited, until(/Throughcare is at/).then(() => "serves" as const)]),
      ),
    );
    expect(codes.filter((code) => code === "serves")).toHaveLength(1);
    for (const [index, code] of codes.entries()) {
      if (code === "serves") continue;
      expect(code).toBe(1);
      expect(started[index]?.said()).toContain("Throughcare is already running on");
    }
    // A later one is told where.
    const late = launch({ folder, port: await freePort(), args: ["--empty"] });
    expect(await late.exited).toBe(1);
    const winner = codes.indexOf("serves");
    expect(late.said()).toContain(`http://localhost:${ports[winner]}`);
    expect((await fetch(`http://localhost:${ports[winner]}/health`)).status).toBe(200);
    started[winner]?.child.kill("SIGTERM");
    expect(await started[winner]?.exited).toBe(0);
  });
});

describe("what a killed start leaves behind", () => {
  test("half a cluster, a dead claim and a lock file with somebody else's number are cleared", async () => {
    const folder = newFolder();
    mkdirSync(join(folder, "cluster.new/base"), { recursive: true });
    writeFileSync(join(folder, "cluster.new/PG_VERSION"), "18\n");
    writeFileSync(join(folder, "superuser"), "");
    writeFileSync(join(folder, "secret"), "");
    writeFileSync(join(folder, "running"), "999999999\nhttp://localhost:1");
    const port = await freePort();
    await serves({ folder, port, args: ["--empty"] });
    expect(readFileSync(join(folder, "secret"), "utf8").length).toBeGreaterThan(30);

    // This test's own number: a process that lives, and is neither PostgreSQL nor Throughcare.
    writeFileSync(join(folder, "running"), `${process.pid}\n`);
    writeFileSync(
      join(folder, "cluster/postmaster.pid"),
      `${process.pid}\n${join(folder, "cluster")}\n1\n5432\n\n127.0.0.1\n`,
    );
    await serves({ folder, port, args: ["--empty"] });
    writeFileSync(join(folder, "running"), "");
    await serves({ folder, port, args: ["--empty"] });
    expect(existsSync(join(folder, "running"))).toBe(false);
  });

  test("a demonstration that was killed while it was filled is filled whole by the next start", async () => {
    const folder = newFolder();
    const port = await freePort();
    const first = launch({ folder, port });
    await first.until(/Filling the demonstration/);
    await new Promise((resolve) => setTimeout(resolve, 700));
    expect(first.said()).not.toContain("Throughcare is at");
    const [pid] = readFileSync(join(folder, "running"), "utf8").split("\n");
    process.kill(Number(pid), "SIGKILL");
    await first.exited;
    const product = await startProduct({ folder, port });
    const ana = visitor(product.address);
    expect(
      (await ana.signIn("ana@demo.example", "river stone lantern")).headers.get("location"),
    ).toBe("/");
    expect(await (await ana.get("/people")).text()).toMatch(/consumers\/[0-9a-f-]{36}/);
    product.signal("SIGTERM");
    expect(await product.exited).toBe(0);
  });

  test("stopped while it starts, it closes what it had opened", async () => {
    const folder = newFolder();
    const started = launch({ folder, port: await freePort(), args: ["--empty"] });
    await started.until(/Starting the database/);
    started.child.kill("SIGTERM");
    expect(await started.exited).toBe(0);
    const database = databaseOf(folder);
    expect(database === 0 || !lives(database)).toBe(true);
  });
});

test("SIGTERM to npm, which tells nobody, closes the product and its database all the same", async () => {
  const folder = newFolder();
  const port = await freePort();
  const npm = spawn("npm", ["start", "--", "--empty", "--data", folder, "--port", String(port)], {
    cwd: home,
    env: { ...process.env, DATABASE_URL: "" },
    stdio: ["ignore", "pipe", "ignore"],
  });
  await new Promise<void>((resolve) => {
    npm.stdout.on("data", (chunk) => String(chunk).includes("Throughcare is at") && resolve());
  });
  const database = databaseOf(folder);
  expect(lives(database)).toBe(true);
  npm.kill("SIGTERM");
  for (let waited = 0; lives(database) && waited < 15_000; waited += 50) {
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  expect(lives(database)).toBe(false);
});

describe("a clear line for what cannot be", () => {
  test("a port that is taken, and one that is none", async () => {
    const folder = newFolder();
    const squatter = createServer();
    const port = await new Promise<number>((resolve) => {
      squatter.listen(0, "127.0.0.1", () => {
        const address = squatter.address();
        resolve(typeof address === "object" && address ? address.port : 0);
      });
    });
    const taken = launch({ folder, port });
    expect(await taken.exited).toBe(1);
    expect(taken.said()).toContain(`Port ${port} is taken. Choose another`);
    squatter.close();
    for (const [given, told] of [
      ["abc", "abc"],
      ["70000", "70000"],
    ]) {
      const { status, stderr } = command("serve", "--data", folder, "--port", given ?? "");
      expect(status).toBe(2);
      expect(stderr).toBe(`PORT must be a number from 1 to 65535, not "${told}".\n`);
    }
  });

  test("help is 0, an unknown command and an unknown option are 2, and none shows where in the source", () => {
    const help = command("--help");
    expect(help.status).toBe(0);
    expect(help.stdout).toContain("serve");
    for (const args of [["frobnicate"], ["constructor"], ["serve", "--frobnicate"]]) {
      const { status, stderr } = command(...args);
      expect(status).toBe(2);
      expect(stderr).not.toContain("    at ");
    }
    expect(command("frobnicate").stderr).toContain('There is no command "frobnicate"');
  });

  test("verify-log on a folder without a database makes none", () => {
    const folder = newFolder();
    expect(command("verify-log", "--data", folder).status).toBe(2);
    expect(existsSync(join(folder, "cluster"))).toBe(false);
  });
});

function command(...args: string[]) {
  const env = { ...process.env, DATABASE_URL: "", THROUGHCARE_DEBUG: "", PORT: "" };
  return spawnSync(process.execPath, [join(home, "bin/throughcare.js"), ...args], {
    encoding: "utf8",
    env,
  });
}

const root = process.getuid?.() === 0;

describe("whoever starts it", () => {
  test("root, with a data folder below one that is closed to others", async () => {
    const closed = newFolder();
    chmodSync(closed, 0o700);
    const folder = join(closed, "deep/data");
    mkdirSync(folder, { recursive: true });
    const port = await freePort();
    const said = await serves({ folder, port, args: ["--empty"] });
    expect(said).toContain("Throughcare is at");
    // And again, on what it made.
    await serves({ folder, port, args: ["--empty"] });
  });

  test("an ordinary user", async () => {
    const folder = newFolder();
    chmodSync(folder, 0o777);
    // Run by root, this lends the start the rights of nobody; run by a user, it is one.
    const nobody = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"];
    const as = root
      ? [...nobody, "--inh-caps=+dac_read_search", "--ambient-caps=+dac_read_search"]
      : [];
    const start = { folder, port: await freePort(), args: ["--empty"], as, env: { HOME: folder } };
    await serves(start);
    await serves(start);
  });
});

test("DATABASE_URL: an owner who is no superuser, on another server, twice", async () => {
  const server = newFolder();
  const cluster = await startCluster(server, { throwaway: true });
  const client = new pg.Client({ connectionString: cluster.url() });
  await client.connect();
  await client.query("CREATE ROLE clinic LOGIN CREATEROLE PASSWORD 'clinic'");
  await client.query("CREATE DATABASE clinic OWNER clinic");
  await client.end();
  const url = new URL(cluster.url("clinic"));
  url.username = url.password = "clinic";
  const folder = newFolder();
  const env = { DATABASE_URL: url.href };
  const start = { folder, port: await freePort(), args: ["--empty"], env };
  try {
    expect(await serves(start)).toContain("Connecting to the database");
    expect(existsSync(join(folder, "cluster"))).toBe(false);
    await serves(start);
    // A folder that is lost takes the passwords of the lesser logins with it: they are made anew.
    await serves({ ...start, folder: newFolder() });
    // It serves no page with a login that row security does not hold.
    const mighty = launch({ ...start, env: { ...env, DATABASE_APP_URL: url.href } });
    expect(await mighty.exited).toBe(1);
    expect(mighty.said()).toContain("can pass row security");
  } finally {
    await cluster.stop();
  }
});

describe("the first start in a clone", () => {
  /** The way in alone, with an npm that only notes that it was called. */
  function clone() {
    const folder = mkdtempSync(join(tmpdir(), "throughcare-clone-"));
    removals.push(() => rmSync(folder, { recursive: true, force: true }));
    for (const part of ["bin", "data", "tools", "src/cli"]) {
      mkdirSync(join(folder, part), { recursive: true });
    }
    copyFileSync(join(home, "bin/throughcare.js"), join(folder, "bin/throughcare.js"));
    writeFileSync(join(folder, "package.json"), '{"type":"module"}');
    writeFileSync(join(folder, "package-lock.json"), '{"packages":{"":{}}}');
    writeFileSync(join(folder, "src/cli/main.ts"), 'console.log("went on");');
    writeFileSync(
      join(folder, "tools/npm"),
      `#!/bin/sh\necho called >> ${folder}/npm.log\nsleep 1\nmkdir -p node_modules\necho '{"packages":{}}' > node_modules/.package-lock.json\n`,
    );
    chmodSync(join(folder, "tools/npm"), 0o755);
    const env = { ...process.env, PATH: `${folder}/tools:${process.env.PATH}`, npm_execpath: "" };
    const start = () =>
      new Promise<string>((resolve) => {
        const child = spawn(process.execPath, [join(folder, "bin/throughcare.js")], { env });
        let said = "";
        child.stdout.on("data", (chunk) => {
          said += chunk;
        });
        child.once("close", () => resolve(said));
      });
    const installs = () => readFileSync(join(folder, "npm.log"), "utf8").trim().split("\n").length;
    return { folder, start, installs };
  }

  test("installs once, however many start at the same time, and not again", async () => {
    const { start, installs } = clone();
    const said = await Promise.all([start(), start(), start()]);
    expect(said).toEqual(["went on\n", "went on\n", "went on\n"]);
    await start();
    expect(installs()).toBe(1);
  });

  test("never installs through a link: what is there belongs to another clone", async () => {
    const { folder, start } = clone();
    const theirs = join(folder, "theirs");
    mkdirSync(theirs);
    writeFileSync(join(theirs, "kept"), "");
    symlinkSync(theirs, join(folder, "node_modules"));
    expect(await start()).toBe("");
    expect(existsSync(join(folder, "npm.log"))).toBe(false);
    expect(existsSync(join(theirs, "kept"))).toBe(true);
  });

  test.each([
    ["a dead process", "999999999"],
    ["another program", String(process.pid)],
    ["nobody, empty", ""],
  ])("a lock that %s left behind does not hold it up", async (_, content) => {
    const { folder, start, installs } = clone();
    const lock = join(folder, "data/install.lock");
    writeFileSync(lock, content);
    const long = new Date(Date.now() - 60_000);
    utimesSync(lock, long, long);
    expect(await start()).toBe("went on\n");
    expect(installs()).toBe(1);
    expect(existsSync(lock)).toBe(false);
  });
});
