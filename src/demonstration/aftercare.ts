import { addDays, type Day } from "../kernel/day.ts";
import { findPlannedCourses } from "../plans/prescribing-store.ts";
import type { Acting } from "../storage/database.ts";
import type { Store } from "../storage/store.ts";
import {
  type AftercareStory,
  englandAftercare,
  missouriAftercare,
  type StoryAftercare,
  type StoryBeside,
  type StoryLeaving,
} from "./aftercare-stories.ts";
import type { DemonstrationAgency } from "./agency.ts";
import type { DemonstrationPeople } from "./consumers.ts";
import type { Demonstration } from "./install.ts";

type Person = { agency_id: string; consumer_id: string; episode_id: string };
type Stage = {
  db: Acting;
  agency: DemonstrationAgency;
  of: Person;
  writer: string;
  on: (offset: number) => Day;
  supports: ReadonlyMap<string, string>;
};

/** Prescribing, leaving and aftercare of the stories, with the days on which they happened. */
export async function installAftercare(store: Store, demonstration: Demonstration): Promise<void> {
  await store.owner.transaction().execute(async (db) => {
    const { missouri, missouriPeople, england, englandPeople } = demonstration;
    await lines(
      db,
      england,
      ["Samaritans: 116 123", "NHS: 111, option 2", "In danger now: 999"],
      ["Samaritans (en inglés): 116 123", "NHS: 111, opción 2", "En peligro ahora: 999"],
    );
    const spanish = [
      "988, llame o mande un mensaje de texto; para español, marque 2",
      "En peligro ahora: 911",
    ];
    await lines(db, missouri, ["988, call or text", "In danger now: 911"], spanish);
    for (const story of englandAftercare) await installStory(db, england, englandPeople, story);
    for (const story of missouriAftercare) await installStory(db, missouri, missouriPeople, story);
  });
}

async function lines(
  db: Acting,
  { agencyId }: DemonstrationAgency,
  crisis_lines: string[],
  crisis_lines_es: string[],
) {
  const set = { crisis_lines, crisis_lines_es };
  await db.updateTable("agency").set(set).where("id", "=", agencyId).execute();
}

async function installStory(
  db: Acting,
  agency: DemonstrationAgency,
  people: DemonstrationPeople,
  story: AftercareStory,
): Promise<void> {
  const person = people.get(story.who);
  if (!person) throw new Error(`the demonstration has no ${story.who}`);
  const { consumerId: consumer_id, episodeId: episode_id } = person;
  const stage: Stage = {
    ...{ db, agency, of: { agency_id: agency.agencyId, consumer_id, episode_id } },
    writer: agency.staffId(story.writer),
    on: (offset) => addDays(agency.today, offset),
    supports: person.supports,
  };
  await installCourses(stage, story.courses ?? []);
  for (const leaving of story.leavings ?? []) await installLeaving(stage, leaving);
  for (const plan of story.plans ?? []) await installPlan(stage, plan, story.plans ?? []);
  await installSigns(stage, story);
  for (const beside of story.besides ?? []) await installBeside(stage, beside);
  await installGains(stage, story.gains ?? []);
}

async function installCourses(
  { db, of, writer, on }: Stage,
  courses: AftercareStory["courses"] & {},
) {
  for (const course of courses) {
    await db
      .insertInto("prescribing")
      .values({
        ...{ ...of, kind: course.kind, what: course.what, prescriber: course.prescriber },
        ...{ setting: course.setting, valid_from: on(course.from), recorded_by: writer },
        ...{ valid_to: course.ended ? on(course.ended.on) : null },
        ...{ end_reason: course.ended?.reason ?? null, ended_by: course.ended ? writer : null },
        placement_id: await stayOn({ db, of }, on(course.from)),
        intervention_lineage: course.apart ? null : await plannedFor({ db, of }),
        recorded_at: `${on(course.from)}T12:00:00Z`,
      })
      .execute();
  }
}

