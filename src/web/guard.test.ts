import { expect, test } from "vitest";
import { act, open } from "./guard.ts";

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
