import { sql } from "kysely";
import type { Acting, By } from "../storage/database.ts";
import { fold, sameWords, writeFresh } from "./fold.ts";

export type NewTrigger = {
  text: string;
  /** An early sign that a return to use is near, rather than what brings it on. */
  sign?: boolean;
  conferenceId?: string | null;
};
export type NewStrategy = {
  text: string;
  /** Who helps: a name or "myself". */
  helper?: string | null;
  /** The trigger it answers; none: it helps at any time. */
  triggerId?: string | null;
  conferenceId?: string | null;
};

/**
 * Puts triggers and early signs on the relapse prevention plan (FC 3.1.1.2) and returns their ids in the order
 * given. One that stands on it already keeps its id: nothing is on the plan twice.
 */
export async function addTriggers(
  db: Acting,
  by: By,
  consumerId: string,
  named: readonly NewTrigger[],
): Promise<string[]> {
  if (named.length === 0) return [];
  const standing = await db
    .selectFrom("relapse_trigger")
    .select(["id", "text"])
    .where("consumer_id", "=", consumerId)
    .where("ended_at", "is", null)
    .orderBy("added_at")
    .execute();
  return writeFresh(standing, named, sameWords, (written) =>
    db
      .insertInto("relapse_trigger")
      .values(
        written.map((line) => ({
          id: line.id,
          agency_id: by.agencyId,
          consumer_id: consumerId,
          text: line.text.trim(),
          sign: line.sign ?? false,
          conference_id: line.conferenceId ?? null,
          added_by: by.staffId,
        })),
      )
      .execute(),
  );
}

/** Puts strategies on the relapse prevention plan, each under its trigger; ids in the order given. */
export async function addStrategies(
  db: Acting,
  by: By,
  consumerId: string,
  named: readonly NewStrategy[],
): Promise<string[]> {
  if (named.length === 0) return [];
  const standing = await db
    .selectFrom("relapse_strategy")
    .select(["id", "text", "trigger_id"])
    .where("consumer_id", "=", consumerId)
    .where("ended_at", "is", null)
    .orderBy("added_at")
    .execute();
  await requireTriggers(db, consumerId, named);
  return writeFresh(
    standing,
    named,
    {
      standing: (line) => `${line.trigger_id ?? ""} ${fold(line.text)}`,
      named: (line) => `${line.triggerId ?? ""} ${fold(line.text)}`,
    },
    (written) =>
      db
        .insertInto("relapse_strategy")
        .values(
          written.map((line) => ({
            id: line.id,
            agency_id: by.agencyId,
            consumer_id: consumerId,
            trigger_id: line.triggerId ?? null,
            text: line.text.trim(),
            helper: line.helper?.trim() || null,
            conference_id: line.conferenceId ?? null,
            added_by: by.staffId,
          })),
        )
        .execute(),
  );
}

/** A strategy hangs on a trigger of the same person; anything else is a bug of the caller. */
async function requireTriggers(db: Acting, consumerId: string, named: readonly NewStrategy[]) {
  const asked = [...new Set(named.flatMap((line) => line.triggerId ?? []))];
  if (asked.length === 0) return;
  const found = await db
    .selectFrom("relapse_trigger")
    .select("id")
    .where("consumer_id", "=", consumerId)
    .where("id", "in", asked)
    .execute();
  if (found.length < asked.length) throw new Error("a strategy names a trigger of nobody's here");
}

/** The whole relapse prevention plan: every trigger and strategy, ended ones too. */
export async function findRelapsePlan(db: Acting, consumerId: string) {
  const [triggers, strategies] = [
    await db
      .selectFrom("relapse_trigger as line")
      .innerJoin("staff as author", "author.id", "line.added_by")
      .leftJoin("conference", "conference.id", "line.conference_id")
      .leftJoin("appointment", "appointment.id", "conference.appointment_id")
      .select([
        "line.id",
        "line.text",
        "line.sign",
        "line.conference_id",
        "line.added_at",
        "line.ended_at",
        "line.ended_reason",
        "author.name as author",
        "appointment.day as conference_day",
      ])
      .where("line.consumer_id", "=", consumerId)
      .orderBy("line.added_at")
      .orderBy("line.id")
      .limit(200)
      .execute(),
    await db
      .selectFrom("relapse_strategy as line")
      .innerJoin("staff as author", "author.id", "line.added_by")
      .leftJoin("conference", "conference.id", "line.conference_id")
      .leftJoin("appointment", "appointment.id", "conference.appointment_id")
      .select([
        "line.id",
        "line.text",
        "line.helper",
        "line.trigger_id",
        "line.conference_id",
        "line.added_at",
        "line.ended_at",
        "line.ended_reason",
        "author.name as author",
        "appointment.day as conference_day",
      ])
      .where("line.consumer_id", "=", consumerId)
      .orderBy("line.added_at")
      .orderBy("line.id")
      .limit(400)
      .execute(),
  ];
  return { triggers, strategies };
}

/**
 * Ends a line with a reason; the strategies under an ended trigger end with it. False when it is
 * not a standing line of this person.
 */
export async function endRelapseLine(
  db: Acting,
  by: By,
  consumerId: string,
  line: { kind: "trigger" | "strategy"; id: string; reason: string },
): Promise<boolean> {
  const ending = {
    ended_at: sql<string>`now()`,
    ended_by: by.staffId,
    ended_reason: line.reason,
  };
  const table = line.kind === "trigger" ? "relapse_trigger" : "relapse_strategy";
  const { numUpdatedRows } = await db
    .updateTable(table)
    .set(ending)
    .where("id", "=", line.id)
    .where("consumer_id", "=", consumerId)
    .where("ended_at", "is", null)
    .executeTakeFirst();
  if (numUpdatedRows === 0n) return false;
  if (line.kind === "trigger") {
    await db
      .updateTable("relapse_strategy")
      .set(ending)
      .where("trigger_id", "=", line.id)
      .where("consumer_id", "=", consumerId)
      .where("ended_at", "is", null)
      .execute();
  }
  return true;
}
