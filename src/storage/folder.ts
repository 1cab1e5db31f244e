import { execFileSync } from "node:child_process";
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

type Claim =
  | { ours: true; announce: (address: string) => void; release: () => void }
  | { ours: false; address: string };

/**
 * Takes a data folder for this process, so that a second start on it says where the first one
 * serves instead of touching anything. What a killed process left behind is taken over.
 */
export function claimFolder(folder: string): Claim {
  const file = join(folder, "running");
  for (;;) {
    try {
      writeFileSync(file, `${process.pid}\nstarting`, { flag: "wx" });
      return {
        ours: true,
        announce: (address) => writeFileSync(file, `${process.pid}\n${address}`),
        release: () => rmSync(file, { force: true }),
      };
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    }
    const [pid = "", address = ""] = readOrEmpty(file).split("\n");
    if (isThroughcare(Number(pid))) return { ours: false, address };
    rmSync(file, { force: true });
  }
}

function readOrEmpty(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return "";
  }
}

/** A process number may have gone to another program since: its command line tells. */
function isThroughcare(pid: number): boolean {
  if (!(pid > 0) || pid === process.pid) return false;
  try {
    const command =
      process.platform === "linux"
        ? readFileSync(`/proc/${pid}/cmdline`, "utf8")
        : execFileSync("ps", ["-p", String(pid), "-o", "command="], { encoding: "utf8" });
    return command.includes("main.ts");
  } catch {
    return false;
  }
}
