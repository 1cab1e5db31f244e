import { keepFile } from "../exchange/import-store.ts";
import { actingFor } from "../storage/database.ts";
import type { Store } from "../storage/store.ts";
import type { Demonstration } from "./install.ts";

/** A file that an administrator has begun with and that has something wrong in it. */
export async function installImports(store: Store, { england, missouri }: Demonstration) {
  for (const [agency, administrator, email] of [
    [england, "ivy@alderway.example", "nia@alderway.example"],
    [missouri, "sam@demo.example", "ana@demo.example"],
  ] as const) {
    const staffId = agency.staffId(administrator);
    const rows = [
      [email, "peer", "Peer mentor, trained", "The college", "2025-02-01", ""],
      ["nobody@elsewhere.example", "peer", "Peer mentor, trained", "The college", "31.31.2025", ""],
    ];
    await actingFor(store.app, staffId, (db) =>
      keepFile(
        db,
        { agencyId: agency.agencyId, staffId },
        {
          kind: "credentials",
          name: "credentials-from-the-old-system.csv",
          table: { header: ["Email", "Code", "Name", "Issuer", "From", "To"], rows },
        },
      ),
    );
  }
}
