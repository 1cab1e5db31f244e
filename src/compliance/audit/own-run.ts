import { logAccess } from "../../storage/access-log.ts";
import type { Acting } from "../../storage/database.ts";
import { finishRun, keepFindings } from "../audit-run-store.ts";
import { auditOwn, type OwnScope, streamOwnFindings } from "./own.ts";
import { findOwnPeople } from "./own-store.ts";
import { acting, inTurn, MOST_KEPT, type Running, say } from "./running.ts";
import type { Summary } from "./summary.ts";

/**
 * Audits the agency's own records beside other work; what it comes to stands in the row of the run, and
 * in the access log whose records were judged, with the reason.
 */
export function runOwn(run: Running, scope: OwnScope, reason: string): Promise<void> {
  const { bulletin, runId, by } = run;
  return inTurn(run, async (stop) => {
    await say(run, 0.05, "judging");
    const judged = async (db: Acting): Promise<Summary> => {
      const began = performance.now();
      const sums = await auditOwn(db, bulletin, scope);
      const consumerIds = await findOwnPeople(db, scope);
      const me = { staffId: by.staffId, agency: { id: by.agencyId } };
      const room = "audit.run own records";
      await logAccess(db, me, { action: "read", room, consumerIds, reason });
      await say(run, 0.5, "keeping what was found");
      let kept = 0;
      for await (const found of streamOwnFindings(db, bulletin, scope)) {
        stop.throwIfAborted();
        const few = found.slice(0, MOST_KEPT - kept);
        await keepFindings(db, by, runId, kept, few);
        kept += few.length;
        if (kept === MOST_KEPT) break;
      }
      return { ...sums, seconds: Math.round(performance.now() - began) / 1000 };
    };
    // All of it sees one moment.
    const summary = await acting(run, stop, judged, "repeatable read");
    await acting(run, stop, (db) => finishRun(db, runId, summary));
  });
}
