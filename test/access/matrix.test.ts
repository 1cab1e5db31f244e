import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { build } from "../../src/cli/build.ts";
import {
  type Permission,
  permissions,
  type Role,
  type Rule,
  roles,
} from "../../src/people/access.ts";
import { dataFolder, freePort, type Product, startProduct, visitor } from "../support/product.ts";
import { sights } from "./expectations.ts";
import { type Module, readRoutes } from "./routes.ts";
import { buildStage, PASSWORD, type Stage, type Whose, whose } from "./stage.ts";

// Every page and form by every role, over HTTP against the running product. The routes are read off
// the build itself, so a new one is covered, or fails here, without anybody adding it to a list.

/** How many requests at once. */
const ABREAST = 6;

let stage: Stage;
let product: Product;
let modules: Module[];
const { folder, remove } = dataFolder();
const people = new Map<Role | "nobody", ReturnType<typeof visitor>>();

beforeAll(async () => {
  await build(() => {});
  modules = readRoutes();
  stage = await buildStage();
  const { owner, app, signin } = stage.db.logins;
  product = await startProduct({
    folder,
    port: await freePort(),
    env: { DATABASE_URL: owner, DATABASE_APP_URL: app, DATABASE_SIGNIN_URL: signin },
  });
  people.set("nobody", visitor(product.address));
  for (const role of roles) {
    const person = visitor(product.address);
    const answer = await person.signIn(stage.staff[role].email, PASSWORD);
    expect(answer.headers.get("location"), role).toBe("/");
    people.set(role, person);
  }
});
afterAll(async () => {
  product?.signal("SIGTERM");
  await product?.exited;
  await stage?.close();
  remove();
});

const known = new Set<string>([...Object.keys(permissions), "anybody"]);

test("every loader and every action says who may use it", () => {
  expect(modules.length).toBeGreaterThan(20);
  const silent = modules.flatMap(({ id, loads, acts }) =>
    [...loads, ...(acts ?? [])].filter((rule) => !known.has(rule)).map((rule) => `${id}: ${rule}`),
  );
  expect(silent).toEqual([]);
  // A page with neither, under nothing that has one, would be anybody's.
  const bare = modules.filter(({ loads, acts }) => loads.length === 0 && !acts);
  expect(bare.map(({ id }) => id)).toEqual([]);
});

test("what needs nobody signed in is this and no more", () => {
  const open = modules.filter(({ loads, acts }) => [...loads, ...(acts ?? [])].includes("anybody"));
  expect(open.map(({ path }) => path).sort()).toEqual([
    "/health",
    "/setup",
    "/sign-in",
    "/sign-out",
  ]);
});

/** Whether the rules let the role in at all, and at this one's record. */
function allowed(role: Role, rules: Rule[], about: Whose | null): boolean {
  return rules.every((rule) => {
    if (rule === "anybody") return true;
    const holders: readonly Role[] = permissions[rule as Permission];
    if (!holders.includes(role)) return false;
    if (about === null) return true;
    const sight = (rule.startsWith("record.") ? sights.record : sights.identity) as Partial<
      Record<Role, "own" | "agency">
    >;
    if (about === "foreign") return false;
    return about === "own" ? sight[role] !== undefined : sight[role] === "agency";
  });
}

