/** A child's place for a stay, as it is recorded; of the child nothing is. */
export type ChildStay = {
  id: string;
  bed_id: string;
  arrived_on: string | null;
  left_on: string | null;
  cancelled_on: string | null;
};

/** Booked or lived in: neither given up nor left. */
export function standsFor(stay: ChildStay): boolean {
  return stay.cancelled_on === null && stay.left_on === null;
}

/** What becomes of the places of a stay when those in `wanted` are to be theirs. */
export function changesTo<S extends ChildStay>(
  stays: readonly S[],
  wanted: readonly string[],
  /** Whether the parent comes with it, or only books. */
  comes: boolean,
): { cancel: S[]; leave: S[]; stay: S[]; come: S[]; take: string[] } {
  const standing = stays.filter(standsFor);
  const inside = standing.filter((one) => one.arrived_on !== null);
  const booked = standing.filter((one) => one.arrived_on === null);
  const isWanted = ({ bed_id }: S) => wanted.includes(bed_id);
  const has = (some: readonly S[], bedId: string) => some.some(({ bed_id }) => bed_id === bedId);
  const kept = comes ? standing : inside;
  return {
    // A booking made anew is a new one, whatever it keeps.
    cancel: comes ? booked.filter((one) => !isWanted(one) || has(inside, one.bed_id)) : booked,
    leave: comes ? inside.filter((one) => !isWanted(one)) : [],
    stay: comes ? inside.filter(isWanted) : [],
    come: comes ? booked.filter((one) => isWanted(one) && !has(inside, one.bed_id)) : [],
    take: [...new Set(wanted)].filter((bedId) => !has(kept, bedId)).sort(),
  };
}

/** Children who come along and have no place kept for them. */
export function withoutPlace(childrenWith: number, stays: readonly ChildStay[]): number {
  return Math.max(0, childrenWith - stays.filter(standsFor).length);
}

export function childrenWords(children: number): string {
  return children === 1 ? "1 child" : `${children} children`;
}
