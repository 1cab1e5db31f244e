import { closeSync, fsyncSync, openSync, readFileSync, renameSync, writeSync } from "node:fs";

/** A small file that is there whole or not at all: written aside, then put in its place. */
export function keep(file: string, content: string): void {
  const aside = `${file}.${process.pid}`;
  const handle = openSync(aside, "w", 0o600);
  try {
    writeSync(handle, content);
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
  renameSync(aside, file);
}

/** What the file holds; made and kept first if there is none. For secrets: its owner reads it, nobody else. */
export function keptOr(file: string, make: () => string): string {
  const known = readOrEmpty(file).trim();
  if (known) return known;
  const made = make();
  keep(file, made);
  return made;
}

/** The file's content, or nothing if there is no such file. */
export function readOrEmpty(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return "";
    throw error;
  }
}
