import { addDays } from "../kernel/day.ts";
import type { Acting } from "../storage/database.ts";
import type { Store } from "../storage/store.ts";
import type { DemonstrationAgency } from "./agency.ts";
import type { DemonstrationPeople } from "./consumers.ts";
import type { Demonstration } from "./install.ts";

type OfOurs = {
  who: string;
  by: string;
  kind: string;
  what: string;
  detail: string;
  handed: number;
  /** Whoever gives it: a colleague's email, or a group's name. */
  staff?: string;
  group?: string;
};

const england: OfOurs[] = [
  {
    ...{ who: "sunita", by: "nia@alderway.example", kind: "non-drug-related", what: "peer-mentor" },
    ...{ detail: "A walk on Fridays, after school", handed: -1, staff: "ade@alderway.example" },
  },
  {
    ...{ who: "segun", by: "ellie@alderway.example", kind: "drug-related" },
    ...{ what: "relapse-prevention", detail: "From the week after he moves", handed: -1 },
    group: "Staying steady",
  },
];
const missouri: OfOurs[] = [
  {
    ...{ who: "maria", by: "ana@demo.example", kind: "non-drug-related", what: "activity" },
    ...{ detail: "El domingo, el mercado", handed: -1, staff: "pat@demo.example" },
  },
];

/** Supports of aftercare that were handed to one of ours, and wait for their answer. */
export async function installSupportsOfOurs(store: Store, of: Demonstration): Promise<void> {
  await store.owner.transaction().execute(async (db) => {
    for (const one of england) await hand(db, of.england, of.englandPeople, one);
    for (const one of missouri) await hand(db, of.missouri, of.missouriPeople, one);
  });
}

async function hand(
  db: Acting,
  agency: DemonstrationAgency,
  people: DemonstrationPeople,
  one: OfOurs,
): Promise<void> {
  const person = people.get(one.who);
  if (!person) throw new Error(`the demonstration has no ${one.who}`);
  const agency_id = agency.agencyId;
  const by = agency.staffId(one.by);
  const on = addDays(agency.today, one.handed);
  const group = one.group
    ? await db
        .selectFrom("support_group")
        .select("id")
        .where("agency_id", "=", agency_id)
        .where("name", "=", one.group)
        .executeTakeFirstOrThrow()
    : null;
  await db
    .insertInto("recovery_support")
    .values({
      ...{ agency_id, consumer_id: person.consumerId, episode_id: person.episodeId },
      ...{ kind: one.kind, what: one.what, detail: one.detail, owner_id: by, added_by: by },
      ...{ staff_id: one.staff ? agency.staffId(one.staff) : null, group_id: group?.id ?? null },
      ...{ state: "handed-over", handed_on: on, chase_on: addDays(on, 7), handed_basis: "inside" },
      added_at: `${on}T12:00:00Z`,
    })
    .execute();
}
