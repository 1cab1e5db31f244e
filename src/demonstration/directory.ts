import type { Store } from "../storage/store.ts";
import type { DemonstrationAgency } from "./agency.ts";
import { type Entry, inEngland, inMissouri } from "./directory-entries.ts";
import type { Demonstration } from "./install.ts";

/** The directories of both agencies: what the other rooms' stories name stands in them. */
export async function installDirectory(
  { owner }: Store,
  { missouri, england }: Demonstration,
): Promise<void> {
  const add = (agency: DemonstrationAgency, by: string, entries: Entry[]) =>
    owner
      .insertInto("provider")
      .values(
        entries.map(({ times, address, open, women, ...entry }) => ({
          ...entry,
          agency_id: agency.agencyId,
          times: times ?? null,
          address: address ?? null,
          open_access: open ?? false,
          women_only: women ?? false,
          created_by: agency.staffId(by),
        })),
      )
      .execute();
  await add(england, "ivy@alderway.example", inEngland);
  await add(missouri, "sam@demo.example", inMissouri);
}
