import { Fieldset, Radio, Stack, Text } from "@mantine/core";
import type { useFields } from "../../web/form.tsx";
import { useDates } from "../../web/use-me.ts";
import { type FreeSlot, OFFICE_HOURS } from "../come-back-slots.ts";

/** A free hour with the names of who and where. */
export type FreeTime = FreeSlot & { staff: string; room: string };

/** Tells an hour from every other that is offered. */
export function timeKey({ day, starts, staffId, roomId }: FreeSlot): string {
  return [day, starts, staffId, roomId].join(" ");
}

/** How the hours that are offered were found; nobody's working hours are known here. */
export function HowFound() {
  return (
    <Text size="xs" c="dimmed">
      Estimate: an hour between {OFFICE_HOURS.from} and {OFFICE_HOURS.to} o'clock, Monday to Friday,
      where the calendar has nothing; nobody's working hours are known here.
    </Text>
  );
}

/** The first appointment, booked with the referral. */
export function FirstTime({
  times,
  field,
}: {
  times: readonly FreeTime[];
  field: ReturnType<typeof useFields>;
}) {
  const dates = useDates();
  const { name, defaultValue, error } = field("first_time");
  return (
    <Fieldset legend="First appointment">
      <Stack gap="xs">
        <Radio.Group
          aria-label="First appointment"
          name={name}
          defaultValue={defaultValue}
          error={error}
        >
          <Stack gap={6}>
            {times.map((slot) => (
              <Radio
                key={timeKey(slot)}
                value={timeKey(slot)}
                label={`${dates.weekday(slot.day)}, ${dates.time(slot.starts)}, with ${slot.staff}`}
                description={slot.room}
              />
            ))}
            <Radio value="" label={times.length > 0 ? "Not now" : "Nothing is free: not now"} />
          </Stack>
        </Radio.Group>
        <HowFound />
      </Stack>
    </Fieldset>
  );
}
