import { Badge, Button, Group, Text } from "@mantine/core";
import { Form, Link } from "react-router";
import { paths } from "../../web/paths.ts";
import { useDates } from "../../web/use-me.ts";
import type { Task, Urgency } from "../task.ts";
import { taskKinds } from "./task-kinds.ts";
import classes from "./task-row.module.css";

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
  const kind = taskKinds[task.kind];
  const to = task.kind === "credential" && manages ? paths.staffMember(task.refId) : kind.to(task);
  const words = (
    <Group justify="space-between" gap="4px 12px">
      <div style={{ minWidth: 0, flex: "1 1 11rem" }}>
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
  const link = (
    <Link to={to} className={classes.row} style={{ flex: 1, minWidth: 0 }}>
      {words}
    </Link>
  );
  if (!kind.press || !task.consumerId) return link;
  return (
    <Group gap={4} wrap="nowrap" align="center" className={classes.pressed}>
      {link}
      <Form method="post">
        <input type="hidden" name="kind" value={task.kind} />
        <input type="hidden" name="ref" value={task.refId} />
        <Button
          type="submit"
          variant="light"
          size="compact-sm"
          aria-label={`${kind.press}: ${task.consumerName ?? "no name"}`}
        >
          {kind.press}
        </Button>
      </Form>
    </Group>
  );
}
