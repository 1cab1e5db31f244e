import { type ExpressionBuilder, type RawBuilder, sql } from "kysely";
import { jsonArrayFrom } from "kysely/helpers/postgres";
import type { Day, DayRange } from "../kernel/day.ts";
import type { FactValue, ServiceLine } from "../policy/facts.ts";
import type { Finding, Outcome, Verdict } from "../policy/judgement.ts";
import type { ReadingName } from "../policy/readings.ts";
import type { Acting } from "../storage/database.ts";
import type { DB } from "../storage/schema.ts";
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

function onDays(
  eb: ExpressionBuilder<DB, "service_line"> | ExpressionBuilder<DB, "service">,
  ranges: readonly DayRange[],
) {
  const builder = eb as ExpressionBuilder<DB, "service">;
  return builder.or(
    ranges.map(({ from, to }) => builder.between(sql.ref("service_date"), from, to)),
  );
}

/** A service as it stands: what was judged of it and what was claimed for it. */
export interface Kept {
  readonly serviceId: string;
  readonly serviceDate: Day;
  readonly voided: boolean;
  readonly units: number;
  readonly judgements: readonly StandingJudgement[];
  /** The claim that stands for it. */
  readonly claim: { readonly id: string; readonly units: number } | null;
}

/** What stands for the consumer's services of some days, voided ones too. */
export function findKept(
  db: Acting,
  consumerId: string,
  ranges: readonly DayRange[],
): Promise<readonly Kept[]> {
  return kept(db, (eb) => eb.and([eb("consumer_id", "=", consumerId), onDays(eb, ranges)]));
}

/** What stands for some services. */
export function findKeptOf(db: Acting, serviceIds: readonly string[]): Promise<readonly Kept[]> {
  return kept(db, (eb) => eb("id", "=", sql<string>`ANY (${[...serviceIds]}::uuid[])`));
}

async function kept(
  db: Acting,
  which: (
    eb: ExpressionBuilder<DB, "service">,
  ) => ReturnType<ExpressionBuilder<DB, "service">["and"]>,
): Promise<readonly Kept[]> {
  const rows = await db
    .selectFrom("service")
    .where(which as never)
    .select((eb) => [
      "service.id",
      "service.service_date",
      "service.units",
      sql<boolean>`service.voided_at IS NOT NULL`.as("voided"),
      jsonArrayFrom(
        eb
          .selectFrom("judgement")
          .whereRef("judgement.service_id", "=", "service.id")
          .where("judgement.superseded_at", "is", null)
          .orderBy("judgement.bulletin")
          .select((inner) => [
            "judgement.id",
            "judgement.bulletin",
            "judgement.content_hash",
            "judgement.outcome",
            "judgement.units_billed",
            "judgement.units_payable",
            "judgement.facts",
            "judgement.judged_at",
            "judgement.decides",
            verdictsOf(inner),
          ]),
      ).as("judgements"),
      jsonArrayFrom(
        eb
          .selectFrom("claim")
          .whereRef("claim.service_id", "=", "service.id")
          .where("claim.reversed_at", "is", null)
          .select(["claim.id", "claim.units"]),
      ).as("claims"),
    ])
    .execute();
  return rows.map((row) => ({
    serviceId: row.id,
    serviceDate: row.service_date as Day,
    voided: row.voided,
    units: row.units,
    judgements: row.judgements.map(readJudgement),
    claim: row.claims[0] ?? null,
  }));
}

/** A judgement's verdicts as JSON, in the bulletin's order as they were written. */
function verdictsOf(eb: ExpressionBuilder<DB, "judgement">) {
  return jsonArrayFrom(
    eb
      .selectFrom("verdict")
      .whereRef("verdict.judgement_id", "=", "judgement.id")
      .orderBy("verdict.place")
      .select([
        "verdict.clause",
        "verdict.kind",
        "verdict.verdict",
        "verdict.explanation",
        "verdict.readings",
        "verdict.facts",
        "verdict.arrange",
      ]),
  ).as("verdicts");
}

type JudgementRow = {
  id: string;
  bulletin: string;
  content_hash: string;
  outcome: string;
  units_billed: number;
  units_payable: number;
  facts: unknown;
  judged_at: Date | string;
  decides: boolean;
  verdicts: readonly {
    clause: string;
    kind: string;
    verdict: string;
    explanation: string;
    readings: readonly string[];
    facts: unknown;
    arrange: readonly string[];
  }[];
};

function readJudgement(row: JudgementRow): StandingJudgement {
  return {
    id: row.id,
    bulletin: row.bulletin,
    contentHash: row.content_hash,
    outcome: row.outcome as Outcome,
    unitsBilled: row.units_billed,
    unitsPayable: row.units_payable,
    facts: row.facts as Record<string, FactValue>,
    judgedAt: new Date(row.judged_at),
    decides: row.decides,
    findings: row.verdicts.map(
      (verdict): Finding => ({
        clause: verdict.clause,
        kind: verdict.kind as Finding["kind"],
        verdict: verdict.verdict as Verdict,
        explanation: verdict.explanation,
        readings: verdict.readings as readonly ReadingName[],
        facts: verdict.facts as Finding["facts"],
        arrange: verdict.arrange,
      }),
    ),
  };
}

/** Every judgement ever kept of a service, the newest first, with the moment another replaced it. */
export async function findJudgementHistory(db: Acting, serviceId: string, most = 50) {
  const rows = await db
    .selectFrom("judgement")
    .where("service_id", "=", serviceId)
    .select((eb) => [
      "judgement.id",
      "judgement.bulletin",
      "judgement.content_hash",
      "judgement.outcome",
      "judgement.units_billed",
      "judgement.units_payable",
      "judgement.facts",
      "judgement.judged_at",
      "judgement.decides",
      "judgement.superseded_at",
      verdictsOf(eb),
    ])
    .orderBy("judgement.judged_at", "desc")
    .orderBy("judgement.id", "desc")
    .limit(most)
    .execute();
  return rows.map((row) => ({ ...readJudgement(row), supersededAt: row.superseded_at }));
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
  if (judged.length === 0) return [];
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
