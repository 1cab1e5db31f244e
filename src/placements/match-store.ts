import { sql } from "kysely";
import { ageOn, type Day } from "../kernel/day.ts";
import type { Acting } from "../storage/database.ts";
import { type Answered, type Needs, pregnancyOn } from "./needs.ts";
import { type UnitKind, unitKinds } from "./unit.ts";

/** The kind of the programme that somebody waits for, where people stay in it. */
async function findListKind(db: Acting, consumerId: string): Promise<string | null> {
  const waits = await db
    .selectFrom("enrolment")
    .innerJoin("program", "program.id", "enrolment.program_id")
    .select("program.kind")
    .where("enrolment.consumer_id", "=", consumerId)
    .where("enrolment.valid_from", "is", null)
    .where("enrolment.valid_to", "is", null)
    .where("program.kind", "in", Object.keys(unitKinds))
    .orderBy("enrolment.requested_on", "desc")
    .limit(1)
    .executeTakeFirst();
  return waits?.kind ?? null;
}

type Assessment = Awaited<ReturnType<typeof findAssessed>>[number];

/** The completed assessments, those of the open episode and then the newest first, with whether each is of the episode that stands open. */
function findAssessed(db: Acting, consumerId: string) {
  return db
    .selectFrom("assessment as a")
    .innerJoin("episode as e", "e.id", "a.episode_id")
    .selectAll("a")
    .select([
      sql<Day>`(a.completed_at AT TIME ZONE (SELECT time_zone FROM agency))::date::text`.as("on"),
      sql<boolean>`e.closed_on IS NOT NULL`.as("earlier"),
    ])
    .where("a.consumer_id", "=", consumerId)
    .where("a.completed_at", "is not", null)
    .orderBy(sql`e.closed_on IS NOT NULL`)
    .orderBy("a.completed_at", "desc")
    .limit(10)
    .execute();
}

/** What the completed assessments, and what is recorded beside them, say about where to stay. */
export async function findNeeds(db: Acting, consumerId: string, today: Day) {
  const person = await db
    .selectFrom("consumer")
    .select(["date_of_birth", "pronouns", "language", "interpreter", "access_needs"])
    .where("id", "=", consumerId)
    .executeTakeFirstOrThrow();
  const assessed = await findAssessed(db, consumerId);
  const prescribed = await db
    .selectFrom("prescribing")
    .select("id")
    .where("consumer_id", "=", consumerId)
    .where("valid_from", "<=", today)
    .where((eb) => eb.or([eb("valid_to", "is", null), eb("valid_to", ">=", today)]))
    .where(sql<boolean>`kind <> 'relapse-prevention'`)
    .limit(1)
    .executeTakeFirst();
  const old: Needs["old"] = {};
  /** The newest answer there is; one of an earlier episode is marked as such. */
  const newest = <T>(need: Answered, read: (of: Assessment) => T | null): T | null => {
    for (const one of assessed) {
      const answer = read(one);
      if (answer === null || (Array.isArray(answer) && answer.length === 0)) continue;
      if (one.earlier) old[need] = one.on;
      return answer;
    }
    return null;
  };
  // A wish of an earlier episode gives way to the list that somebody stands on now.
  const asked = newest("askedKind", (one) => one.wants_kind as UnitKind | null);
  const listed = asked && !old.askedKind ? null : await findListKind(db, consumerId);
  if (listed) delete old.askedKind;
  const told = newest("pregnant", (one) =>
    one.pregnant === null ? null : { is: one.pregnant, due: one.due_on as Day | null, on: one.on },
  );
  const { is: pregnant, since } = pregnancyOn(told, today);
  const needs: Needs = {
    askedKind: (listed as UnitKind | null) ?? asked,
    preferredApproaches:
      newest("preferredApproaches", (one) => one.preferred_approaches) ??
      (assessed.length > 0 ? [] : null),
    wantsWomenOnly: newest("wantsWomenOnly", (one) => one.wants_women_only),
    // Nobody who lives with no child is asked whether one comes along.
    wantsChildWith: newest(
      "wantsChildWith",
      (one) => one.wants_child_with ?? (one.children_at_home === 0 ? false : null),
    ),
    preferredLocality: newest("preferredLocality", (one) => one.preferred_locality),
    pregnant,
    pregnantSince: since,
    liverDisease: newest("liverDisease", (one) => one.liver_disease),
    severeMentalIllness: newest("severeMentalIllness", (one) => one.severe_mental_illness),
    offendingNow: newest("offendingNow", (one) => one.offending_now),
    prescribedNow: prescribed ? true : null,
    riskToSelf: newest("riskToSelf", (one) => one.risk_to_self as Needs["riskToSelf"]),
    riskToOthers: newest("riskToOthers", (one) => one.risk_to_others as Needs["riskToOthers"]),
    access: newest("access", (one) => one.access_kinds) ?? [],
    accessWords: newest("accessWords", (one) => one.access_needs) ?? person.access_needs,
    language: person.language,
    interpreter: person.interpreter,
    languageWords: newest("languageWords", (one) => one.language_needs),
    pronouns: person.pronouns,
    age: person.date_of_birth ? ageOn(person.date_of_birth as Day, today) : null,
    old,
  };
  const [latest] = assessed;
  return {
    needs,
    assessed: latest ? { on: latest.on, earlier: latest.earlier } : null,
    childrenAtHome: latest?.children_at_home ?? null,
  };
}
