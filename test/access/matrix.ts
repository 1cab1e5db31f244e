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
import { tables as expectations, type Sight, sights } from "./expectations.ts";
import { type Module, readRoutes } from "./routes.ts";
import { buildStage, PASSWORD, type Place, type Stage, type Whose, whose } from "./stage.ts";

/** How many requests at once. */
const ABREAST = 8;

/**
 * Pages that are there only in some state of the record: a note to co-sign, a draft, an arrival that
 * waits. That they are not there is right, and tells nothing; every other page must open.
 */
const STATES = [
  "/people/:consumerId/take-in", // somebody who waits for a programme
  "/consumers/:consumerId/plan/compare", // a plan with two versions
  "/questions/:questionId", // one that was put to them
  "/settings/import/:importBatchId", // one that they began, or that was written
  "/audits/:auditRunId", // one that they ran
  "/audits/:auditRunId/file", // likewise
  "/audits/scopes/:auditScopeId", // one that was given to them
  "/audits/services/:serviceId", // one that their scope names
];
/** Likewise of what one agency of the demonstration has none of, where the other has. */
const WITHOUT: Record<Place, readonly RegExp[]> = {
  "us-mo": [],
  // Nobody holds a Family Conference, books by the hour or bills.
  england: [
    /^\/consumers\/:consumerId\/conferences\//,
    /\/:appointmentId$/,
    /^\/claims\/:serviceId$/,
  ],
};

/** What a function of the database hands out past the table, and nothing clinical with it. */
const HANDED_OUT: Record<string, readonly Role[]> = {
  // The front desk closes the loop of whoever calls to come back.
  come_back: ["front-desk"],
};

const known = new Set<string>([...Object.keys(permissions), "anybody"]);
/** What no table keeps. */
const named: Record<string, string> = { number: "FY10-Clinical-16", measure: "stay" };
const sightOf = (table: string, role: Role) => (expectations[table] as Sight | undefined)?.[role];
const hasConsumer = (path: string) => path.includes(":consumerId");

type Ask = {
  who: Role | "nobody";
  method: "GET" | "POST";
  module: Module;
  /** With real ids in it. */
  path: string;
  /** What alone is asked of the page: its own loader. Otherwise the page as it is drawn. */
  drawn?: boolean;
  may: boolean;
  about: Whose | null;
  /** The id behind the consumer's is somebody else's. */
  inner?: boolean;
};

/**
 * Every page and form of one agency by every role of it, over HTTP against the running product. The
 * routes are read off the build itself, so a new one is covered, or fails here, without anybody
 * adding it to a list.
 *
 * A loader is asked by itself, as a browser may ask it past the pages around it: so each answers for
 * its own rule. Whoever may see a page then gets it drawn as well.
 */