/** What the plan in force says is prescribed, where no course is it yet. */
async function plannedFor({ db, of }: Pick<Stage, "db" | "of">): Promise<string | null> {
  const [planned] = await findPlannedCourses(db, of.consumer_id);
  if (!planned) return null;
  const known = await db
    .selectFrom("prescribing")
    .select("id")
    .where("intervention_lineage", "=", planned.lineage)
    .executeTakeFirst();
  return known ? null : planned.lineage;
}

/** The stay that a day falls into, where the placements of the demonstration have one. */
async function stayOn({ db, of }: Pick<Stage, "db" | "of">, day: Day): Promise<string | null> {
  const stay = await db
    .selectFrom("placement")
    .select("id")
    .where("consumer_id", "=", of.consumer_id)
    .where("episode_id", "=", of.episode_id)
    .where("admitted_on", "<=", day)
    .where((eb) => eb.or([eb("ended_on", "is", null), eb("ended_on", ">=", day)]))
    .executeTakeFirst();
  return stay?.id ?? null;
}

async function installLeaving(stage: Stage, leaving: StoryLeaving) {
  const { db, of, writer, on } = stage;
  const ended_on = on(leaving.on);
  // The end of a stay may have asked already.
  const asked = await db
    .selectFrom("leaving")
    .select("id")
    .where("episode_id", "=", of.episode_id)
    .where("ended_on", "=", ended_on)
    .executeTakeFirst();
  const answers = {
    overdose_advice: leaving.advice ?? null,
    overdose_advice_on: leaving.advice ? ended_on : null,
    overdose_advice_by: leaving.advice ? writer : null,
    naloxone: leaving.naloxone ?? null,
    naloxone_on: leaving.naloxone ? ended_on : null,
    naloxone_by: leaving.naloxone ? writer : null,
  };
  if (asked) await db.updateTable("leaving").set(answers).where("id", "=", asked.id).execute();
  const leaving_id =
    asked?.id ??
    (
      await db
        .insertInto("leaving")
        .values({
          ...{ ...of, ended_on, planned: leaving.planned, reason: leaving.reason, ...answers },
          ...{ note: leaving.note ?? null, recorded_by: writer },
          placement_id: await stayOn({ db, of }, ended_on),
          ...{
            contact_due: `${addDays(ended_on, 2)}T06:30:00Z`,
            recorded_at: `${ended_on}T06:30:00Z`,
          },
        })
        .returning("id")
        .executeTakeFirstOrThrow()
    ).id;
  for (const { at, how, reached, note, through } of leaving.tries) {
    const said = `${on(at[0])}T${at[1]}:00Z`;
    const told = through ? await tellThrough(stage, through, said) : null;
    await db
      .insertInto("leaving_contact")
      .values({
        ...{ agency_id: of.agency_id, consumer_id: of.consumer_id, leaving_id, how, reached },
        ...{ at: said, note: note ?? null, recorded_at: said, recorded_by: writer, ...told },
      })
      .execute();
  }
}

/** Whoever is asked where somebody is was told that they come here, with a consent. */
async function tellThrough({ db, of, writer, supports }: Stage, key: string, at: string) {
  const consent = await db
    .selectFrom("consent")
    .select(["id", "support_id", "recipient"])
    .where("support_id", "=", supports.get(key) ?? "")
    .executeTakeFirstOrThrow();
  const { id: disclosure_id } = await db
    .insertInto("disclosure")
    .values({
      ...{ agency_id: of.agency_id, consumer_id: of.consumer_id, basis: "consent", at },
      ...{ support_id: consent.support_id, consent_id: consent.id, recipient: consent.recipient },
      ...{ topics: ["attendance"], what: "That staff are trying to reach them" },
      purpose: "To reach them after they left, and to know that they are safe",
      disclosed_by: writer,
    })
    .returning("id")
    .executeTakeFirstOrThrow();
  return { support_id: consent.support_id, disclosure_id };
}

