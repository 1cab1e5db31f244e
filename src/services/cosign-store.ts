import { sql } from "kysely";
import { type Bench, judgeAgain, lockConsumer } from "../compliance/judge.ts";
import type { Day } from "../kernel/day.ts";
import type { Acting } from "../storage/database.ts";

/** Whether what an associate did waits for a co-signature, whose, and whether that is given with it. */
export type Cosign = { needed: boolean; by: string | null; given: boolean };

/**
 * An associate's note waits for the supervisor of their credential, where the agency asks for it. One
 * that a supervisor signs for them has been seen already.
 */
export async function cosignFor(
  db: Acting,
  done: { by: string; on: string },
  signerId: string,
  asked: boolean,
): Promise<Cosign> {
  const none = { needed: false, by: null, given: false };
  if (!asked) return none;
  const credentials = await db
    .selectFrom("credential")
    .select(["qualification", "supervisor_id"])
    .where("staff_id", "=", done.by)
    .where(sql<boolean>`during @> ${done.on}::date`)
    .execute();
  const associate = credentials.find(({ qualification }) => qualification === "asac");
  const qualified = credentials.some(({ qualification }) => qualification === "qsap");
  if (!associate || qualified) return none;
  const given =
    signerId !== done.by &&
    (associate.supervisor_id === null || associate.supervisor_id === signerId);
  return { needed: true, by: associate.supervisor_id ?? (given ? signerId : null), given };
}

/** Whether a session or a group is recorded as one that waits for its co-signature. */
export async function awaitsCosign(
  db: Acting,
  done: { by: string; on: string },
  signerId: string,
  asked: boolean,
): Promise<boolean> {
  const { needed, given } = await cosignFor(db, done, signerId, asked);
  return needed && !given;
}

/** Who may co-sign an associate's session or group, and whether their credential names them. */
export type SessionCosigner = { staff_id: string; name: string; named: boolean };

/**
 * Whose co-signature a session or a group waits for: those who supervise the associate's credentials of
 * that day and can co-sign it today; where nobody named can, any supervisor with the record in sight.
 * Nobody, where no supervisor works in that person's programmes.
 */
export async function findSessionCosigners(
  db: Acting,
  serviceId: string,
): Promise<readonly SessionCosigner[]> {
  const { rows } = await sql<SessionCosigner>`
    SELECT staff_id, name, named FROM access.session_cosigners(${serviceId})`.execute(db);
  return rows;
}

/**
 * Co-signs a session or a group of an associate. False when it waits no more, is one's own, or waits
 * for another supervisor.
 */
export async function cosignService(
  db: Acting,
  bench: Bench,
  by: { staffId: string; supervisor: boolean },
  which: { consumerId: string; serviceId: string },
): Promise<boolean> {
  if (!by.supervisor) return false;
  await lockConsumer(db, which.consumerId);
  const cosigners = await findSessionCosigners(db, which.serviceId);
  if (!cosigners.some(({ staff_id }) => staff_id === by.staffId)) return false;
  const signed = await db
    .updateTable("service")
    .set({ awaits_cosign: false, cosigned_at: sql<Date>`now()`, cosigned_by: by.staffId })
    .where("id", "=", which.serviceId)
    .where("consumer_id", "=", which.consumerId)
    .where("conference_id", "is", null)
    .where("voided_at", "is", null)
    .where("awaits_cosign", "=", true)
    .where("performer_id", "<>", by.staffId)
    .returning("service_date")
    .executeTakeFirst();
  if (!signed) return false;
  await judgeAgain(db, bench, which.consumerId, [signed.service_date as Day]);
  return true;
}
