import type { Bulletin } from "../../policy/bulletin.ts";
import { sayReading } from "../../policy/readings.ts";
import type { Share, tally } from "./tally.ts";
import type { ReadingEffect } from "./try-readings.ts";

type Tally = Awaited<ReturnType<typeof tally>>;
type Keyed<Name extends string> = Omit<Share, "key"> & { readonly [name in Name]: string | null };

/** summary.json, as service-lines.md lists it. */
export interface Summary extends Omit<Tally, "by_program" | "by_agency" | "by_month"> {
  /** The bulletin's number. */
  readonly bulletin: string;
  readonly content_hash: string;
  readonly readings: readonly {
    readonly name: string;
    readonly value: string | number;
    readonly meaning: string;
    readonly clause: string;
    readonly because: string;
  }[];
  readonly by_program: readonly Keyed<"program">[];
  readonly by_agency: readonly Keyed<"agency_id">[];
  readonly by_month: readonly Keyed<"month">[];
  readonly seconds: number;
  /** With --readings: what would change if a reading had another of its values. */
  readonly other_readings?: readonly ReadingEffect[];
}

export function summaryOf(
  bulletin: Bulletin,
  tally: Tally,
  effects: readonly ReadingEffect[] | null,
  seconds: number,
): Summary {
  const { by_program, by_agency, by_month, rejected, ...sums } = tally;
  return {
    bulletin: bulletin.number,
    content_hash: bulletin.contentHash,
    readings: bulletin.readings.map(({ name, value, clause, because }) => ({
      ...{ name, value, meaning: sayReading(name, value), clause, because },
    })),
    ...sums,
    by_program: keyed(by_program, "program"),
    by_agency: keyed(by_agency, "agency_id"),
    by_month: keyed(by_month, "month"),
    rejected,
    ...(effects === null ? {} : { other_readings: effects }),
    seconds,
  };
}

function keyed<Name extends string>(shares: readonly Share[], name: Name): readonly Keyed<Name>[] {
  return shares.map(({ key, ...share }) => ({ [name]: key, ...share }) as Keyed<Name>);
}
