import { paths } from "../../web/paths.ts";
import { dayOf, type TimelineEntry, type TimelineKind } from "../timeline.ts";

type To = (consumerId: string, link: string | null, entry: TimelineEntry) => string | null;

const to: Record<TimelineKind, To> = {
  "episode-opened": paths.enrolments,
  "come-back": paths.comeBack,
  "come-back-seen": paths.comeBack,
  "duty-alert": (_, link) => link && paths.alert(link),
  "concern-call": (_, link) => link && paths.call(link),
  "open-contact": (_id, _link, entry) => paths.openAccessOf(dayOf(entry)),
  "episode-closed": paths.enrolments,
  "referral-in": paths.triage,
  triage: paths.triage,
  "interim-help": paths.triage,
  assessment: paths.assessment,
  "start-offer": paths.enrolments,
  "start-answer": paths.enrolments,
  "enrolment-requested": paths.enrolments,
  "enrolment-started": paths.enrolments,
  "enrolment-ended": paths.enrolments,
  "assignment-started": paths.enrolments,
  "assignment-ended": paths.enrolments,
  appointment: (id, link, { id: appointment }) =>
    link ? paths.conference(id, link) : paths.appointment(appointment),
  service: (id, link) => link && paths.service(id, link),
  addendum: (id, link) => link && paths.conference(id, link),
  correction: (id, link) => link && paths.service(id, link),
  "group-missed": paths.services,
  "family-contact": (id, link) => (link ? paths.conference(id, link) : paths.services(id)),
  plan: (id, link) => (link ? paths.planVersion(id, link) : paths.plan(id)),
  "relapse-lines": paths.relapsePlan,
  "discharge-conference": paths.dischargePlan,
  "plan-review": paths.plan,
  "prescribing-started": paths.prescribing,
  "prescribing-ended": paths.prescribing,
  left: paths.leaving,
  "left-contact": paths.leaving,
  "aftercare-plan": paths.aftercare,
  "support-handed": paths.aftercare,
  "support-answered": paths.aftercare,
  "support-planned": paths.aftercare,
  "support-over": paths.aftercare,
  "gain-named": paths.aftercare,
  "gain-looked": paths.aftercare,
  "gain-let-go": paths.aftercare,
  outcome: paths.outcomes,
  "not-obtained": (id, _link, { subject }) =>
    subject === "aftercare" ? paths.aftercare(id) : paths.outcomes(id),
  "agreement-done": (id, link) => link && paths.conference(id, link),
  "discharge-points": paths.dischargePlan,
  barriers: paths.plan,
  support: (id, link) => link && paths.support(id, link),
  "support-ended": (id, link) => link && paths.support(id, link),
  consent: (id, link) => link && paths.consent(id, link),
  "consent-revoked": (id, link) => link && paths.consent(id, link),
  "no-contact": (id, link) => link && paths.support(id, link),
  "no-contact-lifted": (id, link) => link && paths.support(id, link),
  disclosure: paths.disclosures,
  "placement-asked": (id, link) => link && paths.placement(id, link),
  "funding-decided": (id, link) => link && paths.placement(id, link),
  "placement-withdrawn": (id, link) => link && paths.placement(id, link),
  "placement-admitted": (id, link) => link && paths.placement(id, link),
  "placement-moved": (id, link) => link && paths.placement(id, link),
  "child-place": (id, link) => link && paths.placement(id, link),
  "child-place-left": (id, link) => link && paths.placement(id, link),
  "placement-ended": (id, link) => link && paths.placement(id, link),
  leave: (id, link) => link && paths.placement(id, link),
  "leave-back": (id, link) => link && paths.placement(id, link),
  "use-event": (id, link) => link && paths.placement(id, link),
  "use-review": (id, link) => link && paths.placement(id, link),
  "referral-found": paths.referrals,
  "referral-step": paths.referrals,
};

/** The page on which what the entry tells of is kept. */
export function linkOf(consumerId: string, entry: TimelineEntry): string | null {
  const { kind, link, state } = entry;
  if (kind === "plan" && state === "draft") return paths.planEdit(consumerId);
  return to[kind](consumerId, link, entry);
}
