import { addDays, type Day } from "../kernel/day.ts";

/** A billing code and price that holds from one day to another, both included; null is open. */
export interface RateSpan {
  readonly id: string;
  readonly from: Day;
  readonly to: Day | null;
}

export type RateChange =
  /** The rate that held on the day ends the day before; the new one holds as long as it would have. */
  | {
      readonly ok: true;
      readonly ends: string | null;
      readonly endsOn: Day;
      readonly to: Day | null;
    }
  | { readonly ok: false; readonly because: "starts-that-day" };

/** What a new rate from a day on does to those of the same service that stand. No day has two. */
export function changeFrom(standing: readonly RateSpan[], from: Day): RateChange {
  const holds = standing.find((rate) => rate.from <= from && (rate.to === null || rate.to >= from));
  if (holds?.from === from) return { ok: false, because: "starts-that-day" };
  const endsOn = addDays(from, -1);
  if (holds) return { ok: true, ends: holds.id, endsOn, to: holds.to };
  const [next] = standing
    .map((rate) => rate.from)
    .filter((day) => day > from)
    .toSorted();
  return { ok: true, ends: null, endsOn, to: next ? addDays(next, -1) : null };
}
