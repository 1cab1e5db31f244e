import { afterAll, beforeAll, expect, test } from "vitest";
import {
  databaseOf,
  dataFolder,
  firstAgency,
  freePort,
  lives,
  type Product,
  startProduct,
  visitor,
} from "../support/product.ts";

const { folder, remove } = dataFolder();
let port: number;
let product: Product;
const code = () => /with the code (\d{6})/.exec(product.said())?.[1] ?? "";
const admin = { email: firstAgency.email, password: firstAgency.password };

beforeAll(async () => {
  port = await freePort();
  product = await startProduct({ folder, port, args: ["--empty"] });
});
afterAll(async () => {
  product.signal("SIGTERM");
  expect(await product.exited).toBe(0);
  remove();
});

test("an empty start prints a code, and every way in leads to the set-up", async () => {
  expect(code()).toMatch(/^\d{6}$/);
  const somebody = visitor(product.address);
  expect((await somebody.get("/")).headers.get("location")).toBe("/sign-in");
  expect((await somebody.get("/sign-in")).headers.get("location")).toBe("/setup");
  expect((await somebody.get("/setup")).status).toBe(200);
});

test("a wrong code founds nothing, and after ten of them even the right one has to wait", async () => {
  const somebody = visitor(product.address);
  const wrong = String((Number(code()) + 1) % 1_000_000).padStart(6, "0");
  for (let tries = 0; tries < 10; tries++) {
    const answer = await somebody.post("/setup", { ...firstAgency, code: wrong });
    expect(answer.status).toBe(422);
    const page = await answer.text();
    expect(page).toContain("not the code");
    // What was typed is kept, and the password is not sent back.
    expect(page).toContain("Noor Adeyemi");
    expect(page).not.toContain(firstAgency.password);
  }
  const right = await somebody.post("/setup", { ...firstAgency, code: code() });
  expect(right.status).toBe(422);
  expect(await right.text()).toContain("Too many codes");
  // Starting again makes a new code and a new count, as the page says.
  product.signal("SIGTERM");
  expect(await product.exited).toBe(0);
  product = await startProduct({ folder, port, args: ["--empty"] });
});

test("of two that set up at the same time one founds the agency and is signed in", async () => {
  const [one, other] = [visitor(product.address), visitor(product.address)];
  const answers = await Promise.all([
    one.post("/setup", { ...firstAgency, code: code() }),
    other.post("/setup", { ...firstAgency, email: "other@cedar.example", code: code() }),
  ]);
  const places = answers.map((answer) => answer.headers.get("location")).sort();
  expect(places).toEqual(["/settings", "/sign-in"]);
  const winner = answers[0]?.headers.get("location") === "/settings" ? one : other;
  admin.email = winner === one ? firstAgency.email : "other@cedar.example";
  const settings = await (await winner.get("/settings")).text();
  expect(settings).toContain("Cedar House");
  expect(settings).toContain("Add the programs you run");
  expect((await winner.get("/setup")).headers.get("location")).toBe("/sign-in");
  const again = await visitor(product.address).post("/setup", { ...firstAgency, code: code() });
  expect(again.headers.get("location")).toBe("/sign-in");
});

test("what the administrator saves survives kill -9 of the server; the next start adopts the database", async () => {
  const sam = visitor(product.address);
  expect((await sam.signIn(admin.email, admin.password)).headers.get("location")).toBe("/");
  const saved = await sam.post("/settings/programs", {
    intent: "save new",
    name: "Adolescent evenings",
    kind: "cstar-adolescent",
  });
  expect(saved.headers.get("location")).toBe("/settings/programs");

  const database = databaseOf(folder);
  product.signal("SIGKILL");
  await product.exited;
  expect(lives(database)).toBe(true);
  product = await startProduct({ folder, port });
  expect(databaseOf(folder)).toBe(database);
  expect(product.said()).not.toContain("code");
  // The session outlives it too: its secret and its row are kept.
  expect(await (await sam.get("/settings/programs")).text()).toContain("Adolescent evenings");
});

