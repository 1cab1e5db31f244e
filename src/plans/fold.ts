/** The same words, however they were typed: for telling that a line is on the plan already. */
export function fold(text: string): string {
  return text
    .normalize("NFKC")
    .trim()
    .replace(/\s+/g, " ")
    .replace(/[\s.!]+$/, "")
    .toLowerCase();
}

type Worded = { text: string };

/** Two lines are the same when their words are. */
export const sameWords = {
  standing: (line: Worded) => fold(line.text),
  named: (line: Worded) => fold(line.text),
};

/**
 * What is already there is not written twice. For each named line: the standing one with the same
 * words, or its own place among the new ones.
 */
function matchStanding<S extends { id: string }, N>(
  standing: readonly S[],
  named: readonly N[],
  key: { standing: (line: S) => string; named: (line: N) => string },
): { fresh: N[]; places: ({ id: string } | { fresh: number })[] } {
  const known = new Map<string, { id: string } | { fresh: number }>();
  for (const line of standing) {
    const folded = key.standing(line);
    if (!known.has(folded)) known.set(folded, { id: line.id });
  }
  const fresh: N[] = [];
  const places = named.map((line) => {
    const folded = key.named(line);
    const found = known.get(folded);
    if (found) return found;
    const place = { fresh: fresh.push(line) - 1 };
    known.set(folded, place);
    return place;
  });
  return { fresh, places };
}

/**
 * Writes the named lines that do not stand yet, and gives the ids of all of them in their order.
 *
 * @param key what makes two lines the same
 */
export async function writeFresh<S extends { id: string }, N>(
  standing: readonly S[],
  named: readonly N[],
  key: { standing: (line: S) => string; named: (line: N) => string },
  insert: (written: (N & { id: string })[]) => Promise<unknown>,
): Promise<string[]> {
  const { fresh, places } = matchStanding(standing, named, key);
  const written = fresh.map((line) => ({ ...line, id: crypto.randomUUID() }));
  if (written.length > 0) await insert(written);
  return places.map((place) => ("id" in place ? place.id : (written[place.fresh]?.id as string)));
}
