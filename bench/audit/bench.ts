import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { home } from "../../src/cli/home.ts";
import { generateLines } from "./generate.ts";
import { benchPeers } from "./peers.ts";

const CONTENDERS = ["audit", "plain-sql", "typescript-loop"] as const;

interface Run {
  readonly seconds: number;
  readonly cpuSeconds: number;
  readonly megabytes: number;
  readonly output: string;
}

export interface BenchAuditOptions {
  readonly lines: number;
  readonly rounds: number;
  /** Whether the rule engines of bench/peers judge a sample too, and of how many lines. */
  readonly peers: boolean;
  readonly sample: number;
}

/**
 * The audit beside the plainest SQL and a hand-written loop, over the same file, each in a process of
 * its own, in turn: medians of wall and processor time, ratios, and the most memory held.
 */
export async function benchAudit(options: BenchAuditOptions): Promise<void> {
  const { lines, rounds, peers, sample } = options;
  const folder = mkdtempSync(join(tmpdir(), "throughcare-bench-audit-"));
  try {
    const files = {
      lines: join(folder, "lines.parquet"),
      credentials: join(folder, "credentials.parquet"),
    };
    console.log(`Making ${lines.toLocaleString("en-US")} lines …`);
    await generateLines(lines, files);
    const runs = new Map<string, Run[]>(CONTENDERS.map((name) => [name, []]));
    const audited = join(folder, "audit-0");
    for (let round = 0; round < rounds; round++) {
      for (const name of CONTENDERS) {
        const out = join(folder, `${name}-${round}`);
        runs.get(name)?.push(runOne(name, files, out));
        if (out !== audited) rmSync(out, { recursive: true, force: true });
      }
    }
    console.log("| | wall, s | processor, s | memory, MB | audit's wall | audit's processor |");
    console.log("|---|---:|---:|---:|---:|---:|");
    const median = (name: string, of: (run: Run) => number) =>
      (runs.get(name) ?? []).map(of).toSorted((a, b) => a - b)[Math.floor(rounds / 2)] ?? 0;
    for (const name of CONTENDERS) {
      const wall = median(name, ({ seconds }) => seconds);
      const cpu = median(name, ({ cpuSeconds }) => cpuSeconds);
      const ratio = (of: (run: Run) => number, own: number) =>
        (median("audit", of) / own).toFixed(2);
      console.log(
        `| ${name} | ${wall.toFixed(1)} | ${cpu.toFixed(1)} | ${median(name, ({ megabytes }) => megabytes).toFixed(0)} | ${ratio((run) => run.seconds, wall)}× | ${ratio((run) => run.cpuSeconds, cpu)}× |`,
      );
    }
    for (const name of CONTENDERS) console.log(`${name}: ${runs.get(name)?.[0]?.output}`);
    if (!peers) return;
    const audit = {
      lines,
      seconds: median("audit", ({ seconds }) => seconds),
      cpuSeconds: median("audit", ({ cpuSeconds }) => cpuSeconds),
    };
    await benchPeers({ ...files, audited, folder }, { rounds, sample, audit });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function runOne(
  name: (typeof CONTENDERS)[number],
  files: { readonly lines: string; readonly credentials: string },
  out: string,
): Run {
  const script = join(home, "bench/audit/contend.ts");
  const { stdout, stderr, status } = spawnSync(
    process.execPath,
    [script, name, files.lines, files.credentials, out],
    { encoding: "utf8" },
  );
  if (status !== 0) throw new Error(`${name}: ${stderr}`);
  return JSON.parse(stdout.split("\n").at(-2) ?? "{}") as Run;
}
