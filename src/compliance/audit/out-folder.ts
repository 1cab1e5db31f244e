import { randomBytes } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { alive } from "../../storage/processes.ts";
import { Refusal } from "./refusal.ts";

/** A folder that comes into being whole or not at all. */
export interface OutFolder {
  /** Where the outputs are written, to become the folder. */
  readonly draft: string;
  /** For what is made on the way. */
  readonly work: string;
  /** Puts the outputs in place. */
  readonly publish: () => void;
  /** Leaves no trace of a run that failed. */
  readonly discard: () => void;
}

/**
 * Prepares a folder beside `out`, so that a rename can put it in place. What a killed run left there is
 * cleared first. With `force` the outputs replace a folder's; anything else in it is kept.
 */
export function prepareOutFolder(out: string, force: boolean): OutFolder {
  const target = resolve(out);
  const parent = dirname(target);
  const prefix = `.${basename(target)}.throughcare-`;
  return refusing(target, () => {
    mkdirSync(parent, { recursive: true });
    clearLeftovers(parent, prefix, target);
    if (existsSync(target) && entriesOf(target).length > 0 && !force) {
      throw new Refusal(`${out}: the folder is not empty (--force replaces it)`);
    }
    const base = join(parent, `${prefix}${process.pid}-${randomBytes(4).toString("hex")}`);
    const work = `${base}.work`;
    const draft = `${base}.draft`;
    mkdirSync(work);
    mkdirSync(draft);
    return {
      draft,
      work,
      publish: () =>
        refusing(target, () => {
          if (existsSync(target) && entriesOf(target).length > 0 && !force) {
            throw new Refusal(`${out}: the folder was filled by somebody else`);
          }
          const old = `${base}.old`;
          if (existsSync(target)) renameSync(target, old);
          renameSync(draft, target);
          keepOthers(old, target);
          rmSync(work, { recursive: true, force: true });
        }),
      discard: () => {
        rmSync(work, { recursive: true, force: true });
        rmSync(draft, { recursive: true, force: true });
      },
    };
  });
}

/** Files that an audit or a comparison writes; a later one replaces them all, in whichever format they were. */
const OUTPUTS = new Set([
  ...["lines.parquet", "lines.csv", "findings.parquet", "findings.csv"],
  ...["changed.parquet", "changed.csv", "rejects.csv", "summary.json", "report.html"],
]);

/** Moves what no audit wrote from a replaced folder to the one in its place. */
function keepOthers(old: string, target: string): void {
  if (!existsSync(old)) return;
  for (const name of entriesOf(old)) {
    if (!OUTPUTS.has(name)) renameSync(join(old, name), join(target, name));
  }
  rmSync(old, { recursive: true, force: true });
}

function clearLeftovers(parent: string, prefix: string, target: string): void {
  for (const name of entriesOf(parent)) {
    if (!name.startsWith(prefix) || alive(Number.parseInt(name.slice(prefix.length), 10))) continue;
    const left = join(parent, name);
    // Killed between two renames: what the folder was is not lost.
    if (name.endsWith(".old")) {
      if (existsSync(target)) keepOthers(left, target);
      else renameSync(left, target);
    }
    rmSync(left, { recursive: true, force: true });
  }
}

function entriesOf(folder: string): readonly string[] {
  return readdirSync(folder);
}

function refusing<T>(target: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (error instanceof Refusal) throw error;
    const { code } = error as NodeJS.ErrnoException;
    if (code === undefined) throw error;
    if (code === "ENOSPC") throw new Refusal(`${target}: no room on the disk`);
    throw new Refusal(`${target}: the folder can't be made (${code})`);
  }
}
