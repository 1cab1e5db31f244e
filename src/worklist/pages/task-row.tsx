import { Badge, Group, Text } from "@mantine/core";
import { Link } from "react-router";
import { paths } from "../../web/paths.ts";
import { useDates } from "../../web/use-me.ts";
import type { Task, TaskKind, Urgency } from "../task.ts";
import classes from "./task-row.module.css";

const kinds: Record<TaskKind, { says: string; to: (task: Task) => string }> = {
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
  credential: { says: "Credential lapses", to: () => paths.tasks() },
  "claim-flag": { says: "A released claim may be wrong", to: (task) => paths.claim(task.refId) },
  "claims-ready": { says: "Claims are ready", to: () => paths.claims() },
};

const colors: Record<Urgency, string> = { overdue: "red", today: "orange", upcoming: "gray" };

/** One thing to do: what, for whom, by when; the whole row goes to where it is done. */
export function TaskRow({
  task,
  urgency,
  manages,
}: {
  task: Task;
  urgency: Urgency;
  /** Whether the credential's own page can be opened. */
  manages: boolean;
}) {
  const dates = useDates();
  const kind = kinds[task.kind];
  const to = task.kind === "credential" && manages ? paths.staffMember(task.refId) : kind.to(task);
  const words = (
    <Group justify="space-between" wrap="nowrap" gap="sm">
      <div style={{ minWidth: 0 }}>
        <Text size="sm" fw={500}>
          {kind.says}
          {task.consumerName && `: ${task.consumerName}`}
        </Text>
        {task.detail && (
          <Text size="xs" c="dimmed" lineClamp={1}>
            {task.detail}
          </Text>
        )}
      </div>
      <Badge color={colors[urgency]} style={{ flexShrink: 0 }}>
        {urgency === "overdue" ? "Overdue since " : ""}
        {urgency === "today" ? "Today" : dates.weekday(task.due)}
      </Badge>
    </Group>
  );
  // A lapsing credential is told to whoever holds it, though only an administrator can renew it.
  if (task.kind === "credential" && !manages) return <div className={classes.row}>{words}</div>;
  return (
    <Link to={to} className={classes.row}>
      {words}
    </Link>
  );
}
