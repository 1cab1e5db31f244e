import { expect, test } from "vitest";
import { act, open, page, whoAsks } from "./guard.ts";

const post = (headers: Record<string, string>) =>
  ({
    request: new Request("http://localhost/people", { method: "POST", headers, body: "q=x" }),
    params: {},
    // Whoever gets this far was let in.
    context: { get: () => Promise.reject(new Error("let in")) },
  }) as never;

test.each([
  ["another site", { "sec-fetch-site": "cross-site" }],
  ["another port of this machine", { "sec-fetch-site": "same-site" }],
  ["an old browser elsewhere", { origin: "http://elsewhere.example", host: "localhost" }],
  ["a sandboxed frame", { origin: "null", host: "localhost" }],
])("a form from %s is refused before anything is asked", async (_, headers) => {
  const refused = { init: { status: 403 } };
  await expect(act("self", async () => null)(post(headers))).rejects.toMatchObject(refused);
  await expect(open(async () => null)(post(headers))).rejects.toMatchObject(refused);
});

test("an address that names no row is no page, before anything is asked of the database", async () => {
  const me = Promise.resolve({ roles: ["administrator"], mustChangePassword: false });
  const look = (unitId: string) =>
    page(
      "self",
      async () => null,
    )({
      request: new Request("http://localhost/x"),
      params: { unitId },
      // Whoever gets this far has a page.
      context: { get: () => ({ me, database: null }) },
    } as never);
  const nowhere = { init: { status: 404 } };
  for (const id of ["x", "-".repeat(36), `${crypto.randomUUID()}0`]) {
    await expect(look(id)).rejects.toMatchObject(nowhere);
  }
  await expect(look(crypto.randomUUID())).rejects.not.toMatchObject(nowhere);
});

test("what looks every few seconds keeps no session alive; a page does", async () => {
  const asked: boolean[] = [];
  for (const path of ["/alerts", "/people/x/come-back/watch.data", "/audits/watch", "/audits"]) {
    const getSession = async ({ query }: { query: { disableRefresh: boolean } }) => {
      asked.push(query.disableRefresh);
      return null;
    };
    const services = { signIn: { api: { getSession } } } as never;
    await whoAsks(services, new Request(`http://localhost${path}`));
  }
  expect(asked).toEqual([true, true, true, false]);
});
