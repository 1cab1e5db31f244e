import { findProvider } from "../../liaison/provider-store.ts";
import { isId } from "../../storage/id.ts";
import { noSuchPage, type Visit } from "../../web/guard.ts";
import { paths } from "../../web/paths.ts";
import type { Topic } from "../consent.ts";
import { findSupport } from "../support-store.ts";

/** Whom a consent is to name, and where its form comes from and goes on to. */
export type Recipient = {
  supportId: string | null;
  providerId: string | null;
  name: string;
  /** As the consent names them. */
  called: string;
  criminalJustice: boolean;
  purpose: string;
  usualTopics: Topic[];
  back: string;
  /** Where to go on after it was saved, when it was asked for on the way to something. */
  goesOn: string | null;
};

/** The natural support of the address, or the service of the directory that it asks for; null when it asks for none. */
export async function findRecipient(visit: Visit): Promise<Recipient | null> {
  const { db, consumerId, params, url } = visit;
  if (params.supportId !== undefined) {
    const support = await findSupport(db, consumerId, params.supportId);
    if (!support) throw noSuchPage();
    return {
      supportId: support.id,
      providerId: null,
      name: support.name,
      called: [support.name, support.organisation].filter(Boolean).join(", "),
      criminalJustice: support.criminal_justice,
      purpose: "To support my recovery",
      usualTopics: ["attendance"],
      back: paths.support(consumerId, support.id),
      goesOn: null,
    };
  }
  const asked = url.searchParams.get("provider");
  if (!asked) return null;
  const provider = await findProvider(db, asked);
  if (!provider) throw noSuchPage();
  const referral = url.searchParams.get("referral") ?? "";
  const goesOn = isId(referral)
    ? `${paths.sendReferral(consumerId, referral)}?provider=${provider.id}`
    : null;
  return {
    supportId: null,
    providerId: provider.id,
    name: provider.name,
    called: provider.name,
    criminalJustice: false,
    purpose: "So that they can help me with what I am referred for",
    usualTopics: ["attendance", "needs"],
    back: goesOn ?? paths.referrals(consumerId),
    goesOn,
  };
}
