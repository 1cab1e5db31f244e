import { join } from "node:path";
import { runOwn } from "../compliance/audit/own-run.ts";
import { startRun } from "../compliance/audit-run-store.ts";
import { giveScope, reasonOf } from "../compliance/audit-scope-store.ts";
import { addDays } from "../kernel/day.ts";
import { addDraft } from "../policy/pages/draft-store.ts";
import { loadBulletins } from "../policy/shelf.ts";
import { actingFor } from "../storage/database.ts";
import type { Store } from "../storage/store.ts";
import type { DemonstrationAgency } from "./agency.ts";
import type { Demonstration } from "./install.ts";

const NUMBER = "FY10-Clinical-16";

/** What the auditors may look at, an audit that one of them ran, and a bulletin that is being redrafted. */
export async function installAudits(store: Store, { missouri, england }: Demonstration) {
  const shelf = await loadBulletins(join(import.meta.dirname, "../../bulletins"));
  if (!shelf.ok) throw new Error("the bulletins do not load");
  const shelved = shelf.value.find(({ bulletin }) => bulletin.number === NUMBER);
  if (!shelved) throw new Error(`no bulletin ${NUMBER}`);
  const { bulletin, text } = shelved;

  const title = "Family Conferences, the year to date";
  const scopeId = await give(store, missouri, "sam@demo.example", "aud@demo.example", {
    title,
    reason: "Program integrity review announced by the Division; letter on file with the office.",
    bulletin: NUMBER,
  });
  await give(store, england, "ivy@alderway.example", "hugh@alderway.example", {
    title: "Contract monitoring, the year to date",
    reason: "The commissioner's yearly visit: what was delivered, and whether it is recorded.",
    bulletin: null,
  });

  const audrey = { agencyId: missouri.agencyId, staffId: missouri.staffId("aud@demo.example") };
  const days = { from: addDays(missouri.today, -365), to: missouri.today };
  const runId = await actingFor(store.app, audrey.staffId, (db) =>
    startRun(db, audrey, {
      ...{ jurisdiction: bulletin.jurisdiction, bulletin: NUMBER, over: "own-records", scopeId },
      ...{ contentHash: bulletin.contentHash, firstDay: days.from, lastDay: days.to },
    }),
  );
  const scope = { agencyId: audrey.agencyId, ...days, scopeId };
  const reason = reasonOf({ id: scopeId, title });
  await runOwn({ database: store.app, by: audrey, runId, bulletin }, scope, reason);

  const val = { agencyId: missouri.agencyId, staffId: missouri.staffId("val@demo.example") };
  await actingFor(store.app, val.staffId, (db) =>
    addDraft(db, val, {
      title: "Family Conference, six units and by video",
      against: { jurisdiction: bulletin.jurisdiction, number: NUMBER },
      yaml: redrafted(text),
    }),
  );
}

/** Fewer units a week, and an office that may be a screen. */
function redrafted(text: string): string {
  return text
    .replace("status: new", "status: draft")
    .replace("No more than eight units", "No more than six units")
    .replace("limit: { units: 8,", "limit: { units: 6,")
    .replace("It is held in an office, and", "It is held in an office or by video, and")
    .replace("- setting: { is: office }", "- setting: { isOneOf: [office, telehealth] }");
}

function give(
  store: Store,
  agency: DemonstrationAgency,
  administrator: string,
  auditor: string,
  scope: { title: string; reason: string; bulletin: string | null },
): Promise<string> {
  const by = { agencyId: agency.agencyId, staffId: agency.staffId(administrator) };
  return actingFor(store.app, by.staffId, (db) =>
    giveScope(db, by, {
      ...scope,
      staffId: agency.staffId(auditor),
      ...{ firstDay: addDays(agency.today, -365), lastDay: agency.today },
      ...{ validFrom: addDays(agency.today, -3), validTo: addDays(agency.today, 60) },
      programIds: [],
    }),
  );
}
