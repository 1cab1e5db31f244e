import type { Bulletin } from "../bulletin.ts";
import { runCases, typescriptEngine } from "../cases.ts";
import type { Shelved } from "../shelf.ts";
import { plainly } from "./own-cases.ts";

/** What the worked cases of a bulletin come to by a draft of it. */
export interface DraftCases {
  readonly tried: number;
  /** Those that come out otherwise than they were worked out, each with what differs. */
  readonly otherwise: readonly { readonly name: string; readonly differs: readonly string[] }[];
}

/**
 * Runs the worked cases of what is in force by the draft, as if it were in force on the same days. A
 * case that comes out otherwise is no fault: it is what the draft changes. Null where both are about
 * other things.
 */
export async function tryCases(
  { bulletin, cases }: Shelved,
  draft: Bulletin,
): Promise<DraftCases | null> {
  if (bulletin.about !== draft.about) return null;
  const then = { ...draft, effective: bulletin.effective };
  const tried = await Promise.all(
    cases.map(async (one) => ({
      name: one.name,
      differs: (await runCases(then, [one], typescriptEngine)).map((text) =>
        plainly(text, one.name, one.lines.length)
          .replace(/ is undefined, expected .*/, " is gone")
          .replace(/ is (\S+), expected (\S+)$/, ": $2 becomes $1"),
      ),
    })),
  );
  return { tried: cases.length, otherwise: tried.filter(({ differs }) => differs.length > 0) };
}
