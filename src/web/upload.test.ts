import { execFileSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { afterAll, expect, test } from "vitest";
import { BadUpload, MOST_SAID, receive, uploadPrefix } from "./upload.ts";

const mine = () =>
  readdirSync(tmpdir()).filter((name) => name.startsWith(`${uploadPrefix}${process.pid}-`));
const folders: string[] = [];
afterAll(async () => {
  for (const folder of folders) await rm(folder, { recursive: true, force: true });
  expect(mine()).toEqual([]);
});

/** The form as a browser sends it, in pieces of some length. */
async function sent(form: FormData, length: number, most = Number.POSITIVE_INFINITY) {
  const whole = new Request("http://x/", { method: "POST", body: form });
  const bytes = new Uint8Array(await whole.arrayBuffer()).subarray(0, most);
  async function* pieces() {
    for (let at = 0; at < bytes.length; at += length) yield bytes.slice(at, at + length);
  }
  return new Request("http://x/", {
    ...{ method: "POST", headers: whole.headers, duplex: "half" },
    body: pieces() as unknown as BodyInit,
  } as RequestInit);
}

test.each([1, 2, 7, 64, 65_536])("a form comes through in pieces of %i bytes", async (length) => {
  const bytes = Buffer.concat([
    Buffer.from("\r\n--\r\n------formdata-undici-\r\n\r\n"),
    randomBytes(length < 64 ? 300 : 300_000),
    Buffer.from("\r\n"),
  ]);
  const form = new FormData();
  form.set("intent", "file\r\nto audit – ü");
  form.set("first", new File([], "empty.csv"));
  form.set("lines", new File([bytes], 'März "2" .csv'));
  form.set("credentials", new File([], "none.csv"));
  form.set("after", "1");
  const { form: said, files, folder } = await receive(await sent(form, length));
  folders.push(folder);
  expect([...said]).toEqual([
    ["intent", "file\r\nto audit – ü"],
    ["after", "1"],
  ]);
  expect([...files.keys()]).toEqual(["lines"]);
  const file = files.get("lines");
  expect(file).toMatchObject({ name: 'März "2" .csv', size: bytes.length });
  expect(readFileSync(file?.path ?? "").equals(bytes)).toBe(true);
});

test("what breaks off, or is no form, leaves nothing behind", async () => {
  const before = mine().length;
  const form = new FormData();
  form.set("lines", new File([randomBytes(5000)], "a.csv"));
  for (const most of [0, 10, 80, 200, 4000]) {
    await expect(receive(await sent(form, 100, most)), String(most)).rejects.toThrow(BadUpload);
  }
  const plain = new Request("http://x/", { method: "POST", body: "a=1" });
  await expect(receive(plain)).rejects.toThrow(BadUpload);
  const wordy = new FormData();
  wordy.set("intent", "x".repeat(MOST_SAID + 1));
  await expect(receive(await sent(wordy, 65_536))).rejects.toThrow(BadUpload);
  // Empty ones cost a file each, and are not counted by their length.
  const many = new FormData();
  for (let at = 0; at <= 100; at++) many.append("lines", new File([], "a.csv"));
  await expect(receive(await sent(many, 65_536))).rejects.toThrow(BadUpload);
  expect(mine().length).toBe(before);
});

test("a file's name never says where it is kept", async () => {
  const form = new FormData();
  form.set("lines", new File(["x"], "../../../../tmp/throughcare-escaped"));
  const { files, folder } = await receive(await sent(form, 9));
  folders.push(folder);
  expect(files.get("lines")?.path.startsWith(`${folder}/`)).toBe(true);
  expect(existsSync("/tmp/throughcare-escaped")).toBe(false);
});

test("a full disk is said, with the rest of the form, and nothing is left lying there", async () => {
  const script = `
    const { receive } = await import(${JSON.stringify(new URL("./upload.ts", import.meta.url).href)});
    const { existsSync } = await import("node:fs");
    const form = new FormData();
    form.set("before", "1");
    form.set("lines", new File([new Uint8Array(1_000_000)], "a.csv"));
    form.set("credentials", new File(["small"], "b.csv"));
    form.set("after", "2");
    const { form: said, files, folder, noRoom } = await receive(new Request("http://x/", { method: "POST", body: form }));
    console.log(JSON.stringify({ said: [...said], files: files.size, left: existsSync(folder), noRoom }));`;
  const node = [process.execPath, "--input-type=module", "-e", script];
  const out = execFileSync("bash", ["-c", `ulimit -f 64; exec "$@"`, "-", ...node]);
  const said = [
    ["before", "1"],
    ["after", "2"],
  ];
  expect(JSON.parse(out.toString())).toEqual({ said, files: 0, left: false, noRoom: true });
});
