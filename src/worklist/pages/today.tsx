import { Anchor, Badge, Group, SimpleGrid, Text } from "@mantine/core";
import { Link, useLoaderData } from "react-router";
import { now } from "../../kernel/clock.ts";
import { formatDay } from "../../kernel/day.ts";
import { may } from "../../people/access.ts";
import { fullName } from "../../people/consumer.ts";
import { CAME, isOver, statusWords } from "../../services/appointment.ts";
import { usualKind } from "../../services/service-kinds.ts";
import { act, page } from "../../web/guard.ts";
import { Empty, LinkButton, PageHead, Section } from "../../web/parts.tsx";
import { paths } from "../../web/paths.ts";
import { useDates, useMay } from "../../web/use-me.ts";
import { findExpected, findTasks } from "../store.ts";
import {
  byUrgency,
  countKinds,
  foldAlike,
  isFirst,
  lookingTo,
  mostUrgent,
  type Task,
  type TaskKind,
  taskKey,
  type Urgency,
  urgencyOf,
} from "../task.ts";
import { Kinds } from "./kinds.tsx";
import { press } from "./press.ts";
import { taskKinds } from "./task-kinds.ts";
import classes from "./task-row.module.css";
import { Presses, TaskGroup, TaskRow } from "./task-row.tsx";

/** Lines; many of a kind are one. */
const LINES_ON_TODAY = 10;

const KINDS_ON_TODAY = 6;

export const meta = () => [{ title: "Today · Throughcare" }];

export const loader = page("self", async ({ db, me, today, services, listed }) => {
  const frontDesk = me.roles.includes("front-desk");
  const seesDay = may(me.roles, "appointment.read");
  const expected = seesDay ? await findExpected(db, today, frontDesk) : null;
  const present = now(services.clock, me.agency.timeZone);
  // What today's own list asks is not asked again beside it.
  const ofToday = new Set(expected?.map(({ id }) => id));
  const tasks = (await findTasks(db, today)).filter(
    ({ kind, refId }) => kind !== "came-or-not" || !ofToday.has(refId),
  );
  const until = lookingTo(today);
  const urgent = mostUrgent(tasks, until);
  const later = tasks.filter(({ due }) => due > until);
  const alike = (kind: TaskKind) => taskKinds[kind].many !== undefined;
  const lines = [urgent, byUrgency(later, today).upcoming].flatMap((some) =>
    foldAlike(some, alike),
  );
  const kept = lines.slice(0, LINES_ON_TODAY);
  const shown = kept.flat();
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
    lines: kept.map((line) => line.map((task) => ({ task, urgency: urgencyOf(task.due, today) }))),
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
      discharge: row.kind === "discharge-conference" && may(me.roles, "record.read"),
      status: statusOf(row, present),
      to: whereTo(row, may(me.roles, "record.write"), usualKind[me.agency.locale]),
    })),
  };
});

type ExpectedRow = Awaited<ReturnType<typeof findExpected>>[number];

/** How it stands: over and not settled, it asks whether they came. */
function statusOf(row: ExpectedRow, present: { day: string; time: string }): string {
  if (row.signed_at) return "signed";
  if (row.status !== "scheduled" || !isOver(row, present)) return row.status;
  return row.begun ? "begun" : "came-or-not";
}

/** Where one goes on from somebody who is expected: to what is to be written about it. */
function whereTo(row: ExpectedRow, writes: boolean, kind: string): string {
  const { id, consumer_id, conference_id } = row;
  if (writes && conference_id) return paths.conference(consumer_id, conference_id);
  if (row.status === "did-not-come" || row.status === "cancelled") return paths.appointment(id);
  if (!writes || row.status !== "scheduled") return paths.person(consumer_id);
  return row.kind === "session" ? paths.newService(consumer_id, kind, id) : paths.appointment(id);
}

export const action = act("self", (visit) => press(visit, paths.home()));

/** On the day itself a status says what is still to come, and that a note is signed. */
const statuses: Record<string, { says: string; color: string }> = {
  ...Object.fromEntries(
    Object.entries(statusWords).map(([status, says]) => [status, { says, color: "gray" }]),
  ),
  scheduled: { says: "Expected", color: "tide" },
  "came-or-not": { says: CAME, color: "orange" },
  begun: { says: "Not signed", color: "orange" },
  signed: { says: "Signed", color: "gray" },
};

export default function Today() {
  const { today, name, lines, more, expected, frontDesk, kinds, all, weekend } =
    useLoaderData<typeof loader>();
  const first = lines.filter(([line]) => line && isFirst(line.task));
  const rest = lines.filter(([line]) => line && !isFirst(line.task));
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
      <Kinds kinds={kinds} chosen={null} all={all} most={KINDS_ON_TODAY} />
    </>
  );
}

type Line = readonly { task: Task; urgency: Urgency }[];

function Rows({ rows }: { rows: readonly Line[] }) {
  return rows.map(([first, ...more]) => {
    if (!first) return null;
    const key = taskKey(first.task);
    if (more.length > 0) return <TaskGroup key={key} rows={[first, ...more]} />;
    return <TaskRow key={key} {...first} />;
  });
}

type Row = NonNullable<Awaited<ReturnType<typeof loader>>["expected"]>[number];

function Expected({ row, frontDesk }: { row: Row; frontDesk: boolean }) {
  const dates = useDates();
  const allowed = useMay();
  const status = statuses[row.status];
  const asks = row.status === "came-or-not" && allowed("appointment.write");
  const task = { kind: "came-or-not", refId: row.id, consumerName: row.name } as const;
  return (
    <div className={classes.pressed}>
      <Link to={row.to} className={classes.row}>
        <Group justify="space-between" gap="4px 12px">
          <Group gap="md" wrap="nowrap" style={{ minWidth: 0, flex: "1 1 13rem" }}>
            <Text size="sm" ff="monospace" style={{ flexShrink: 0 }}>
              {dates.time(row.starts)}
            </Text>
            <div style={{ minWidth: 0 }}>
              <Text size="sm" fw={500} truncate>
                {row.name}
              </Text>
              <Text size="xs" c="dimmed">
                {row.discharge && "Discharge conference · "}
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
      {asks && <Presses task={task} goesOn={allowed("record.write")} />}
    </div>
  );
}
