import { Anchor, Badge, Group, SimpleGrid, Text } from "@mantine/core";
import { Link, useLoaderData } from "react-router";
import { formatDay } from "../../kernel/day.ts";
import { may } from "../../people/access.ts";
import { fullName } from "../../people/consumer.ts";
import { statusWords } from "../../services/appointment.ts";
import { usualKind } from "../../services/service-kinds.ts";
import { act, page } from "../../web/guard.ts";
import { Empty, LinkButton, PageHead, Section } from "../../web/parts.tsx";
import { paths } from "../../web/paths.ts";
import { useDates, useMay } from "../../web/use-me.ts";
import { findExpected, findTasks } from "../store.ts";
import {
  byUrgency,
  countKinds,
  isFirst,
  lookingTo,
  mostUrgent,
  type Task,
  taskKey,
  type Urgency,
  urgencyOf,
} from "../task.ts";
import { Kinds } from "./kinds.tsx";
import { press } from "./press.ts";
import classes from "./task-row.module.css";
import { TaskRow } from "./task-row.tsx";

const TASKS_ON_TODAY = 10;

export const meta = () => [{ title: "Today · Throughcare" }];

export const loader = page("self", async ({ db, me, today, listed }) => {
  const frontDesk = me.roles.includes("front-desk");
  const tasks = await findTasks(db, today);
  const seesDay = may(me.roles, "appointment.read");
  const expected = seesDay ? await findExpected(db, today, frontDesk) : null;
  const until = lookingTo(today);
  const urgent = mostUrgent(tasks, until);
  const later = tasks.filter(({ due }) => due > until);
  const shown = [...urgent, ...byUrgency(later, today).upcoming].slice(0, TASKS_ON_TODAY);
  await listed([
    ...new Set([
      ...shown.flatMap((task) => task.consumerId ?? []),
      ...(expected ?? []).map((row) => row.consumer_id),
    ]),
  ]);
  return {
    today: formatDay(today, me.agency.locale, { dateStyle: "full" }),
    name: me.name.split(" ")[0],
    weekend: until > today,
    tasks: shown.map((task) => ({ task, urgency: urgencyOf(task.due, today) })),
    kinds: countKinds(tasks),
    all: tasks.length,
    more: tasks.length - shown.length,
    frontDesk,
    expected: expected?.map((row) => ({
      id: row.id,
      name: fullName(row),
      starts: row.starts,
      ends: row.ends,
      room: row.room,
      staff: row.staff,
      status: row.signed_at ? "signed" : row.status,
      to: whereTo(row, may(me.roles, "record.write"), usualKind[me.agency.locale]),
    })),
  };
});

/** Where one goes on from somebody who is expected: to what is to be written about it. */
function whereTo(
  row: Awaited<ReturnType<typeof findExpected>>[number],
  writes: boolean,
  kind: string,
): string {
  const { id, consumer_id, conference_id } = row;
  if (!writes) return paths.person(consumer_id);
  if (conference_id) return paths.conference(consumer_id, conference_id);
  if (row.status !== "scheduled") return paths.person(consumer_id);
  return row.kind === "session" ? paths.newService(consumer_id, kind, id) : paths.appointment(id);
}

export const action = act("self", (visit) => press(visit, paths.home()));

/** On the day itself a status says what is still to come, and that a note is signed. */
const statuses: Record<string, { says: string; color: string }> = {
  ...Object.fromEntries(
    Object.entries(statusWords).map(([status, says]) => [status, { says, color: "gray" }]),
  ),
  scheduled: { says: "Expected", color: "tide" },
  signed: { says: "Signed", color: "gray" },
};

export default function Today() {
  const { today, name, tasks, more, expected, frontDesk, kinds, all, weekend } =
    useLoaderData<typeof loader>();
  const first = tasks.filter(({ task }) => isFirst(task));
  const rest = tasks.filter(({ task }) => !isFirst(task));
  const allowed = useMay();
  return (
    <>
      <PageHead
        title={`Good to see you, ${name}`}
        about={today}
        actions={
          <>
            {allowed("person.read") && (
              <LinkButton to={paths.people()} variant="default">
                Find somebody
              </LinkButton>
            )}
            {allowed("appointment.write") && (
              <LinkButton to={paths.calendar()}>Open the calendar</LinkButton>
            )}
          </>
        }
      />
      <SimpleGrid
        cols={{ base: 1, md: expected ? 2 : 1 }}
        spacing="md"
        style={{ alignItems: "start" }}
      >
        {expected && (
          <Section title={frontDesk ? "Expected today" : "Your day"}>
            {expected.length === 0 && <Empty>Nobody is booked today.</Empty>}
            {expected.map((row) => (
              <Expected key={row.id} row={row} frontDesk={frontDesk} />
            ))}
          </Section>
        )}
        <div>
          {(first.length > 0 || rest.length === 0) && (
            <Section
              title={first.length > 0 ? "People first" : "Waiting for you"}
              actions={
                more > 0 &&
                rest.length === 0 && (
                  <Anchor component={Link} to={paths.tasks()} size="sm">
                    {more} more
                  </Anchor>
                )
              }
            >
              {first.length === 0 && <Empty>Nothing waits for you.</Empty>}
              <Rows rows={first} />
            </Section>
          )}
          {rest.length > 0 && (
            <Section
              title={first.length > 0 ? "Then" : "Waiting for you"}
              actions={
                more > 0 && (
                  <Anchor component={Link} to={paths.tasks()} size="sm">
                    {more} more
                  </Anchor>
                )
              }
            >
              <Rows rows={rest} />
            </Section>
          )}
          {weekend && all > 0 && (
            <Text size="xs" c="dimmed" mb="sm">
              It is Friday: what is due on Saturday and Sunday counts as today's.
            </Text>
          )}
        </div>
      </SimpleGrid>
      <Kinds kinds={kinds} chosen={null} all={all} />
    </>
  );
}

function Rows({ rows }: { rows: readonly { task: Task; urgency: Urgency }[] }) {
  const manages = useMay()("agency.manage");
  return rows.map(({ task, urgency }) => (
    <TaskRow key={taskKey(task)} task={task} urgency={urgency} manages={manages} />
  ));
}

type Row = NonNullable<Awaited<ReturnType<typeof loader>>["expected"]>[number];

function Expected({ row, frontDesk }: { row: Row; frontDesk: boolean }) {
  const dates = useDates();
  const status = statuses[row.status];
  return (
    <Link to={row.to} className={classes.row}>
      <Group justify="space-between" wrap="nowrap" gap="sm">
        <Group gap="md" wrap="nowrap" style={{ minWidth: 0 }}>
          <Text size="sm" ff="monospace" style={{ flexShrink: 0 }}>
            {dates.time(row.starts)}
          </Text>
          <div style={{ minWidth: 0 }}>
            <Text size="sm" fw={500} truncate>
              {row.name}
            </Text>
            <Text size="xs" c="dimmed">
              {row.room} · until {dates.time(row.ends)}
              {frontDesk && ` · ${row.staff}`}
            </Text>
          </div>
        </Group>
        <Badge color={status?.color ?? "gray"} style={{ flexShrink: 0 }}>
          {status?.says ?? row.status}
        </Badge>
      </Group>
    </Link>
  );
}
