import { sql } from "kysely";
import { type FactValue, SUBJECTS } from "../policy/facts.ts";
import type { Acting } from "../storage/database.ts";
import type { CareKind, CareRecord, KeptSaying, KeptVerdict, KeptVerdicts } from "./care-record.ts";

/** The columns of `care_record` that bulletins may ask for, and what tells its rows apart. */
const CARE_COLUMNS = ["line_id", "consumer_id", ...Object.keys(SUBJECTS.care.facts)];

type Row = { line_id: string; consumer_id: string; care_record: CareKind; draft: boolean };

/** Waits until nobody else keeps what is said of this consumer's care; lets go with the transaction. */
export async function takeCareLock(db: Acting, consumerId: string): Promise<void> {
  await sql`SELECT pg_advisory_xact_lock(hashtextextended(${consumerId}, ${LOCK_SEED}))`.execute(
    db,
  );
}

/** Keeps these locks apart from others of the product. */
const LOCK_SEED = 3_13;

/** Every record of care of a consumer that stands today, the newest first. */
export async function findCareRecords(
  db: Acting,
  consumerId: string,
): Promise<readonly CareRecord[]> {
  const { rows } = await sql<Row>`
    SELECT ${columns("draft")} FROM access.care_of(${consumerId}::uuid)
    ORDER BY on_day DESC, line_id DESC`.execute(db);
  return rows.map(readCareRecord);
}

/** These columns of `care_record`, as SQL. */
export function columns(...more: readonly string[]) {
  return sql.join([...CARE_COLUMNS, ...more].map((column) => sql.ref(column)));
}

/** A row of `care_record`, whatever else stands in it. */
export function readCareRecord(row: Row): CareRecord {
  const all = row as Row & Readonly<Record<string, FactValue>>;
  const facts = CARE_COLUMNS.map((column) => [column, all[column] ?? null]);
  const { line_id, consumer_id, care_record, draft } = row;
  const line = { ...Object.fromEntries(facts), line_id, consumer_id };
  return { id: line_id, kind: care_record, draft, line };
}

/** Everything that was kept of a consumer's records of care, the oldest first. */
export async function findSayings(db: Acting, consumerId: string): Promise<readonly KeptSaying[]> {
  const rows = await db
    .selectFrom("care_judgement")
    .where("consumer_id", "=", consumerId)
    .select([
      sql<string>`coalesce(prescribing_id, placement_id, aftercare_plan_id)`.as("recordId"),
      "bulletin",
      "content_hash as contentHash",
      sql<readonly KeptVerdict[]>`verdicts`.as("verdicts"),
      "judged_at as at",
    ])
    .orderBy("judged_at")
    .orderBy("id")
    .execute();
  return rows;
}

/** What is said of a record of care, to keep. */
export interface CareToKeep extends KeptVerdicts {
  readonly record: CareRecord;
  readonly facts: Readonly<Record<string, unknown>>;
}

/** Appends what is said now. */
export async function appendCare(
  db: Acting,
  agencyId: string,
  consumerId: string,
  said: readonly CareToKeep[],
): Promise<void> {
  if (said.length === 0) return;
  await db
    .insertInto("care_judgement")
    .values(
      said.map(({ record, bulletin, contentHash, verdicts, facts }) => ({
        agency_id: agencyId,
        consumer_id: consumerId,
        [KEYS[record.kind]]: record.id,
        bulletin,
        content_hash: contentHash,
        verdicts: JSON.stringify(verdicts),
        facts: JSON.stringify(facts),
        judged_by: sql<string>`access.staff()`,
      })),
    )
    .execute();
}

const KEYS: Readonly<Record<CareKind, string>> = {
  prescribing: "prescribing_id",
  placement: "placement_id",
  "aftercare-plan": "aftercare_plan_id",
};
