import { sql } from "kysely";
import type { Day } from "../kernel/day.ts";
import type { Acting, By } from "../storage/database.ts";
import type { SupportKind } from "./aftercare.ts";

export type NewSupport = {
  kind: SupportKind;
  what: string;
  detail: string | null;
  /** From the directory, or in words who delivers it. */
  providerId: string | null;
  byWhom: string | null;
  /** One of ours who gives it: a colleague, or a group whose leader answers. */
  staffId?: string | null;
  groupId?: string | null;
  /** The referral out that it follows, where one was made. */
  referralId?: string | null;
  ownerId: string;
};

/** Puts a support of second stage and aftercare (MC C1, C2) on an episode. Returns its id. */
export async function addSupport(
  db: Acting,
  by: By,
  of: { consumerId: string; episodeId: string },
  support: NewSupport,
): Promise<string> {
  const { id } = await db
    .insertInto("recovery_support")
    .values({
      agency_id: by.agencyId,
      consumer_id: of.consumerId,
      episode_id: of.episodeId,
      kind: support.kind,
      what: support.what,
      detail: support.detail,
      provider_id: support.providerId,
      by_whom: support.byWhom,
      staff_id: support.staffId ?? null,
      group_id: support.groupId ?? null,
      referral_id: support.referralId ?? null,
      owner_id: support.ownerId,
      added_by: by.staffId,
    })
    .returning("id")
    .executeTakeFirstOrThrow();
  return id;
}

/** All supports of second stage and aftercare, in the order in which they were added. */
export async function findRecoverySupports(db: Acting, consumerId: string) {
  return db
    .selectFrom("recovery_support as support")
    .innerJoin("staff as owner", "owner.id", "support.owner_id")
    .leftJoin("provider", "provider.id", "support.provider_id")
    .leftJoin("referral", "referral.id", "support.referral_id")
    .leftJoin("staff as giver", "giver.id", "support.staff_id")
    .leftJoin("support_group", "support_group.id", "support.group_id")
    .leftJoin("staff as lead", "lead.id", "support_group.lead_id")
    .select(["support.id", "support.episode_id", "support.kind", "support.what", "support.detail"])
    .select((eb) =>
      eb.fn.coalesce("support_group.name", "giver.name", "support.by_whom").as("by_whom"),
    )
    .select((eb) => eb.fn.coalesce("giver.name", "lead.name").as("answers"))
    .select(["support.staff_id", "support.group_id", "support.referral_id"])
    .select(["support.state", "support.handed_on", "support.chase_on"])
    .select([
      "support.handed_basis",
      "support.answered_on",
      "support.answered_by_whom",
      "support.ended_on",
    ])
    .select(["support.ended_reason", "support.owner_id", "owner.name as owner"])
    .select(["support.provider_id", "provider.name as provider", "provider.times"])
    .select(["provider.address", "provider.phone", "referral.what as referral"])
    .where("support.consumer_id", "=", consumerId)
    .orderBy("support.added_at")
    .orderBy("support.id")
    .limit(200)
    .execute();
}
export type RecoverySupport = Awaited<ReturnType<typeof findRecoverySupports>>[number];

export type SupportChange =
  | {
      to: "handed-over";
      on: Day;
      chaseOn: Day;
      /** By what right they were told; `self` and `inside`: nothing left the agency. */
      basis: string;
      disclosureId: string | null;
    }
  | { to: "accepted" | "declined"; on: Day; byWhom: string }
  | { to: "ended"; on: Day; reason: string };

const from: Record<SupportChange["to"], readonly string[]> = {
  "handed-over": ["planned"],
  accepted: ["planned", "handed-over"],
  declined: ["planned", "handed-over"],
  ended: ["planned", "handed-over", "accepted"],
};

