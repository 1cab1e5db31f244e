import { sql } from "kysely";
import { addDays, ageOn, type Day } from "../kernel/day.ts";
import type { Acting } from "../storage/database.ts";
import type { Needs } from "./match.ts";
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

/** Weeks after the day a birth was expected, after which what an assessment said of it is over. */
const WEEKS_AFTER_DUE = 6;
/** Days after which a pregnancy whose end nobody wrote down is over. */
const LONGEST_DAYS = 300;

/** Whether somebody is pregnant, as far as an assessment of some time ago can tell; null: to be asked. */
function pregnancyOf(
  assessment:
    | { pregnant: boolean | null; due_on: string | null; completed_at: Date | null }
    | undefined,
  today: Day,
): boolean | null {
  if (!assessment?.pregnant) return assessment?.pregnant ?? null;
  const told = assessment.completed_at?.toISOString().slice(0, 10) as Day | undefined;
  const until = assessment.due_on
    ? addDays(assessment.due_on as Day, 7 * WEEKS_AFTER_DUE)
    : addDays(told ?? today, LONGEST_DAYS);
  return today <= until ? true : null;
}

/** What the latest completed assessment, and what is recorded beside it, say about where to stay. */
export async function findNeeds(db: Acting, consumerId: string, today: Day) {
  const person = await db
    .selectFrom("consumer")
    .select(["date_of_birth", "pronouns"])
    .where("id", "=", consumerId)
    .executeTakeFirstOrThrow();
  const assessment = await db
    .selectFrom("assessment")
    .selectAll()
    .where("consumer_id", "=", consumerId)
    .where("completed_at", "is not", null)
    .orderBy("completed_at", "desc")
    .executeTakeFirst();
  const prescribed = await db
    .selectFrom("prescribing")
    .select("id")
    .where("consumer_id", "=", consumerId)
    .where("valid_from", "<=", today)
    .where((eb) => eb.or([eb("valid_to", "is", null), eb("valid_to", ">=", today)]))
    .where(sql<boolean>`kind <> 'relapse-prevention'`)
    .limit(1)
    .executeTakeFirst();
  const needs: Needs = {
    askedKind: (assessment?.wants_kind ?? (await findListKind(db, consumerId))) as UnitKind | null,
    preferredApproaches: assessment?.preferred_approaches ?? null,
    wantsWomenOnly: assessment?.wants_women_only ?? null,
    // Nobody who lives with no child is asked whether one comes along.
    wantsChildWith:
      assessment?.wants_child_with ?? (assessment?.children_at_home === 0 ? false : null),
    preferredLocality: assessment?.preferred_locality ?? null,
    pregnant: pregnancyOf(assessment, today),
    liverDisease: assessment?.liver_disease ?? null,
    severeMentalIllness: assessment?.severe_mental_illness ?? null,
    offendingNow: assessment?.offending_now ?? null,
    prescribedNow: prescribed ? true : null,
    riskToSelf: (assessment?.risk_to_self ?? null) as Needs["riskToSelf"],
    riskToOthers: (assessment?.risk_to_others ?? null) as Needs["riskToOthers"],
    pronouns: person.pronouns,
    age: person.date_of_birth ? ageOn(person.date_of_birth as Day, today) : null,
  };
  return {
    needs,
    assessedOn: assessment?.completed_at ?? null,
    childrenAtHome: assessment?.children_at_home ?? null,
  };
}
