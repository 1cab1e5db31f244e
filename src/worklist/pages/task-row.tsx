import { Badge, Button, Group, Text } from "@mantine/core";
import { Form, Link } from "react-router";
import { paths } from "../../web/paths.ts";
import { useDates } from "../../web/use-me.ts";
import type { Task, Urgency } from "../task.ts";
import { taskKinds } from "./task-kinds.ts";
import classes from "./task-row.module.css";

const colors: Record<Urgency, string> = { overdue: "red", today: "orange", upcoming: "gray" };

type Of = { task: Task; urgency: Urgency };

/** One thing to do: what, for whom, by when; the whole row goes to where it is done. */
export function TaskRow({ task, urgency }: Of) {
  const kind = taskKinds[task.kind];
  const words = (
    <Group justify="space-between" gap="4px 12px">
      <div style={{ minWidth: 0, flex: "1 1 11rem" }}>
        <Text size="sm" fw={500}>
          {kind.says}
          {task.consumerName && `${kind.says.endsWith("?") ? "" : ":"} ${task.consumerName}`}
        </Text>
        {task.detail && (
          <Text size="xs" c="dimmed" lineClamp={1}>
            {task.detail}
          </Text>
        )}
      </div>
      <Due task={task} urgency={urgency} />
    </Group>
  );
  const style = { flex: "1 1 16rem", minWidth: 0 };
  const link = kind.to ? (
    <Link to={kind.to(task)} className={classes.row} style={style}>
      {words}
    </Link>
  ) : (
    <div className={classes.row} style={style}>
      {words}
    </div>
  );
  if (!kind.press) return link;
  return (
    <Group gap={4} align="center" justify="flex-end" className={classes.pressed}>
      {link}
      <Presses task={task} />
    </Group>
  );
}

/** What can be done about it here and now. */
export function Presses({
  task,
  goesOn = true,
}: {
  task: Pick<Task, "kind" | "refId" | "consumerName"> & { detail?: string | null };
  /** Whether the next step is one that whoever looks may take. */
  goesOn?: boolean;
}) {
  const { press = [], next } = taskKinds[task.kind];
  const of = task.consumerName ?? task.detail ?? "no name";
  const toNext = next && { component: Link, to: next.to(task as Task) };
  return (
    <Form method="post" preventScrollReset>
      <input type="hidden" name="kind" value={task.kind} />
      <input type="hidden" name="ref" value={task.refId} />
      <Group gap={4} justify="flex-end">
        {next && goesOn && (
          <Button size="compact-sm" aria-label={`${next.says}: ${of}`} {...(toNext as object)}>
            {next.says}
          </Button>
        )}
        {press.map(({ does, says }) => (
          <Button
            key={does}
            type="submit"
            name="does"
            value={does}
            variant="light"
            size="compact-sm"
            aria-label={`${says}: ${of}`}
          >
            {says}
          </Button>
        ))}
      </Group>
    </Form>
  );
}

/** So many of a kind in the list, the first few to open here. */
const SHOWN_OF_MANY = 10;

/** Many of a kind as one line that opens. */
export function TaskGroup({
  rows,
}: {
  /** All of one kind, the most urgent first. */
  rows: readonly [Of, ...Of[]];
}) {
  const [first] = rows;
  const { kind } = first.task;
  return (
    <details className={classes.many}>
      <summary>
        <Group justify="space-between" gap="4px 12px" component="span" display="inline-flex">
          <Text span size="sm" fw={500} style={{ flex: "1 1 11rem" }}>
            {rows.length} {taskKinds[kind].many}
          </Text>
          <Due {...first} />
        </Group>
      </summary>
      {rows.slice(0, SHOWN_OF_MANY).map((row) => (
        <TaskRow key={`${row.task.refId} ${row.task.detail}`} {...row} />
      ))}
      {rows.length > SHOWN_OF_MANY && (
        <Link to={`${paths.tasks()}?kind=${kind}`} className={classes.row}>
          <Text span size="sm">
            All {rows.length}
          </Text>
        </Link>
      )}
    </details>
  );
}

function Due({ task, urgency }: Of) {
  const dates = useDates();
  return (
    <Badge color={colors[urgency]} style={{ flexShrink: 0 }}>
      {urgency === "overdue" ? "Overdue since " : ""}
      {urgency === "today" ? "Today" : dates.weekday(task.due)}
    </Badge>
  );
}
