import { spawn } from "node:child_process";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeEach, describe, expect, test } from "vitest";
import { conference, csvOf } from "./files.ts";

const root = mkdtempSync(join(tmpdir(), "throughcare-command-"));
let folder = root;
let count = 0;
beforeEach(() => {
  folder = join(root, String(count++));
  mkdirSync(folder);
  writeFileSync(join(folder, "lines.csv"), csvOf([conference("a"), conference("b")]));
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

type Ended = { code: number | null; out: string; err: string };

const main = join(import.meta.dirname, "../../src/cli/main.ts");

function start(...args: string[]) {
  return run(process.execPath, [main, "audit", ...args]);
}

function run(program: string, args: readonly string[]) {
  const child = spawn(program, args, { cwd: folder, stdio: ["ignore", "pipe", "pipe"] });
  const ended = new Promise<Ended>((resolve) => {
    let [out, err] = ["", ""];
    child.stdout.on("data", (chunk) => {
      out += chunk;
    });
    child.stderr.on("data", (chunk) => {
      err += chunk;
    });
    child.once("close", (code) => resolve({ code, out, err }));
  });
  return { child, ended };
}

const usual = ["lines.csv", "--bulletin", "FY10-Clinical-16", "--out", "out"];
const OUTPUTS = ["findings.parquet", "lines.parquet", "rejects.csv", "report.html", "summary.json"];

describe("throughcare audit", () => {
  test("writes five files, exits 0 and prints nothing in a pipe but what --json asks for", async () => {
    expect(await start(...usual).ended).toEqual({ code: 0, out: "", err: "" });
    expect(readdirSync(join(folder, "out"))).toEqual(OUTPUTS);
    const again = await start(...usual, "--json", "--force", "--format", "csv").ended;
    expect(JSON.parse(again.out)).toEqual(
      JSON.parse(readFileSync(join(folder, "out/summary.json"), "utf8")),
    );
    expect(readdirSync(join(folder, "out"))).toContain("lines.csv");
    expect(readdirSync(join(folder, "out"))).not.toContain("lines.parquet");
    expect(readdirSync(folder)).toEqual(["lines.csv", "out"]);
  });

  test.each([
    ["no bulletin", ["lines.csv", "--out", "out"], /^throughcare audit LINES/],
    [
      "an unknown bulletin",
      ["lines.csv", "--bulletin", "X", "--out", "out"],
      /no bulletin X; there is FY10[^,]*$/m,
    ],
    [
      "a bulletin that is not about services",
      ["lines.csv", "--bulletin", "Models-of-Care-2006", "--out", "out"],
      /Models-of-Care-2006 is about a record of care, and a file of service lines holds none/,
    ],
    ["an unknown option", [...usual, "--speed"], /speed/],
    ["no such file", ["none.csv", ...usual.slice(1)], /none\.csv: it can't be opened \(ENOENT\)/],
    ["a folder", [".", ...usual.slice(1)], /it is not a file/],
    ["a bad size", [...usual, "--memory", "lots"], /--memory is a size/],
    [
      "a folder without bulletins",
      [...usual, "--bulletins", "."],
      /^\.: no bulletin lies there as <jurisdiction>/,
    ],
    ["no such bulletins", [...usual, "--bulletins", "none"], /folder of bulletins/],
  ])("given %s says so and exits 2", async (_, args, message) => {
    const { code, out, err } = await start(...args).ended;
    expect([code, out]).toEqual([2, ""]);
    expect(err).toMatch(message);
    expect(err.trimEnd()).not.toContain("\n");
    expect(readdirSync(folder)).toEqual(["lines.csv"]);
  });

  test("leaves a folder that is not empty alone; --force replaces an audit and keeps the rest", async () => {
    mkdirSync(join(folder, "out"));
    writeFileSync(join(folder, "out/mine.txt"), "mine");
    const { code, err } = await start(...usual).ended;
    expect([code, err]).toEqual([2, "out: the folder is not empty (--force replaces it)\n"]);
    expect(readdirSync(join(folder, "out"))).toEqual(["mine.txt"]);
    expect((await start(...usual, "--force").ended).code).toBe(0);
    expect(readFileSync(join(folder, "out/mine.txt"), "utf8")).toBe("mine");
  });

  test("that can't write for want of room exits 2 and leaves nothing", async () => {
    const many = Array.from({ length: 30_000 }, (_, index) =>
      conference(`${index}-${index * 7919}`),
    );
    writeFileSync(join(folder, "lines.csv"), csvOf(many));
    const args = [main, "audit", ...usual];
    const limited = `ulimit -f 64; exec "$@"`;
    const { code, err } = await run("bash", ["-c", limited, "-", process.execPath, ...args]).ended;
    expect(err).toMatch(/no room on the disk/);
    expect(code).toBe(2);
    expect(readdirSync(folder)).toEqual(["lines.csv"]);
  });

  test("killed, leaves no outputs, and nothing that the next run trips over", async () => {
    const many = Array.from({ length: 60_000 }, (_, index) => conference(`${index}`));
    writeFileSync(join(folder, "lines.csv"), csvOf(many));
    const { child, ended } = start(...usual);
    while (readdirSync(folder).length === 1 && child.exitCode === null) {
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    child.kill("SIGKILL");
    await ended;
    expect(existsSync(join(folder, "out"))).toBe(false);
    expect(readdirSync(folder).length).toBeGreaterThan(1);
    expect((await start(...usual).ended).code).toBe(0);
    expect(readdirSync(folder)).toEqual(["lines.csv", "out"]);
  });

  test("interrupted, cleans up", async () => {
    const many = Array.from({ length: 60_000 }, (_, index) => conference(`${index}`));
    writeFileSync(join(folder, "lines.csv"), csvOf(many));
    const { child, ended } = start(...usual);
    while (readdirSync(folder).length === 1 && child.exitCode === null) {
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    child.kill("SIGTERM");
    expect((await ended).code).toBe(130);
    expect(readdirSync(folder)).toEqual(["lines.csv"]);
  });
});

test("each command says by --help what it takes", async () => {
  const { code, out, err } = await start("--help").ended;
  expect([code, err]).toEqual([0, ""]);
  for (const option of ["--bulletin", "--credentials", "--readings", "--own", "--memory"]) {
    expect(out).toContain(option);
  }
});

describe("throughcare what-if", () => {
  const bulletins = join(import.meta.dirname, "../../bulletins");
  const whatIf = (...args: string[]) => run(process.execPath, [main, "what-if", ...args]).ended;

  test("finds what a draft of another number would replace, and from which day", async () => {
    const text = readFileSync(join(bulletins, "us-mo/fy10-clinical-16/bulletin.yaml"), "utf8");
    const draft = text
      .replace("number: FY10-Clinical-16", "number: NEXT-1")
      .replace('from: "2010-04-15"', 'from: "2010-05-04"')
      .replace("units: 8", "units: 3");
    writeFileSync(join(folder, "draft.yaml"), draft);
    const { code, out } = await whatIf(
      ...["lines.csv", "--draft", "draft.yaml", "--out", "out", "--json"],
    );
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({
      against: { number: "FY10-Clinical-16" },
      replaces_from: "2010-05-04",
      units: { gained: 0, lost: 1 },
    });
    expect(readdirSync(join(folder, "out"))).toContain("changed.parquet");
  });

  test.each([
    ["no draft", [], /what-if --help says more/],
    ["no such draft", ["--draft", "none.yaml"], /none\.yaml: it can't be opened/],
    ["a draft that is none", ["--draft", "lines.csv"], /lines\.csv/],
  ])("given %s says so and exits 2", async (_, args, message) => {
    const { code, out, err } = await whatIf("lines.csv", "--out", "out", ...args);
    expect([code, out]).toEqual([2, ""]);
    expect(err).toMatch(message);
    expect(err.trimEnd()).not.toContain("\n");
    expect(readdirSync(folder)).toEqual(["lines.csv"]);
  });
});
