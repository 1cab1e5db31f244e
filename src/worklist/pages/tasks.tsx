import { Stack, Text } from "@mantine/core";
import { useLoaderData } from "react-router";
import { benchOf } from "../../compliance/judge.ts";
import { may } from "../../people/access.ts";
import { act, page } from "../../web/guard.ts";
import { Empty, LinkButton, PageHead, Section } from "../../web/parts.tsx";
import { paths } from "../../web/paths.ts";
import { findTasks, TASKS_SHOWN } from "../store.ts";
import { byUrgency, countKinds, foldAlike, type TaskKind, taskKey, type Urgency } from "../task.ts";
import { Kinds } from "./kinds.tsx";
import { press } from "./press.ts";
import { taskKinds } from "./task-kinds.ts";
import { TaskGroup, TaskRow } from "./task-row.tsx";

export const meta = () => [{ title: "Tasks · Throughcare" }];

export const loader = page("self", async ({ db, me, services, today, url, listed }) => {
  const all = await findTasks(db, today);
  const asked = url.searchParams.get("kind");
  const kind = asked && asked in taskKinds ? (asked as TaskKind) : null;
  const tasks = kind ? all.filter((task) => task.kind === kind) : all;
  await listed([...new Set(tasks.flatMap((task) => task.consumerId ?? []))]);
  const judgesCare = may(me.roles, "record.read") && benchOf(me, services.shelf).care.length > 0;
  return {
    groups: byUrgency(tasks, today),
    full: all.length === TASKS_SHOWN,
    judgesCare,
    kind,
    all: all.length,
    kinds: countKinds(all),
  };
});

export const action = act("self", (visit) => press(visit, paths.tasks()));

const titles: [Urgency, string][] = [
  ["overdue", "Overdue"],
  ["today", "Due today"],
  ["upcoming", "Coming up"],
];

export default function Tasks() {
  const { groups, full, judgesCare, kind, kinds, all } = useLoaderData<typeof loader>();
  const some = titles.filter(([urgency]) => groups[urgency].length > 0);
  return (
    <Stack gap={0} maw={760}>
      <PageHead
        title="Tasks"
        about="What waits for you. Each line goes to where it is done and leaves the list by itself."
        actions={
          judgesCare ? (
            <LinkButton to={paths.shortFalls()} variant="default" size="xs">
              What falls short
            </LinkButton>
          ) : undefined
        }
      />
      <Kinds kinds={kinds} chosen={kind} all={all} />
      {some.length === 0 && <Empty>Nothing waits for you.</Empty>}
      {some.map(([urgency, title]) => (
        <Section key={urgency} title={`${title} (${groups[urgency].length})`}>
          {foldAlike(groups[urgency], (one) => !kind && taskKinds[one].many !== undefined).map(
            ([task, ...more]) => {
              const key = taskKey(task);
              const row = { task, urgency };
              if (more.length === 0) return <TaskRow key={key} {...row} />;
              const rows = more.map((one) => ({ task: one, urgency }));
              return <TaskGroup key={key} rows={[row, ...rows]} />;
            },
          )}
        </Section>
      ))}
      {full && (
        <Text size="sm" c="dimmed">
          The first {TASKS_SHOWN} are shown, the most urgent ones. The others follow as these are
          done.
        </Text>
      )}
    </Stack>
  );
}
