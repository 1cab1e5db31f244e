import type { Day } from "../kernel/day.ts";
import type { Acting } from "../storage/database.ts";
import { isId } from "../storage/id.ts";

type By = { staffId: string; agency: { id: string } };

export type SupportDetails = {
  kind: "family-member" | "significant-other" | "referral-source";
  name: string;
  relation: string;
  organisation: string | null;
  criminal_justice: boolean;
  phone: string | null;
  email: string | null;
  language: string;
  interpreter: boolean;
  notes: string | null;
  ended_on: Day | null;
};

/** One natural support of this consumer; null when there is none such. */
export async function findSupport(db: Acting, consumerId: string, supportId: string) {
  if (!isId(supportId)) return null;
  const support = await db
    .selectFrom("support")
    .selectAll()
    .where("consumer_id", "=", consumerId)
    .where("id", "=", supportId)
    .executeTakeFirst();
  return support ?? null;
}

export async function addSupport(
  db: Acting,
  by: By,
  consumerId: string,
  details: SupportDetails,
): Promise<string> {
  const { id } = await db
    .insertInto("support")
    .values({ ...details, agency_id: by.agency.id, consumer_id: consumerId })
    .returning("id")
    .executeTakeFirstOrThrow();
  return id;
}

/** Whether a consent that was not revoked names this support: then they keep their name. */
export async function isNamedInConsent(
  db: Acting,
  consumerId: string,
  supportId: string,
): Promise<boolean> {
  const consent = await db
    .selectFrom("consent as c")
    .select("c.id")
    .where("c.consumer_id", "=", consumerId)
    .where("c.support_id", "=", supportId)
    .where((eb) =>
      eb.not(
        eb.exists(
          eb
            .selectFrom("consent_revocation as r")
            .select("r.consent_id")
            .whereRef("r.consent_id", "=", "c.id"),
        ),
      ),
    )
    .executeTakeFirst();
  return consent !== undefined;
}

/** The database refuses another name or organisation while a consent names them. */
export async function editSupport(
  db: Acting,
  consumerId: string,
  supportId: string,
  details: SupportDetails,
): Promise<void> {
  await db
    .updateTable("support")
    .set(details)
    .where("consumer_id", "=", consumerId)
    .where("id", "=", supportId)
    .execute();
}

/** No-contact flags of one support, standing and lifted, the newest first. */
export async function findFlags(db: Acting, consumerId: string, supportId: string) {
  return db
    .selectFrom("no_contact as n")
    .innerJoin("staff as setter", "setter.id", "n.set_by")
    .leftJoin("staff as lifter", "lifter.id", "n.lifted_by")
    .select(["n.id", "n.reason", "n.set_at", "setter.name as set_by"])
    .select(["n.lifted_at", "n.lifted_reason", "lifter.name as lifted_by"])
    .where("n.consumer_id", "=", consumerId)
    .where("n.support_id", "=", supportId)
    .orderBy("n.set_at", "desc")
    .limit(50)
    .execute();
}

/** Sets the flag that beats any consent; one that stands already is left as it is. */
export async function setNoContact(
  db: Acting,
  by: By,
  consumerId: string,
  { supportId, reason }: { supportId: string; reason: string },
): Promise<void> {
  await db
    .insertInto("no_contact")
    .values({
      agency_id: by.agency.id,
      consumer_id: consumerId,
      support_id: supportId,
      reason,
      set_by: by.staffId,
    })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

export async function liftNoContact(
  db: Acting,
  by: By,
  consumerId: string,
  { supportId, reason }: { supportId: string; reason: string },
): Promise<void> {
  await db
    .updateTable("no_contact")
    .set({ lifted_at: new Date(), lifted_by: by.staffId, lifted_reason: reason })
    .where("consumer_id", "=", consumerId)
    .where("support_id", "=", supportId)
    .where("lifted_at", "is", null)
    .execute();
}
