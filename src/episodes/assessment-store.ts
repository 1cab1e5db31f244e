import { sql } from "kysely";
import type { Day } from "../kernel/day.ts";
import type { Acting, By } from "../storage/database.ts";
import { type Answers, type HighRisk, highRiskOf, type Substance } from "./assessment.ts";

/** All assessments of one person, the newest first: drafts stand at the top. */
export async function findAssessments(db: Acting, consumerId: string) {
  const rows = await db
    .selectFrom("assessment as a")
    .innerJoin("staff as s", "s.id", "a.started_by")
    .leftJoin("staff as c", "c.id", "a.completed_by")
    .selectAll("a")
    .select(["s.name as starter", "c.name as completer"])
    .select(
      sql<Day | null>`(a.completed_at AT TIME ZONE (SELECT time_zone FROM agency))::date`.as(
        "completed_on",
      ),
    )
    .where("a.consumer_id", "=", consumerId)
    .orderBy("a.completed_at", (order) => order.desc().nullsFirst())
    .orderBy("a.id", "desc")
    .limit(30)
    .execute();
  const substances = await db
    .selectFrom("assessment_substance")
    .select(["assessment_id", "substance", "days_used", "route", "amount", "age_first"])
    .where("consumer_id", "=", consumerId)
    .orderBy("assessment_id")
    .orderBy("position")
    .limit(400)
    .execute();
  return rows.map((row) => ({
    ...row,
    substances: substances.filter(({ assessment_id }) => assessment_id === row.id),
  }));
}
export type FoundAssessment = Awaited<ReturnType<typeof findAssessments>>[number];

/** What a page says it was typed on before there was any draft. */
export const NO_DRAFT = -1;

export type SavedDraft =
  | { state: "saved"; version: number }
  | { state: "conflict"; version: number }
  | { state: "closed" };

/**
 * Saves the draft of an episode over the version it was typed on, and begins it where there is none.
 * Somebody else's save in between is a conflict and changes nothing; a draft that was completed
 * meanwhile is closed.
 */
export async function saveAssessment(
  db: Acting,
  by: By,
  of: { consumerId: string; episodeId: string },
  it: {
    version: number;
    on: Day;
    answers: Answers;
    substances: readonly Substance[];
    complete: boolean;
  },
): Promise<SavedDraft> {
  const begun = await db
    .selectFrom("assessment")
    .select(["id", "saves"])
    .where("episode_id", "=", of.episodeId)
    .where("consumer_id", "=", of.consumerId)
    .where("completed_at", "is", null)
    .forUpdate()
    .executeTakeFirst();
  if (!begun && it.version !== NO_DRAFT) return { state: "closed" };
  if (begun && begun.saves !== it.version) return { state: "conflict", version: begun.saves };
  const draft = begun ?? (await begin(db, by, of, it.on));
  if (!draft) return { state: "conflict", version: 0 };
  await db
    .deleteFrom("assessment_substance")
    .where("assessment_id", "=", draft.id)
    .where("consumer_id", "=", of.consumerId)
    .execute();
  await insertSubstances(db, by, { consumerId: of.consumerId, id: draft.id }, it.substances);
  const version = draft.saves + 1;
  await db
    .updateTable("assessment")
    .set({ ...it.answers, saves: version })
    .$if(it.complete, (query) =>
      query.set({ completed_at: sql<Date>`now()`, completed_by: by.staffId }),
    )
    .where("id", "=", draft.id)
    .where("consumer_id", "=", of.consumerId)
    .execute();
  return { state: "saved", version };
}

/** Undefined when a colleague began it in the same moment. */
function begin(db: Acting, by: By, of: { consumerId: string; episodeId: string }, on: Day) {
  return db
    .insertInto("assessment")
    .values({
      agency_id: by.agencyId,
      consumer_id: of.consumerId,
      episode_id: of.episodeId,
      started_on: on,
      started_by: by.staffId,
    })
    .onConflict((conflict) => conflict.doNothing())
    .returning(["id", "saves"])
    .executeTakeFirst();
}

async function insertSubstances(
  db: Acting,
  by: By,
  of: { consumerId: string; id: string },
  substances: readonly Substance[],
): Promise<void> {
  if (substances.length === 0) return;
  await db
    .insertInto("assessment_substance")
    .values(
      substances.map(({ substance, days_used, route, amount, age_first }, position) => ({
        agency_id: by.agencyId,
        consumer_id: of.consumerId,
        assessment_id: of.id,
        ...{ substance, days_used, route, amount, age_first, position },
      })),
    )
    .execute();
}

/**
 * What the last completed assessment found, and what the draft of the next one says already: a risk
 * that was seen does not wait for a form to be finished, and only a finished one takes it away.
 */
export async function findHighRisk(db: Acting, consumerId: string): Promise<HighRisk | null> {
  const rows = await db
    .selectFrom("assessment")
    .select(["risk_to_self", "risk_to_others", "risk_of_violence_at_home", "completed_at"])
    .where("consumer_id", "=", consumerId)
    .orderBy("completed_at", (order) => order.desc().nullsFirst())
    .orderBy("id", "desc")
    .limit(2)
    .execute();
  const draft = rows.filter((row) => row.completed_at === null);
  const last = rows.filter((row) => row.completed_at !== null).slice(0, 1);
  const found = [...draft, ...last].flatMap((row) => highRiskOf(row) ?? []);
  if (found.length === 0) return null;
  return {
    self: found.some(({ self }) => self),
    others: found.some(({ others }) => others),
    home: found.some(({ home }) => home),
  };
}
