import { type ExpressionBuilder, sql } from "kysely";
import { jsonArrayFrom } from "kysely/helpers/postgres";
import type { Day, DayRange } from "../kernel/day.ts";
import type { FactValue } from "../policy/facts.ts";
import type { Finding, Outcome, Verdict } from "../policy/judgement.ts";
import type { ReadingName } from "../policy/readings.ts";
import type { Acting } from "../storage/database.ts";
import type { DB } from "../storage/schema.ts";
import type { StandingJudgement } from "./standing.ts";

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

/** Services, or lines of them, whose day lies in one of the ranges. */
export function onDays(
  eb: ExpressionBuilder<DB, "service_line"> | ExpressionBuilder<DB, "service">,
  ranges: readonly DayRange[],
) {
  const builder = eb as ExpressionBuilder<DB, "service">;
  return builder.or(
    ranges.map(({ from, to }) => builder.between(sql.ref("service_date"), from, to)),
  );
}
