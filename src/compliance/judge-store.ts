import { type RawBuilder, sql } from "kysely";
import type { DayRange } from "../kernel/day.ts";
import type { ServiceLine } from "../policy/facts.ts";
import type { Acting } from "../storage/database.ts";
import { onDays } from "./kept-store.ts";
import type { Judged, StandingJudgement } from "./standing.ts";

/** Waits until nobody else records for this consumer; lets go when the transaction ends. */
export async function takeConsumerLock(db: Acting, consumerId: string): Promise<void> {
  await sql`SELECT pg_advisory_xact_lock(hashtextextended(${consumerId}, ${LOCK_SEED}))`.execute(
    db,
  );
}

/** Keeps these locks apart from others of the product. */
const LOCK_SEED = 4_1;

/** The consumer's lines of some days, with every fact that bulletins may name. */
export async function findLines(
  db: Acting,
  consumerId: string,
  ranges: readonly DayRange[],
): Promise<readonly ServiceLine[]> {
  const rows = await db
    .selectFrom("service_line")
    .select([
      "line_id",
      "consumer_id",
      "service",
      "service_date",
      "units",
      "agency_id",
      "program",
      "start_time",
      "end_time",
      "setting",
      "consumer_present",
      "supports_present",
      "plan_discussed",
      "performer_id",
      "performer_qualification",
      "therapy_need_open_days",
    ])
    .where("consumer_id", "=", consumerId)
    .where((eb) => onDays(eb, ranges))
    .execute();
  return rows as unknown as readonly ServiceLine[];
}

/** Ends judgements: others have replaced them, or the service was voided. */
export async function supersede(db: Acting, judgementIds: readonly string[]): Promise<void> {
  if (judgementIds.length === 0) return;
  await db
    .updateTable("judgement")
    .set({ superseded_at: clockTime, decides: false })
    .where("id", "in", judgementIds)
    .execute();
}

/** Moves the mark of the deciding judgement between those that stand. */
export async function markDeciding(
  db: Acting,
  changes: readonly { readonly id: string; readonly decides: boolean }[],
): Promise<void> {
  // No more than one may decide at any moment, so the marks are taken away first.
  for (const decides of [false, true]) {
    const ids = changes.filter((change) => change.decides === decides).map(({ id }) => id);
    if (ids.length === 0) continue;
    await db.updateTable("judgement").set({ decides }).where("id", "in", ids).execute();
  }
}

/** A judgement to keep. */
export interface ToKeep extends Judged {
  readonly serviceId: string;
  readonly decides: boolean;
}

/** Keeps judgements with their verdicts; gives them as they now stand. */
export async function append(
  db: Acting,
  agencyId: string,
  consumerId: string,
  judged: readonly ToKeep[],
): Promise<readonly (StandingJudgement & { serviceId: string })[]> {
  const standing: (StandingJudgement & { serviceId: string })[] = [];
  for (let at = 0; at < judged.length; at += AT_ONCE) {
    const part = judged.slice(at, at + AT_ONCE);
    standing.push(...(await appendPart(db, agencyId, consumerId, part)));
  }
  return standing;
}

/** A statement takes 65,535 values; this many judgements with their verdicts stay well below. */
const AT_ONCE = 200;

async function appendPart(
  db: Acting,
  agencyId: string,
  consumerId: string,
  judged: readonly ToKeep[],
): Promise<readonly (StandingJudgement & { serviceId: string })[]> {
  const made = await db
    .insertInto("judgement")
    .values(
      judged.map((one) => ({
        agency_id: agencyId,
        consumer_id: consumerId,
        service_id: one.serviceId,
        bulletin: one.bulletin,
        content_hash: one.contentHash,
        outcome: one.outcome,
        units_billed: one.unitsBilled,
        units_payable: one.unitsPayable,
        facts: JSON.stringify(one.facts),
        decides: one.decides,
        judged_at: clockTime,
      })),
    )
    .returning(["id", "service_id", "bulletin", "judged_at"])
    .execute();
  const standing = judged.map((one) => {
    const row = made.find(
      ({ service_id, bulletin }) => service_id === one.serviceId && bulletin === one.bulletin,
    );
    if (!row) throw new Error("a judgement was not kept");
    return { ...one, id: row.id, judgedAt: row.judged_at };
  });
  const verdicts = standing.flatMap(({ id, findings }) =>
    findings.map((finding, place) => ({
      judgement_id: id,
      agency_id: agencyId,
      consumer_id: consumerId,
      place,
      clause: finding.clause,
      kind: finding.kind,
      verdict: finding.verdict,
      explanation: finding.explanation,
      readings: [...finding.readings],
      facts: JSON.stringify(finding.facts),
      arrange: [...finding.arrange],
    })),
  );
  if (verdicts.length > 0) await db.insertInto("verdict").values(verdicts).execute();
  return standing;
}

/** Says of claims that stand that their service is judged otherwise now; one flag a claim stands. */
export async function flagClaims(
  db: Acting,
  agencyId: string,
  consumerId: string,
  flags: readonly { claimId: string; judgementId: string | null; why: string }[],
): Promise<void> {
  if (flags.length === 0) return;
  await db
    .insertInto("claim_flag")
    .values(
      flags.map(({ claimId, judgementId, why }) => ({
        agency_id: agencyId,
        consumer_id: consumerId,
        claim_id: claimId,
        judgement_id: judgementId,
        why,
      })),
    )
    .onConflict((conflict) =>
      conflict.column("claim_id").where("settled_at", "is", null).doNothing(),
    )
    .execute();
}

/** The moment itself: a transaction that waited for its lock began before what it replaces. */
const clockTime: RawBuilder<Date> = sql<Date>`clock_timestamp()`;
