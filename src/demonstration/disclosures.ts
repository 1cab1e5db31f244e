import { sql } from "kysely";
import type { Basis } from "../people/disclosure.ts";
import type { Store } from "../storage/store.ts";
import type { DemonstrationAgency } from "./agency.ts";
import type { DemonstrationPeople } from "./consumers.ts";
import type { Demonstration } from "./install.ts";

type Told = {
  who: string;
  by: string;
  daysAgo: number;
  /** The support whose consent it rests on, and about what. */
  support?: string;
  topics?: string[];
  basis: Basis;
  recipient: string;
  what: string;
  purpose: string;
};

const inEngland: Told[] = [
  {
    who: "tobias",
    by: "nia@alderway.example",
    daysAgo: 6,
    support: "helen",
    topics: ["attendance", "progress"],
    basis: "consent",
    recipient: "Helen Merriweather",
    what: "That he came on Thursday, slept badly, and has his joint review next week",
    purpose: "So that she can ring the crisis line with him if he does not sleep again",
  },
  {
    who: "bronwen",
    by: "jack@alderway.example",
    daysAgo: 11,
    basis: "safeguarding-child",
    recipient: "Duty desk, children's social care",
    what: "That her former partner came to the gate and asked for Cerys by name",
    purpose: "Risk of harm to Cerys. Bronwen was told beforehand and agreed; staff were with her",
  },
  {
    who: "gareth",
    by: "jack@alderway.example",
    daysAgo: 3,
    basis: "vital-interests",
    recipient: "Ambulance crew, Northport",
    what: "What he takes, his last dose of diazepam, and that he has liver disease",
    purpose: "A seizure in the night; he could not be asked",
  },
];

const inMissouri: Told[] = [
  {
    who: "maria",
    by: "ana@demo.example",
    daysAgo: 9,
    support: "rosa",
    topics: ["attendance"],
    basis: "consent",
    recipient: "Rosa Delgado",
    what: "The day and hour of the next meeting",
    purpose: "So that she can come, with an interpreter",
  },
  {
    who: "walter",
    by: "cole@demo.example",
    daysAgo: 33,
    basis: "medical-emergency",
    recipient: "Dr. Halloway, emergency department, county hospital",
    what: "The dose of buprenorphine and when he last took it",
    purpose: "Brought in unconscious after a fall; he could not be asked",
  },
];

/** What was told outside, each on a ground that the law of the place knows. */
export async function installDisclosures({ owner }: Store, all: Demonstration): Promise<void> {
  await tell(all.england, all.englandPeople, inEngland);
  await tell(all.missouri, all.missouriPeople, inMissouri);

  async function tell(agency: DemonstrationAgency, people: DemonstrationPeople, list: Told[]) {
    for (const told of list) {
      const person = people.get(told.who);
      if (!person) throw new Error(`the demonstration has no ${told.who}`);
      const support_id = told.support ? (person.supports.get(told.support) ?? null) : null;
      const consent = support_id
        ? await owner
            .selectFrom("consent")
            .select("id")
            .where("support_id", "=", support_id)
            .executeTakeFirstOrThrow()
        : null;
      await owner
        .insertInto("disclosure")
        .values({
          agency_id: agency.agencyId,
          consumer_id: person.consumerId,
          ...{ support_id, consent_id: consent?.id ?? null, topics: told.topics ?? null },
          ...{ basis: told.basis, recipient: told.recipient, what: told.what },
          purpose: told.purpose,
          at: sql`(${agency.today}::date - ${told.daysAgo}::int + time '14:20') AT TIME ZONE ${agency.timeZone}`,
          disclosed_by: agency.staffId(told.by),
        })
        .execute();
    }
  }
}
