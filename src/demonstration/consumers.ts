import { randomInt } from "node:crypto";
import { addDays, type Day, daysBetween } from "../kernel/day.ts";
import type { Acting, Database } from "../storage/database.ts";
import type { DemonstrationAgency } from "./agency.ts";
import type { Story, StorySupport } from "./stories.ts";

/** Where the stories ended up: ids by key, for the conferences that are held afterwards. */
export type DemonstrationPeople = ReadonlyMap<
  string,
  {
    consumerId: string;
    episodeId: string;
    /** The episode that ended before they came back, for whoever did. */
    earlierEpisodeId: string | null;
    programId: string;
    supports: ReadonlyMap<string, string>;
  }
>;

/** The people of the stories: identity, episode, enrolment, supports, consents and plans. */
export async function installPeople(
  owner: Database,
  agency: DemonstrationAgency,
  stories: readonly Story[],
): Promise<DemonstrationPeople> {
  return owner.transaction().execute(async (db) => {
    const people = new Map();
    for (const story of stories) people.set(story.key, await installPerson(db, agency, story));
    return people;
  });
}

async function installPerson(db: Acting, agency: DemonstrationAgency, story: Story) {
  const { agencyId: agency_id, today } = agency;
  const on = (offset: number) => addDays(today, offset);
  const keyworker = story.keyworker && agency.staffId(story.keyworker);
  const writer = keyworker ?? agency.staffId(story.takenBy ?? "");
  const start = on(story.since ?? story.asked ?? -4);
  const programId = agency.programId(story.program);
  const { id: consumer_id } = await db
    .insertInto("consumer")
    .values({
      agency_id,
      number: `R-${randomInt(100_000, 1_000_000)}`,
      given_name: story.given,
      family_name: story.family,
      preferred_name: story.preferred ?? null,
      pronouns: story.pronouns,
      date_of_birth: birthday(today, story),
      safe_to_call: story.safeToCall,
      phone: story.phone ?? "(573) 555-0100",
      language: story.language ?? "English",
      interpreter: story.interpreter ?? false,
      access_needs: story.access ?? null,
      search_key: "",
      created_by: writer,
    })
    .returning("id")
    .executeTakeFirstOrThrow();
  const earlierEpisodeId = story.before
    ? await installEarlier(db, { agency, consumer_id }, story.before)
    : null;
  const first = story.through?.[0] ? on(story.through[0].from) : start;
  const waited = daysWaited(story, daysBetween(today, first));
  const { id: episode_id } = await db
    .insertInto("episode")
    .values({
      agency_id,
      consumer_id,
      previous_id: earlierEpisodeId,
      opened_on: addDays(first, -waited),
      closed_on: story.discharged ? on(story.discharged.on) : null,
      closed_reason: story.discharged?.reason ?? null,
    })
    .returning("id")
    .executeTakeFirstOrThrow();
  await db
    .insertInto("enrolment")
    .values([
      ...(story.through ?? []).map((stay, nth) => ({
        ...{ agency_id, consumer_id, episode_id, program_id: agency.programId(stay.program) },
        ...{
          requested_on: on(stay.from - (nth === 0 ? waited : 2)),
          valid_from: on(stay.from),
          valid_to: on(stay.to),
        },
        end_reason: stay.reason,
      })),
      {
        ...{ agency_id, consumer_id, episode_id, program_id: programId },
        requested_on:
          story.asked === undefined
            ? addDays(start, story.through || story.since === null ? -2 : -waited)
            : on(story.asked),
        valid_from: story.since === null ? null : start,
        valid_to: story.discharged ? on(story.discharged.on) : null,
        end_reason: story.discharged?.reason ?? null,
      },
    ])
    .execute();
  const assigned = [
    ...(keyworker ? [{ part: "keyworker", staff_id: keyworker }] : []),
    ...(story.mentor ? [{ part: "peer-mentor", staff_id: agency.staffId(story.mentor) }] : []),
  ];
  if (assigned.length > 0) {
    await db
      .insertInto("assignment")
      .values(
        assigned.map((row) => ({
          ...{ ...row, agency_id, consumer_id, valid_from: start },
          valid_to: story.discharged ? on(story.discharged.on) : null,
        })),
      )
      .execute();
  }
  const supports = new Map<string, string>();
  for (const support of story.supports) {
    supports.set(
      support.key,
      await installSupport(db, { agency, consumer_id, keyworker: writer, story }, support),
    );
  }
  const of = { agency_id, consumer_id, episode_id, keyworker: writer, start, today };
  await installPlan(db, of, story);
  const ids = { consumerId: consumer_id, episodeId: episode_id, earlierEpisodeId };
  return { ...ids, programId, supports };
}

/** Days from asking to the first start, as services have them: most within the target, a few beyond it. */
function daysWaited(story: Story, first: number): number {
  if (story.since === null) return 0;
  if (story.asked !== undefined && !story.through) return first - story.asked;
  const since = story.before ? first - story.before.to - 1 : 30;
  const letters = [...story.key].reduce((sum, letter) => sum * 31 + letter.charCodeAt(0), 7);
  return Math.max(0, Math.min(3 + (letters % 17), since));
}

async function installEarlier(
  db: Acting,
  of: { agency: DemonstrationAgency; consumer_id: string },
  { program, from, to, reason }: NonNullable<Story["before"]>,
): Promise<string> {
  const { agency, consumer_id } = of;
  const agency_id = agency.agencyId;
  const on = (offset: number) => addDays(agency.today, offset);
  const { id: episode_id } = await db
    .insertInto("episode")
    .values({
      ...{ agency_id, consumer_id, opened_on: on(from), closed_on: on(to) },
      closed_reason: reason,
    })
    .returning("id")
    .executeTakeFirstOrThrow();
  await db
    .insertInto("enrolment")
    .values({
      ...{ agency_id, consumer_id, episode_id, program_id: agency.programId(program) },
      ...{ requested_on: on(from - 5), valid_from: on(from), valid_to: on(to), end_reason: reason },
    })
    .execute();
  return episode_id;
}

