import { join } from "node:path";
import { sql } from "kysely";
import { build } from "../../src/cli/build.ts";
import { home } from "../../src/cli/home.ts";
import type { Rule } from "../../src/people/access.ts";
import type { Database } from "../../src/storage/database.ts";

type Guarded = { rule?: Rule };
type BuiltRoute = {
  id: string;
  parentId?: string;
  path?: string;
  module: { loader?: Guarded; action?: Guarded; default?: unknown };
};

/** One address of the product as it was built. */
export type Address = {
  /** `/consumers/:consumerId/plan` */
  pattern: string;
  file: string;
  /** True if it is a page that people see, not only data or a file. */
  page: boolean;
  /** Who may look, from the innermost loader; null where nothing is loaded. */
  loader: Rule | null;
  action: Rule | null;
  /** Loaders and actions that forgot to say who may use them. */
  unguarded: string[];
};

/** Every address, read off the build itself: a new page is in it without being told. */
export async function addresses(): Promise<Address[]> {
  await build(() => {});
  const { routes } = (await import(join(home, "build/server/index.js"))) as {
    routes: Record<string, BuiltRoute>;
  };
  const all = Object.values(routes);
  const parents = new Set(all.map((route) => route.parentId));
  return all
    .filter((route) => route.id !== "root" && !parents.has(route.id) && route.path !== "*")
    .map((route) => {
      const chain = chainOf(route, routes);
      const { loader, action } = route.module;
      return {
        pattern: `/${chain.flatMap((one) => one.path ?? []).join("/")}`,
        file: route.id,
        page: route.module.default !== undefined,
        loader:
          loader?.rule ?? chain.findLast((one) => one.module.loader)?.module.loader?.rule ?? null,
        action: action?.rule ?? null,
        unguarded: chain.flatMap((one) =>
          (["loader", "action"] as const)
            .filter((part) => one.module[part] && !one.module[part]?.rule)
            .map((part) => `${part} of ${one.id}`),
        ),
      };
    });
}

function chainOf(route: BuiltRoute, routes: Record<string, BuiltRoute>): BuiltRoute[] {
  const parent = route.parentId ? routes[route.parentId] : undefined;
  return parent && parent.id !== "root" ? [...chainOf(parent, routes), route] : [route];
}

/**
 * Puts ids of a consumer's own things in place of the parameters. Throws for a parameter that it
 * does not know, so that a new one is given its meaning here.
 */
