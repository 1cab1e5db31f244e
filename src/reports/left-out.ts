/** Counts that add up: `whole` is the sum of `parts`. Each is named by its key. */
export type Sum = { readonly whole: string; readonly parts: readonly string[] };

/**
 * Which counts are not said when they leave the agency: each above nought and below `small`, and as
 * many others as it takes that none of these can be had by taking what is said from a sum. Of the
 * parts of a sum that is said, those left out are none, or several that make at least `small`.
 * A count that is not given is nought; nought is always said.
 */
export function leftOut(
  counts: ReadonlyMap<string, number>,
  sums: readonly Sum[],
  small: number,
): ReadonlySet<string> {
  const out = new Set([...counts].filter(([, n]) => n > 0 && n < small).map(([key]) => key));
  const count = (key: string) => counts.get(key) ?? 0;
  for (let again = true; again; ) {
    again = false;
    for (const sum of sums) {
      for (let more = givesAway(sum); more !== null; more = givesAway(sum)) {
        out.add(more);
        again = true;
      }
    }
  }
  return out;

  /** What else has to be left out for the sake of this sum; null when it gives nothing away. */
  function givesAway({ whole, parts }: Sum): string | null {
    const hidden = parts.filter((key) => out.has(key));
    if (out.has(whole)) return hidden.length > 0 ? null : smallestSaid(parts);
    if (hidden.length === 0) return null;
    const together = hidden.reduce((all, key) => all + count(key), 0);
    if (hidden.length > 1 && together >= small) return null;
    return smallestSaid(parts) ?? whole;
  }

  function smallestSaid(parts: readonly string[]): string | null {
    const said = parts.filter((key) => !out.has(key) && count(key) > 0);
    return said.toSorted((a, b) => count(a) - count(b))[0] ?? null;
  }
}
