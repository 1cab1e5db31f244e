import { readFileSync, writeFileSync } from "node:fs";
import { performance } from "node:perf_hooks";

/**
 * Reads the sample, judges it and writes what it found as [line, clause, verdict]; prints how long the
 * judging took, without reading, writing and preparing. Both engines use one thread.
 */
export async function measure(prepare) {
  const [sample, out] = process.argv.slice(2);
  const lines = JSON.parse(readFileSync(sample, "utf8"));
  const judge = await prepare(lines);
  const before = process.cpuUsage();
  const began = performance.now();
  const found = await judge();
  const seconds = (performance.now() - began) / 1000;
  const { user, system } = process.cpuUsage(before);
  writeFileSync(out, JSON.stringify(found));
  console.log(JSON.stringify({ seconds, cpuSeconds: (user + system) / 1e6 }));
}
