import { createHash } from "node:crypto";

/** A finding to draw from. */
export interface Drawable {
  readonly clause: string;
  readonly lineId: string;
}

/** A finding that was drawn, of how many of its clause, and of how many that were. */
export interface Drawn<Finding> {
  readonly finding: Finding;
  readonly of: number;
  readonly drawn: number;
}

/**
 * Draws findings for review by hand: from every clause its share, and from each at least one. The same
 * seed and findings give the same sample, in whatever order they come: the findings of a clause are
 * ranked by the SHA-256 of seed, clause and line. With fewer places than clauses, the clauses with most
 * findings have one each.
 */
export function drawSample<Finding extends Drawable>(
  findings: readonly Finding[],
  { size, seed }: { readonly size: number; readonly seed: string },
): readonly Drawn<Finding>[] {
  const clauses = [...Map.groupBy(findings, ({ clause }) => clause)].toSorted(
    ([a, some], [b, others]) => others.length - some.length || (a < b ? -1 : 1),
  );
  const shares = sharesOf(
    clauses.map(([, of]) => of.length),
    size,
  );
  return clauses
    .map(([clause, all], index) => ({
      ...{ clause, of: all.length, drawn: ranked(all, seed).slice(0, shares[index]) },
    }))
    .toSorted((a, b) => (a.clause < b.clause ? -1 : 1))
    .flatMap(({ of, drawn }) => drawn.map((finding) => ({ finding, of, drawn: drawn.length })));
}

function ranked<Finding extends Drawable>(findings: readonly Finding[], seed: string) {
  return findings
    .map((finding) => {
      const text = JSON.stringify([seed, finding.clause, finding.lineId]);
      return { finding, rank: createHash("sha256").update(text).digest("hex") };
    })
    .toSorted((a, b) => (a.rank < b.rank ? -1 : a.rank > b.rank ? 1 : 0))
    .map(({ finding }) => finding);
}

/** One each while there are places, then in proportion, what is left over to the largest fractions. */
function sharesOf(counts: readonly number[], size: number): readonly number[] {
  const all = counts.reduce((sum, count) => sum + count, 0);
  const places = Math.max(0, Math.min(Math.trunc(size), all));
  const first = counts.map((_, index): number => (index < places ? 1 : 0));
  const rest = places - Math.min(places, counts.length);
  const open = counts.map((count, index) => count - (first[index] ?? 0));
  const left = open.reduce((sum, count) => sum + count, 0);
  if (rest <= 0 || left === 0) return first;
  const exact = open.map((count) => (count * rest) / left);
  const shares = exact.map(Math.floor);
  const given = shares.reduce((sum, share) => sum + share, 0);
  const byFraction = exact
    .map((share, index) => ({ index, fraction: share - Math.floor(share) }))
    .toSorted((a, b) => b.fraction - a.fraction || a.index - b.index)
    .slice(0, rest - given);
  for (const { index } of byFraction) shares[index] = (shares[index] ?? 0) + 1;
  return shares.map((share, index) => share + (first[index] ?? 0));
}
