import type { Day } from "../kernel/day.ts";
import { type Bulletin, inForce, limitsOf } from "../policy/bulletin.ts";
import type { FactValue, ServiceLine } from "../policy/facts.ts";
import { judgeAll } from "../policy/judge-all.ts";
import type { CombinedJudgement } from "../policy/judgement.ts";
import { readingsLeanedOn } from "../policy/leaning.ts";
import { metersAt } from "../policy/meter.ts";
import type { ReadingName } from "../policy/readings.ts";
import type { Shelved } from "../policy/shelf.ts";
import type { Acting } from "../storage/database.ts";
import { bulletinsOf, type Choosing } from "./chosen.ts";
import {
  append,
  findLines,
  flagClaims,
  markDeciding,
  supersede,
  type ToKeep,
  takeConsumerLock,
} from "./judge-store.ts";
import { findKept, findKeptOf, type Kept } from "./kept-store.ts";
import { reachOf, within } from "./reach.ts";
import {
  combine,
  decidingBulletin,
  type Judged,
  type Standing,
  sameJudgement,
} from "./standing.ts";

/** What judging needs to know of an agency: whose records, and by which bulletins. */
export interface Bench {
  readonly agencyId: string;
  readonly jurisdiction: string;
  /** Those in force for the agency that are about services. */
  readonly bulletins: readonly Bulletin[];
  /** Those in force for the agency that are about records of care. */
  readonly care: readonly Bulletin[];
}

/** The bench of the agency that somebody works for. */
export function benchOf(
  me: { readonly agency: { readonly id: string } & Choosing },
  shelf: readonly Pick<Shelved, "bulletin">[],
): Bench {
  const { id, jurisdiction } = me.agency;
  const inForce = bulletinsOf(
    me.agency,
    shelf.map(({ bulletin }) => bulletin),
  );
  return {
    agencyId: id,
    jurisdiction,
    bulletins: inForce.filter(({ about }) => about === "service"),
    care: inForce.filter(({ about }) => about === "care"),
  };
}

/**
 * Waits its turn to write services of a consumer, until the transaction ends. Take it before the first
 * read that leads to a write: what is read after it is what stands.
 *
 * The lock is the consumer's, not the week's: a bulletin's reading says when a week starts, several
 * bulletins may count by different periods, and a session that moves touches two of them. Several
 * locks taken in different orders could wait for each other for ever; one never can. Two people
 * recording for the same consumer at the same moment is rare, and then they wait milliseconds.
 */
export function lockConsumer(db: Acting, consumerId: string): Promise<void> {
  return takeConsumerLock(db, consumerId);
}

/**
 * Judges every service that a change on these days can touch, and keeps what is now said of it: a
 * judgement that says anything else than the one before, or by another edition of the bulletin, is
 * appended and supersedes it. A claim already released is flagged, never changed, when its outcome or
 * units are no longer what they were. Gives what stands for each service judged, by its id.
 */
export async function judgeAgain(
  db: Acting,
  bench: Bench,
  consumerId: string,
  days: readonly Day[],
): Promise<ReadonlyMap<string, Standing>> {
  await takeConsumerLock(db, consumerId);
  const reach = reachOf(bench.bulletins, days);
  // Services of bulletins that are for none of them still need what stood before ended.
  const touched =
    reach.touched.length > 0 ? reach.touched : days.map((from) => ({ from, to: from }));
  const lines = await findLines(db, consumerId, reach.read.length > 0 ? reach.read : touched);
  const kept = await findKept(db, consumerId, touched);
  const judged = new Map(
    judgeAll(bench.bulletins, lines).map((one, index) => [
      one.line_id,
      judgedOf(bench, one, lines[index]),
    ]),
  );
  return settle(
    db,
    bench,
    consumerId,
    kept
      .filter(({ serviceDate }) => within(touched, serviceDate))
      .map((one) => ({ kept: one, judged: judged.get(one.serviceId) ?? [] })),
  );
}

/** What stands for services, by their ids; those out of sight are left out. */
export async function findStanding(
  db: Acting,
  serviceIds: readonly string[],
): Promise<ReadonlyMap<string, Standing>> {
  if (serviceIds.length === 0) return new Map();
  return standings(await findKeptOf(db, serviceIds));
}

/** How much of a limit is used: "6 of 8 units, 2 left". In units. */
export interface WeekMeter {
  readonly bulletin: string;
  readonly clause: string;
  readonly limit: number;
  readonly used: number;
  readonly left: number;
  /** First and last day of the period that holds the day. */
  readonly from: Day;
  readonly to: Day;
  /** The bulletin's readings that the count leans on. */
  readonly readings: readonly ReadingName[];
}