/** The address with real ids of that consumer's; another's where the consumer has none such. */
async function fill(
  path: string,
  about: Whose,
  { inner = about, role }: { inner?: Whose; role?: Role } = {},
): Promise<string> {
  const { consumers, agencies, superuser, made, calls } = stage;
  let filled = path.replace("*", "no/such/page");
  for (const [, name = ""] of path.matchAll(/:(\w+)/g)) {
    filled = filled.replace(`:${name}`, await idOf(name));
  }
  return filled;

  async function idOf(name: string): Promise<string> {
    if (name === "consumerId") return consumers[about].id;
    if (name === "number") return "FY10-Clinical-16";
    if (name === "measure") return "stay";
    // Who is no clinician reads the calls that they took themselves.
    if (name === "concernCallId" && (role === "front-desk" || role === "peer-mentor")) {
      if (inner === "own") return calls[role];
    }
    const called = name
      .replace(/Id$/, "")
      .replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
    const table = { plan: "care_plan", batch: "claim_batch" }[called] ?? called;
    const has = stage.tables.find((each) => each.name === table);
    if (!has) throw new Error(`Tell the matrix which table :${name} of ${path} means`);
    const whoseRow = has.columns.some((column) => column.name === "consumer_id")
      ? `consumer_id = '${consumers[inner].id}'`
      : `agency_id = '${inner === "foreign" ? agencies.theirs : agencies.ours}'`;
    const { rows } = await superuser.query(
      // What was made up points nowhere: a row of the demonstration's own opens as it does in use.
      `SELECT id FROM ${table} WHERE ${whoseRow} ORDER BY id = ANY ($1), id LIMIT 1`,
      [made],
    );
    return rows[0]?.id ?? "00000000-0000-4000-8000-000000000000";
  }
}

type Ask = {
  who: Role | "nobody";
  method: "GET" | "POST";
  path: string;
  may: boolean;
  about: Whose | null;
  /** The id behind the consumer's is somebody else's. */
  inner?: boolean;
};

async function answers(asks: Ask[]): Promise<string[]> {
  const wrong: string[] = [];
  const left = [...asks];
  await Promise.all(
    Array.from({ length: ABREAST }, async () => {
      for (let ask = left.pop(); ask; ask = left.pop()) wrong.push(...(await check(ask)));
    }),
  );
  return wrong.sort();
}

async function check({ who, method, path, may, about, inner }: Ask): Promise<string[]> {
  const person = people.get(who);
  if (!person) throw new Error(`${who} is not signed in`);
  const answer = method === "GET" ? await person.get(path) : await person.post(path, {});
  const body = await answer.text();
  const { consumers } = stage;
  const tell = (what: string) =>
    `${who} ${method} ${path.replace(/[0-9a-f-]{36}/g, (id) => id.slice(-4))} (${about ?? "nobody's"}): ${what}`;
  const wrong: string[] = [];
  // A page about one's own consumer may well say who they are.
  const names = (each: Whose) => {
    const { given, family } = consumers[each];
    return body.includes(each === "own" ? `${given} ${family}` : family);
  };
  const anyName = inner ? names("other") || names("foreign") : whose.some(names);
  if (who === "nobody") {
    if (!answer.headers.get("location")?.startsWith("/sign-in"))
      wrong.push(tell(`not led to sign in: ${answer.status}`));
    if (anyName) wrong.push(tell("a name"));
    return wrong;
  }
  // An address that only ever leads on may lead on: to a page that then is not there.
  const leadsOn = inner === true && answer.status === 302;
  if (!may && answer.status !== 404 && !leadsOn) {
    wrong.push(tell(`${answer.status}, 404 expected`));
  }
  if (!may && anyName) wrong.push(tell("denied, and a name all the same"));
  if (may && answer.status >= 400 && method === "GET")
    wrong.push(tell(`${answer.status}, and they may`));
  if (answer.status >= 500) wrong.push(tell(`${answer.status}`));
  // Whatever the page lists: never another agency's people, nor those beyond one's own sight.
  if (names("foreign")) wrong.push(tell("names somebody of another agency"));
  const sight = sights.identity as Partial<Record<Role, "own" | "agency">>;
  if (sight[who] !== "agency" && names("other"))
    wrong.push(tell("names somebody of another programme"));
  return wrong;
}

/**
 * Pages that are there only in some state of the record: a note to co-sign, a draft, an arrival that
 * waits. That they are not there is right, and tells nothing; every other page must open.
 */
const STATES = [
  "/people/:consumerId/take-in", // somebody who waits for a programme
  "/consumers/:consumerId/plan/compare", // a plan with two versions
  "/questions/:questionId", // one that was put to them
  "/audits/:auditRunId", // one that they ran
  "/audits/:auditRunId/file", // likewise
  "/audits/scopes/:auditScopeId", // one that was given to them
  "/audits/services/:serviceId", // one that their scope names
];

