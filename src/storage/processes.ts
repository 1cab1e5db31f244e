import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";

/** True while a process with this number lives, whoever's it is. */
export function alive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

/** The command line of a process, or nothing if it is gone: its number may be another program's now. */
export function commandOf(pid: number): string {
  if (!(pid > 0)) return "";
  try {
    return process.platform === "linux"
      ? readFileSync(`/proc/${pid}/cmdline`, "utf8").replaceAll("\0", " ")
      : execFileSync("ps", ["-p", String(pid), "-o", "command="], { encoding: "utf8" });
  } catch {
    return "";
  }
}
