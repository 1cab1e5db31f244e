import { judge } from "../policy/judge.ts";
import type { Acting } from "../storage/database.ts";
import { type CareStanding, factsOf, saysTheSame, verdictsOf } from "./care-record.ts";
import {
  appendCare,
  type CareToKeep,
  findCareRecords,
  findSayings,
  takeCareLock,
} from "./care-store.ts";
import type { Bench } from "./judge.ts";

/**
 * What the bulletins about care say of a consumer's records as they stand now: courses that run, stays,
 * aftercare plans. Treatment never waits for it, and nothing is kept.
 */
export async function judgeCare(
  db: Acting,
  bench: Bench,
  consumerId: string,
): Promise<readonly CareStanding[]> {
  const records = await findCareRecords(db, consumerId);
  const lines = records.map(({ line }) => line);
  const judged = bench.care.map((bulletin) => judge(bulletin, lines));
  return records.map((record, index) => ({
    record,
    judgements: judged
      .flatMap((each) => each[index] ?? [])
      .filter(({ findings }) => findings.some(({ verdict }) => verdict !== "not-applicable")),
  }));
}

/**
 * For every room, after it saved anything that a record of care is judged by (a course, a stay, a plan
 * of either kind, a keyworker, a support, a trigger, a gain), in the same transaction and after its own
 * writes: judges the consumer's records anew and appends what is said otherwise than when it was last
 * said. A draft says nothing yet. Gives what stands now; nothing that it says refuses the save.
 */
export async function judgeCareOnSave(
  db: Acting,
  bench: Bench,
  consumerId: string,
): Promise<readonly CareStanding[]> {
  if (bench.care.length === 0) return [];
  await takeCareLock(db, consumerId);
  const standing = await judgeCare(db, bench, consumerId);
  const sayings = await findSayings(db, consumerId);
  const last = ({ record, bulletin }: CareToKeep) =>
    sayings.findLast((one) => one.recordId === record.id && one.bulletin === bulletin);
  const said = standing
    .filter(({ record }) => !record.draft)
    .flatMap(({ record, judgements }) =>
      judgements.map((one): CareToKeep => {
        const bulletin = bench.care.find(({ number }) => number === one.bulletin);
        const contentHash = bulletin?.contentHash ?? "";
        const { bulletin: number } = one;
        return {
          ...{ record, bulletin: number, contentHash },
          ...{ verdicts: verdictsOf(one), facts: factsOf(record) },
        };
      }),
    );
  const other = said.filter((now) => !saysTheSame(last(now), now));
  await appendCare(db, bench.agencyId, consumerId, other);
  return standing;
}
