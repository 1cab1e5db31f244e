import { sql } from "kysely";
import type { Day } from "../kernel/day.ts";
import type { Outcome } from "../policy/judgement.ts";
import type { Acting, By } from "../storage/database.ts";

/** What an auditor may look at, why, and for how long. */
export interface AuditScope {
  readonly id: string;
  readonly auditor: string;
  readonly title: string;
  readonly reason: string;
  /** Of the services, both included. */
  readonly firstDay: Day;
  readonly lastDay: Day;
  /** By name; none: services of every programme. */
  readonly programs: readonly string[];
  /** Only services that this bulletin is for; null: every service. */
  readonly bulletin: string | null;
  /** When the auditor may look, both included. */
  readonly validFrom: Day;
  readonly validTo: Day;
  readonly givenAt: Date;
  readonly givenBy: string;
  readonly endedAt: Date | null;
}

const MOST = 200;

/** Every scope that was given, the newest first; an auditor sees their own. */
export function findScopes(db: Acting): Promise<readonly AuditScope[]> {
  return scopes(db, sql`true`);
}

/** The scopes by which the acting auditor may look today. */
export function findLiveScopes(db: Acting): Promise<readonly AuditScope[]> {
  return scopes(db, sql`a.id IN (SELECT access.live_scopes())`);
}

async function scopes(db: Acting, which: ReturnType<typeof sql>): Promise<readonly AuditScope[]> {
  const { rows } = await sql<AuditScope>`
    SELECT a.id, s.name AS auditor, a.title, a.reason, a.first_day AS "firstDay", a.last_day AS "lastDay",
      ARRAY(SELECT p.name FROM program p WHERE p.id = ANY (a.program_ids) ORDER BY p.name) AS programs,
      a.bulletin, a.valid_from AS "validFrom", a.valid_to AS "validTo", a.given_at AS "givenAt",
      g.name AS "givenBy", a.ended_at AS "endedAt"
    FROM audit_scope a JOIN staff s ON s.id = a.staff_id JOIN staff g ON g.id = a.given_by
    WHERE ${which} ORDER BY a.given_at DESC, a.id LIMIT ${MOST}`.execute(db);
  return rows;
}

export type NewScope = {
  staffId: string;
  title: string;
  reason: string;
  firstDay: Day;
  lastDay: Day;
  programIds: readonly string[];
  bulletin: string | null;
  validFrom: Day;
  validTo: Day;
};

export async function giveScope(db: Acting, by: By, scope: NewScope): Promise<string> {
  const { id } = await db
    .insertInto("audit_scope")
    .values({
      ...{ agency_id: by.agencyId, given_by: by.staffId, staff_id: scope.staffId },
      ...{ title: scope.title, reason: scope.reason, bulletin: scope.bulletin },
      ...{ first_day: scope.firstDay, last_day: scope.lastDay },
      ...{ valid_from: scope.validFrom, valid_to: scope.validTo },
      program_ids: [...scope.programIds],
    })
    .returning("id")
    .executeTakeFirstOrThrow();
  return id;
}

/** From now on the auditor sees nothing by it. False when it had ended before. */
export async function endScope(db: Acting, by: By, id: string): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable("audit_scope")
    .set({ ended_at: sql`now()`, ended_by: by.staffId })
    .where("id", "=", id)
    .where("ended_at", "is", null)
    .executeTakeFirst();
  return numUpdatedRows > 0;
}

/** Who can be given a scope: auditors of today, but for whoever asks. */
export async function findAuditors(db: Acting, by: By, today: Day) {
  return db
    .selectFrom("staff as s")
    .innerJoin("staff_role as r", "r.staff_id", "s.id")
    .select(["s.id", "s.name"])
    .distinct()
    .where("r.role", "=", "auditor")
    .where("r.valid_from", "<=", today)
    .where((eb) => eb.or([eb("r.valid_to", "is", null), eb("r.valid_to", ">=", today)]))
    .where("s.id", "!=", by.staffId)
    .orderBy("s.name")
    .limit(MOST)
    .execute();
}

export async function findScopePrograms(db: Acting) {
  return db.selectFrom("program").select(["id", "name"]).orderBy("name").limit(MOST).execute();
}

/** A service of a scope, as a list shows it. */
export interface ScopedService {
  readonly id: string;
  readonly consumerId: string;
  readonly number: string;
  readonly given_name: string;
  readonly family_name: string;
  readonly preferred_name: string | null;
  readonly day: Day;
  readonly service: string;
  readonly units: number;
  readonly program: string | null;
  readonly outcome: Outcome | null;
}

/** The services that a scope of the acting auditor names, the newest first. */
export async function findScopedServices(
  db: Acting,
  scopeId: string,
  { offset, most }: { offset: number; most: number },
): Promise<readonly ScopedService[]> {
  const { rows } = await sql<ScopedService>`
    SELECT s.id, s.consumer_id AS "consumerId", c.number, c.given_name, c.family_name, c.preferred_name,
      s.service_date AS day, s.kind AS service, s.units, p.name AS program, j.outcome
    FROM access.audited(${scopeId}::uuid) a JOIN service s ON s.id = a.service_id
    JOIN consumer c ON c.id = s.consumer_id LEFT JOIN program p ON p.id = s.program_id
    LEFT JOIN judgement j ON j.service_id = s.id AND j.superseded_at IS NULL AND j.decides
    ORDER BY s.service_date DESC, s.id LIMIT ${most} OFFSET ${offset}`.execute(db);
  return rows;
}

/** By which scope the acting auditor may look at a service; null when by none. */
export async function findScopeOf(db: Acting, serviceId: string) {
  const { rows } = await sql<{ id: string; title: string; reason: string }>`
    SELECT a.id, a.title, a.reason FROM audit_scope a
    WHERE a.id IN (SELECT access.live_scopes())
      AND EXISTS (SELECT FROM access.audited(a.id) x WHERE x.service_id = ${serviceId}::uuid)
    ORDER BY a.given_at LIMIT 1`.execute(db);
  return rows[0] ?? null;
}

/** What stands in the access log as the reason of a look. */
export function reasonOf({ id, title }: { id: string; title: string }): string {
  return `Audit scope ${id}: ${title}`;
}