/**
 * The limit that leaves a consumer the fewest units on a day, counted over this agency's own records;
 * null when no bulletin in force has one. Name the program where limits count programs apart.
 */
export async function weekMeter(
  db: Acting,
  bench: Bench,
  consumerId: string,
  day: Day,
  program: string | null = null,
): Promise<WeekMeter | null> {
  const counting = bench.bulletins.filter((one) => inForce(one, day) && limitsOf(one).length > 0);
  if (counting.length === 0) return null;
  const lines = await findLines(db, consumerId, reachOf(counting, [day]).read);
  const at = { consumer_id: consumerId, service_date: day, agency_id: bench.agencyId, program };
  const meters = counting.flatMap((bulletin) =>
    metersAt(bulletin, lines, at).map(({ clause, limit, used, left, period }) => ({
      ...{ bulletin: bulletin.number, clause, limit, used, left },
      ...{ from: period.from, to: period.to },
      readings: readingsLeanedOn(bulletin, { clause, kind: "limit" }),
    })),
  );
  return meters.toSorted((a, b) => a.left - b.left)[0] ?? null;
}

function judgedOf(
  bench: Bench,
  { judgements }: CombinedJudgement,
  line: ServiceLine | undefined,
): readonly Judged[] {
  const { line_id: _, consumer_id: __, ...facts } = line ?? ({} as ServiceLine);
  return judgements.map((one) => ({
    bulletin: one.bulletin,
    contentHash: getBulletin(bench, one.bulletin).contentHash,
    outcome: one.outcome,
    unitsBilled: one.units_billed,
    unitsPayable: one.units_payable,
    facts: facts as Record<string, FactValue>,
    findings: one.findings,
  }));
}

function getBulletin(bench: Bench, number: string): Bulletin {
  const found = bench.bulletins.find((one) => one.number === number);
  if (!found) throw new Error(`no bulletin ${number} on this bench`);
  return found;
}

/** Writes the difference between what stood and what is judged now. */
async function settle(
  db: Acting,
  { agencyId }: Bench,
  consumerId: string,
  services: readonly { readonly kept: Kept; readonly judged: readonly Judged[] }[],
): Promise<ReadonlyMap<string, Standing>> {
  const replaced: string[] = [];
  const marks: { id: string; decides: boolean }[] = [];
  const toKeep: ToKeep[] = [];
  for (const { kept, judged } of services) {
    const deciding = decidingBulletin(judged);
    for (const before of kept.judgements) {
      const now = judged.find(({ bulletin }) => bulletin === before.bulletin);
      const decides = before.bulletin === deciding;
      if (!now || !sameJudgement(before, now)) replaced.push(before.id);
      else if (before.decides !== decides) marks.push({ id: before.id, decides });
    }
    for (const now of judged) {
      const before = kept.judgements.find(({ bulletin }) => bulletin === now.bulletin);
      if (before && sameJudgement(before, now)) continue;
      toKeep.push({ ...now, serviceId: kept.serviceId, decides: now.bulletin === deciding });
    }
  }
  await supersede(db, replaced);
  await markDeciding(db, marks);
  const appended = await append(db, agencyId, consumerId, toKeep);

  const after = services.map(({ kept, judged }) => {
    const deciding = decidingBulletin(judged);
    const untouched = kept.judgements
      .filter(({ id }) => !replaced.includes(id))
      .map((one) => ({ ...one, decides: one.bulletin === deciding }));
    const added = appended.filter(({ serviceId }) => serviceId === kept.serviceId);
    return { ...kept, judgements: [...untouched, ...added] };
  });
  const now = standings(after);
  const before = standings(services.map(({ kept }) => kept));
  await flagClaims(db, agencyId, consumerId, flagsFor(after, before, now));
  return now;
}

function standings(kept: readonly Kept[]): ReadonlyMap<string, Standing> {
  return new Map(
    kept.map((one) => [one.serviceId, combine(one.serviceId, one.units, one.judgements)]),
  );
}

function flagsFor(
  services: readonly Kept[],
  before: ReadonlyMap<string, Standing>,
  now: ReadonlyMap<string, Standing>,
) {
  return services.flatMap(({ serviceId, claim, judgements, voided }) => {
    const was = before.get(serviceId);
    const is = now.get(serviceId);
    if (!claim || !was || !is) return [];
    const changed = was.outcome !== is.outcome || was.unitsPayable !== is.unitsPayable;
    if (!changed || is.unitsPayable === claim.units) return [];
    const why = voided
      ? `Released with ${claim.units} units; the service was voided since.`
      : `Released with ${claim.units} units; judged again since: ${is.outcome}, ${is.unitsPayable} payable.`;
    const judgementId = judgements.find(({ decides }) => decides)?.id ?? null;
    return [{ claimId: claim.id, judgementId, why }];
  });
}
