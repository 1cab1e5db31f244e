import type { Bulletin } from "./bulletin.ts";
import type { Line } from "./facts.ts";
import { judge } from "./judge.ts";
import type { CombinedJudgement, Outcome } from "./judgement.ts";

/** Strictest first. */
const STRICTNESS: readonly Outcome[] = ["denied", "pended", "reduced", "payable"];

/**
 * Judges service lines by every bulletin of a jurisdiction that is in force on the line's date and
 * applies to it. The strictest outcome stands, with the fewest payable units; a line to which none
 * applies is `not-applicable`. Each bulletin judges all the lines by itself.
 */
export function judgeAll(
  bulletins: readonly Bulletin[],
  lines: readonly Line[],
  jurisdiction: string,
): readonly CombinedJudgement[] {
  const each = bulletins
    .filter((bulletin) => bulletin.jurisdiction === jurisdiction && bulletin.about === "service")
    .map((bulletin) => judge(bulletin, lines));

  return lines.map((line, index) => {
    const judgements = each
      .flatMap((judged) => judged[index] ?? [])
      .filter(({ outcome }) => outcome !== "not-applicable");
    const outcomes = judgements.map(({ outcome }) => outcome);
    return Object.freeze({
      line_id: line.line_id,
      outcome: STRICTNESS.find((outcome) => outcomes.includes(outcome)) ?? "not-applicable",
      units_billed: Number(line.units ?? 0),
      units_payable:
        judgements.length === 0 ? 0 : Math.min(...judgements.map((j) => j.units_payable)),
      judgements: Object.freeze(judgements),
    });
  });
}
