import { Stack, Text } from "@mantine/core";
import { useLoaderData } from "react-router";
import { page } from "../../web/guard.ts";
import { Empty, PageHead, Section } from "../../web/parts.tsx";
import { useMay } from "../../web/use-me.ts";
import { findTasks, TASKS_SHOWN } from "../store.ts";
import { byUrgency, taskKey, type Urgency } from "../task.ts";
import { TaskRow } from "./task-row.tsx";

export const meta = () => [{ title: "Tasks · Throughcare" }];

export const loader = page("self", async ({ db, today, listed }) => {
  const tasks = await findTasks(db, today);
  await listed(tasks.flatMap((task) => task.consumerId ?? []));
  return { groups: byUrgency(tasks, today), full: tasks.length === TASKS_SHOWN };
});

const titles: [Urgency, string][] = [
  ["overdue", "Overdue"],
  ["today", "Due today"],
  ["upcoming", "Coming up"],
];

export default function Tasks() {
  const { groups, full } = useLoaderData<typeof loader>();
  const manages = useMay()("agency.manage");
  const some = titles.filter(([urgency]) => groups[urgency].length > 0);
  return (
    <Stack gap={0} maw={760}>
      <PageHead
        title="Tasks"
        about="What waits for you. Each line goes to where it is done and leaves the list by itself."
      />
      {some.length === 0 && <Empty>Nothing waits for you.</Empty>}
      {some.map(([urgency, title]) => (
        <Section key={urgency} title={`${title} (${groups[urgency].length})`}>
          {groups[urgency].map((task) => (
            <TaskRow key={taskKey(task)} task={task} urgency={urgency} manages={manages} />
          ))}
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
