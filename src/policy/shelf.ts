import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Bulletin } from "./bulletin.ts";
import { type Case, loadCases } from "./cases.ts";
import { bulletinSchema } from "./json-schema.ts";
import { loadBulletin } from "./load.ts";
import type { Loaded, LoadProblem } from "./yaml-source.ts";

/** A bulletin with its worked cases, from one folder. */
export interface Shelved {
  readonly bulletin: Bulletin;
  readonly cases: readonly Case[];
  /** `<jurisdiction>/<id>` */
  readonly folder: string;
  /** The bulletin's file as it is written, to draft another one from. */
  readonly text: string;
  /** The same of its cases. */
  readonly casesText: string;
}

/**
 * Reads every `<jurisdiction>/<id>/bulletin.yaml` and `cases.yaml` under the folders, in the order of
 * their names. Gives them all, or the problems of all. Two with the same number and jurisdiction, or
 * a folder whose jurisdiction is not the file's, are problems too. Throws only when a folder can't
 * be read.
 */
export async function loadBulletins(
  ...folders: readonly string[]
): Promise<Loaded<readonly Shelved[]>> {
  const problems: LoadProblem[] = [];
  const shelved: Shelved[] = [];
  for (const { root, folder } of (await Promise.all(folders.map(bulletinFolders))).flat()) {
    const loaded = await loadFolder(root, folder);
    if (!loaded.ok) {
      problems.push(...loaded.problems);
      continue;
    }
    const { jurisdiction, number } = loaded.value.bulletin;
    const same = shelved.find(
      ({ bulletin }) => bulletin.number === number && bulletin.jurisdiction === jurisdiction,
    );
    if (same !== undefined) {
      const file = join(root, folder, "bulletin.yaml");
      problems.push(problemAtTop(file, `${number} is already in ${same.folder}`));
    }
    shelved.push(loaded.value);
  }
  return problems.length > 0 ? { ok: false, problems } : { ok: true, value: shelved };
}

async function loadFolder(root: string, folder: string): Promise<Loaded<Shelved>> {
  const file = join(root, folder, "bulletin.yaml");
  const casesFile = join(root, folder, "cases.yaml");
  const [bytes, casesBytes] = await Promise.all([findFile(file), findFile(casesFile)]);
  const missing = [
    ...(bytes === null ? [problemAtTop(file, "is missing")] : []),
    ...(casesBytes === null ? [problemAtTop(casesFile, "is missing")] : []),
  ];
  if (bytes === null || casesBytes === null) return { ok: false, problems: missing };

  const bulletin = loadBulletin(bytes, file);
  if (!bulletin.ok) return bulletin;
  const { jurisdiction } = bulletin.value;
  if (folder.split("/")[0] !== jurisdiction) {
    const message = `its jurisdiction is ${jurisdiction}, and it lies in ${folder}`;
    return { ok: false, problems: [problemAtTop(file, message)] };
  }
  const cases = loadCases(casesBytes, casesFile, bulletin.value);
  if (!cases.ok) return cases;
  return {
    ok: true,
    value: Object.freeze({
      ...{ bulletin: bulletin.value, cases: cases.value, folder },
      text: new TextDecoder().decode(bytes),
      casesText: new TextDecoder().decode(casesBytes),
    }),
  };
}

async function findFile(file: string): Promise<Uint8Array | null> {
  try {
    return await readFile(file);
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return null;
    throw error;
  }
}

function problemAtTop(file: string, message: string): LoadProblem {
  return { file, line: 1, clause: null, message };
}

/** Writes the JSON Schema that editors complete and check a bulletin's file with. */
export async function writeBulletinSchema(file: string): Promise<void> {
  await writeFile(file, bulletinSchemaText());
}

/** The schema as it stands in its file. */
export function bulletinSchemaText(): string {
  return `${JSON.stringify(bulletinSchema(), null, 2)}\n`;
}

/** The folders below one that hold, or should hold, a bulletin. */
export async function bulletinFolders(
  root: string,
): Promise<readonly { root: string; folder: string }[]> {
  const jurisdictions = await subfolders(root);
  const ids = await Promise.all(jurisdictions.map((name) => subfolders(join(root, name))));
  return jurisdictions.flatMap((name, index) =>
    (ids[index] ?? []).map((id) => ({ root, folder: `${name}/${id}` })),
  );
}

async function subfolders(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  return entries
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .toSorted();
}
