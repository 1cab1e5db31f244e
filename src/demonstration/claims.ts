import { ask } from "../compliance/question-store.ts";
import { findReady, insertBatch } from "../compliance/release-store.ts";
import { addDays } from "../kernel/day.ts";
import { actingFor } from "../storage/database.ts";
import type { Store } from "../storage/store.ts";
import type { DemonstrationAgency } from "./agency.ts";

const BILLER = "bill@demo.example";

/** The biller has released what is older than a month, and has a question about what is pended. */
export async function installClaims(store: Store, agency: DemonstrationAgency): Promise<void> {
  const by = { agencyId: agency.agencyId, staffId: agency.staffId(BILLER) };
  await actingFor(store.app, by.staffId, async (db) => {
    const older = await db
      .selectFrom("service")
      .select("id")
      .where("service_date", "<", addDays(agency.today, -28))
      .execute();
    const ready = await findReady(
      db,
      older.map(({ id }) => id),
    );
    await insertBatch(db, by, ready);
    const pended = await db
      .selectFrom("judgement")
      .select("service_id")
      .where("outcome", "=", "pended")
      .where("superseded_at", "is", null)
      .executeTakeFirstOrThrow();
    await ask(db, {
      agencyId: by.agencyId,
      serviceId: pended.service_id,
      clause: "4.2",
      text: "Did the consumer take part? It is not recorded.",
      by: by.staffId,
    });
  });
}