async function installPlan(
  { db, agency, of, writer, on }: Stage,
  plan: StoryAftercare,
  all: readonly StoryAftercare[],
) {
  const agreed_on = plan.agreed === null ? null : on(plan.agreed);
  const state = agreed_on === null ? "draft" : plan === all.at(-1) ? "active" : "superseded";
  await db
    .insertInto("aftercare_plan")
    .values({
      ...{ ...of, version: plan.version ?? 1, state, call_first: plan.callFirst },
      ...{ back_where: plan.back.where, back_phone: plan.back.phone },
      ...{ back_who_id: plan.back.who && agency.staffId(plan.back.who) },
      ...{ back_within_days: plan.back.days, created_by: writer },
      review_on: plan.review === undefined ? null : on(plan.review),
      created_at: `${on((plan.agreed ?? 0) - 3)}T12:00:00Z`,
      agreed_on,
      agreed_by_whom: agreed_on && "consumer",
      activated_at: agreed_on && `${agreed_on}T13:00:00Z`,
      activated_by: agreed_on && writer,
    })
    .execute();
}

async function installSigns({ db, of, writer, on }: Stage, { signs = [], plans }: AftercareStory) {
  const added = { added_by: writer, added_at: `${on(plans?.[0]?.agreed ?? -1)}T13:00:00Z` };
  const { agency_id, consumer_id } = of;
  for (const [text, then, helper] of signs) {
    const { id: trigger_id } = await db
      .insertInto("relapse_trigger")
      .values({ agency_id, consumer_id, text, sign: true, ...added })
      .returning("id")
      .executeTakeFirstOrThrow();
    await db
      .insertInto("relapse_strategy")
      .values({ agency_id, consumer_id, trigger_id, text: then, helper: helper ?? null, ...added })
      .execute();
  }
}

async function installBeside({ db, of, writer, on }: Stage, beside: StoryBeside) {
  const answer = beside.accepted ?? beside.declined;
  const provider = await db
    .selectFrom("provider")
    .select("id")
    .where("agency_id", "=", of.agency_id)
    .where("name", "=", beside.by)
    .executeTakeFirst();
  const first = beside.handed ?? answer?.[0] ?? 0;
  await db
    .insertInto("recovery_support")
    .values({
      ...{ ...of, kind: beside.kind, what: beside.what, detail: beside.detail ?? null },
      ...{ provider_id: provider?.id ?? null, by_whom: provider ? null : beside.by },
      ...{ owner_id: writer, added_by: writer, added_at: `${on(first)}T12:00:00Z` },
      state: beside.accepted
        ? "accepted"
        : beside.declined
          ? "declined"
          : beside.handed === undefined
            ? "planned"
            : "handed-over",
      handed_basis: beside.handed === undefined ? null : "self",
      handed_on: beside.handed === undefined ? null : on(beside.handed),
      chase_on: beside.handed === undefined ? null : on(beside.chase ?? beside.handed + 7),
      answered_on: answer ? on(answer[0]) : null,
      answered_by_whom: answer?.[1] ?? null,
    })
    .execute();
}

async function installGains({ db, of, writer, on }: Stage, gains: AftercareStory["gains"] & {}) {
  const { agency_id, consumer_id } = of;
  for (const { text, next, looks } of gains) {
    const { id: gain_id } = await db
      .insertInto("gain")
      .values({ ...of, text, look_again_on: next === null ? null : on(next), added_by: writer })
      .returning("id")
      .executeTakeFirstOrThrow();
    for (const [day, found, note] of looks) {
      await db
        .insertInto("gain_look")
        .values({
          ...{ agency_id, consumer_id, gain_id, looked_on: on(day), found },
          ...{ note: note ?? null, recorded_by: writer, recorded_at: `${on(day)}T12:00:00Z` },
        })
        .execute();
    }
  }
}
