import { createHmac } from "node:crypto";
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
  const env = { DATABASE_URL: owner, DATABASE_APP_URL: app, DATABASE_SIGNIN_URL: signin };
  product = await startProduct({ folder, port: await freePort(), env });
});
afterAll(async () => {
  product?.signal("SIGTERM");
  await product?.exited;
  await stage?.close();
  remove();
});

/** What an authenticator app shows for a key (RFC 6238). */
function codeOf(key: string): string {
  const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  const bits = [...key]
    .map((letter) => letters.indexOf(letter).toString(2).padStart(5, "0"))
    .join("");
  const bytes = bits.match(/.{8}/g)?.map((byte) => Number.parseInt(byte, 2)) ?? [];
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30_000)));
  const hash = createHmac("sha1", Buffer.from(bytes)).update(counter).digest();
  const at = (hash.at(-1) ?? 0) & 15;
  return String((hash.readUInt32BE(at) & 0x7fffffff) % 1_000_000).padStart(6, "0");
}

test("an app is set up, asked for at sign-in, replaced by a backup code once, and removed by an administrator", async () => {
  const { email, id } = stage.staff.biller;
  const bill = visitor(product.address);
  await bill.signIn(email, PASSWORD);
  const refused = await bill.post("/account", { intent: "totp-start", password: "not it, not it" });
  expect(await refused.text()).toContain("That is not your password");
  const start = await (
    await bill.post("/account", { intent: "totp-start", password: PASSWORD })
  ).text();
  const key = /secret=([A-Z2-7]+)/.exec(start)?.[1] ?? "";
  expect(key.length).toBeGreaterThan(20);
  const uri = `otpauth://totp/Throughcare:${email}?secret=${key}`;
  const wrong = await bill.post("/account", { intent: "totp-confirm", uri, code: "000000" });
  expect(wrong.status).toBe(422);
  // What was set up is still on the page, so that nobody starts again.
  expect(await wrong.text()).toContain(key.slice(0, 4));
  const on = await (
    await bill.post("/account", { intent: "totp-confirm", uri, code: codeOf(key) })
  ).text();
  const codes = [...on.matchAll(/>([A-Za-z0-9]{5}-[A-Za-z0-9]{5})</g)].map(
    ([, code]) => code ?? "",
  );
  expect(codes).toHaveLength(10);

  const send = async (code: string) => {
    const person = visitor(product.address);
    const asked = await person.signIn(email, PASSWORD);
    expect(asked.status).toBe(200);
    expect((await person.get("/account")).headers.get("location")).toContain("/sign-in");
    const answer = await person.post("/sign-in", { step: "code", code });
    return answer.headers.get("location");
  };
  expect(await send("123456")).toBeNull();
  expect(await send(codeOf(key))).toBe("/");
  expect(await send(codes[0] ?? "")).toBe("/");
  expect(await send(codes[0] ?? "")).toBeNull();

  const sam = visitor(product.address);
  await sam.signIn(stage.staff.administrator.email, PASSWORD);
  const page = `/settings/staff/${id}`;
  expect(await (await sam.get(page)).text()).toContain("Second factor on");
  await sam.post(page, { intent: "reset-second-factor" });
  expect((await bill.get("/account")).headers.get("location")).toContain("/sign-in");
  const again = await visitor(product.address).signIn(email, PASSWORD);
  expect(again.headers.get("location")).toBe("/");

  const given = await (await sam.post(page, { intent: "reset-password" })).text();
  const password = />([a-z2-9]{4}(?:-[a-z2-9]{4}){3})</.exec(given)?.[1] ?? "";
  expect((await visitor(product.address).signIn(email, PASSWORD)).status).toBe(422);
  const first = visitor(product.address);
  await first.signIn(email, password);
  expect((await first.get("/claims")).headers.get("location")).toBe("/account");
});
