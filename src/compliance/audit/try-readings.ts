import { type Bulletin, withReadings } from "../../policy/bulletin.ts";
import { findReadingKind, type ReadingName, sayReading } from "../../policy/readings.ts";
import { changedSql, type Judging } from "./compare.ts";
import type { Duck } from "./duck.ts";
import { judgeLines } from "./judge-lines.ts";
import type { Surveyed } from "./reading-lines.ts";

/** What would change if a reading had another value. */
export interface ReadingEffect {
  readonly reading: string;
  readonly value: string | number;
  readonly meaning: string;
  /** Lines whose outcome or payable units would differ. */
  readonly lines: number;
  /** Units that would become payable, and that would cease to be. */
  readonly units: { readonly gained: number; readonly lost: number };
}

/** Readings' other values by which recorded lines can be judged, and that judging leans on. */
export function otherReadings(bulletin: Bulletin): readonly { name: ReadingName; value: string }[] {
  // Units are taken as billed, so what a unit is changes no audit.
  return bulletin.readings
    .filter(({ name }) => name !== "unit" && name !== "rounding")
    .flatMap(({ name, value: chosen }) =>
      Object.entries(findReadingKind(name)?.options ?? {})
        .filter(([value, option]) => value !== chosen && option.unjudgeable === undefined)
        .map(([value]) => ({ name, value })),
    );
}

const OTHER = "audit_other";

/** Judges all lines again by each alternative, one at a time, and compares with what was found before. */
export async function compareReadings(
  duck: Duck,
  lines: Surveyed,
  base: Judging,
  { atATime, progress }: { atATime: number | undefined; progress: (share: number) => void },
): Promise<readonly ReadingEffect[]> {
  const others = otherReadings(base.bulletin);
  const effects: ReadingEffect[] = [];
  for (const { name, value } of others) {
    const bulletin = withReadings(base.bulletin, { [name]: value });
    await judgeLines(duck, lines, bulletin, OTHER, { atATime, progress: () => {} });
    const [found] = await duck.rows(`SELECT count(*) AS lines,
  SUM(GREATEST(after - before, 0)) AS gained, SUM(GREATEST(before - after, 0)) AS lost
FROM (\n${changedSql(base, { bulletin, exceptions: OTHER })}\n) AS changed`);
    effects.push(
      effectOf(name, value, {
        lines: Number(found?.lines ?? 0),
        gained: Number(found?.gained ?? 0),
        lost: Number(found?.lost ?? 0),
      }),
    );
    progress(effects.length / others.length);
  }
  return effects;
}

/** What another value of a reading changes, as summary.json has it. */
export function effectOf(
  name: ReadingName,
  value: string,
  { lines, gained, lost }: { lines: number; gained: number; lost: number },
): ReadingEffect {
  return {
    ...{ reading: name, value, meaning: sayReading(name, value) },
    ...{ lines, units: { gained, lost } },
  };
}
