import { linesNamed } from "../../compliance/explanation.ts";
import { type SaidFinding, sayFindings } from "../../compliance/pages/said.ts";
import type { Standing } from "../../compliance/standing.ts";
import type { Bulletin } from "../../policy/bulletin.ts";
import type { Outcome } from "../../policy/judgement.ts";
import type { Acting } from "../../storage/database.ts";
import { findServicesBriefly } from "../session-store.ts";

/** What the bulletins say of a service, as its own page shows it. */
export type ShownStanding = {
  outcome: Outcome;
  unitsBilled: number;
  unitsPayable: number;
  judgements: readonly {
    bulletin: string;
    judgedAt: string;
    contentHash: string;
    findings: readonly SaidFinding[];
  }[];
  /** When the other services that are named began, by id. */
  starts: Readonly<Record<string, string | null>>;
};

/** A standing as its page shows it: readings in words, and nothing of what would mend a verdict. */
export async function showStanding(
  db: Acting,
  consumerId: string,
  standing: Standing,
  bulletins: readonly Bulletin[],
): Promise<ShownStanding> {
  const { outcome, unitsBilled, unitsPayable } = standing;
  const judgements = standing.judgements.map((judgement) => ({
    bulletin: judgement.bulletin,
    judgedAt: judgement.judgedAt.toISOString(),
    contentHash: judgement.contentHash,
    findings: sayFindings(judgement, bulletins),
  }));
  const named = judgements.flatMap(({ findings }) =>
    findings.flatMap(({ explanation }) => linesNamed(explanation)),
  );
  const others = await findServicesBriefly(db, consumerId, named);
  const starts = Object.fromEntries(others.map(({ id, start_time }) => [id, start_time]));
  return { outcome, unitsBilled, unitsPayable, judgements, starts };
}
