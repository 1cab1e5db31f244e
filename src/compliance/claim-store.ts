import { type RawBuilder, sql } from "kysely";
import type { Day } from "../kernel/day.ts";
import type { Outcome, Verdict } from "../policy/judgement.ts";
import type { Acting } from "../storage/database.ts";
import type { ClaimFilter, ClaimState } from "./claim.ts";

/** One line of the biller's lists. Money in cents; without a rate on the day it is null. */
export interface ClaimLine {
  readonly serviceId: string;
  readonly consumerId: string;
  readonly consumer: {
    readonly number: string;
    readonly given_name: string;
    readonly family_name: string;
    readonly preferred_name: string | null;
    readonly date_of_birth: Day | null;
  };
  readonly day: Day;
  readonly service: string;
  readonly program: string | null;
  readonly performer: string | null;
  readonly state: ClaimState;
  /** Null when it was voided after it had been released. */
  readonly outcome: Outcome | null;
  readonly unitsBilled: number;
  readonly unitsPayable: number;
  readonly centsPerUnit: number | null;
  readonly centsBilled: number | null;
  readonly centsPayable: number | null;
  readonly awaitsCosign: boolean;
  readonly awaitsCorrection: boolean;
  readonly voided: boolean;
  /** The claim that stands. */
  readonly claim: { id: string; batchId: string; units: number; cents: number } | null;
  /** What keeps it from being paid whole, breaches before what is missing. */
  readonly reason: { clause: string; explanation: string; verdict: Verdict } | null;
  /** Questions to the signer: asked and not answered, and answered. */
  readonly asked: number;
  readonly answered: number;
}

/** Lines of one state, and what they come to. Money in cents, over the lines that have a rate. */
export interface ClaimTotal {
  readonly lines: number;
  readonly unitsBilled: number;
  readonly unitsPayable: number;
  readonly centsBilled: number;
  readonly centsPayable: number;
}

/** What every state comes to under a filter; a state without lines is left out. */
export async function findTotals(
  db: Acting,
  filter: ClaimFilter,
): Promise<Readonly<Partial<Record<ClaimState, ClaimTotal>>>> {
  const { rows } = await sql<ClaimTotal & { state: ClaimState }>`
    SELECT state, count(*) AS lines,
      coalesce(sum(units_billed), 0) AS "unitsBilled",
      coalesce(sum(coalesce(units_claimed, units_payable)), 0) AS "unitsPayable",
      coalesce(sum(cents_billed::bigint), 0)::bigint AS "centsBilled",
      coalesce(sum(coalesce(cents_claimed, cents_payable)::bigint), 0)::bigint AS "centsPayable"
    FROM claim_line WHERE state IS NOT NULL ${within(filter)} GROUP BY state`.execute(db);
  return Object.fromEntries(rows.map(({ state, ...total }) => [state, total]));
}

/** One page of the lines of a state: what waits longest first, what was released last first. */
export async function findClaimLines(
  db: Acting,
  state: ClaimState,
  filter: ClaimFilter,
  { offset, most }: { offset: number; most: number },
): Promise<readonly ClaimLine[]> {
  const order = state === "released" ? sql`DESC` : sql`ASC`;
  return lines(
    db,
    sql`SELECT * FROM claim_line WHERE state = ${state} ${within(filter)}
      ORDER BY service_date ${order}, service_id ${order} LIMIT ${most} OFFSET ${offset}`,
    sql`ORDER BY l.service_date ${order}, l.service_id ${order}`,
  );
}

/** The ids of the lines of some states under a filter, the oldest first. */
export async function findClaimIds(
  db: Acting,
  states: readonly ClaimState[],
  filter: ClaimFilter,
  most: number,
): Promise<readonly string[]> {
  const { rows } = await sql<{ service_id: string }>`
    SELECT service_id FROM claim_line WHERE state = ANY (${[...states]}::text[]) ${within(filter)}
    ORDER BY service_date, service_id LIMIT ${most}`.execute(db);
  return rows.map(({ service_id }) => service_id);
}

/** Those of the services that are to be seen, the oldest first. */
export function findClaimLinesOf(
  db: Acting,
  serviceIds: readonly string[],
): Promise<readonly ClaimLine[]> {
  return lines(
    db,
    sql`SELECT * FROM claim_line WHERE service_id = ANY (${[...serviceIds]}::uuid[])`,
    sql`ORDER BY l.service_date, l.service_id`,
  );
}

/** The lines of a batch that still stand. */
export function findBatchLines(db: Acting, batchId: string): Promise<readonly ClaimLine[]> {
  return lines(
    db,
    sql`SELECT * FROM claim_line WHERE batch_id = ${batchId}`,
    sql`ORDER BY l.service_date, l.service_id`,
  );
}