async function installSupport(
  db: Acting,
  of: { agency: DemonstrationAgency; consumer_id: string; keyworker: string; story: Story },
  support: StorySupport,
): Promise<string> {
  const { agency, consumer_id, keyworker, story } = of;
  const { agencyId: agency_id, today } = agency;
  const met = `${addDays(today, story.since ?? story.asked ?? -4)}T16:00:00Z`;
  const { id } = await db
    .insertInto("support")
    .values({
      agency_id,
      consumer_id,
      kind: support.kind,
      name: support.name,
      relation: support.relation,
      organisation: support.organisation ?? null,
      criminal_justice: support.criminalJustice ?? false,
      phone: support.phone ?? null,
      email: support.email ?? null,
      language: support.language ?? "English",
      interpreter: support.interpreter ?? false,
      created_at: met,
    })
    .returning("id")
    .executeTakeFirstOrThrow();
  if (support.noContact) {
    await db
      .insertInto("no_contact")
      .values({
        agency_id,
        consumer_id,
        support_id: id,
        reason: support.noContact,
        set_by: keyworker,
        set_at: met,
      })
      .execute();
  }
  if (support.consent) {
    const { from, to, topics, guardian, revoked } = support.consent;
    const self = { as: "consumer", name: `${story.given} ${story.family}` };
    const signers = guardian
      ? [self, { as: "parent-or-guardian", name: guardian, evidence: "Birth certificate seen" }]
      : [self];
    const { id: consent_id } = await db
      .insertInto("consent")
      .values({
        agency_id,
        consumer_id,
        support_id: id,
        kind: support.criminalJustice ? "criminal-justice" : "disclosure",
        discloser: agency.name,
        recipient: support.organisation ? `${support.name}, ${support.organisation}` : support.name,
        topics,
        purpose: "To support my recovery",
        signed_on: addDays(today, from),
        signers: JSON.stringify(signers),
        manner: "paper",
        valid_from: addDays(today, from),
        expires_on: addDays(today, to),
        created_by: keyworker,
        created_at: `${addDays(today, from)}T16:00:00Z`,
      })
      .returning("id")
      .executeTakeFirstOrThrow();
    if (revoked) {
      await db
        .insertInto("consent_revocation")
        .values({
          agency_id,
          consumer_id,
          consent_id,
          reason: revoked.reason,
          recorded_by: keyworker,
          revoked_at: `${addDays(today, revoked.on)}T16:00:00Z`,
        })
        .execute();
    }
  }
  return id;
}

async function installPlan(
  db: Acting,
  of: {
    agency_id: string;
    consumer_id: string;
    episode_id: string;
    keyworker: string;
    start: Day;
    today: Day;
  },
  story: Story,
): Promise<void> {
  const { agency_id, consumer_id, episode_id, keyworker, start, today } = of;
  if (story.goals.length === 0) return;
  const agreed = addDays(start, 6);
  const { id: plan_id } = await db
    .insertInto("care_plan")
    .values({
      agency_id,
      consumer_id,
      episode_id,
      version: 1,
      state: "draft",
      review_on: addDays(agreed, 90),
      created_by: keyworker,
    })
    .returning("id")
    .executeTakeFirstOrThrow();
  for (const [position, goal] of story.goals.entries()) {
    const { id: goal_id } = await db
      .insertInto("goal")
      .values({
        agency_id,
        consumer_id,
        plan_id,
        lineage: crypto.randomUUID(),
        domain: goal.domain,
        text: goal.text,
        position,
      })
      .returning("id")
      .executeTakeFirstOrThrow();
    await db
      .insertInto("objective")
      .values(
        goal.objectives.map((text, index) => ({
          ...{ agency_id, consumer_id, goal_id, text, position: index },
          target_on: addDays(today, 30),
        })),
      )
      .execute();
    await db
      .insertInto("intervention")
      .values(
        goal.interventions.map(([kind, text, frequency], index) => ({
          ...{ agency_id, consumer_id, goal_id, kind, text, frequency, position: index },
          responsible_id: keyworker,
        })),
      )
      .execute();
  }
  await db
    .updateTable("care_plan")
    .set({
      state: "active",
      agreed_on: agreed,
      agreed_by: `${story.given} ${story.family}`,
      activated_at: `${agreed}T15:00:00Z`,
    })
    .where("id", "=", plan_id)
    .execute();
  for (const [text, strategy, helper] of story.triggers ?? []) {
    const { id: trigger_id } = await db
      .insertInto("relapse_trigger")
      .values({
        agency_id,
        consumer_id,
        text,
        added_by: keyworker,
        added_at: `${agreed}T15:00:00Z`,
      })
      .returning("id")
      .executeTakeFirstOrThrow();
    await db
      .insertInto("relapse_strategy")
      .values({
        ...{ agency_id, consumer_id, trigger_id, text: strategy, helper: helper ?? null },
        ...{ added_by: keyworker, added_at: `${agreed}T15:00:00Z` },
      })
      .execute();
  }
}

/** A birthday at least three weeks from today, so that nobody's age changes while one looks. */
function birthday(today: Day, { age, given }: Story): Day {
  const spread = [...given].reduce((sum, letter) => sum * 7 + letter.charCodeAt(0), 0) % 320;
  const last = addDays(today, -21 - spread);
  // The 29th of February is not in every year.
  return `${Number(last.slice(0, 4)) - age}${last.slice(4).replace("-02-29", "-02-28")}` as Day;
}
