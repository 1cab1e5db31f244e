import { Anchor, Badge, Group, SimpleGrid, Stack, Text } from "@mantine/core";
import { Link, useLoaderData } from "react-router";
import { page } from "../../web/guard.ts";
import { Empty, LinkButton, PageHead, Section } from "../../web/parts.tsx";
import { paths } from "../../web/paths.ts";
import { useDates, useMay, useMe } from "../../web/use-me.ts";
import { type GroupKind, groupKinds, weekdayName, weekdayOf } from "../group.ts";
import { findGroups } from "../group-store.ts";

export const meta = () => [{ title: "Groups · Throughcare" }];

export const loader = page("group.read", async ({ db, url, today }) => {
  const ended = url.searchParams.get("ended") === "1";
  const groups = await findGroups(db, { ended });
  return { ended, weekday: weekdayOf(today), groups };
});

type Line = Awaited<ReturnType<typeof findGroups>>[number];

/** The timetable: what meets on which day of the week. */
export default function Groups() {
  const { groups, ended, weekday } = useLoaderData<typeof loader>();
  const { locale } = useMe().agency;
  const may = useMay();
  const days = [1, 2, 3, 4, 5, 6, 7].filter((day) => groups.some((one) => one.weekday === day));
  const add = may("group.write") && <LinkButton to={paths.newGroup()}>Add a group</LinkButton>;
  return (
    <>
      <PageHead
        title="Groups"
        about="The timetable of the week. A meeting's register, once it is signed, is each person's own contact."
        actions={
          <>
            <LinkButton to={ended ? paths.groups() : `${paths.groups()}?ended=1`} variant="default">
              {ended ? "Only those that meet" : "Also those that ended"}
            </LinkButton>
            {add}
          </>
        }
      />
      {groups.length === 0 && <Empty action={add}>No group is on the timetable yet.</Empty>}
      <SimpleGrid cols={{ base: 1, sm: 2, lg: 3 }} spacing="md" verticalSpacing={0}>
        {days.map((day) => (
          <Section
            key={day}
            title={weekdayName(day, locale)}
            actions={day === weekday && <Badge>Today</Badge>}
          >
            <Stack gap="md">
              {groups
                .filter((one) => one.weekday === day)
                .map((group) => (
                  <One key={group.id} group={group} />
                ))}
            </Stack>
          </Section>
        ))}
      </SimpleGrid>
    </>
  );
}

function One({ group }: { group: Line }) {
  const dates = useDates();
  return (
    <div>
      <Group gap={6}>
        <Anchor component={Link} to={paths.group(group.id)} fw={600} size="sm" underline="always">
          {group.name}
        </Anchor>
        {group.women_only && <Badge color="grape">Women only</Badge>}
        {!group.active && <Badge color="gray">Ended</Badge>}
      </Group>
      <Text size="sm">
        {dates.time(group.starts)} to {dates.time(group.ends)}
        {group.room && ` · ${group.room}`}
      </Text>
      <Text size="xs" c="dimmed">
        {groupKinds[group.kind as GroupKind] ?? group.kind}
        {group.lead && ` · ${group.lead}`}
        {group.program && ` · ${group.program}`}
      </Text>
      {group.unsigned_id && (
        <Anchor
          component={Link}
          to={paths.groupMeeting(group.id, group.unsigned_id)}
          size="xs"
          underline="always"
        >
          A register waits to be signed
        </Anchor>
      )}
    </div>
  );
}
