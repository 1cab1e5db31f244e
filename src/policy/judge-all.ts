import type { Bulletin } from "./bulletin.ts";
import type { Line } from "./facts.ts";
import { judge } from "./judge.ts";
import type { CombinedJudgement, Judgement, Outcome } from "./judgement.ts";

/** Strictest first. */
const STRICTNESS: readonly Outcome[] = ["denied", "pended", "reduced", "payable"];

/**
 * Judges service lines by every bulletin that is in force on the line's date and applies to it. The strictest outcome stands, with the fewest payable units; a line to which none
 * applies is `not-applicable`. Each bulletin judges all the lines by itself.
 */
export function judgeAll(
  bulletins: readonly Bulletin[],
  lines: readonly Line[],
): readonly CombinedJudgement[] {
  const each = bulletins
    .filter(({ about }) => about === "service")
    .map((bulletin) => judge(bulletin, lines));

  return lines.map((line, index) => {
    const judgements = each
      .flatMap((judged) => judged[index] ?? [])
      .filter(({ outcome }) => outcome !== "not-applicable");
    const decides = strictest(judgements);
    return Object.freeze({
      line_id: line.line_id,
      outcome: decides?.outcome ?? "not-applicable",
      units_billed: Number(line.units ?? 0),
      units_payable: decides?.units_payable ?? 0,
      judgements: Object.freeze(judgements),
    });
  });
}

/**
 * The judgement that stands among those of several bulletins for one line: the strictest outcome, of
 * these the one with the fewest payable units. Null when there are none.
 */
export function strictest<J extends Pick<Judgement, "outcome" | "units_payable">>(
  judgements: readonly J[],
): J | null {
  const rank = ({ outcome }: J) => STRICTNESS.indexOf(outcome);
  const [first = null] = judgements.toSorted(
    (a, b) => rank(a) - rank(b) || a.units_payable - b.units_payable,
  );
  return first;
}
