import { afterAll, beforeAll, expect, test } from "vitest";
import { build } from "../../src/cli/build.ts";
import { dataFolder, freePort, type Product, startProduct, visitor } from "../support/product.ts";
import { buildStage, PASSWORD, type Stage } from "./stage.ts";

let stage: Stage;
let product: Product;
const { folder, remove } = dataFolder();

beforeAll(async () => {
  await build(() => {});
  stage = await buildStage();
  const { owner, app, signin } = stage.db.logins;
  product = await startProduct({
    folder,
    port: await freePort(),
    env: {
      DATABASE_URL: owner,
      DATABASE_APP_URL: app,
      DATABASE_SIGNIN_URL: signin,
    },
  });
});
afterAll(async () => {
  product?.signal("SIGTERM");
  await product?.exited;
  await stage?.close();
  remove();
});

test("its cookies are for this site's pages alone", async () => {
  const answer = await visitor(product.address).signIn(stage.staff.biller.email, PASSWORD);
  for (const cookie of answer.headers.getSetCookie()) {
    expect(cookie).toMatch(/HttpOnly/i);
    expect(cookie).toMatch(/SameSite=Lax/i);
  }
});

test("who guesses waits, whether there is such an account or not; a device that is known goes on", async () => {
  const { email } = stage.staff.auditor;
  const known = visitor(product.address);
  await known.signIn(email, PASSWORD);
  const tell = async (name: string) => {
    const stranger = visitor(product.address);
    const told: string[] = [];
    for (let tries = 0; tries < 11; tries++) {
      const answer = await stranger.signIn(name, "not the password");
      const body = await answer.text();
      told.push(`${answer.status} ${/No account has|Too many tries/.exec(body)?.[0]}`);
    }
    return told;
  };
  const real = await tell(email);
  expect(real).toEqual([...Array(10).fill("422 No account has"), "429 Too many tries"]);
  expect(await tell("nobody.at.all@matrix.example")).toEqual(real);
  // The right password from elsewhere waits too; from the known device it does not.
  expect((await visitor(product.address).signIn(email, PASSWORD)).status).toBe(429);
  known.jar.delete("throughcare.session_token");
  expect((await known.signIn(email, PASSWORD)).headers.get("location")).toBe("/");
});

test("Better Auth's own addresses are closed but for passkeys", async () => {
  for (const path of [
    "sign-in/email",
    "sign-up/email",
    "two-factor/disable",
    "update-user",
    "list-sessions",
  ]) {
    const answer = await fetch(`${product.address}/sign-in/api/${path}`, {
      method: "POST",
      redirect: "manual",
      headers: { "content-type": "application/json", origin: product.address },
      body: JSON.stringify({ email: stage.staff.biller.email, password: PASSWORD }),
    });
    expect(answer.headers.getSetCookie()).toEqual([]);
    expect([302, 404, 405]).toContain(answer.status);
  }
  const options = await fetch(
    `${product.address}/sign-in/api/passkey/generate-authenticate-options`,
  );
  expect(options.status).toBe(200);
});

test("behind an address with https the cookies are for https alone", async () => {
  const { folder: other, remove: gone } = dataFolder();
  const { owner, app, signin } = stage.db.logins;
  const secure = await startProduct({
    folder: other,
    port: await freePort(),
    env: {
      DATABASE_URL: owner,
      DATABASE_APP_URL: app,
      DATABASE_SIGNIN_URL: signin,
      THROUGHCARE_ADDRESS: "https://care.example.org",
    },
  });
  const answer = await visitor(secure.address).signIn(stage.staff.biller.email, PASSWORD);
  const cookies = answer.headers.getSetCookie();
  expect(cookies.length).toBeGreaterThan(1);
  for (const cookie of cookies) expect(cookie).toMatch(/; Secure/i);
  secure.signal("SIGTERM");
  expect(await secure.exited).toBe(0);
  gone();
});
