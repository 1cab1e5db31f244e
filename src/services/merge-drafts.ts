import type { Draft, DraftSection } from "./conference-draft.ts";

type Json = string | number | boolean | null | Json[] | { [key: string]: Json };
type Row = { [key: string]: Json } & { id: string };

/** Fields of free text: what both windows wrote is kept, one after the other. */
const PROSE = new Set(["note", "text", "what", "remark", "heard", "notSaid"]);

/**
 * Puts together what two windows wrote since both showed `base`, so that neither loses anything:
 * rows of both stay, prose of both stays, and where both chose differently `mine` stands and the
 * section is named in `clashes`.
 */
export function mergeDrafts(
  base: Draft,
  mine: Draft,
  theirs: Draft,
): { draft: Draft; clashes: DraftSection[] } {
  const clashes = new Set<DraftSection>();
  const draft: Record<string, Json> = {};
  for (const section of Object.keys(mine) as (keyof Draft)[]) {
    const clash = () => {
      if (section !== "v") clashes.add(section);
    };
    draft[section] = merge(section, base[section], mine[section], theirs[section], clash);
  }
  return { draft: draft as unknown as Draft, clashes: [...clashes] };
}

function merge(name: string, base: Json, mine: Json, theirs: Json, clash: () => void): Json {
  if (same(mine, theirs) || same(theirs, base)) return mine;
  if (same(mine, base)) return theirs;
  if (areRows(base) && areRows(mine) && areRows(theirs)) {
    return mergeRows(base, mine, theirs, clash);
  }
  if (isObject(base) && isObject(mine) && isObject(theirs)) {
    return Object.fromEntries(
      Object.keys(mine).map((key) => [
        key,
        merge(key, base[key] ?? null, mine[key] ?? null, theirs[key] ?? null, clash),
      ]),
    );
  }
  if (Array.isArray(mine) && Array.isArray(theirs)) {
    return [...theirs, ...mine.filter((item) => !theirs.some((other) => same(item, other)))];
  }
  clash();
  if (PROSE.has(name) && typeof mine === "string" && typeof theirs === "string") {
    if (mine.includes(theirs)) return mine;
    if (theirs.includes(mine)) return theirs;
    return `${theirs}\n${mine}`;
  }
  return mine;
}

/** A row that one window took away stays away, unless the other went on writing in it. */
function mergeRows(base: Row[], mine: Row[], theirs: Row[], clash: () => void): Row[] {
  const find = (rows: Row[], id: string) => rows.find((row) => row.id === id);
  const ids = [...new Set([...theirs, ...mine].map(({ id }) => id))];
  return ids.flatMap((id): Row[] => {
    const [before, here, there] = [find(base, id), find(mine, id), find(theirs, id)];
    if (here && there) return [merge("row", before ?? {}, here, there, clash) as Row];
    const kept = here ?? there;
    if (!kept || (before && same(before, kept))) return [];
    return [kept];
  });
}

function isObject(value: Json | undefined): value is { [key: string]: Json } {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function areRows(value: Json): value is Row[] {
  return (
    Array.isArray(value) && value.every((item) => isObject(item) && typeof item.id === "string")
  );
}

/** Equal whatever the order of keys: a database gives them back in its own. */
function same(a: Json | undefined, b: Json | undefined): boolean {
  if (Array.isArray(a) && Array.isArray(b)) {
    return a.length === b.length && a.every((item, index) => same(item, b[index]));
  }
  if (isObject(a) && isObject(b)) {
    return (
      Object.keys(a).length === Object.keys(b).length &&
      Object.entries(a).every(([key, value]) => same(value, b[key]))
    );
  }
  return a === b;
}
