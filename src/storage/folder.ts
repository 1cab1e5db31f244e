import { linkSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { keep, readOrEmpty } from "./kept.ts";
import { commandOf } from "./processes.ts";

type Claim =
  | { ours: true; announce: (address: string) => void; release: () => void }
  /** The address is empty while the other one is still starting. */
  | { ours: false; address: string };

const SETTLE_MS = 50;

/**
 * Takes a data folder for this process, so that a second start on it says where the first one
 * serves instead of touching anything. What a killed process left behind is taken over.
 */
export function claimFolder(folder: string): Claim {
  const file = join(folder, "running");
  const mine = `${file}.claim.${process.pid}`;
  const content = `${process.pid}\n`;
  keep(mine, content);
  try {
    for (;;) {
      if (link(mine, file)) {
        // Of several that found the same dead one's claim, only one's stands a moment later.
        Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, SETTLE_MS);
        if (readOrEmpty(file) === content) break;
      }
      const found = readOrEmpty(file);
      const [pid = "", address = ""] = found.split("\n");
      if (isThroughcare(Number(pid))) return { ours: false, address };
      takeAway(file, found);
    }
  } finally {
    rmSync(mine, { force: true });
  }
  return {
    ours: true,
    announce: (address) => keep(file, `${process.pid}\n${address}`),
    release: () => {
      if (readOrEmpty(file).startsWith(content.trim())) rmSync(file, { force: true });
    },
  };
}

/** A dead one's claim goes; one that somebody else put there in the meantime is put back. */
function takeAway(file: string, dead: string): void {
  const aside = `${file}.dead.${process.pid}`;
  try {
    renameSync(file, aside);
  } catch {
    return; // somebody was quicker
  }
  if (readOrEmpty(aside) !== dead) link(aside, file);
  rmSync(aside, { force: true });
}

function link(from: string, to: string): boolean {
  try {
    linkSync(from, to);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
  }
}

function isThroughcare(pid: number): boolean {
  return pid !== process.pid && commandOf(pid).includes("main.ts");
}
