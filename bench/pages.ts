import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { performance } from "node:perf_hooks";
import { sql } from "kysely";
import { build } from "../src/cli/build.ts";
import { home } from "../src/cli/home.ts";
import { installConferences } from "../src/demonstration/conferences.ts";
import { installPeople } from "../src/demonstration/consumers.ts";
import { openDemonstration } from "../src/demonstration/install.ts";
import { DEMONSTRATION_PASSWORD } from "../src/demonstration/staff.ts";
import { stories } from "../src/demonstration/stories.ts";
import { systemClock } from "../src/kernel/clock.ts";
import { loadBulletins } from "../src/policy/shelf.ts";
import { startCluster } from "../src/storage/cluster.ts";
import { openStore, prepareServer } from "../src/storage/store.ts";
import { startServer } from "../src/web/server.ts";
import { createSignIn, migrateSignIn } from "../src/web/sign-in.ts";

const ROUNDS = 15;

/**
 * Every page, on the demonstration and on one `times` as large, in one run: median milliseconds
 * from request to the last byte, and their ratio. fsync is off on both.
 */
export async function benchPages(times: number): Promise<void> {
  await build(console.log);
  const folder = mkdtempSync(join(tmpdir(), "throughcare-bench-"));
  const cluster = await startCluster(folder, { throwaway: true });
  try {
    const small = await serve(cluster.url(), folder, "small", 1);
    console.log(`Filling an agency ${times} times the demonstration …`);
    const large = await serve(cluster.url(), folder, "large", times);
    console.log(`\n| page | ${small.people} people, ms | ${large.people} people, ms | ratio |`);
    console.log("|---|---:|---:|---:|");
    for (const { who, path } of small.pages) {
      const elsewhere = large.pages.find(
        (page) => page.who === who && page.name === pageName(path),
      );
      if (!elsewhere) continue;
      const a = await measure(small, who, path);
      const b = await measure(large, who, elsewhere.path);
      console.log(
        `| ${who} ${pageName(path)} | ${a.toFixed(0)} | ${b.toFixed(0)} | ${(b / a).toFixed(2)} |`,
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

async function serve(superuser: string, folder: string, name: string, times: number) {
  const logins = await prepareServer(superuser, folder, `bench_${name}`);
  const store = await openStore(logins);
  const port = name === "small" ? 3891 : 3892;
  const address = `http://localhost:${port}`;
  const secret = "b".repeat(40);
  await migrateSignIn({ url: logins.owner, secret, address });
  const agency = await openDemonstration(store, logins);
  for (let copy = 0; copy < times; copy++) {
    const people = await installPeople(store.owner, agency, stories);
    await installConferences(store, agency, people);
  }
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
  const { id } = await store.owner
    .selectFrom("consumer")
    .select("id")
    .where("given_name", "=", "Maria")
    .orderBy("id")
    .executeTakeFirstOrThrow();
  const { people } = await store.owner
    .selectFrom("consumer")
    .select((eb) => eb.fn.countAll<number>().as("people"))
    .executeTakeFirstOrThrow();
  const record = [
    "",
    "/plan",
    "/supports",
    "/services",
    "/conferences/new",
    "/referrals",
    "/who-looked",
  ];
  const pages = [
    ...["/", "/tasks", "/people", "/calendar", "/bulletins/FY10-Clinical-16"].map((path) => ({
      who: "ana",
      path,
    })),
    ...record.map((path) => ({ who: "ana", path: `/consumers/${id}${path}` })),
    ...["/", "/calendar"].map((path) => ({ who: "flo", path })),
    ...["/claims", "/"].map((path) => ({ who: "bill", path })),
    ...["/", "/tasks"].map((path) => ({ who: "ruth", path })),
  ].map((page) => ({ ...page, name: pageName(page.path) }));
  return {
    address,
    people,
    pages,
    cookies: new Map<string, string>(),
    close: async () => {
      server.closeAllConnections();
      server.close();
      await signIn.options.database.end();
      await store.close();
    },
  };
}

function pageName(path: string): string {
  return path.replace(/[0-9a-f-]{36}/, ":id");
}

async function measure(served: Served, who: string, path: string): Promise<number> {
  const cookie = served.cookies.get(who) ?? (await signInByForm(served, who));
  served.cookies.set(who, cookie);
  const taken: number[] = [];
  for (let round = 0; round <= ROUNDS; round++) {
    const start = performance.now();
    const response = await fetch(served.address + path, { headers: { cookie } });
    await response.text();
    if (!response.ok) throw new Error(`${path} answered ${response.status}`);
    if (round > 0) taken.push(performance.now() - start); // the first one warms up
  }
  return taken.sort((a, b) => a - b)[Math.floor(taken.length / 2)] ?? Number.NaN;
}

async function signInByForm({ address }: Served, who: string): Promise<string> {
  const response = await fetch(`${address}/sign-in`, {
    method: "POST",
    redirect: "manual",
    body: new URLSearchParams({
      step: "password",
      email: `${who}@demo.example`,
      password: DEMONSTRATION_PASSWORD,
    }),
  });
  return response.headers
    .getSetCookie()
    .map((cookie) => cookie.split(";")[0])
    .join("; ");
}
