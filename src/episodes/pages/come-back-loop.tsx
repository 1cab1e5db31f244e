import { Badge, Button, Grid, Group, Stack, Text } from "@mantine/core";
import { Form, useSending } from "../../web/form.tsx";
import { LinkButton, Section } from "../../web/parts.tsx";
import { paths } from "../../web/paths.ts";
import { useDates, useMe, useWords } from "../../web/use-me.ts";
import { capital } from "../../web/words.ts";
import { dutyWords, type OnDuty } from "../../worklist/duty.ts";
import { callWords, safetyOf, tellingOf } from "../come-back.ts";
import type { findComeBack, findNextTime } from "../come-back-store.ts";
import type { findSlots } from "./come-back-action.ts";
import { LoopStep } from "./come-back-parts.tsx";
import { HowFound } from "./first-time.tsx";

type Call = NonNullable<Awaited<ReturnType<typeof findComeBack>>>;
type Data = {
  person: { id: string; whole_record: boolean };
  today: string;
  next: Awaited<ReturnType<typeof findNextTime>>;
  slots: Awaited<ReturnType<typeof findSlots>>;
  books: boolean;
  onDuty: readonly OnDuty[];
};

/** Closing the loop: safe, booked, told. */
export function Loop({ data, call }: { data: Data; call: Call }) {
  const dates = useDates();
  const words = useWords();
  const me = useMe();
  const sending = useSending();
  const { next, slots, books } = data;
  if (call.seen_at) {
    return (
      <LoopStep
        title={callWords(call.standing).title}
        step={{ state: "good", says: `Seen ${dates.instant(call.seen_at)}. The loop is closed.` }}
      />
    );
  }
  const overdue = call.due < data.today;
  return (
    <Section
      title={callWords(call.standing).kept}
      actions={
        <Badge color={overdue ? "red" : "tide"} c="var(--mantine-color-text)">
          {overdue ? "Was to be seen by " : "To be seen by "}
          {dates.weekday(call.due)}
        </Badge>
      }
    >
      <Text size="sm" c="dimmed" mb="sm">
        {dates.instant(call.asked_at)}, taken by {call.taken_by}.
        {call.standing === "in-care" && " They are in care with us: nothing had to be opened."}
        {call.standing === "waits" && " They wait for a start: their place on the list stands."}
      </Text>
      <Grid gap="sm">
        <Grid.Col span={{ base: 12, sm: 4 }}>
          <LoopStep title="Safe?" step={safetyOf(call)}>
            {call.alert_raised_at && (
              <Text size="xs" c="dimmed">
                Alerted {dates.clock(String(call.alert_raised_at))}.
                {!call.alert_closed_at && ` ${dutyWords(data.onDuty)}`}
              </Text>
            )}
          </LoopStep>
        </Grid.Col>
        <Grid.Col span={{ base: 12, sm: 4 }}>
          <LoopStep
            title="Booked?"
            step={
              next
                ? {
                    state: "good",
                    says: `${dates.weekday(next.day)}, ${dates.time(next.starts)}, with ${next.staff}, ${next.room}`,
                  }
                : {
                    state: "open",
                    says: books
                      ? "Not yet: choose a time below"
                      : `Not yet: the front desk or the ${words.keyworker} books`,
                  }
            }
          />
        </Grid.Col>
        <Grid.Col span={{ base: 12, sm: 4 }}>
          <LoopStep
            title={`${capital(words.keyworker)} told?`}
            step={tellingOf(call, words.keyworker)}
          >
            {call.told_id === me.staffId && !call.told_seen_at && (
              <Form intent="told">
                <Button type="submit" size="compact-sm" mt={4} loading={sending}>
                  I have seen it
                </Button>
              </Form>
            )}
          </LoopStep>
        </Grid.Col>
      </Grid>
      {!next && books && <Slots slots={slots} id={data.person.id} />}
      {data.person.whole_record && (
        <Form intent="seen">
          <Group gap="xs" mt="md">
            <input type="hidden" name="how" value="Seen by hand" />
            <Button type="submit" variant="default" size="xs" loading={sending}>
              They have been seen
            </Button>
            <Text size="xs" c="dimmed">
              A service or an appointment that was held says so by itself.
            </Text>
          </Group>
        </Form>
      )}
    </Section>
  );
}

function Slots({ slots, id }: { slots: Data["slots"]; id: string }) {
  const dates = useDates();
  const sending = useSending();
  return (
    <Stack gap={6} mt="md">
      <Group gap="xs" justify="space-between">
        <Text fw={600} size="sm">
          First free times
        </Text>
        <LinkButton to={paths.bookFor(id)} variant="subtle" size="compact-sm">
          Another time
        </LinkButton>
      </Group>
      {slots.length === 0 && (
        <Text size="sm">Nothing is free in the next two weeks: choose another time.</Text>
      )}
      <Group gap="xs">
        {slots.map((slot) => (
          <Form intent="book" key={`${slot.day}${slot.starts}${slot.staffId}`}>
            <input type="hidden" name="day" value={slot.day} />
            <input type="hidden" name="starts" value={slot.starts} />
            <input type="hidden" name="staff" value={slot.staffId} />
            <input type="hidden" name="room" value={slot.roomId} />
            <Button type="submit" variant="light" loading={sending} h="auto" py={6} ta="left">
              <span>
                {dates.weekday(slot.day)}, {dates.time(slot.starts)}
                <Text span display="block" size="xs" c="var(--mantine-color-text)">
                  {slot.staff} · {slot.room}
                </Text>
              </span>
            </Button>
          </Form>
        ))}
      </Group>
      <HowFound />
    </Stack>
  );
}
