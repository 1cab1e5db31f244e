import { sql } from "kysely";
import { type Bench, lockConsumer } from "../compliance/judge.ts";
import type { Day } from "../kernel/day.ts";
import type { TimeOfDay } from "../kernel/time.ts";
import type { Acting } from "../storage/database.ts";
import { type CorrectableFact, type CorrectedValue, correctionText } from "./correction.ts";
import { mayCorrect, mayDecide } from "./note.ts";
import { unitsOf } from "./service.ts";
import { isContact } from "./service-kinds.ts";
import type { Moved } from "./standing-around.ts";
import { judgeMoved, standingAround } from "./standing-store.ts";

type By = { staffId: string; supervisor: boolean };
type Row = NonNullable<Awaited<ReturnType<typeof lockService>>>;

export type Corrected = { state: "applied" | "waiting" } | { state: "refused"; why: string };

/**
 * A fact that its signer says was wrongly recorded. What it would do to payment is found by doing it
 * and taking it back: if anything would be paid otherwise it waits for the supervisor, else it stands
 * at once. Either way a dated addendum says it.
 *
 * @returns null when there is no such service of this consumer
 */
export async function correctFact(
  db: Acting,
  bench: Bench,
  by: By,
  service: { consumerId: string; serviceId: string },
  correction: { fact: CorrectableFact; becomes: CorrectedValue; reason: string },
): Promise<Corrected | null> {
  await lockConsumer(db, service.consumerId);
  const row = await lockService(db, service);
  if (!row) return null;
  const { fact, becomes, reason } = correction;
  const why = await whyNot(db, bench, row, by, correction);
  if (why) return { state: "refused", why };
  const before = await standingAround(db, row.consumer_id, [row.service_date as Day]);
  await sql`SAVEPOINT correction`.execute(db);
  const moved = await change(db, bench, row, fact, becomes, before);
  if (moved.length > 0) await sql`ROLLBACK TO SAVEPOINT correction`.execute(db);
  await sql`RELEASE SAVEPOINT correction`.execute(db);
  const state = moved.length > 0 ? "waiting" : "applied";
  await db
    .insertInto("correction")
    .values({
      ...{ agency_id: row.agency_id, consumer_id: row.consumer_id, service_id: row.id },
      ...{ fact, reason, state, by: by.staffId, changes_payment: moved.length > 0 },
      was: JSON.stringify(row[fact]),
      becomes: JSON.stringify(becomes),
      moved: JSON.stringify(moved),
    })
    .execute();
  if (row.conference_id) {
    await db
      .insertInto("addendum")
      .values({
        agency_id: row.agency_id,
        consumer_id: row.consumer_id,
        conference_id: row.conference_id,
        text: correctionText(fact, row[fact], becomes, reason),
        by: by.staffId,
      })
      .execute();
  }
  return { state };
}

/**
 * The supervisor's decision on a correction that changes payment.
 *
 * @returns null when no such correction waits
 */
export async function decideCorrection(
  db: Acting,
  bench: Bench,
  by: By,
  correction: { consumerId: string; correctionId: string },
  decision: { apply: boolean; remark: string | null },
): Promise<Corrected | null> {
  await lockConsumer(db, correction.consumerId);
  const asked = await db
    .selectFrom("correction")
    .selectAll()
    .where("id", "=", correction.correctionId)
    .where("consumer_id", "=", correction.consumerId)
    .forUpdate()
    .executeTakeFirst();
  if (asked?.state !== "waiting") return null;
  if (!mayDecide(asked, by)) {
    return {
      state: "refused",
      why: "A supervisor decides this, and not on a correction of their own.",
    };
  }
  const settle = (state: "applied" | "refused", moved?: Moved[]) =>
    db
      .updateTable("correction")
      .set({
        state,
        decided_by: by.staffId,
        decided_at: sql<Date>`now()`,
        decision: decision.remark,
        ...(moved ? { moved: JSON.stringify(moved) } : {}),
      })
      .where("id", "=", asked.id)
      .execute();
  if (!decision.apply) {
    await settle("refused");
    return { state: "refused", why: "" };
  }
  const row = await lockService(db, { ...correction, serviceId: asked.service_id });
  if (!row) throw new Error("a correction is of a service");
  const fact = asked.fact as CorrectableFact;
  const becomes = asked.becomes as CorrectedValue;
  if (row.voided_at !== null) return { state: "refused", why: "The service was voided since." };
  if (JSON.stringify(row[fact]) !== JSON.stringify(asked.was)) {
    return {
      state: "refused",
      why: "This fact was corrected since. Refuse this one, and ask for a new one.",
    };
  }
  const problem = problemWith(bench, row, fact, becomes);
  if (problem) return { state: "refused", why: problem };
  const before = await standingAround(db, row.consumer_id, [row.service_date as Day]);
  await settle("applied", await change(db, bench, row, fact, becomes, before));
  return { state: "applied" };
}

