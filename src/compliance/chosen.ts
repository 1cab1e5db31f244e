import type { Day } from "../kernel/day.ts";
import type { Bulletin } from "../policy/bulletin.ts";

/** A bulletin that an agency chose to be judged by, from its first to its last day (null: no end). */
export interface Chosen {
  readonly jurisdiction: string;
  readonly number: string;
  readonly from: Day;
  readonly until: Day | null;
}

/** What one has to know of an agency to say which bulletins are in force for it. */
export interface Choosing {
  readonly jurisdiction: string;
  /** None: all bulletins of its jurisdiction, for as long as they are in force. */
  readonly bulletins?: readonly Chosen[];
}

/**
 * The bulletins in force for an agency, each no longer than the agency chose it. One that was chosen
 * for two spans of time stands here twice, with other days.
 */
export function bulletinsOf(
  { jurisdiction, bulletins: chosen = [] }: Choosing,
  shelf: readonly Bulletin[],
): readonly Bulletin[] {
  if (chosen.length === 0) return shelf.filter((one) => one.jurisdiction === jurisdiction);
  return shelf.flatMap((bulletin) =>
    chosen
      .filter((one) => one.number === bulletin.number && one.jurisdiction === bulletin.jurisdiction)
      .map((one) => within(bulletin, one))
      .filter(({ effective: { from, until } }) => until === null || from <= until),
  );
}

function within(bulletin: Bulletin, { from, until }: Chosen): Bulletin {
  const { effective } = bulletin;
  const ends = [effective.until, until].filter((day) => day !== null).toSorted();
  return Object.freeze({
    ...bulletin,
    effective: Object.freeze({
      from: from > effective.from ? from : effective.from,
      until: ends[0] ?? null,
    }),
  });
}