export async function fill(owner: Database, pattern: string, consumerId: string): Promise<string> {
  const of: Record<string, () => Promise<string | undefined>> = {
    consumerId: async () => consumerId,
    number: async () => "FY10-Clinical-16",
    measure: async () => "stay",
    importBatchId: () =>
      one(sql`SELECT id FROM import_batch
        WHERE agency_id = (SELECT agency_id FROM consumer WHERE id = ${consumerId}) ORDER BY id LIMIT 1`),
    conferenceId: () =>
      one(
        sql`SELECT id FROM conference WHERE consumer_id = ${consumerId} ORDER BY ${wanted(pattern)} LIMIT 1`,
      ),
    appointmentId: () =>
      one(
        sql`SELECT id FROM appointment WHERE consumer_id = ${consumerId} ORDER BY status = 'scheduled' DESC LIMIT 1`,
      ),
    supportId: () =>
      one(sql`SELECT s.id FROM support s WHERE s.consumer_id = ${consumerId}
        ORDER BY EXISTS (SELECT FROM conference_support x JOIN conference c ON c.id = x.conference_id
          WHERE x.support_id = s.id AND c.signed_at IS NULL) DESC, s.id LIMIT 1`),
    consentId: () => one(sql`SELECT id FROM consent WHERE consumer_id = ${consumerId} LIMIT 1`),
    planId: () => one(sql`SELECT id FROM care_plan WHERE consumer_id = ${consumerId} LIMIT 1`),
    serviceId: () =>
      one(
        sql`SELECT id FROM service WHERE consumer_id = ${consumerId} ORDER BY conference_id IS NULL, id LIMIT 1`,
      ),
    supportGroupId: () =>
      one(sql`SELECT g.id FROM support_group g JOIN group_meeting m ON m.group_id = g.id
        WHERE g.agency_id = (SELECT agency_id FROM consumer WHERE id = ${consumerId}) ORDER BY m.id LIMIT 1`),
    groupMeetingId: () =>
      one(sql`SELECT id FROM group_meeting
        WHERE agency_id = (SELECT agency_id FROM consumer WHERE id = ${consumerId}) ORDER BY id LIMIT 1`),
    providerId: () =>
      one(sql`SELECT id FROM provider
        WHERE agency_id = (SELECT agency_id FROM consumer WHERE id = ${consumerId}) ORDER BY id LIMIT 1`),
    referralId: () =>
      one(sql`SELECT r.id FROM referral r WHERE r.consumer_id = ${consumerId}
        ORDER BY EXISTS (SELECT FROM referral_sending s WHERE s.referral_id = r.id) DESC, r.id LIMIT 1`),
    staffId: () =>
      one(
        sql`SELECT id FROM staff WHERE agency_id = (SELECT agency_id FROM consumer WHERE id = ${consumerId}) ORDER BY id LIMIT 1`,
      ),
    batchId: () =>
      one(
        sql`SELECT id FROM claim_batch WHERE agency_id = (SELECT agency_id FROM consumer WHERE id = ${consumerId}) LIMIT 1`,
      ),
    placementId: () =>
      one(sql`SELECT id FROM placement WHERE consumer_id = ${consumerId} ORDER BY id LIMIT 1`),
    unitId: () =>
      one(sql`SELECT id FROM unit
        WHERE agency_id = (SELECT agency_id FROM consumer WHERE id = ${consumerId}) ORDER BY id LIMIT 1`),
    dutyAlertId: () =>
      one(sql`SELECT id FROM duty_alert
        WHERE agency_id = (SELECT agency_id FROM consumer WHERE id = ${consumerId})
        ORDER BY consumer_id = ${consumerId} DESC, closed_at NULLS LAST LIMIT 1`),
    concernCallId: () =>
      one(sql`SELECT id FROM concern_call
        WHERE agency_id = (SELECT agency_id FROM consumer WHERE id = ${consumerId}) ORDER BY consumer_id NULLS FIRST, closed_on NULLS FIRST, id LIMIT 1`),
    auditRunId: () =>
      one(
        sql`SELECT id FROM audit_run WHERE agency_id = (SELECT agency_id FROM consumer WHERE id = ${consumerId}) ORDER BY id LIMIT 1`,
      ),
    auditScopeId: () =>
      one(
        sql`SELECT id FROM audit_scope WHERE agency_id = (SELECT agency_id FROM consumer WHERE id = ${consumerId}) ORDER BY bulletin IS NULL LIMIT 1`,
      ),
    bulletinDraftId: () =>
      one(
        sql`SELECT id FROM bulletin_draft WHERE agency_id = (SELECT agency_id FROM consumer WHERE id = ${consumerId}) LIMIT 1`,
      ),
    questionId: () =>
      one(
        sql`SELECT id FROM question WHERE agency_id = (SELECT agency_id FROM consumer WHERE id = ${consumerId}) LIMIT 1`,
      ),
  };
  let path = pattern;
  for (const [text, name = ""] of pattern.matchAll(/:(\w+)/g)) {
    const find = of[name];
    if (!find) throw new Error(`${pattern}: what is ${text}? Say so in test/support/routes.ts`);
    const id = await find();
    if (id === undefined) throw new Error(`${pattern}: the demonstration has nothing for ${text}`);
    path = path.replace(text, encodeURIComponent(id));
  }
  return path;

  async function one(query: ReturnType<typeof sql>): Promise<string | undefined> {
    const { rows } = await (query as ReturnType<typeof sql<{ id: string }>>).execute(owner);
    return rows[0]?.id;
  }
}

/** Pages of a signed conference want a signed one, the others one that is still ahead. */
function wanted(pattern: string) {
  return /note|what-we-agreed/.test(pattern)
    ? sql`signed_at IS NULL, id`
    : sql`signed_at IS NOT NULL, id`;
}
