import { linkSync, rmSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { keep, readOrEmpty } from "../storage/kept.ts";
import { alive } from "../storage/processes.ts";

/** One process at a time; the lock of one that died is taken over. */
export async function underLock<T>(file: string, work: () => Promise<T>): Promise<T> {
  const mine = `${file}.${process.pid}`;
  for (;;) {
    keep(mine, String(process.pid));
    try {
      linkSync(mine, file);
      break;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
      if (alive(Number(readOrEmpty(file)))) await sleep(200);
      else rmSync(file, { force: true });
    } finally {
      rmSync(mine, { force: true });
    }
  }
  try {
    return await work();
  } finally {
    rmSync(file, { force: true });
  }
}
