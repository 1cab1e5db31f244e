import type { Bulletin } from "../../policy/bulletin.ts";
import type { Judgement } from "../../policy/judgement.ts";
import type { Acting } from "../../storage/database.ts";
import { judgeCare } from "../care.ts";
import { type CareKind, type KeptSaying, saidSince } from "../care-record.ts";
import { findSayings } from "../care-store.ts";
import type { Bench } from "../judge.ts";
import { type SaidFinding, sayFindings } from "./said.ts";

/** One rule's verdict on a record of care, with what would mend it: here one may be coached. */
export type SaidCare = SaidFinding & {
  bulletin: string;
  /** What to record or arrange; none when it is met. */
  mend: readonly string[];
  /** Since when it has been so, as far as it was kept. */
  since: Date | null;
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
  const sayings = standing.length > 0 ? await findSayings(db, consumerId) : [];
  return standing.map(({ record: { id, kind, draft }, judgements }) => ({
    ...{ id, kind, draft },
    said: judgements.flatMap((one) =>
      sayCare(
        one,
        bench.care,
        sayings.filter(({ recordId, bulletin }) => recordId === id && bulletin === one.bulletin),
      ),
    ),
  }));
}

/** The findings of a judgement of care that were asked, in words. */
export function sayCare(
  { bulletin, findings }: Pick<Judgement, "bulletin" | "findings">,
  bulletins: readonly Bulletin[],
  history: readonly KeptSaying[] = [],
): readonly SaidCare[] {
  const asked = findings.filter(({ verdict }) => verdict !== "not-applicable");
  return sayFindings({ bulletin, findings: asked }, bulletins).map((said, index) => {
    const finding = asked[index];
    return {
      ...{ ...said, bulletin, mend: finding?.arrange ?? [] },
      since: finding ? saidSince(history, finding) : null,
    };
  });
}