const gets = () =>
  modules.filter(
    ({ hasLoader, leaf, loads, path }) =>
      hasLoader && leaf && !loads.includes("anybody") && path !== "/*",
  );
const hasConsumer = (path: string) => path.includes(":consumerId");

describe("pages", () => {
  test("a record says whose it is, so that a name where none may be is seen", async () => {
    const page = await people.get("counselor")?.get(`/consumers/${stage.consumers.own.id}`);
    const { given, family } = stage.consumers.own;
    expect(await page?.text()).toContain(`${given} ${family}`);
  });

  test("nobody signed in: every one leads to signing in", async () => {
    const asks = await Promise.all(
      gets().map(
        async ({ path }): Promise<Ask> => ({
          who: "nobody",
          method: "GET",
          path: await fill(path, "own"),
          may: false,
          about: null,
        }),
      ),
    );
    expect(await answers(asks)).toEqual([]);
  });

  test.each(roles)("%s", async (role) => {
    const asks: Ask[] = [];
    for (const { path, loads } of gets()) {
      for (const about of hasConsumer(path) ? whose : [null]) {
        const may = allowed(role, loads, about);
        if (may && STATES.includes(path)) continue;
        asks.push({
          who: role,
          method: "GET",
          path: await fill(path, about ?? "own", { role }),
          may,
          about,
        });
      }
    }
    expect(await answers(asks)).toEqual([]);
  });

  test.each([
    ["front-desk", "peer-mentor"],
    ["peer-mentor", "front-desk"],
  ] as const)("%s: a call that a colleague took is no page", async (role, colleague) => {
    const linked = await fill("/calls/:concernCallId", "own");
    const asks = [`/calls/${stage.calls[colleague]}`, linked].map(
      (path): Ask => ({ who: role, method: "GET", path, may: false, about: null }),
    );
    expect(await answers(asks)).toEqual([]);
  });

  test.each(roles)(
    "%s: an id of somebody else's behind one's own consumer's is no page",
    async (role) => {
      const asks: Ask[] = [];
      for (const { path } of gets()) {
        const others = [...path.matchAll(/:(\w+)/g)]
          .map(([, name]) => name)
          .filter((name) => !["consumerId", "number", "measure"].includes(name ?? ""));
        if (others.length === 0) continue;
        for (const inner of ["other", "foreign"] as const) {
          if (!hasConsumer(path) && inner === "other") continue;
          asks.push({
            who: role,
            method: "GET",
            path: await fill(path, "own", { inner }),
            may: false,
            about: inner,
            inner: true,
          });
        }
      }
      expect(await answers(asks)).toEqual([]);
    },
  );
});

describe("forms", () => {
  test.each(roles)("%s: what they may not send is no page either", async (role) => {
    const asks: Ask[] = [];
    for (const { path, acts } of modules) {
      if (!acts || acts.includes("anybody")) continue;
      for (const about of hasConsumer(path) ? whose : [null]) {
        if (allowed(role, acts, about)) continue;
        asks.push({
          who: role,
          method: "POST",
          path: await fill(path, about ?? "own"),
          may: false,
          about,
        });
      }
    }
    expect(await answers(asks)).toEqual([]);
  });

  test("one that comes from another site is refused", async () => {
    const { jar } = people.get("administrator") ?? { jar: new Map() };
    const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join("; ");
    const send = (headers: Record<string, string>) =>
      fetch(`${product.address}/settings/rooms`, {
        method: "POST",
        redirect: "manual",
        body: new URLSearchParams({ intent: "save new", name: "Trap", kind: "office" }),
        headers: { cookie, ...headers },
      });
    // React Router refuses this one before our own guard does.
    expect((await send({ origin: "https://elsewhere.example" })).status).toBe(400);
    expect((await send({ "sec-fetch-site": "cross-site" })).status).toBe(403);
  });
});
