import { sql } from "kysely";
import { judgeCareOnSave } from "../compliance/care.ts";
import { type Bench, lockConsumer } from "../compliance/judge.ts";
import type { Day } from "../kernel/day.ts";
import type { TimeOfDay } from "../kernel/time.ts";
import type { Acting } from "../storage/database.ts";
import { type Draft, type Problem, privateMinutesOf, problemsOf } from "./conference-draft.ts";
import { cosignFor } from "./cosign-store.ts";
import { type AtDoor, atTheDoor, findHeld, type Held, isOpen } from "./hold-store.ts";
import { presenceOf } from "./presence.ts";
import type { Setting } from "./service.ts";
import { lengthOf } from "./session-facts.ts";
import {
  type Feeds,
  feedPlans,
  findNames,
  type Writes,
  writeFindings,
  writePresence,
} from "./sign-writes-store.ts";
import { recordService } from "./standing-store.ts";

/** Who signs, and what their agency asks of associates. */
export type Signer = {
  staffId: string;
  supervisor: boolean;
  today: Day;
  /** The agency's local time: nothing is signed before it is over. */
  now: TimeOfDay;
  cosignAssociates: boolean;
};

export type Signed =
  | { state: "signed"; serviceId: string | null; units: number; awaitsCosign: boolean }
  | { state: "already" }
  | { state: "refused"; problems: Problem[] }
  | { state: "not-yours" | "closed" | "not-yet" | "conflict" };

/** Where a conference stands that somebody wants to sign: what the transaction may go on from. */
function refusal(held: Held, signer: Signer, version: number): Signed | null {
  if (held.signed_at !== null) return { state: "already" };
  if (!isOpen(held)) return { state: "closed" };
  if (signer.staffId !== held.lead_id && !signer.supervisor) return { state: "not-yours" };
  if (held.day > signer.today) return { state: "not-yet" };
  if (version !== held.draft_version) return { state: "conflict" };
  return null;
}

/**
 * Signs and locks: the note, who was there, what was found and agreed, what feeds the plans, and the
 * service with its verdicts, all in the caller's transaction or not at all. Whoever comes second,
 * by a double click or from another window, finds it signed.
 *
 * @returns null when there is no such conference of this consumer
 */
export async function signConference(
  db: Acting,
  bench: Bench,
  signer: Signer,
  conference: { consumerId: string; conferenceId: string },
  sent: { draft: Draft; version: number; atDoor: AtDoor },
  feeds: Feeds,
): Promise<Signed | null> {
  await lockConsumer(db, conference.consumerId);
  const held = await findHeld(db, conference.consumerId, conference.conferenceId, { lock: true });
  if (!held) return null;
  const refused = refusal(held, signer, sent.version);
  if (refused) return refused;
  const { draft, turnedAway } = atTheDoor(held.draft, sent.draft, sent.atDoor);
  const problems = problemsOf(draft);
  if (turnedAway.length > 0) {
    const message = "Somebody is checked in whose consent does not answer now: look there again";
    problems.push({ section: "here", message });
  }
  if (held.day === signer.today && draft.times.end > signer.now) {
    const message = "By these times it is not over yet: sign when it is, or say when it ended";
    problems.push({ section: "times", message });
  }
  const names = await findNames(db, held);
  problems.push(...strangersIn(draft, names));
  const room = draft.times.room ? await findRoom(db, draft.times.room) : null;
  if (problems.length > 0) return { state: "refused", problems };

  const writes: Writes = {
    db,
    held,
    draft,
    by: { staffId: signer.staffId, agencyId: held.agency_id },
  };
  const cosign = await cosignFor(
    db,
    { by: held.lead_id, on: held.day },
    signer.staffId,
    signer.cosignAssociates,
  );
  await writePresence(writes, names);
  await writeFindings(writes, names);
  await feedPlans(writes, feeds);
  await db
    .updateTable("conference")
    .set((eb) => ({
      note: draft.note.trim(),
      plan_discussed: draft.plan,
      held_from: draft.times.start || null,
      held_to: draft.times.end || null,
      signed_at: sql<Date>`now()`,
      signed_by: signer.staffId,
      cosign_by: cosign.by,
      cosigned_at: cosign.given ? sql<Date>`now()` : null,
      draft: null,
      draft_version: eb("draft_version", "+", 1),
    }))
    .where("id", "=", held.id)
    .execute();
  await db
    .updateTable("appointment")
    .set({ status: "held", ...(room ? { room_id: room.id } : {}) })
    .where("id", "=", held.appointment_id)
    .execute();
  const presence = presenceOf(
    draft,
    held.expected.map(({ support_id }) => support_id),
  );
  const { start, end } = draft.times;
  const privateMinutes = privateMinutesOf(draft);
  const session = { kind: "family-conference", day: held.day, start, end, privateMinutes };
  const length = lengthOf(session, bench.bulletins);
  const awaitsCosign = cosign.needed && !cosign.given;
  const service = length
    ? await recordService(db, bench, {
        consumerId: held.consumer_id,
        programId: held.program_id,
        kind: "family-conference",
        day: held.day,
        starts: start as TimeOfDay,
        ends: end as TimeOfDay,
        privateMinutes: length.private,
        setting: (room?.setting ?? null) as Setting | null,
        ...presence,
        planDiscussed: draft.plan,
        performerId: held.lead_id,
        conferenceId: held.id,
        awaitsCosign,
        recordedBy: signer.staffId,
      })
    : null;
  const units = service?.units ?? 0;
  // Triggers and measures that were found are what an aftercare plan is judged by.
  await judgeCareOnSave(db, bench, held.consumer_id);
  return { state: "signed", serviceId: service?.serviceId ?? null, units, awaitsCosign };
}

/** Whose co-signature it would wait for if this member of staff signed; null when it waits for none. */
export async function findCosigner(
  db: Acting,
  held: Held,
  staffId: string,
): Promise<string | null> {
  const { needed, given, by } = await cosignFor(
    db,
    { by: held.lead_id, on: held.day },
    staffId,
    true,
  );
  if (!needed || given) return null;
  if (by === null) return "a supervisor";
  const { name } = await db
    .selectFrom("staff")
    .select("name")
    .where("id", "=", by)
    .executeTakeFirstOrThrow();
  return name;
}

/** Rows that name somebody who is not around this consumer: only a form that was tampered with does. */
function strangersIn({ here, agreements, need }: Draft, names: ReadonlyMap<string, unknown>) {
  const problems: Problem[] = [];
  const say = (section: Problem["section"]) =>
    problems.push({ section, message: "Somebody named here is not on this record" });
  if (here.supports.some(({ id }) => !names.has(id))) say("here");
  if (here.staff.some((id) => !names.has(`staff:${id}`))) say("here");
  if (agreements.some(({ who, what }) => what.trim() && who && !names.has(who))) say("agreements");
  if (need.result === "found") {
    if (need.owner !== "" && !names.has(`staff:${need.owner}`)) say("need");
    if (need.forWhom === "relative" && need.support && !names.has(need.support)) say("need");
  }
  return problems;
}

function findRoom(db: Acting, id: string) {
  return db
    .selectFrom("room")
    .select(["id", "setting"])
    .where(sql<string>`id::text`, "=", id)
    .executeTakeFirst();
}
