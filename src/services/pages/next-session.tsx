import { Checkbox, NativeSelect, SimpleGrid, Stack, TextInput } from "@mantine/core";
import { useFields } from "../../web/form.tsx";
import { Section } from "../../web/parts.tsx";
import type { RoomChoice } from "../schedule-store.ts";

/** When they meet next: booked with the same colleague, and as long as this session was. */
export function NextSession({ rooms, today }: { rooms: readonly RoomChoice[]; today: string }) {
  const field = useFields();
  const clash = field("accept").error;
  return (
    <Section title="Next appointment, if you made one">
      <Stack gap="sm">
        <SimpleGrid cols={{ base: 1, xs: 3 }}>
          <TextInput label="Day of the next one" type="date" min={today} {...field("next_day")} />
          <TextInput label="Starts" type="time" {...field("next_time")} />
          <NativeSelect
            label="Room"
            data={[
              { value: "", label: "Choose…" },
              ...rooms.map(({ id, name }) => ({ value: id, label: name })),
            ]}
            {...field("next_room")}
          />
        </SimpleGrid>
        {clash && <Checkbox name="accept" label="Book it although it is taken" error={clash} />}
      </Stack>
    </Section>
  );
}