test("a start after both were killed replaces the database server and finds the data", async () => {
  const database = databaseOf(folder);
  process.kill(database, "SIGKILL");
  product.signal("SIGKILL");
  await product.exited;
  product = await startProduct({ folder, port });
  expect(databaseOf(folder)).not.toBe(database);
  const sam = visitor(product.address);
  await sam.signIn(admin.email, admin.password);
  expect(await (await sam.get("/settings/programs")).text()).toContain("Adolescent evenings");
});

test("SIGTERM and SIGINT close the database and end with 0", async () => {
  for (const signal of ["SIGTERM", "SIGINT"] as const) {
    const database = databaseOf(folder);
    product.signal(signal);
    expect(await product.exited, product.said()).toBe(0);
    expect(lives(database)).toBe(false);
    const before = Date.now();
    product = await startProduct({ folder, port });
    console.log(`a second start took ${((Date.now() - before) / 1000).toFixed(1)} s`);
  }
});

test("an account opened for somebody works once with its password, which they must then change", async () => {
  const sam = visitor(product.address);
  await sam.signIn(admin.email, admin.password);
  const opened = await (
    await sam.post("/settings/staff/new", {
      name: "Ira Bloom",
      email: "Ira@cedar.example",
      "roles[]": "counselor",
    })
  ).text();
  const given = />([a-z2-9]{4}(?:-[a-z2-9]{4}){3})</.exec(opened)?.[1] ?? "";
  expect(given).not.toBe("");
  const staffId = /settings\/staff\/([0-9a-f-]{36})/.exec(opened)?.[1] ?? "";

  const ira = visitor(product.address);
  expect((await ira.signIn("ira@cedar.example", given)).headers.get("location")).toBe("/");
  expect((await ira.get("/people")).headers.get("location")).toBe("/account");
  const own = "seven loud paper kites";
  const changed = await ira.post("/account", {
    intent: "password",
    current: given,
    next: own,
    again: own,
  });
  expect(changed.headers.get("location")).toBe("/");
  expect((await ira.get("/people")).status).toBe(200);

  // Closed: signed out at once, and from then on nobody's email.
  const today = new Date().toLocaleDateString("sv", { timeZone: "America/Chicago" });
  const closed = await sam.post(`/settings/staff/${staffId}`, { intent: "close", last_day: today });
  expect(closed.headers.get("location")).toBe(`/settings/staff/${staffId}`);
  expect((await ira.get("/people")).headers.get("location")).toBe("/sign-in?to=%2Fpeople");
  const refused = await visitor(product.address).signIn("ira@cedar.example", own);
  expect(await refused.text()).toContain("No account has this email and password together");
  await sam.post(`/settings/staff/${staffId}`, { intent: "reopen" });
  const back = await visitor(product.address).signIn("ira@cedar.example", own);
  expect(back.headers.get("location")).toBe("/");
});

test("the last administrator cannot leave, nor give up the role", async () => {
  const sam = visitor(product.address);
  await sam.signIn(admin.email, admin.password);
  const list = await (await sam.get("/settings/staff")).text();
  const mine = [...list.matchAll(/settings\/staff\/([0-9a-f-]{36})/g)].map(([, id]) => id);
  for (const id of new Set(mine)) {
    const member = await (await sam.get(`/settings/staff/${id}`)).text();
    const role = /name="intent" value="(end role [0-9a-f-]{36})"/.exec(member)?.[1];
    if (!member.includes("This is your own account") || !role) continue;
    const answer = await sam.post(`/settings/staff/${id}`, { intent: role, when: "now" });
    expect(answer.status).toBe(422);
    expect(await answer.text()).toContain("Nobody else is an administrator");
    expect(
      (await sam.post(`/settings/staff/${id}`, { intent: "close", last_day: "2030-01-01" })).status,
    ).toBe(404);
    return;
  }
  throw new Error("the administrator's own page was not found");
});
