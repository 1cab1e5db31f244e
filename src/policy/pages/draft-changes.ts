import type { DraftSaid } from "./draft-said.ts";

type Said = Extract<DraftSaid, { ok: true }>;

/** One thing that a draft says otherwise than the bulletin it is compared with. */
export interface DraftChange {
  /** "Clause 4.1", "Is for", "Reading: week". */
  readonly about: string;
  /** The clause, where it is one that the draft has: one can go there. */
  readonly clause: string | null;
  /** What it said; none for something new. */
  readonly was: readonly string[];
  /** What it says; none for what is gone. */
  readonly now: readonly string[];
}

/** What a draft says otherwise, in the order of its file; what it left out comes where it stood. */
export function changesOf(before: Said, after: Said): readonly DraftChange[] {
  const head = (
    [
      ["Title", before.title, after.title],
      ["Number", before.number, after.number],
      ["In force", span(before), span(after)],
      ["Is for", before.applies, after.applies],
    ] as const
  ).map(([about, was, now]) => ({ about, clause: null, was: [was], now: [now] }));
  const clauses = paired(before.clauses, after.clauses, ({ number }) => number).map(
    ([was, now]) => ({
      about: `Clause ${(now ?? was)?.number}`,
      clause: now?.number ?? null,
      ...{ was: wordsOf(was), now: wordsOf(now) },
    }),
  );
  const readings = paired(before.readings, after.readings, ({ name }) => name).map(
    ([was, now]) => ({
      about: `Reading: ${(now ?? was)?.name}`,
      clause: null,
      ...{ was: was ? [was.says] : [], now: now ? [now.says] : [] },
    }),
  );
  return [...head, ...clauses, ...readings].filter(
    ({ was, now }) => was.join("\n") !== now.join("\n"),
  );
}

function span({ effective: { from, until } }: Said): string {
  return until ? `${from} to ${until}` : `from ${from} on`;
}

function wordsOf(clause: Said["clauses"][number] | undefined): readonly string[] {
  return clause ? [clause.gist, ...clause.english] : [];
}

/** Those of the same name beside each other: the second's order, and what only the first has in its place. */
function paired<T>(
  first: readonly T[],
  second: readonly T[],
  nameOf: (one: T) => string,
): readonly (readonly [T | undefined, T | undefined])[] {
  const old = new Map(first.map((one) => [nameOf(one), one]));
  const names = second.map(nameOf);
  for (const [place, one] of first.entries()) {
    const name = nameOf(one);
    if (names.includes(name)) continue;
    const previous = first[place - 1];
    names.splice(previous ? names.indexOf(nameOf(previous)) + 1 : 0, 0, name);
  }
  const fresh = new Map(second.map((one) => [nameOf(one), one]));
  return names.map((name) => [old.get(name), fresh.get(name)]);
}
