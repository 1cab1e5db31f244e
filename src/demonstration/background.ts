import { addDays } from "../kernel/day.ts";
import type { Store } from "../storage/store.ts";
import { fillBeds, generate, type Wanted } from "./generate.ts";
import type { Demonstration } from "./install.ts";

/** Three years, and the last month left to the people of the stories. */
const DAYS = 3 * 365;

/** A past for both agencies: people who came, stayed and left, so that reports have years to show. */
export async function installBackground(store: Store, all: Demonstration): Promise<void> {
  await generate(store.owner, all.england, {
    ...wantedOfEngland(all.england),
    // As many as keep its beds about half full.
    ...{ people: 220, shape: "house" },
    closedOnly: true,
  });
  const here = wantedOfEngland(all.england);
  await fillBeds(store.owner, all.england, { ...here, until: addDays(all.england.today, -10) });
  const { missouri } = all;
  const staff = ["ana@demo.example", "ruth@demo.example"].map(missouri.staffId);
  await generate(store.owner, missouri, {
    people: 40,
    from: addDays(missouri.today, -DAYS),
    until: addDays(missouri.today, -30),
    seed: 2,
    shape: "community",
    closedOnly: true,
    programs: { community: { id: missouri.programId("General Population"), staff } },
    session: { kind: "individual-counseling", setting: "office" },
  });
  await fillBeds(store.owner, missouri, {
    from: addDays(missouri.today, -DAYS),
    until: addDays(missouri.today, -10),
    seed: 3,
    programs: { rehab: { id: missouri.programId("Women and Children"), staff } },
    session: { kind: "individual-counseling", setting: "office" },
  });
}

/** The agency in England as the generator sees it: what the bench makes a hundred times more of. */
export function wantedOfEngland({ today, staffId, programId }: Demonstration["england"]): Wanted {
  const of = (program: string, ...staff: string[]) => ({
    id: programId(program),
    staff: staff.map((name) => staffId(`${name}@alderway.example`)),
  });
  return {
    people: 0,
    from: addDays(today, -DAYS),
    until: addDays(today, -30),
    seed: 1,
    shape: "england",
    programs: {
      community: of("Community Team", "nia"),
      detox: of("Quayside Detox", "jack"),
      rehab: of("Alder House", "jack"),
      "second-stage": of("Second Step", "ellie"),
    },
    session: { kind: "keywork", setting: "office" },
  };
}
