import type { Day } from "../kernel/day.ts";
import {
  type Consenter,
  liveConsents,
  mayShare,
  type SupportStanding,
  type Topic,
} from "../people/consent.ts";

/** How the consumer approved the page. */
export const approvalWays = {
  "in-person": "In person, after reading it",
  phone: "By phone, after it was read to them",
  signature: "With their signature on paper",
} as const;
export type ApprovalWay = keyof typeof approvalWays;

/** What a conference talked of, as far as its page shows it. */
export type Shown = { planDiscussed: string | null; agreements: number; points: number };

/** What a consent has to name before the page may be handed to somebody. */
export function topicsOn({ planDiscussed, agreements, points }: Shown): Topic[] {
  const discharge = planDiscussed === "discharge-plan" || planDiscussed === "both";
  const topics: Topic[] = ["attendance"];
  if (agreements > 0 && planDiscussed !== "discharge-plan") topics.push("treatment-plan");
  if (discharge || points > 0) topics.push("discharge-plan");
  return topics;
}

export type Handing = { yes: true; consentId: string } | { yes: false; reason: string };

/**
 * Whether the page may be handed to a support: signed and not voided, approved by the consumer, the
 * support was there, and one consent that lives today names everything on it.
 */
export function mayHand(
  page: { signed: boolean; voided: boolean; approved: boolean; topics: readonly Topic[] },
  support: { came: boolean; standing: SupportStanding },
  person: Consenter,
  today: Day,
): Handing {
  if (!page.signed) return no("It is not signed yet.");
  if (page.voided) return no("The note behind it was voided.");
  if (!page.approved) return no("It has not been approved yet.");
  if (!support.came) return no("They were not there.");
  for (const topic of page.topics) {
    const answer = mayShare(support.standing, person, today, topic);
    if (!answer.yes) return no(answer.reason);
  }
  const whole = liveConsents(support.standing, person, today).find((consent) =>
    page.topics.every((topic) => consent.topics.includes(topic)),
  );
  if (!whole) return no("No single consent names everything on this page.");
  return { yes: true, consentId: whole.id };
}

function no(reason: string): Handing {
  return { yes: false, reason };
}