/** Hands a support over, records the answer, or ends it. False when it may not become that any more. */
export async function changeSupport(
  db: Acting,
  consumerId: string,
  id: string,
  change: SupportChange,
): Promise<boolean> {
  const set =
    change.to === "handed-over"
      ? {
          ...{ handed_on: change.on, chase_on: change.chaseOn },
          ...{ handed_basis: change.basis, disclosure_id: change.disclosureId },
        }
      : change.to === "ended"
        ? { ended_on: change.on, ended_reason: change.reason }
        : { answered_on: change.on, answered_by_whom: change.byWhom };
  const { numUpdatedRows } = await db
    .updateTable("recovery_support")
    .set({ state: change.to, ...set })
    .where("id", "=", id)
    .where("consumer_id", "=", consumerId)
    .where("state", "in", from[change.to])
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

/** Sets the day to ask again of a support that was handed over and not answered yet. */
export async function chaseSupport(db: Acting, consumerId: string, id: string, on: Day) {
  const { numUpdatedRows } = await db
    .updateTable("recovery_support")
    .set({ chase_on: on })
    .where("id", "=", id)
    .where("consumer_id", "=", consumerId)
    .where("state", "=", "handed-over")
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

/** Referrals out of this person that a support may follow: all but those that came to nothing. */
export async function findReferralChoices(db: Acting, consumerId: string) {
  return db
    .selectFrom("referral")
    .select(["id", "what", "provider_id"])
    .where("consumer_id", "=", consumerId)
    .where("status", "not in", ["declined", "closed"])
    .orderBy("found_on", "desc")
    .limit(50)
    .execute();
}

/**
 * A support that follows a referral goes where the referral goes, so that nobody is told or asked twice:
 * handed over when the letter left, accepted or declined as the service answered. A support that is
 * somebody else's to give is left alone. Gives how many went on.
 */
export async function followReferral(
  db: Acting,
  consumerId: string,
  referralId: string,
  on: Day,
): Promise<number> {
  const of = ofReferral(consumerId, referralId);
  const handed =
    await sql`UPDATE recovery_support s SET state = 'handed-over', handed_on = r.sent_on,
      chase_on = coalesce(r.chase_on, r.due_on), handed_basis = t.basis, disclosure_id = t.disclosure_id,
      provider_id = coalesce(s.provider_id, r.provider_id)
    ${of} AND s.state = 'planned' AND r.sent_on IS NOT NULL AND t.basis IS NOT NULL
      AND r.status IN ('handed', 'sent', 'accepted', 'attended', 'provided')`.execute(db);
  const answered =
    await sql`UPDATE recovery_support s SET state = CASE WHEN r.status = 'refused' THEN 'declined' ELSE 'accepted' END,
      answered_on = ${on}::date, answered_by_whom = coalesce(p.name, 'The service') || ', on the referral'
    ${of} AND s.state IN ('planned', 'handed-over')
      AND r.status IN ('accepted', 'attended', 'provided', 'arranged', 'refused')`.execute(db);
  return Number(handed.numAffectedRows ?? 0) + Number(answered.numAffectedRows ?? 0);
}

/**
 * A support whose referral fell through ends; while the need stands another one is planned in its
 * place, for its owner to see to: of whoever was to give it, unless they have just said no. What the
 * person wants no more is planned no more either. Gives how many ended.
 */
export async function fallThrough(
  db: Acting,
  consumerId: string,
  referralId: string,
  on: Day,
): Promise<number> {
  const over = await sql`WITH over AS (UPDATE recovery_support s SET state = 'ended',
      ended_on = greatest(${on}::date, s.handed_on, s.answered_on),
      ended_reason = CASE r.status WHEN 'open' THEN 'It fell through, on the referral'
        WHEN 'refused' THEN coalesce(p.name, 'The service') || ' cannot give it after all, on the referral'
        WHEN 'declined' THEN 'Not wanted any more, on the referral' ELSE 'The referral was closed' END
      ${ofReferral(consumerId, referralId)} AND (s.state = 'accepted' AND r.status IN ('open', 'refused', 'declined', 'closed')
        OR s.state = 'handed-over' AND r.status IN ('open', 'declined', 'closed')
        OR s.state = 'planned' AND r.status = 'declined')
      RETURNING s.*, r.status),
    again AS (INSERT INTO recovery_support (agency_id, consumer_id, episode_id, kind, what, detail, provider_id, by_whom, referral_id, owner_id, added_by)
      SELECT agency_id, consumer_id, episode_id, kind, what, detail, CASE status WHEN 'open' THEN provider_id END, by_whom, referral_id, owner_id, access.staff()
      FROM over WHERE status IN ('open', 'refused'))
    SELECT id FROM over`.execute(db);
  return over.rows.length;
}

/** What a referral has to say to the supports that follow it. */
function ofReferral(consumerId: string, referralId: string) {
  return sql`FROM referral r LEFT JOIN provider p ON p.id = r.provider_id
      LEFT JOIN LATERAL (SELECT t.basis, t.disclosure_id FROM referral_sending t
        WHERE t.referral_id = r.id AND t.sent_at IS NOT NULL ORDER BY t.sent_at DESC LIMIT 1) t ON true
    WHERE r.id = ${referralId} AND r.consumer_id = ${consumerId} AND s.referral_id = r.id AND s.consumer_id = r.consumer_id
      AND s.staff_id IS NULL AND s.group_id IS NULL AND (s.provider_id IS NULL OR r.provider_id IS NULL OR s.provider_id = r.provider_id)`;
}

/** To whom of ours a support may be handed: who has the record, the person's peer mentors, groups that somebody leads. */
export async function findGivers(db: Acting, consumerId: string) {
  const { rows: staff } = await sql<{ staff_id: string; name: string; peer_mentor: boolean }>`
    SELECT staff_id, name, peer_mentor FROM access.givers_of_ours(${consumerId})`.execute(db);
  const groups = await db
    .selectFrom("support_group as g")
    .innerJoin("staff as l", "l.id", "g.lead_id")
    .select(["g.id", "g.name", "l.name as lead"])
    .where("g.active", "=", true)
    .orderBy("g.name")
    .limit(100)
    .execute();
  return { staff, groups };
}

/** Whoever a support was handed to says whether they take it on. False when it waits for them no more. */
export async function answerHanded(db: Acting, id: string, accepts: boolean): Promise<boolean> {
  const { rows } = await sql<{ done: boolean }>`
    SELECT access.answer_support(${id}, ${accepts}) AS done`.execute(db);
  return rows[0]?.done ?? false;
}
