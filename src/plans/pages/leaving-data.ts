import { now } from "../../kernel/clock.ts";
import { fullName } from "../../people/consumer.ts";
import type { Acting } from "../../storage/database.ts";
import type { Visit } from "../../web/guard.ts";
import { asksFor, dueWords, hoursLeft } from "../leaving.ts";
import { findTries, type LeavingRow, type Try } from "../leaving-store.ts";
import { findThroughWhom, noticeOf } from "./tell.ts";

/** An ending as a card shows it. */
export type LeavingView = {
  id: string;
  consumerId: string;
  name: string;
  phone: string | null;
  safeToCall: string | null;
  keyworker: string | null;
  unit: string | null;
  whole: boolean;
  endedOn: string;
  planned: boolean;
  reason: string;
  note: string | null;
  asks: ReturnType<typeof asksFor>;
  /** Nobody to contact any more: they died. */
  nobody: boolean;
  cameBack: boolean;
  due: string | null;
  pastDue: boolean;
  reachedAt: string | null;
  advice: Answer | null;
  naloxone: Answer | null;
  tries: {
    id: string;
    at: string;
    how: string;
    reached: boolean;
    note: string | null;
    author: string;
    through: string | null;
  }[];
};

/** Through whom somebody may be looked for, for the one form that is open. */
export type Through = Awaited<ReturnType<typeof findThroughWhom>>;
type Answer = { said: string; on: string; by: string | null };

/** The endings with their tries, and the time it is for writing down the next one. */
export async function viewLeavings(
  db: Acting,
  visit: Pick<Visit, "services" | "me" | "db" | "today" | "url">,
  rows: readonly LeavingRow[],
) {
  const tries = await findTries(
    db,
    rows.map(({ id }) => id),
  );
  const { services, me, url } = visit;
  const at = new Date(services.clock().epochMilliseconds);
  const open = url.searchParams.get("do") === "try" ? url.searchParams.get("of") : null;
  const asked = rows.find(({ id }) => id === open);
  return {
    through: asked ? await findThroughWhom(visit, asked.consumer_id) : [],
    notice: noticeOf(visit),
    leavings: rows.map((row) => viewOf(row, tries, at)),
    now: now(services.clock, me.agency.timeZone),
  };
}

function viewOf(row: LeavingRow, tries: readonly Try[], at: Date): LeavingView {
  const asks = asksFor(row);
  const hours = hoursLeft(row, at);
  const answer = (said: string | null, on: string | null, by: string | null) =>
    said && on ? { said, on, by } : null;
  return {
    id: row.id,
    consumerId: row.consumer_id,
    name: fullName(row),
    phone: row.phone,
    safeToCall: row.safe_to_call,
    keyworker: row.keyworker,
    unit: row.unit,
    whole: row.whole,
    endedOn: row.ended_on,
    planned: row.planned,
    reason: row.reason,
    note: row.note,
    asks,
    nobody: row.contact_due === null,
    cameBack: row.came_back,
    due: asks.contact && hours !== null ? dueWords(hours) : null,
    pastDue: asks.contact && hours !== null && hours < 0,
    reachedAt: row.reached_at?.toISOString() ?? null,
    advice: answer(row.overdose_advice, row.overdose_advice_on, row.overdose_advice_by),
    naloxone: answer(row.naloxone, row.naloxone_on, row.naloxone_by),
    tries: tries
      .filter((one) => one.leaving_id === row.id)
      .map(({ id, at, how, reached, note, author, through }) => ({
        ...{ id, how, reached, note, author, through, at: at.toISOString() },
      })),
  };
}
