import type { Bulletin } from "../../policy/bulletin.ts";
import type { Judgement } from "../../policy/judgement.ts";
import type { Acting } from "../../storage/database.ts";
import { judgeCare } from "../care.ts";
import type { CareKind } from "../care-record.ts";
import type { Bench } from "../judge.ts";
import { type SaidFinding, sayFindings } from "./said.ts";

/** One rule's verdict on a record of care, with what would mend it: here one may be coached. */
export type SaidCare = SaidFinding & {
  bulletin: string;
  /** What to record or arrange; none when it is met. */
  mend: readonly string[];
};

/** A record of care with every verdict on it; what is not asked of it is left out. */
export type SaidRecord = { id: string; kind: CareKind; draft: boolean; said: readonly SaidCare[] };

/** What stands of a consumer's records of care now, for `CareVerdicts` on a room's page. */
export async function findCareVerdicts(
  db: Acting,
  bench: Bench,
  consumerId: string,
): Promise<SaidRecord[]> {
  const standing = await judgeCare(db, bench, consumerId);
  return standing.map(({ record: { id, kind, draft }, judgements }) => ({
    ...{ id, kind, draft },
    said: judgements.flatMap((one) => sayCare(one, bench.care)),
  }));
}

/** The findings of a judgement of care that were asked, in words. */
export function sayCare(
  { bulletin, findings }: Pick<Judgement, "bulletin" | "findings">,
  bulletins: readonly Bulletin[],
): readonly SaidCare[] {
  const asked = findings.filter(({ verdict }) => verdict !== "not-applicable");
  return sayFindings({ bulletin, findings: asked }, bulletins).map((said, index) => ({
    ...said,
    bulletin,
    mend: asked[index]?.arrange ?? [],
  }));
}
