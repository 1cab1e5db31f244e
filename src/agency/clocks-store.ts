import type { Acting, By } from "../storage/database.ts";
import { noteChange } from "./store.ts";

/** What an agency chooses for its clocks and lists. */
export type Clocks = {
  intake_program_id: string | null;
  triage_urgent_days: number;
  triage_routine_days: number;
  wait_target_days: number;
  return_target_days: number;
  use_review_days: number;
  not_seen_days: number;
  small_count: number;
  crisis_lines: string[];
  /** The same in Spanish, each in its place; empty where it is not written. */
  crisis_lines_es: string[];
};

export async function findClocks(db: Acting): Promise<Clocks> {
  return db
    .selectFrom("agency")
    .select(["intake_program_id", "triage_urgent_days", "triage_routine_days", "wait_target_days"])
    .select([
      "return_target_days",
      "use_review_days",
      "not_seen_days",
      "small_count",
      "crisis_lines",
      "crisis_lines_es",
    ])
    .executeTakeFirstOrThrow();
}

export async function saveClocks(db: Acting, by: By, it: Clocks): Promise<void> {
  await db.updateTable("agency").set(it).where("id", "=", by.agencyId).execute();
  await noteChange(db, by, "Clocks and lists changed");
}
