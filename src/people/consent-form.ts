import type { Day } from "../kernel/day.ts";
import type { Signer } from "./consent.ts";
import type { WhoSigns } from "./consent-law.ts";

/** What a form says of a consent's dates and signers, before it is looked at. */
export type Signing = {
  signedOn: Day;
  validFrom: Day;
  expiresOn: Day | null;
  expiryEvent: string | null;
  /** The consumer's own signature stands on it. */
  consumerSigned: boolean;
  guardian: string | null;
  evidence: string | null;
  /** What shows that a young person who signs alone understands it. */
  understands: string | null;
};

/** The signers, when all who must have signed; or what is missing, by field. */
export function checkSigning(
  signing: Signing,
  {
    name,
    today,
    who,
    guardianIs = "parent or guardian",
  }: { name: string; today: Day; who: WhoSigns; guardianIs?: string },
): { signers: Signer[] } | { errors: Record<string, string> } {
  const errors: Record<string, string> = {};
  const { signedOn, validFrom, expiresOn, expiryEvent, guardian, evidence } = signing;
  if (signedOn > today) errors.signed_on = "It was signed today or earlier";
  if (validFrom < signedOn) errors.valid_from = "It holds from the day it was signed, or later";
  if (!expiresOn && !expiryEvent)
    errors.expires_on = "Give the last day, or the event that ends it";
  if (expiresOn && expiresOn < validFrom) errors.expires_on = "The last day is before the first";
  if (expiresOn && expiresOn < today) errors.expires_on = "That day has passed";
  const guardianSigns = who.mustSign.includes("parent-or-guardian");
  const alone = signing.consumerSigned && who.oneIsEnough && !guardian;
  if (who.oneIsEnough) {
    if (!signing.consumerSigned && !guardian) {
      errors.consumer_signed = `They sign it themselves, or a ${guardianIs} does`;
    }
    if (alone && !signing.understands) {
      errors.understands = "Say what shows that they understand what is told, to whom and why";
    }
  } else {
    if (who.mustSign.includes("consumer") && !signing.consumerSigned) {
      errors.consumer_signed = "They have to sign it themselves";
    }
    if (guardianSigns && !guardian) errors.guardian = `A ${guardianIs} has to sign as well`;
  }
  if (guardianSigns && guardian && !evidence) {
    errors.evidence = `Say what shows that they are the ${guardianIs}`;
  }
  if (Object.keys(errors).length > 0) return { errors };
  const signers: Signer[] = [];
  if (signing.consumerSigned) {
    const evidence = who.oneIsEnough ? signing.understands : null;
    signers.push({ as: "consumer", name, ...(evidence && { evidence }) });
  }
  if (guardianSigns && guardian)
    signers.push({ as: "parent-or-guardian", name: guardian, evidence });
  return { signers };
}
