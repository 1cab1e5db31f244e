import { Badge, Group } from "@mantine/core";
import { Link } from "react-router";
import { paths } from "../../web/paths.ts";
import type { TaskKind } from "../task.ts";
import { taskKinds } from "./task-kinds.ts";

/** How many of each kind wait; each narrows the list to its own. */
export function Kinds({
  kinds,
  chosen,
  all,
  most = kinds.length,
}: {
  kinds: readonly { kind: TaskKind; count: number }[];
  chosen: TaskKind | null;
  all: number;
  /** How many kinds are shown; all of them are on the page of tasks. */
  most?: number;
}) {
  if (kinds.length < 2) return null;
  const items = [
    { kind: null, count: all, says: "Everything" },
    ...kinds.slice(0, most).map(({ kind, count }) => ({ kind, count, says: taskKinds[kind].says })),
  ];
  return (
    <Group component="nav" aria-label="Kinds of tasks" gap={6} mb="md">
      {items.map(({ kind, count, says }) => (
        <Badge
          key={says}
          component={Link}
          to={kind ? `${paths.tasks()}?kind=${kind}` : paths.tasks()}
          size="lg"
          maw="100%"
          variant={kind === chosen ? "filled" : "light"}
          color={kind === chosen ? "tide" : "gray"}
          aria-current={kind === chosen ? "page" : undefined}
          style={{ cursor: "pointer" }}
          {...(kind === chosen ? {} : { c: "var(--mantine-color-text)" })}
        >
          {says} · {count}
        </Badge>
      ))}
    </Group>
  );
}