function within(filter: ClaimFilter): RawBuilder<unknown> {
  const { from, to, program, performer } = filter;
  return sql`${from ? sql`AND service_date >= ${from}` : sql``}
    ${to ? sql`AND service_date <= ${to}` : sql``}
    ${program ? sql`AND program_id = ${program}` : sql``}
    ${performer ? sql`AND performer_id = ${performer}` : sql``}`;
}

/** Adds to the few lines of a page what only a page needs. */
async function lines(
  db: Acting,
  chosen: RawBuilder<unknown>,
  order: RawBuilder<unknown>,
): Promise<readonly ClaimLine[]> {
  const { rows } = await sql<ClaimLine>`
    WITH l AS MATERIALIZED (${chosen})
    SELECT l.service_id AS "serviceId", l.consumer_id AS "consumerId", l.service_date AS day, l.service,
      json_build_object('number', c.number, 'given_name', c.given_name, 'family_name', c.family_name,
        'preferred_name', c.preferred_name, 'date_of_birth', c.date_of_birth) AS consumer,
      p.name AS program, w.name AS performer, l.state, l.outcome,
      l.units_billed AS "unitsBilled", l.units_payable AS "unitsPayable",
      l.cents_per_unit AS "centsPerUnit", l.cents_billed AS "centsBilled", l.cents_payable AS "centsPayable",
      l.awaits_cosign AS "awaitsCosign", l.awaits_correction AS "awaitsCorrection",
      l.voided_at IS NOT NULL AS voided,
      CASE WHEN l.claim_id IS NOT NULL THEN json_build_object('id', l.claim_id, 'batchId', l.batch_id,
        'units', l.units_claimed, 'cents', l.cents_claimed) END AS claim,
      (SELECT json_build_object('clause', v.clause, 'explanation', v.explanation, 'verdict', v.verdict)
        FROM verdict v
        WHERE v.judgement_id = l.judgement_id AND v.kind <> 'should' AND v.verdict IN ('breached', 'unknown')
        ORDER BY v.verdict = 'unknown', v.place LIMIT 1) AS reason,
      (SELECT count(*) FROM question q WHERE q.service_id = l.service_id AND q.answered_at IS NULL) AS asked,
      (SELECT count(*) FROM question q WHERE q.service_id = l.service_id AND q.answered_at IS NOT NULL) AS answered
    FROM l
    LEFT JOIN consumer c ON c.id = l.consumer_id
    LEFT JOIN program p ON p.id = l.program_id
    LEFT JOIN staff w ON w.id = l.performer_id
    ${order}`.execute(db);
  return rows;
}

/** A claim that may be wrong: what was released, and what stands now. */
export interface FlaggedClaim {
  readonly flagId: string;
  readonly claimId: string;
  readonly serviceId: string;
  readonly consumerId: string;
  readonly why: string;
  readonly at: Date;
  readonly units: number;
  readonly cents: number;
  readonly batchNumber: number;
}

/** Flags that nobody has settled, the oldest first; of one service or of all. */
export async function findFlags(
  db: Acting,
  { serviceId, most = 50 }: { serviceId?: string; most?: number } = {},
): Promise<readonly FlaggedClaim[]> {
  const rows = await db
    .selectFrom("claim_flag as f")
    .innerJoin("claim as c", "c.id", "f.claim_id")
    .innerJoin("claim_batch as b", "b.id", "c.batch_id")
    .select([
      "f.id as flagId",
      "c.id as claimId",
      "c.service_id as serviceId",
      "c.consumer_id as consumerId",
      "f.why",
      "f.at",
      "c.units",
      "c.cents",
      "b.number as batchNumber",
    ])
    .where("f.settled_at", "is", null)
    .$if(serviceId !== undefined, (query) => query.where("c.service_id", "=", serviceId ?? ""))
    .orderBy("f.at")
    .limit(most)
    .execute();
  return rows;
}

/** What the list may be narrowed to: the programs, and those who performed services. */
export async function findFilterChoices(db: Acting) {
  const programs = await db.selectFrom("program").select(["id", "name"]).orderBy("name").execute();
  const performers = await db
    .selectFrom("staff as s")
    .select(["s.id", "s.name"])
    .where(({ exists, selectFrom }) =>
      exists(
        selectFrom("service as x").select("x.id").whereRef("x.performer_id", "=", "s.id").limit(1),
      ),
    )
    .orderBy("s.name")
    .limit(500)
    .execute();
  return { programs, performers };
}
