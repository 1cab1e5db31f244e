import { paths } from "../../web/paths.ts";
import type { Task, TaskKind } from "../task.ts";

/** A press: its code, and its words. */
export type Press = { does: string; says: string };

/** What each kind asks for, in the words of who does it, and where it is done. */
export const taskKinds: Record<
  TaskKind,
  {
    says: string;
    /** Not said: there is no page that whoever is told could open. */
    to?: (task: Task) => string;
    /** What one press on the list does, where that is enough; done by press.ts. */
    press?: readonly Press[];
    /** The next step as a button beside the presses, where the line asks a question. */
    next?: { says: string; to: (task: Task) => string };
    /** What many of them are, after their number: they are one line then. */
    many?: string;
  }
> = {
  "duty-alert": {
    says: "Duty alert: somebody may be in danger",
    press: [{ does: "it", says: "Take it up" }],
    to: (task) => paths.alert(task.refId),
  },
  "duty-alert-open": {
    says: "You took up a duty alert: say what was done",
    to: (task) => paths.alert(task.refId),
  },
  "come-back-told": {
    says: "They came back, and you are to know",
    press: [{ does: "it", says: "I have read this" }],
    to: (task) => paths.comeBack(task.consumerId ?? ""),
  },
  "come-back": {
    says: "Came back, not seen yet",
    press: [{ does: "it", says: "Seen" }],
    to: (task) => paths.comeBack(task.consumerId ?? ""),
  },
  "come-back-unbooked": {
    // Who books is not told whether they had left.
    says: "Called for help, no time booked yet",
    to: (task) => paths.comeBack(task.consumerId ?? ""),
  },
  "called-told": {
    says: "Called for help, and you are to know",
    press: [{ does: "it", says: "I have read this" }],
    to: (task) => paths.comeBack(task.consumerId ?? ""),
  },
  called: {
    says: "Called for help, not seen yet",
    press: [{ does: "it", says: "Seen" }],
    to: (task) => paths.comeBack(task.consumerId ?? ""),
  },
  "born-unknown": {
    says: "Ask for the date of birth",
    to: (task) => paths.editPerson(task.consumerId ?? ""),
  },
  call: { says: "Follow up a call", to: (task) => paths.call(task.refId) },
  "relative-referral": {
    many: "referrals for relatives to see to",
    says: "A referral for a relative",
    to: (task) => paths.call(task.refId),
  },
  "not-seen": {
    many: "people not seen for a while",
    says: "Not seen for a while",
    to: (task) => paths.consumer(task.consumerId ?? ""),
  },
  "no-keyworker": {
    many: "people in care with nobody named for them",
    says: "In care, and nobody is named for them",
    to: (task) => `${paths.enrolments(task.consumerId ?? "")}?do=keyworker`,
  },
  "way-back-left": {
    many: "ways back that name somebody who left",
    says: "The way back names somebody who left",
    to: (task) => paths.aftercare(task.consumerId ?? ""),
  },
  "without-owner": { says: "Without an owner", to: () => paths.reassign() },
  "came-or-not": {
    says: "Did they come?",
    next: { says: "Came", to: (task) => paths.came(task.refId) },
    press: [
      { does: "did-not-come", says: "Did not come" },
      { does: "cancelled", says: "It was cancelled" },
    ],
    many: "appointments are over: did they come?",
    to: (task) => paths.appointment(task.refId),
  },
  missed: {
    says: "Did not come: reach them",
    press: [{ does: "reached", says: "Reached them" }],
    to: (task) => paths.appointment(task.refId),
  },
  "note-to-sign": {
    many: "notes to write and sign",
    says: "Write and sign the note",
    to: (task) => paths.hold(task.consumerId ?? "", task.refId),
  },
  "note-to-cosign": {
    many: "notes to co-sign",
    says: "Co-sign the note",
    to: (task) => paths.note(task.consumerId ?? "", task.refId),
  },
  "session-to-cosign": {
    many: "sessions to co-sign",
    says: "Co-sign a session",
    to: (task) => paths.service(task.consumerId ?? "", task.refId),
  },
  "no-cosigner": {
    many: "notes and sessions that no supervisor here can co-sign",
    says: "No supervisor here can co-sign this: add one to the team",
    to: (task) => paths.service(task.consumerId ?? "", task.refId),
  },
  "note-of-leaver": {
    many: "notes that colleagues left unsigned",
    says: "A colleague left this note unsigned",
    to: (task) => paths.hold(task.consumerId ?? "", task.refId),
  },
  question: {
    many: "questions of the biller",
    says: "Answer the biller's question",
    to: (task) => paths.question(task.refId),
  },
  correction: {
    many: "corrections to decide on",
    says: "Decide on a correction",
    to: (task) => paths.note(task.consumerId ?? "", task.refId),
  },
  "emergency-review": {
    many: "emergency accesses to review",
    says: "Review an emergency access",
    to: () => paths.emergencyReview(),
  },
  referral: {
    many: "referrals: ask somebody",
    says: "Ask somebody: a referral",
    to: (task) => paths.referrals(task.consumerId ?? ""),
  },
  "referral-answer": {
    many: "referrals to chase",
    says: "Chase a referral",
    to: (task) => paths.referrals(task.consumerId ?? ""),
  },
  "referral-letter": {
    many: "letters written and not sent",
    says: "A letter is written and not sent",
    to: (task) => paths.letter(task.consumerId ?? "", task.refId),
  },
  "group-register": {
    many: "registers to sign",
    says: "Sign the register",
    to: (task) => paths.group(task.refId),
  },
  "agreed-to-approve": {
    many: "conferences: go through what was agreed",
    says: "Go through what was agreed",
    to: (task) => paths.agreed(task.consumerId ?? "", task.refId),
  },
  "consent-before-conference": {
    many: "expected without a live consent",
    says: "No live consent for somebody who is expected",
    to: (task) => paths.support(task.consumerId ?? "", task.refId),
  },
  "triage-due": { says: "Triage", to: (task) => paths.triage(task.consumerId ?? "") },
  "no-interim-help": {
    many: "people with priority and no help yet",
    says: "Priority, no interim help yet",
    to: (task) => paths.triage(task.consumerId ?? ""),
  },
  "assessment-due": {
    many: "people to assess",
    says: "Assess",
    to: (task) => paths.assessmentEdit(task.consumerId ?? ""),
  },
  "offer-due": {
    many: "starts to offer",
    says: "Offer a start",
    to: (task) => `${paths.waiting()}?do=offer&of=${task.refId}`,
  },
  "offer-unanswered": {
    many: "offered starts without an answer",
    says: "Record the answer to an offered start",
    to: (task) => `${paths.waiting()}?do=answer&of=${task.refId}`,
  },
  "plan-review": {
    many: "plans to review",
    says: "Review the plan",
    to: (task) => `${paths.plan(task.consumerId ?? "")}?do=review`,
  },
  "plan-missing": {
    many: "first plans to write",
    says: "Write the first plan",
    to: (task) => paths.plan(task.consumerId ?? ""),
  },
  "left-not-contacted": {
    says: "Left, and not yet contacted",
    press: [{ does: "it", says: "Reached by phone" }],
    to: (task) => paths.leaving(task.consumerId ?? ""),
  },
  "left-unanswered": {
    says: "Overdose advice and naloxone after leaving",
    to: (task) => paths.leaving(task.consumerId ?? ""),
  },
  "aftercare-missing": {
    many: "aftercare plans to write",
    says: "Write the aftercare plan",
    to: (task) => paths.aftercare(task.consumerId ?? ""),
  },
  "aftercare-review": {
    many: "aftercare plans to review",
    says: "Review the aftercare plan",
    to: (task) => paths.aftercare(task.consumerId ?? ""),
  },
  "support-to-accept": {
    says: "Handed to you: can you take it on?",
    press: [
      { does: "accept", says: "I take it on" },
      { does: "decline", says: "I cannot" },
    ],
  },
  "support-to-hand": {
    many: "supports to hand over",
    says: "Hand a support over",
    to: (task) => `${paths.aftercare(task.consumerId ?? "")}?do=support-hand&of=${task.refId}`,
  },
  "support-not-accepted": {
    many: "supports handed over, not yet accepted",
    says: "Handed over, not yet accepted",
    to: (task) => `${paths.aftercare(task.consumerId ?? "")}?do=support-answer&of=${task.refId}`,
  },
  "support-declined": {
    says: "A support was declined: ask somebody else",
    to: (task) => `${paths.aftercare(task.consumerId ?? "")}?do=support-add&of=${task.refId}`,
  },
  "gain-to-look": {
    many: "gains to look at again",
    says: "Look again at a gain to protect",
    to: (task) => `${paths.aftercare(task.consumerId ?? "")}?do=gain-look&of=${task.refId}`,
  },
  "outcome-due": {
    many: "outcome measures due",
    says: "Ask how life is going",
    to: (task) => `${paths.outcomes(task.consumerId ?? "")}?do=measure`,
  },
  "leaver-due": {
    many: "expected to leave, or still there",
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
    many: "funding panels to ask",
    says: "Ask for the funding panel's answer",
    to: (task) => paths.placement(task.consumerId ?? "", task.refId),
  },
  "use-review": {
    says: "Review a return to use with the person",
    to: (task) => paths.placement(task.consumerId ?? "", task.refId),
  },
  "gain-at-risk": {
    many: "gains are slipping",
    says: "A gain is slipping: what helps now?",
    to: (task) => `${paths.aftercare(task.consumerId ?? "")}?do=gain-look&of=${task.refId}`,
  },
  "stay-open-ended": {
    many: "stays without a day expected for leaving",
    says: "In a bed, and no day expected for leaving",
    to: (task) => `${paths.placement(task.consumerId ?? "", task.refId)}?do=expect`,
  },
  "beds-to-be-free": { says: "Beds to be free, and people who wait", to: () => paths.beds() },
  "discharge-points": {
    many: "discharge plans with points that are due",
    says: "Points of the discharge plan are due",
    to: (task) => paths.dischargePlan(task.consumerId ?? ""),
  },
  "agreement-due": {
    many: "conferences with something agreed that is due",
    says: "Agreed in a conference, and due",
    to: (task) => paths.note(task.consumerId ?? "", task.refId),
  },
  credential: {
    says: "Credential lapses",
    many: "credentials lapse",
    press: [{ does: "ask", says: "Ask for renewal" }],
  },
  "credential-renew": {
    many: "credentials to renew",
    says: "Renew a credential",
    to: (task) => paths.staffMember(task.refId),
  },
  "supervisor-left": {
    says: "Name another supervisor for an associate",
    to: (task) => paths.staffMember(task.refId),
  },
  "claim-flag": {
    many: "released claims may be wrong",
    says: "A released claim may be wrong",
    to: (task) => paths.claim(task.refId),
  },
  "claims-ready": { says: "Claims are ready", to: () => paths.claims() },
};