export function walk(place: Place): void {
  let stage: Stage;
  let product: Product;
  let modules: Module[];
  const { folder, remove } = dataFolder();
  const people = new Map<Role | "nobody", ReturnType<typeof visitor>>();

  beforeAll(async () => {
    await build(() => {});
    modules = readRoutes();
    stage = await buildStage(place);
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

  test("every loader and every action says who may use it", () => {
    expect(modules.length).toBeGreaterThan(20);
    const silent = modules.flatMap(({ id, loads, acts }) =>
      [...loads, ...(acts ?? [])]
        .filter((rule) => !known.has(rule))
        .map((rule) => `${id}: ${rule}`),
    );
    expect(silent).toEqual([]);
    // A page with neither, under nothing that has one, would be anybody's.
    const bare = modules.filter(({ loads, acts }) => loads.length === 0 && !acts);
    expect(bare.map(({ id }) => id)).toEqual([]);
  });

  test("what needs nobody signed in is this and no more", () => {
    const open = modules.filter(({ loads, acts }) =>
      [...loads, ...(acts ?? [])].includes("anybody"),
    );
    expect(open.map(({ path }) => path).sort()).toEqual([
      "/health",
      "/setup",
      "/sign-in",
      "/sign-out",
    ]);
  });

  /** Whether the rules let the role in at all, and at this one's record. */
  function allowed(role: Role, rules: readonly Rule[], about: Whose | null): boolean {
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

  const ids = new Map<string, Promise<string>>();

  /** The address with real ids of that consumer's; another's where the consumer has none such. */
  async function fill(
    path: string,
    about: Whose,
    { inner = about, role }: { inner?: Whose; role?: Role } = {},
  ): Promise<string> {
    let filled = path.replace("*", "no/such/page");
    for (const [, name = ""] of path.matchAll(/:(\w+)/g)) {
      filled = filled.replace(`:${name}`, await idOf(name));
    }
    return filled;

    function idOf(name: string): Promise<string> | string {
      if (name === "consumerId") return stage.consumers[about].id;
      if (named[name]) return named[name];
      // Who is no clinician reads the calls that they took themselves.
      if (name === "concernCallId" && (role === "front-desk" || role === "peer-mentor")) {
        if (inner === "own") return stage.calls[role];
      }
      const key = `${name} ${inner}`;
      const found = ids.get(key) ?? findId(path, name, inner);
      ids.set(key, found);
      return found;
    }
  }

  async function findId(path: string, name: string, inner: Whose): Promise<string> {
    const { consumers, agencies, superuser, made, tables } = stage;
    const called = name
      .replace(/Id$/, "")
      .replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
    const table = { plan: "care_plan", batch: "claim_batch" }[called] ?? called;
    const has = tables.find((each) => each.name === table);
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

  /** Where a browser asks for the one loader, or sends the form; a file has no other address. */
  function addressOf({ method, module, path, drawn }: Ask): string {
    if (drawn || !module.page) return path;
    const [pathname = "", index] = path.split("?");
    const asked = method === "GET" ? `_routes=${encodeURIComponent(module.id)}` : "";
    const rest = [index, asked].filter(Boolean).join("&");
    return `${pathname === "/" ? "/_" : pathname}.data${rest && `?${rest}`}`;
  }

  async function answers(asks: Ask[]): Promise<string[]> {
    const wrong: string[] = [];
    const left = [...asks];
    expect(left.length).toBeGreaterThan(10);
    await Promise.all(
      Array.from({ length: ABREAST }, async () => {
        for (let ask = left.pop(); ask; ask = left.pop()) wrong.push(...(await check(ask)));
      }),
    );
    return wrong.sort();
  }

  async function check(ask: Ask): Promise<string[]> {
    const { who, method, path, may, about, inner } = ask;
    const person = people.get(who);
    if (!person) throw new Error(`${who} is not signed in`);
    const address = addressOf(ask);
    const answer = method === "GET" ? await person.get(address) : await person.post(address, {});
    const body = await answer.text();
    const { consumers } = stage;
    const wrong: string[] = [];
    const tell = (what: string) =>
      wrong.push(
        `${who} ${method} ${address.replace(/[0-9a-f-]{36}/g, (id) => id.slice(-4))} (${about ?? "nobody's"}): ${what}`,
      );
    const names = (each: Whose) => body.includes(consumers[each].family);
    const anyName = inner ? names("other") || names("foreign") : whose.some(names);
    // What leads on says so in a header, or, where a script asks, in the answer.
    const leadsOn = answer.status === 302 || answer.status === 202;
    if (who === "nobody") {
      const to = answer.headers.get("location") ?? (answer.status === 202 ? body : "");
      if (!leadsOn || !to.includes("/sign-in")) tell(`not led to sign in: ${answer.status}`);
      if (anyName) tell("a name");
      return wrong;
    }
    // An address that only ever leads on may lead on: to a page that then is not there.
    if (!may && answer.status !== 404 && !(inner && leadsOn))
      tell(`${answer.status}, 404 expected`);
    if (!may && anyName) tell("denied, and a name all the same");
    if (may && answer.status >= 400 && method === "GET") tell(`${answer.status}, and they may`);
    if (answer.status >= 500) tell(`${answer.status}`);
    // Whatever the page lists: never another agency's people or rows, nor those beyond one's own sight.
    const told = new Set(body.match(/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g));
    for (const id of path.match(/[0-9a-f-]{36}/g) ?? []) told.delete(id);
    const rowsOf = (all: Stage["beyond"]) =>
      [...all].flatMap(([table, rows]) => ([...told].some((id) => rows.has(id)) ? table : []));
    if (names("foreign")) tell("names somebody of another agency");
    for (const table of rowsOf(stage.beyond)) tell(`the id of a ${table} of another agency`);
    if (sightOf("consumer", who) !== "agency" && names("other")) {
      tell("names somebody of another programme");
    }
    for (const table of rowsOf(stage.aside)) {
      if (sightOf(table, who) !== "agency" && !HANDED_OUT[table]?.includes(who))
        tell(`the id of a ${table} of another programme`);
    }
    return wrong;
  }

  const loaders = () =>
    modules.filter(({ hasLoader, loads, path }) => {
      return hasLoader && !loads.includes("anybody") && path !== "/*";
    });
  const leaves = () => loaders().filter(({ leaf }) => leaf);

  const onlySometimes = ({ path }: Module) =>
    STATES.includes(path) || WITHOUT[place].some((pattern) => pattern.test(path));

  /** A module that is asked alone answers for its own rule; a file stands under nothing. */
  const ownRules = ({ loads }: Module) => loads.slice(-1);

  describe("pages", () => {
    test("a record says whose it is, so that a name where none may be is seen", async () => {
      const page = await people.get("counselor")?.get(`/consumers/${stage.consumers.own.id}`);
      const { given, family } = stage.consumers.own;
      expect(await page?.text()).toContain(`${given} ${family}`);
    });

    test("nobody signed in: every one leads to signing in", async () => {
      const asks: Ask[] = [];
      for (const module of loaders()) {
        const ask = { who: "nobody", method: "GET", module, may: false, about: null } as const;
        const path = await fill(module.path, "own");
        asks.push({ ...ask, path });
        if (module.leaf && module.page) asks.push({ ...ask, path, drawn: true });
      }
      expect(await answers(asks)).toEqual([]);
    });

    test.each(roles)("%s", async (role) => {
      const asks: Ask[] = [];
      for (const module of loaders()) {
        for (const about of hasConsumer(module.path) ? whose : [null]) {
          const may = allowed(role, ownRules(module), about);
          if (may && onlySometimes(module)) continue;
          const path = await fill(module.path, about ?? "own", { role });
          asks.push({ who: role, method: "GET", module, path, may, about });
        }
      }
      expect(await answers(asks)).toEqual([]);
    });

    test("as it is drawn, for whoever may see it, and for nobody else", async () => {
      const asks: Ask[] = [];
      for (const module of leaves().filter(({ page }) => page)) {
        const about = hasConsumer(module.path) ? "own" : null;
        const ask = { method: "GET", module, about, drawn: true } as const;
        const may = (role: Role) => allowed(role, module.loads, about);
        const path = (role: Role) => fill(module.path, "own", { role });
        const see = onlySometimes(module) ? [] : roles.filter(may);
        for (const who of new Set([...see.slice(0, 1), ...see.slice(-1)])) {
          asks.push({ ...ask, who, path: await path(who), may: true });
        }
        const not = roles.find((role) => !may(role));
        if (not) asks.push({ ...ask, who: not, path: await path(not), may: false });
      }
      expect(await answers(asks)).toEqual([]);
    });

    test("a call that a colleague took is no page for the front desk or a peer mentor", async () => {
      const module = modules.find(({ path }) => path === "/calls/:concernCallId") as Module;
      const linked = await fill(module.path, "own");
      const other = { "front-desk": "peer-mentor", "peer-mentor": "front-desk" } as const;
      const wrong: string[] = [];
      for (const who of ["front-desk", "peer-mentor"] as const) {
        for (const path of [`/calls/${stage.calls[other[who]]}`, linked]) {
          const ask: Ask = { who, method: "GET", module, path, may: false, about: null };
          wrong.push(...(await check(ask)), ...(await check({ ...ask, drawn: true })));
        }
      }
      expect(wrong).toEqual([]);
    });

    test.each(roles)(
      "%s: an id of somebody else's behind one's own consumer's is no page",
      async (role) => {
        const asks: Ask[] = [];
        for (const module of leaves()) {
          const others = [...module.path.matchAll(/:(\w+)/g)]
            .map(([, name = ""]) => name)
            .filter((name) => name !== "consumerId" && !named[name]);
          if (others.length === 0) continue;
          for (const inner of ["other", "foreign"] as const) {
            if (!hasConsumer(module.path) && inner === "other") continue;
            const path = await fill(module.path, "own", { inner });
            const ask = {
              who: role,
              method: "GET",
              module,
              path,
              may: false,
              about: inner,
            } as const;
            asks.push({ ...ask, inner: true });
          }
        }
        expect(await answers(asks)).toEqual([]);
      },
    );
  });

  describe("forms", () => {
    test.each(roles)("%s: what they may not send is no page either", async (role) => {
      const asks: Ask[] = [];
      for (const module of modules) {
        const { path, acts } = module;
        if (!acts || acts.includes("anybody")) continue;
        for (const about of hasConsumer(path) ? whose : [null]) {
          if (allowed(role, acts, about)) continue;
          const filled = await fill(path, about ?? "own");
          const ask = { who: role, method: "POST", module, path: filled, may: false } as const;
          asks.push({ ...ask, about });
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
}
