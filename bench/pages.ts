import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { performance } from "node:perf_hooks";
import { sql } from "kysely";
import { build } from "../src/cli/build.ts";
import { home } from "../src/cli/home.ts";
import { installConferences } from "../src/demonstration/conferences.ts";
import { installPeople } from "../src/demonstration/consumers.ts";
import { installDemonstration } from "../src/demonstration/install.ts";
import { DEMONSTRATION_PASSWORD } from "../src/demonstration/staff.ts";
import { stories } from "../src/demonstration/stories.ts";
import { systemClock } from "../src/kernel/clock.ts";
import { loadBulletins } from "../src/policy/shelf.ts";
import { startCluster } from "../src/storage/cluster.ts";
import { openStore, prepareServer } from "../src/storage/store.ts";
import { startServer } from "../src/web/server.ts";
import { createSignIn, migrateSignIn } from "../src/web/sign-in.ts";
import { fillEngland } from "./large.ts";
import { pagesOf } from "./page-list.ts";

const ROUNDS = 7;

/**
 * Every page, on the demonstration and on one much larger, in one run: median milliseconds from
 * request to the last byte, and their ratio. The larger one has `times` the Missouri stories with
 * their conferences, and `people` more in England, with three years of episodes each. fsync is off
 * on both.
 */
export async function benchPages({ times, people }: { times: number; people: number }) {
  await build(console.log);
  const folder = mkdtempSync(join(tmpdir(), "throughcare-bench-"));
  const cluster = await startCluster(folder, { throwaway: true });
  try {
    const small = await serve(cluster.url(), folder, "small", { times: 1, people: 0 });
    console.log(`Filling ${times} times the stories, and ${people} people more in England …`);
    const start = performance.now();
    const large = await serve(cluster.url(), folder, "large", { times, people });
    console.log(`Filled in ${((performance.now() - start) / 1000).toFixed(0)} s.`);
    console.log(`\n| page | ${small.people} people, ms | ${large.people} people, ms | ratio |`);
    console.log("|---|---:|---:|---:|");
    for (const { who, path, name } of small.pages) {
      const elsewhere = large.pages.find((page) => page.who === who && page.name === name);
      if (!elsewhere) continue;
      const [a, b] = await measure([
        [small, who, path],
        [large, who, elsewhere.path],
      ]);
      console.log(
        `| ${who.split("@")[0]} ${name} | ${a.toFixed(0)} | ${b.toFixed(0)} | ${(b / a).toFixed(2)} |`,
      );
    }
    await small.close();
    await large.close();
  } finally {
    await cluster.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

type Served = Awaited<ReturnType<typeof serve>>;
type Size = { times: number; people: number };

async function serve(superuser: string, folder: string, name: string, { times, people }: Size) {
  const logins = await prepareServer(superuser, folder, `bench_${name}`);
  const store = await openStore(logins);
  const port = name === "small" ? 3891 : 3892;
  const address = `http://localhost:${port}`;
  const secret = "b".repeat(40);
  await migrateSignIn({ url: logins.owner, secret, address });
  const { missouri, england } = await installDemonstration(store, logins);
  for (let copy = 1; copy < times; copy++) {
    const more = await installPeople(store.owner, missouri, stories);
    await installConferences(store, missouri, more);
  }
  if (people > 0) await fillEngland(store, england, people);
  // As autovacuum would have done in days; without it the planner knows nothing of these tables.
  await sql`ANALYZE`.execute(store.owner);
  const shelf = await loadBulletins(join(home, "bulletins"));
  if (!shelf.ok) throw new Error("the bulletins do not load");
  const signIn = createSignIn({ url: logins.signin, secret, address });
  const server = await startServer({
    services: {
      database: store.app,
      signIn,
      clock: systemClock,
      shelf: shelf.value,
      setupCode: null,
      address,
    },
    home,
    port,
  });
  const { all } = await store.owner
    .selectFrom("consumer")
    .select((eb) => eb.fn.countAll<number>().as("all"))
    .executeTakeFirstOrThrow();
  return {
    address,
    people: all,
    pages: await pagesOf(store.owner),
    cookies: new Map<string, string>(),
    close: async () => {
      server.closeAllConnections();
      server.close();
      await signIn.options.database.end();
      await store.close();
    },
  };
}

type Asked = [Served, who: string, path: string];

/** By turns, so that what else the machine does falls on both alike. */
async function measure(both: [Asked, Asked]): Promise<[number, number]> {
  const taken: [number[], number[]] = [[], []];
  for (let round = 0; round <= ROUNDS; round++) {
    for (const [index, [served, who, path]] of both.entries()) {
      const cookie = served.cookies.get(who) ?? (await signInByForm(served, who));
      served.cookies.set(who, cookie);
      const start = performance.now();
      const response = await fetch(served.address + path, { headers: { cookie } });
      await response.text();
      if (!response.ok) throw new Error(`${path} answered ${response.status}`);
      if (round > 0) taken[index]?.push(performance.now() - start); // the first one warms up
    }
  }
  return [median(taken[0]), median(taken[1])];
}

function median(taken: number[]): number {
  return taken.sort((a, b) => a - b)[Math.floor(taken.length / 2)] ?? Number.NaN;
}

async function signInByForm({ address }: Served, who: string): Promise<string> {
  const response = await fetch(`${address}/sign-in`, {
    method: "POST",
    redirect: "manual",
    body: new URLSearchParams({
      step: "password",
      email: who,
      password: DEMONSTRATION_PASSWORD,
    }),
  });
  return response.headers
    .getSetCookie()
    .map((cookie) => cookie.split(";")[0])
    .join("; ");
}
