import { join } from "node:path";
import { sql } from "kysely";
import { benchOf } from "../compliance/judge.ts";
import { addDays, type Day } from "../kernel/day.ts";
import type { Letter } from "../liaison/letter.ts";
import { sendReferral } from "../liaison/out-store.ts";
import { type Need, purposeOf, sayNeed } from "../liaison/referral.ts";
import { markSent, prepareSending } from "../liaison/sending-store.ts";
import { addReferral, moveReferral } from "../liaison/store.ts";
import { saveConsent } from "../people/consent-store.ts";
import { recordDisclosure } from "../people/disclosure-store.ts";
import { loadBulletins } from "../policy/shelf.ts";
import { type Acting, actingFor } from "../storage/database.ts";
import type { Store } from "../storage/store.ts";
import type { DemonstrationAgency } from "./agency.ts";
import type { DemonstrationPeople } from "./consumers.ts";
import type { Demonstration } from "./install.ts";
import { englandReferrals, missouriReferrals, type StoryReferral } from "./liaison-stories.ts";
import { englandAsked, missouriAsked } from "./placement-asked.ts";
import {
  englandExpected,
  englandGroups,
  englandSessions,
  missouriExpected,
  missouriGroups,
  missouriSessions,
} from "./session-stories.ts";
import { expectAt, gather, meet, personOf, type Stage } from "./sessions-held.ts";

/** Referrals out in every state, groups with their registers, and the sessions of the last weeks. */
export async function installLiaison(store: Store, demonstration: Demonstration): Promise<void> {
  const { england, englandPeople, missouri, missouriPeople } = demonstration;
  const shelf = await loadBulletins(join(import.meta.dirname, "../../bulletins"));
  if (!shelf.ok) throw new Error("the bulletins do not load");
  const stage = (agency: DemonstrationAgency, people: DemonstrationPeople): Stage => {
    const { agencyId: id, jurisdiction } = agency;
    return { store, agency, people, bench: benchOf({ agency: { id, jurisdiction } }, shelf.value) };
  };
  const [here, there] = [stage(england, englandPeople), stage(missouri, missouriPeople)];
  for (const one of englandReferrals) await refer(here, one);
  for (const one of missouriReferrals) await refer(there, one);
  for (const one of englandAsked) await refer(here, one);
  for (const one of missouriAsked) await refer(there, one);
  for (const one of englandSessions) await meet(here, one);
  for (const one of missouriSessions) await meet(there, one);
  for (const one of englandGroups) await gather(here, one);
  for (const one of missouriGroups) await gather(there, one);
  for (const one of englandExpected) await expectAt(here, one);
  for (const one of missouriExpected) await expectAt(there, one);
  await moveToTheirDays(store);
}

async function refer(stage: Stage, it: StoryReferral): Promise<void> {
  const { store, agency } = stage;
  const person = personOf(stage, it.who);
  const staffId = agency.staffId(it.by);
  const by = { staffId, agencyId: agency.agencyId };
  const on = (days: number) => addDays(agency.today, days);
  const { consumerId } = person;
  await actingFor(store.app, staffId, async (db) => {
    const provider = it.to
      ? await db
          .selectFrom("provider")
          .select(["id", "name"])
          .where("name", "=", it.to)
          .executeTakeFirstOrThrow()
      : null;
    const id = await addReferral(db, by, consumerId, {
      need: it.need as Need,
      what: it.what,
      forWhom: it.relative ? "relative" : "consumer",
      supportId: it.relative ? (person.supports.get(it.relative) ?? null) : null,
      ownerId: staffId,
      providerId: provider?.id ?? null,
      ...(await stayOf(db, consumerId, it, on)),
      foundOn: on(it.found),
      dueOn: on(it.due),
    });
    if (provider && it.consent) await agree(db, stage, it, provider);
    if (provider && (it.sent !== undefined || it.written)) {
      await send(db, stage, it, { id, provider });
    }
    for (const step of it.after ?? []) {
      const moved = await moveReferral(db, by, consumerId, id, {
        status: step.status,
        on: on(step.on),
        outcome: step.said ?? null,
        chaseOn: step.chase === undefined ? null : on(step.chase),
      });
      if (!moved) throw new Error(`the demonstration's referral of ${it.who} does not go on`);
    }
  });
}

/** The stay that something is asked for, and the line of its funding. */
async function stayOf(
  db: Acting,
  consumerId: string,
  { placement: stay }: StoryReferral,
  on: (days: number) => Day,
) {
  if (!stay) return {};
  const { id } = await db
    .selectFrom("placement")
    .innerJoin("unit", "unit.id", "placement.unit_id")
    .select("placement.id")
    .where("placement.consumer_id", "=", consumerId)
    .where("unit.name", "=", stay.unit)
    .where("placement.requested_on", "=", on(stay.asked))
    .executeTakeFirstOrThrow();
  if (stay.line === undefined) return { placementId: id };
  const { id: fundingId } = await db
    .selectFrom("funding")
    .select("id")
    .where("placement_id", "=", id)
    .orderBy("recorded_at")
    .orderBy("id")
    .offset(stay.line)
    .limit(1)
    .executeTakeFirstOrThrow();
  return { placementId: id, fundingId };
}

type Provider = { id: string; name: string };

/** The consent that lets a service be told what a referral says. */
function consentOf(db: Acting, consumerId: string, it: StoryReferral, provider: Provider) {
  return db
    .selectFrom("consent")
    .select("id")
    .where("consumer_id", "=", consumerId)
    .where("provider_id", "=", provider.id)
    .where("topics", "@>", sql.val([...(it.consent ?? [])]))
    .executeTakeFirst();
}

