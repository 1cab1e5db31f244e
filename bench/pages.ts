import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { performance } from "node:perf_hooks";
import { sql } from "kysely";
import { build } from "../src/cli/build.ts";
import { home } from "../src/cli/home.ts";
import type { DemonstrationAgency } from "../src/demonstration/agency.ts";
import { wantedOfEngland } from "../src/demonstration/background.ts";
import { installConferences } from "../src/demonstration/conferences.ts";
import { installPeople } from "../src/demonstration/consumers.ts";
import type { Wanted } from "../src/demonstration/generate.ts";
import { generate } from "../src/demonstration/generate.ts";
import { installDemonstration } from "../src/demonstration/install.ts";
import { DEMONSTRATION_PASSWORD } from "../src/demonstration/staff.ts";
import { stories } from "../src/demonstration/stories.ts";
import { systemClock } from "../src/kernel/clock.ts";
import { loadBulletins } from "../src/policy/shelf.ts";
import { startCluster } from "../src/storage/cluster.ts";
import type { Store } from "../src/storage/store.ts";
import { openStore, prepareServer } from "../src/storage/store.ts";
import { startServer } from "../src/web/server.ts";
import { createSignIn, migrateSignIn } from "../src/web/sign-in.ts";

const ROUNDS = 15;

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
  const { id } = await store.owner
    .selectFrom("consumer")
    .select("id")
    .where("given_name", "=", "Maria")
    .orderBy("id")
    .executeTakeFirstOrThrow();
  const yusuf = await store.owner
    .selectFrom("consumer")
    .select("id")
    .where("given_name", "=", "Yusuf")
    .orderBy("created_at")
    .executeTakeFirstOrThrow();
  const { all } = await store.owner
    .selectFrom("consumer")
    .select((eb) => eb.fn.countAll<number>().as("all"))
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
    ...["/", "/tasks", "/people", "/reports", "/reports/stay"].map((path) => ({
      who: "moira",
      path,
    })),
    ...["", "/plan", "/services", "/outcomes"].map((path) => ({
      who: "jack",
      path: `/consumers/${yusuf.id}${path}`,
    })),
  ].map((page) => ({ ...page, name: pageName(page.path) }));
  return {
    address,
    people: all,
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

/** People by the thousand, with staff and beds enough that nobody has more than they could. */
async function fillEngland(store: Store, england: DemonstrationAgency, people: number) {
  const agency_id = england.agencyId;
  const wanted = wantedOfEngland(england);
  const programs: Record<string, Wanted["programs"][string]> = {};
  for (const [kind, { id }] of Object.entries(wanted.programs)) {
    const staff: string[] = [];
    for (let n = 0; n < Math.max(1, people / 400); n++) {
      const made = await store.owner
        .insertInto("staff")
        .values({
          agency_id,
          name: `Keyworker ${kind} ${n}`,
          email: `${kind}-${n}@bench.example`,
          active_from: wanted.from,
        })
        .returning("id")
        .executeTakeFirstOrThrow();
      staff.push(made.id);
    }
    programs[kind] = { id, staff };
    if (kind === "community") continue;
    const unit = await store.owner
      .insertInto("unit")
      .values({ agency_id, program_id: id, name: `Bench ${kind}`, kind })
      .returning("id")
      .executeTakeFirstOrThrow();
    const beds = Array.from({ length: Math.ceil(people / 60) }, (_, n) => ({
      agency_id,
      unit_id: unit.id,
      name: `Bed ${n}`,
    }));
    await store.owner.insertInto("bed").values(beds).execute();
  }
  await generate(store.owner, england, {
    ...{ ...wanted, people, programs },
    until: england.today,
    seed: 3,
  });
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
      email: emailOf(who),
      password: DEMONSTRATION_PASSWORD,
    }),
  });
  return response.headers
    .getSetCookie()
    .map((cookie) => cookie.split(";")[0])
    .join("; ");
}

function emailOf(who: string): string {
  return `${who}@${["moira", "jack"].includes(who) ? "alderway" : "demo"}.example`;
}
