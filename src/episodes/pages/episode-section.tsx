import { Badge, Group, Stack, Text } from "@mantine/core";
import { useLoaderData } from "react-router";
import { OpenForm, useOneForm } from "../../web/one-form.tsx";
import { Empty, Section } from "../../web/parts.tsx";
import { useDates, useMay } from "../../web/use-me.ts";
import { dayOfEpisode, isCurrent, reasonWords } from "../episode.ts";
import { CloseEpisode, OpenEpisode } from "./enrolment-forms.tsx";
import type { loader } from "./enrolments.tsx";

/** When care began and ended, each time; what closing the open episode would end with it. */
export function EpisodeSection() {
  const { episodes, enrolments, assignments, today, next } = useLoaderData<typeof loader>();
  const dates = useDates();
  const form = useOneForm();
  const write = useMay()("record.write");
  const [latest] = episodes;
  const open = episodes.find((episode) => episode.closed_on === null);
  const ends = [
    ...enrolments.filter((one) => isCurrent(one, today)).map((one) => one.program),
    ...assignments.filter((one) => one.valid_to === null).map((one) => one.name),
  ];
  return (
    <Section
      title="Episode"
      actions={
        write &&
        (next.close ? (
          <OpenForm to={form.opens("close")}>Close the episode</OpenForm>
        ) : (
          <OpenForm to={form.opens("open")} variant="filled">
            {next.reopen ? "Open a new episode" : "Open an episode"}
          </OpenForm>
        ))
      }
    >
      {!latest && <Empty>No episode has been opened yet.</Empty>}
      <Stack gap={4}>
        {episodes.map((episode) => (
          <Group key={episode.id} gap="xs">
            {episode.closed_on === null ? (
              <Badge color="teal">Open, day {dayOfEpisode(episode, today)}</Badge>
            ) : (
              <Badge color="gray">Closed</Badge>
            )}
            <Text size="sm">
              {dates.day(episode.opened_on)}
              {episode.closed_on && ` to ${dates.day(episode.closed_on)}`}
              {episode.previous_id && " · came back"}
            </Text>
            {episode.closed_on && (
              <Text size="sm" c="dimmed">
                {[reasonWords(episode.closed_reason), episode.closed_note]
                  .filter(Boolean)
                  .join(": ")}
              </Text>
            )}
          </Group>
        ))}
      </Stack>
      {form.isOpen("close") && open && <CloseEpisode today={today} ends={ends} />}
      {form.isOpen("open") && !open && <OpenEpisode today={today} again={next.reopen} />}
    </Section>
  );
}