async function agree(db: Acting, stage: Stage, it: StoryReferral, provider: Provider) {
  const { agency } = stage;
  const { consumerId } = personOf(stage, it.who);
  const person = await db
    .selectFrom("consumer")
    .select(["given_name", "family_name"])
    .where("id", "=", consumerId)
    .executeTakeFirstOrThrow();
  // Who has agreed to as much for another line of the same stay is not asked again.
  if (it.placement && (await consentOf(db, consumerId, it, provider))) return;
  const signed = addDays(agency.today, it.sent ?? it.found);
  const by = { staffId: agency.staffId(it.by), agency: { id: agency.agencyId } };
  await saveConsent(db, by, consumerId, {
    supportId: null,
    providerId: provider.id,
    kind: "disclosure",
    discloser: agency.name,
    recipient: provider.name,
    topics: it.consent ?? [],
    purpose: "So that they can help me with what I am referred for",
    signedOn: signed,
    signers: [{ as: "consumer", name: `${person.given_name} ${person.family_name}` }],
    manner: "paper",
    validFrom: signed,
    expiresOn: addDays(agency.today, 180),
    expiryEvent: null,
  });
}

async function send(
  db: Acting,
  stage: Stage,
  it: StoryReferral,
  { id, provider }: { id: string; provider: Provider },
): Promise<void> {
  const { agency } = stage;
  const { consumerId } = personOf(stage, it.who);
  const staffId = agency.staffId(it.by);
  const by = { staffId, agencyId: agency.agencyId };
  const basis = it.self ? "self" : "consent";
  const topics = it.self ? [] : (it.consent ?? []);
  const to = { referralId: id, providerId: provider.id, basis, purpose: null };
  const letter = it.self ? null : await write(db, consumerId, it, provider);
  const sendingId = await prepareSending(db, by, consumerId, { ...to, topics, letter });
  if (it.sent === undefined) return;
  const on = addDays(agency.today, it.sent);
  const chaseOn = addDays(agency.today, it.chase ?? 7);
  const asked = { providerId: provider.id, on, chaseOn };
  if (it.self) {
    const remark = "Taken along by the person; nothing was told";
    await markSent(db, by, consumerId, sendingId, { how: "in-person", disclosureId: null });
    await sendReferral(db, by, consumerId, id, { status: "handed", ...asked, remark });
    return;
  }
  const consent = await consentOf(db, consumerId, it, provider);
  if (!consent)
    throw new Error(`the demonstration has no consent of ${it.who} to ${provider.name}`);
  const disclosureId = await recordDisclosure(
    db,
    { staffId, agency: { id: agency.agencyId } },
    consumerId,
    {
      ...{ basis: "consent", recipient: provider.name, supportId: null, providerId: provider.id },
      ...{ consentId: consent.id, topics, day: on, time: "12:00" },
      what: `A referral, by post: ${sayNeed(it.need)}`,
      purpose: purposeOf(it.need),
    },
  );
  await markSent(db, by, consumerId, sendingId, { how: "letter", disclosureId });
  await sendReferral(db, by, consumerId, id, { status: "sent", ...asked, remark: "By post" });
}

async function write(
  db: Acting,
  consumerId: string,
  it: StoryReferral,
  provider: Provider,
): Promise<Letter> {
  const who = await db
    .selectFrom("consumer")
    .select(["given_name", "family_name"])
    .select(sql<string>`to_char(date_of_birth, 'FMDD Mon YYYY')`.as("born"))
    .where("id", "=", consumerId)
    .executeTakeFirstOrThrow();
  return {
    to: provider.name,
    who: {
      ...{ name: `${who.given_name} ${who.family_name}`, born: who.born },
      // They answer us: nobody rings the person.
      ...{ phone: null, reach: null },
    },
    parts: [
      {
        topic: "needs",
        heading: "What we ask you for",
        lines: [`${sayNeed(it.need)}: ${it.what}`],
      },
    ],
    words: it.words ?? null,
  };
}

/** Written just now, and dated to the evening of its own day; only the owner can do that. */
async function moveToTheirDays({ owner }: Store): Promise<void> {
  const evening = sql`((s.service_date + s.end_time + interval '20 minutes') AT TIME ZONE a.time_zone)`;
  await owner.transaction().execute(async (db) => {
    const change = async (table: string, statement: ReturnType<typeof sql>) => {
      await sql`ALTER TABLE ${sql.table(table)} DISABLE TRIGGER USER`.execute(db);
      await statement.execute(db);
      await sql`ALTER TABLE ${sql.table(table)} ENABLE TRIGGER USER`.execute(db);
    };
    await change(
      "session_note",
      sql`UPDATE session_note t SET recorded_at = ${evening}
        FROM service s JOIN agency a ON a.id = s.agency_id WHERE s.id = t.service_id`,
    );
    await change(
      "service",
      sql`UPDATE service s SET recorded_at = ${evening} FROM agency a
        WHERE a.id = s.agency_id AND s.end_time IS NOT NULL AND s.conference_id IS NULL`,
    );
    await change(
      "group_meeting",
      sql`UPDATE group_meeting m SET created_at = ((m.day + m.starts) AT TIME ZONE a.time_zone),
          signed_at = CASE WHEN m.signed_at IS NOT NULL THEN ((m.day + m.ends + interval '20 minutes') AT TIME ZONE a.time_zone) END
        FROM agency a WHERE a.id = m.agency_id`,
    );
    await change(
      "referral_sending",
      sql`UPDATE referral_sending t SET recorded_at = (r.sent_on + time '11:30') AT TIME ZONE a.time_zone,
          sent_at = (r.sent_on + time '12:00') AT TIME ZONE a.time_zone
        FROM referral r JOIN agency a ON a.id = r.agency_id WHERE r.id = t.referral_id AND t.sent_at IS NOT NULL`,
    );
  });
}
