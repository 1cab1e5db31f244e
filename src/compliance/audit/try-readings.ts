import { type Bulletin, withReadings } from "../../policy/bulletin.ts";
import { findReadingKind, type ReadingName, sayReading } from "../../policy/readings.ts";
import type { Duck } from "./duck.ts";
import { judgeChunk } from "./judge-chunk.ts";
import { JUDGED, OUTCOMES } from "./tally.ts";

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

const BASE = "audit_base";

function outcome(column: string): string {
  return `list_position([${OUTCOMES.map((name) => `'${name}'`).join(", ")}], ${column})`;
}

/** Keeps what the chunk's lines came to, in a few bytes each. */
export async function keepForComparing(duck: Duck, part: number): Promise<void> {
  const kept = `SELECT "row", CAST(${outcome("outcome")} AS utinyint) AS outcome, units_payable FROM ${JUDGED}`;
  await duck.run(
    part === 0 ? `CREATE OR REPLACE TEMP TABLE ${BASE} AS ${kept}` : `INSERT INTO ${BASE} ${kept}`,
  );
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

type JudgeAll = (
  bulletin: Bulletin,
  judged: (part: { readonly index: number }) => Promise<void>,
) => Promise<unknown>;

/** Judges all lines again by each alternative, one at a time, and compares with what was kept. */
export async function compareReadings(
  bulletin: Bulletin,
  duck: Duck,
  eachChunk: JudgeAll,
  progress: (share: number) => void,
): Promise<readonly ReadingEffect[]> {
  const others = otherReadings(bulletin);
  const effects: ReadingEffect[] = [];
  for (const { name, value } of others) {
    const other = withReadings(bulletin, { [name]: value });
    let [lines, gained, lost] = [0, 0, 0];
    await eachChunk(other, async () => {
      await judgeChunk(duck, other);
      const [found] = await duck.rows(`SELECT count(*) AS lines,
  SUM(GREATEST(j.units_payable - b.units_payable, 0)) AS gained,
  SUM(GREATEST(b.units_payable - j.units_payable, 0)) AS lost
FROM ${JUDGED} AS j JOIN ${BASE} AS b ON b."row" = j."row"
WHERE j.units_payable <> b.units_payable OR ${outcome("j.outcome")} <> b.outcome`);
      lines += Number(found?.lines ?? 0);
      gained += Number(found?.gained ?? 0);
      lost += Number(found?.lost ?? 0);
    });
    const meaning = sayReading(name, value);
    effects.push({ reading: name, value, meaning, lines, units: { gained, lost } });
    progress(effects.length / others.length);
  }
  return effects;
}
