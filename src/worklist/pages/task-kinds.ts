import { paths } from "../../web/paths.ts";
import type { Task, TaskKind } from "../task.ts";

/** What each kind asks for, in the words of who does it, and where it is done. */
export const taskKinds: Record<TaskKind, { says: string; to: (task: Task) => string }> = {
  "note-to-sign": {
    says: "Write and sign the note",
    to: (task) => paths.hold(task.consumerId ?? "", task.refId),
  },
  "note-to-cosign": {
    says: "Co-sign the note",
    to: (task) => paths.note(task.consumerId ?? "", task.refId),
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
  referral: { says: "Referral", to: (task) => paths.referrals(task.consumerId ?? "") },
  "agreed-to-approve": {
    says: "Go through what was agreed",
    to: (task) => paths.agreed(task.consumerId ?? "", task.refId),
  },
  "consent-before-conference": {
    says: "No live consent for somebody who is expected",
    to: (task) => paths.support(task.consumerId ?? "", task.refId),
  },
  "plan-review": { says: "Review the plan", to: (task) => paths.plan(task.consumerId ?? "") },
  "plan-missing": {
    says: "Write the first plan",
    to: (task) => paths.plan(task.consumerId ?? ""),
  },
  "outcome-due": {
    says: "Ask how life is going",
    to: (task) => `${paths.outcomes(task.consumerId ?? "")}?do=measure`,
  },
  credential: { says: "Credential lapses", to: () => paths.tasks() },
  "claim-flag": { says: "A released claim may be wrong", to: (task) => paths.claim(task.refId) },
  "claims-ready": { says: "Claims are ready", to: () => paths.claims() },
};
