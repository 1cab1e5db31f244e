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
    .select(["support.id", "support.episode_id", "support.kind", "support.what", "support.detail"])
    .select(["support.by_whom", "support.state", "support.handed_on", "support.chase_on"])
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
    .select(["id", "what"])
    .where("consumer_id", "=", consumerId)
    .where("status", "not in", ["declined", "closed"])
    .orderBy("found_on", "desc")
    .limit(50)
    .execute();
}
