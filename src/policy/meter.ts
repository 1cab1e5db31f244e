import type { DayRange } from "../kernel/day.ts";
import { type Bulletin, limitsOf } from "./bulletin.ts";
import type { Known, Line } from "./facts.ts";
import { eligibleLines } from "./judge.ts";
import { allowanceKey, countLimits, counts, periodOf } from "./limit.ts";

/** How much of a limit is used. In units. */
export interface Meter {
  readonly clause: string;
  readonly limit: number;
  readonly used: number;
  readonly left: number;
  readonly period: DayRange;
}

/**
 * Every limit of the bulletin that may count such a line, as it stands for a consumer on a day, counted over `lines`: all that is
 * known of them in that period. `at` is a service, held or only planned, that says whose allowance and
 * when (agency_id and program matter where the reading `scope` sets them apart); it is not counted
 * unless it is among `lines`.
 */
export function metersAt(bulletin: Bulletin, lines: readonly Line[], at: Known): readonly Meter[] {
  const takes = countLimits(bulletin, eligibleLines(bulletin, lines));
  const limits = limitsOf(bulletin).filter((limit) => counts(bulletin, limit, at) !== false);
  return limits.map((limit) => {
    const key = allowanceKey(bulletin, limit, at);
    const used = takes
      .filter(
        ({ clause, line }) =>
          clause === limit.clause && allowanceKey(bulletin, limit, line) === key,
      )
      .reduce((sum, { taken }) => sum + taken, 0);
    return Object.freeze({
      clause: limit.clause,
      limit: limit.limit.units,
      used,
      left: limit.limit.units - used,
      period: periodOf(bulletin, limit, at),
    });
  });
}
