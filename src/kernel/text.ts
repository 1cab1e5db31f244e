/**
 * Orders two texts by their UTF-8 bytes, as `COLLATE "C"` does in PostgreSQL and DuckDB does by
 * itself. JavaScript's `<` compares UTF-16 units and puts 😀 before ﬀ; this does not.
 */
export function compareByBytes(a: string, b: string): number {
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i++) {
    const x = a.charCodeAt(i);
    const y = b.charCodeAt(i);
    if (x !== y) return codePointRank(x) - codePointRank(y);
  }
  return a.length - b.length;
}

/** Surrogates stand for code points above U+FFFF, so they rank after U+E000–U+FFFF. */
function codePointRank(unit: number): number {
  if (unit < 0xd800) return unit;
  return unit < 0xe000 ? unit + 0x2000 : unit - 0x800;
}
