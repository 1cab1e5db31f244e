import { readFile } from "node:fs/promises";
import { parseArgs } from "node:util";
import { Refusal } from "../compliance/audit/refusal.ts";
import { whatIf } from "../compliance/audit/what-if.ts";
import type { Bulletin } from "../policy/bulletin.ts";
import { loadBulletin } from "../policy/load.ts";
import { sayProblem } from "../policy/yaml-source.ts";
import { AUDITING_OPTIONS, findBulletin, runAuditing, shelved } from "./auditing.ts";

const USAGE =
  "throughcare what-if LINES --draft FILE --out DIR [--against NUMBER] [--credentials FILE] [--format csv|parquet] [--json] [--threads N] [--memory 4GB] [--bulletins DIR] [--force]";

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

/** The bulletin that a draft would change: the one of its number, else the only one of its jurisdiction. */
async function findCounterpart(draft: Bulletin, folders: readonly string[]): Promise<Bulletin> {
  const all = (await shelved(folders)).map(({ bulletin }) => bulletin);
  const named = all.filter(({ number }) => number === draft.number);
  const near = all.filter(
    ({ jurisdiction, about }) => jurisdiction === draft.jurisdiction && about === draft.about,
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
