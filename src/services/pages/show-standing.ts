import type { Standing } from "../../compliance/standing.ts";
import { type Bulletin, readingOf } from "../../policy/bulletin.ts";
import { sayReading } from "../../policy/readings.ts";
import type { ShownStanding } from "./verdicts.tsx";

/** A standing as its page shows it: readings in words, and nothing of what would mend a verdict. */
export function showStanding(
  standing: Standing,
  bulletins: readonly Bulletin[],
  others: readonly Other[] = [],
): ShownStanding {
  const { outcome, unitsBilled, unitsPayable, judgements } = standing;
  return {
    ...{ outcome, unitsBilled, unitsPayable },
    judgements: judgements.map(({ bulletin: number, judgedAt, contentHash, findings }) => {
      const bulletin = bulletins.find((one) => one.number === number);
      return {
        ...{ bulletin: number, judgedAt: judgedAt.toISOString(), contentHash },
        findings: findings.map(({ clause, kind, verdict, explanation, readings }) => ({
          ...{ clause, kind, verdict },
          explanation: explanation.replace(SERVICE_ID, (id) => sayOther(id, others)),
          readings: readings.map((name) =>
            bulletin ? sayReading(name, readingOf(bulletin, name)) : name,
          ),
        })),
      };
    }),
  };
}

type Other = { id: string; start_time: string | null };

/** Other services that the explanations name by their ids. */
export function namedIn(standing: Standing): string[] {
  const said = standing.judgements.flatMap(({ findings }) => findings);
  return said.flatMap(({ explanation }) => explanation.match(SERVICE_ID) ?? []);
}

const SERVICE_ID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g;

/** People know a service by when it was, not by its id. */
function sayOther(id: string, others: readonly Other[]): string {
  const start = others.find((one) => one.id === id)?.start_time;
  return start ? `of ${start}` : "of that day";
}
