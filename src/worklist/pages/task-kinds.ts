import { paths } from "../../web/paths.ts";
import type { Task, TaskKind } from "../task.ts";

/** What each kind asks for, in the words of who does it, and where it is done. */
export const taskKinds: Record<
  TaskKind,
  {
    says: string;
    to: (task: Task) => string;
    /** What one press on the list does, where that is enough; done by press.ts. */
    press?: string;
  }
> = {
  "duty-alert": {
    says: "Duty alert: somebody may be in danger",
    press: "Take it up",
    to: (task) => paths.alert(task.refId),
  },
  "come-back-told": {
    says: "They came back, and you are to know",
    press: "I know",
    to: (task) => paths.comeBack(task.consumerId ?? ""),
  },
  "come-back": {
    says: "Came back, not seen yet",
    press: "Seen",
    to: (task) => paths.comeBack(task.consumerId ?? ""),
  },
  "come-back-unbooked": {
    says: "Came back, no time booked yet",
    to: (task) => paths.comeBack(task.consumerId ?? ""),
  },
  call: { says: "Follow up a call", to: (task) => paths.call(task.refId) },
  "not-seen": {
    says: "Not seen for a while",
    to: (task) => paths.consumer(task.consumerId ?? ""),
  },
  "no-keyworker": {
    says: "In care, and nobody is named for them",
    to: (task) => `${paths.enrolments(task.consumerId ?? "")}?do=keyworker`,
  },
  "way-back-left": {
    says: "The way back names somebody who left",
    to: (task) => paths.aftercare(task.consumerId ?? ""),
  },
  "without-owner": { says: "Without an owner", to: () => paths.reassign() },
  "note-to-sign": {
    says: "Write and sign the note",
    to: (task) => paths.hold(task.consumerId ?? "", task.refId),
  },
  "note-to-cosign": {
    says: "Co-sign the note",
    to: (task) => paths.note(task.consumerId ?? "", task.refId),
  },
  "session-to-cosign": {
    says: "Co-sign a session",
    to: (task) => paths.service(task.consumerId ?? "", task.refId),
  },
  "note-of-leaver": {
    says: "A colleague left this note unsigned",
    to: (task) => paths.hold(task.consumerId ?? "", task.refId),
  },
  question: { says: "Answer the biller's question", to: (task) => paths.question(task.refId) },
  correction: {
    says: "Decide on a correction",
    to: (task) => paths.note(task.consumerId ?? "", task.refId),
  },
  "emergency-review": {
    says: "Review an emergency access",
    to: () => paths.emergencyReview(),
  },
  referral: {
    says: "Ask somebody: a referral",
    to: (task) => paths.referrals(task.consumerId ?? ""),
  },
  "referral-answer": {
    says: "Chase a referral",
    to: (task) => paths.referrals(task.consumerId ?? ""),
  },
  "referral-letter": {
    says: "A letter is written and not sent",
    to: (task) => paths.letter(task.consumerId ?? "", task.refId),
  },
  "group-register": { says: "Sign the register", to: (task) => paths.group(task.refId) },
  "agreed-to-approve": {
    says: "Go through what was agreed",
    to: (task) => paths.agreed(task.consumerId ?? "", task.refId),
  },
  "consent-before-conference": {
    says: "No live consent for somebody who is expected",
    to: (task) => paths.support(task.consumerId ?? "", task.refId),
  },
  "triage-due": { says: "Triage", to: (task) => paths.triage(task.consumerId ?? "") },
  "assessment-due": { says: "Assess", to: (task) => paths.assessmentEdit(task.consumerId ?? "") },
  "offer-due": {
    says: "Offer a start",
    to: (task) => `${paths.waiting()}?do=offer&of=${task.refId}`,
  },
  "offer-unanswered": {
    says: "Record the answer to an offered start",
    to: (task) => `${paths.waiting()}?do=answer&of=${task.refId}`,
  },
  "plan-review": { says: "Review the plan", to: (task) => paths.plan(task.consumerId ?? "") },
  "plan-missing": {
    says: "Write the first plan",
    to: (task) => paths.plan(task.consumerId ?? ""),
  },
  "left-not-contacted": {
    says: "Left, and not yet contacted",
    press: "Reached by phone",
    to: (task) => paths.leaving(task.consumerId ?? ""),
  },
  "left-unanswered": {
    says: "Overdose advice and naloxone after leaving",
    to: (task) => paths.leaving(task.consumerId ?? ""),
  },
  "aftercare-missing": {
    says: "Write the aftercare plan",
    to: (task) => paths.aftercare(task.consumerId ?? ""),
  },
  "aftercare-review": {
    says: "Review the aftercare plan",
    to: (task) => paths.aftercare(task.consumerId ?? ""),
  },
  "support-to-hand": {
    says: "Hand a support over",
    to: (task) => `${paths.aftercare(task.consumerId ?? "")}?do=support-hand&of=${task.refId}`,
  },
  "support-not-accepted": {
    says: "Handed over, not yet accepted",
    to: (task) => `${paths.aftercare(task.consumerId ?? "")}?do=support-answer&of=${task.refId}`,
  },
  "support-declined": {
    says: "A support was declined: ask somebody else",
    to: (task) => `${paths.aftercare(task.consumerId ?? "")}?do=support-add&of=${task.refId}`,
  },
  "gain-to-look": {
    says: "Look again at a gain to protect",
    to: (task) => `${paths.aftercare(task.consumerId ?? "")}?do=gain-look&of=${task.refId}`,
  },
  "outcome-due": {
    says: "Ask how life is going",
    to: (task) => `${paths.outcomes(task.consumerId ?? "")}?do=measure`,
  },
  "leaver-due": {
    says: "Expected to leave today, or still there",
    to: (task) => `${paths.placement(task.consumerId ?? "", task.refId)}?do=end`,
  },
  "bed-arrival": {
    says: "Expected to come into a bed",
    to: (task) => `${paths.placement(task.consumerId ?? "", task.refId)}?do=admit`,
  },
  "leave-overdue": {
    says: "To be back from leave",
    to: (task) => `${paths.placement(task.consumerId ?? "", task.refId)}?do=back`,
  },
  "funding-answer": {
    says: "Ask for the funding panel's answer",
    to: (task) => paths.placement(task.consumerId ?? "", task.refId),
  },
  "use-review": {
    says: "Review a return to use with the person",
    to: (task) => paths.placement(task.consumerId ?? "", task.refId),
  },
  "gain-at-risk": {
    says: "A gain is slipping: what helps now?",
    to: (task) => `${paths.aftercare(task.consumerId ?? "")}?do=gain-look&of=${task.refId}`,
  },
  "stay-open-ended": {
    says: "In a bed, and no day expected for leaving",
    to: (task) => `${paths.placement(task.consumerId ?? "", task.refId)}?do=expect`,
  },
  "beds-to-be-free": { says: "Beds to be free, and people who wait", to: () => paths.beds() },
  "discharge-points": {
    says: "Points of the discharge plan are due",
    to: (task) => paths.dischargePlan(task.consumerId ?? ""),
  },
  "agreement-due": {
    says: "Agreed in a conference, and due",
    to: (task) => paths.note(task.consumerId ?? "", task.refId),
  },
  credential: {
    says: "Credential lapses",
    press: "Ask for renewal",
    to: () => paths.tasks(),
  },
  "credential-renew": {
    says: "Renew a credential",
    to: (task) => paths.staffMember(task.refId),
  },
  "supervisor-left": {
    says: "Name another supervisor for an associate",
    to: (task) => paths.staffMember(task.refId),
  },
  "claim-flag": { says: "A released claim may be wrong", to: (task) => paths.claim(task.refId) },
  "claims-ready": { says: "Claims are ready", to: () => paths.claims() },
};