/** What was corrected of a service, the newest first. */
export function findCorrections(db: Acting, consumerId: string, serviceId: string) {
  return db
    .selectFrom("correction as c")
    .innerJoin("staff as author", "author.id", "c.by")
    .leftJoin("staff as decider", "decider.id", "c.decided_by")
    .select(["c.id", "c.fact", "c.was", "c.becomes", "c.reason", "c.by", "c.at", "c.state"])
    .select(["c.changes_payment", "c.decided_at", "c.decision", "c.moved"])
    .select(["author.name as author", "decider.name as decider"])
    .where("c.service_id", "=", serviceId)
    .where("c.consumer_id", "=", consumerId)
    .orderBy("c.at", "desc")
    .orderBy("c.id", "desc")
    .limit(100)
    .execute();
}

/** The service for writing, with whoever signed for its facts. */
function lockService(
  db: Acting,
  { consumerId, serviceId }: { consumerId: string; serviceId: string },
) {
  return db
    .selectFrom("service as s")
    .leftJoin("conference as c", "c.id", "s.conference_id")
    .selectAll("s")
    .select((eb) => eb.fn.coalesce("c.signed_by", "s.recorded_by").as("signed_by"))
    .where("s.id", "=", serviceId)
    .where("s.consumer_id", "=", consumerId)
    .forUpdate("s")
    .executeTakeFirst();
}

async function whyNot(
  db: Acting,
  bench: Bench,
  row: Row,
  by: By,
  { fact, becomes }: { fact: CorrectableFact; becomes: CorrectedValue },
): Promise<string | null> {
  const signed = { signedBy: row.signed_by, voided: row.voided_at !== null };
  if (!mayCorrect(signed, by))
    return "Only whoever signed this can say that it was wrongly recorded.";
  if (row[fact] === becomes) return "That is what is recorded already.";
  const waiting = await db
    .selectFrom("correction")
    .select("id")
    .where("service_id", "=", row.id)
    .where("fact", "=", fact)
    .where("state", "=", "waiting")
    .executeTakeFirst();
  if (waiting) return "A correction of this fact waits for the supervisor already.";
  return problemWith(bench, row, fact, becomes);
}

/** Why the facts would make no service after the correction. */
function problemWith(
  bench: Bench,
  row: Row,
  fact: CorrectableFact,
  becomes: CorrectedValue,
): string | null {
  const after = { ...row, [fact]: becomes };
  if (after.start_time && after.end_time && after.end_time <= after.start_time) {
    return "Then it would end before it starts. If both times are wrong, correct the other one first.";
  }
  if (unitsAfter(bench, after) < 1 && !isContact(row.kind)) {
    return "Then it comes to no whole unit, and there is nothing left to claim. Void the service instead.";
  }
  return null;
}

function unitsAfter(bench: Bench, row: Row): number {
  return unitsOf(
    {
      kind: row.kind,
      day: row.service_date as Day,
      starts: row.start_time as TimeOfDay | null,
      ends: row.end_time as TimeOfDay | null,
      privateMinutes: row.private_minutes,
      units: row.units,
    },
    bench.bulletins,
  );
}

async function change(
  db: Acting,
  bench: Bench,
  row: Row,
  fact: CorrectableFact,
  becomes: CorrectedValue,
  before: Awaited<ReturnType<typeof standingAround>>,
): Promise<Moved[]> {
  const units = unitsAfter(bench, { ...row, [fact]: becomes });
  await db
    .updateTable("service")
    .set({ [fact]: becomes, units })
    .where("id", "=", row.id)
    .execute();
  return judgeMoved(db, bench, row.consumer_id, [row.service_date as Day], before);
}
