import { readFile } from "node:fs/promises";
import { parseArgs } from "node:util";
import { Refusal } from "../compliance/audit/refusal.ts";
import { whatIf } from "../compliance/audit/what-if.ts";
import type { Bulletin } from "../policy/bulletin.ts";
import { loadBulletin } from "../policy/load.ts";
import { sayProblem } from "../policy/yaml-source.ts";
import {
  AUDITING_HELP,
  AUDITING_OPTIONS,
  FILES_HELP,
  findBulletin,
  runAuditing,
  shelved,
} from "./auditing.ts";

const USAGE =
  "throughcare what-if LINES --draft FILE --out DIR; throughcare what-if --help says more";

export const help = `throughcare what-if LINES --draft FILE --out DIR [options]
  Judges a CSV or Parquet file of service lines by a drafted bulletin and by the one in force, and says
  what changes, for whom, by how much. Needs no server and no database.

Written to DIR, all or nothing: changed (Parquet or CSV), rejects.csv, summary.json, report.html.
Exit 0 when the comparison ran; 2, with one line that says why, when it could not.

  --draft FILE          the draft, a bulletin.yaml
  --against NUMBER      the bulletin it is compared with. Unless said: the one of the draft's number, else the
                        one of its jurisdiction that is in force on the draft's first day. A draft of another
                        number replaces it from that day on; what came before stays as it was judged
  --out DIR             a folder that does not exist yet or is empty
${AUDITING_HELP}
${FILES_HELP}`;

export async function run(args: string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      ...AUDITING_OPTIONS,
      draft: { type: "string" },
      against: { type: "string" },
    },
  });
  const [lines, ...more] = positionals;
  return runAuditing(USAGE, values, lines, async (options) => {
    if (more.length > 0 || !values.draft) throw new Refusal(USAGE);
    const draft = await readDraft(values.draft);
    const against =
      values.against === undefined
        ? await findCounterpart(draft, values.bulletins)
        : await findBulletin(values.against, values.bulletins);
    return whatIf({ ...options, draft, against });
  });
}

async function readDraft(file: string): Promise<Bulletin> {
  const bytes = await readFile(file).catch((error: NodeJS.ErrnoException) => {
    throw new Refusal(`${file}: it can't be opened (${error.code})`);
  });
  const loaded = loadBulletin(bytes, file);
  if (loaded.ok) return loaded.value;
  const [first, ...more] = loaded.problems;
  const others = more.length > 0 ? ` (and ${more.length} more)` : "";
  throw new Refusal(`${first ? sayProblem(first) : `${file}: it is invalid`}${others}`);
}

/** What a draft would change: the bulletin of its number, else the one in force on its first day. */
async function findCounterpart(draft: Bulletin, folders: readonly string[]): Promise<Bulletin> {
  const all = (await shelved(folders)).map(({ bulletin }) => bulletin);
  const named = all.filter(({ number }) => number === draft.number);
  const { from } = draft.effective;
  const near = all.filter(
    ({ jurisdiction, about, effective }) =>
      jurisdiction === draft.jurisdiction &&
      about === draft.about &&
      effective.from <= from &&
      (effective.until === null || effective.until >= from),
  );
  const [one, ...more] = named.length > 0 ? named : near;
  if (one !== undefined && more.length === 0) return one;
  const known = all
    .filter(({ about }) => about === "service")
    .map(({ number }) => number)
    .join(", ");
  throw new Refusal(
    `--against: say which bulletin ${draft.number} is compared with; there is ${known}`,
  );
}
