import type { Standing } from "../../compliance/standing.ts";
import { type Bulletin, readingOf } from "../../policy/bulletin.ts";
import { sayReading } from "../../policy/readings.ts";
import type { ShownStanding } from "./verdicts.tsx";

/** A standing as its page shows it: readings in words, and nothing of what would mend a verdict. */
export function showStanding(standing: Standing, bulletins: readonly Bulletin[]): ShownStanding {
  const { outcome, unitsBilled, unitsPayable, judgements } = standing;
  return {
    ...{ outcome, unitsBilled, unitsPayable },
    judgements: judgements.map(({ bulletin: number, judgedAt, contentHash, findings }) => {
      const bulletin = bulletins.find((one) => one.number === number);
      return {
        ...{ bulletin: number, judgedAt: judgedAt.toISOString(), contentHash },
        findings: findings.map(({ clause, kind, verdict, explanation, readings }) => ({
          ...{ clause, kind, verdict, explanation },
          readings: readings.map((name) =>
            bulletin ? sayReading(name, readingOf(bulletin, name)) : name,
          ),
        })),
      };
    }),
  };
}
