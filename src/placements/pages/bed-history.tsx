import { Badge, Group, Stack, Text } from "@mantine/core";
import { useLoaderData } from "react-router";
import { OpenForm, useOneForm } from "../../web/one-form.tsx";
import { useDates, useMay } from "../../web/use-me.ts";
import type { loader } from "./placement.tsx";
import { CancelBooking } from "./placement-forms.tsx";

/** Each bed they were booked into or lay in, and each leave, in the order of time. */
export function BedHistory() {
  const { stays, leaves, open, places, placement } = useLoaderData<typeof loader>();
  const dates = useDates();
  const form = useOneForm();
  const write = useMay()("record.write");
  // One unit elsewhere is the stay itself, and said above.
  const elsewhere = places.length > 1 ? places.filter(({ bed_id }) => bed_id === null) : [];
  if (stays.length + leaves.length + elsewhere.length === 0) return null;
  return (
    <Stack gap={6} mt="md" component="ul" p={0} m={0} style={{ listStyle: "none" }}>
      {elsewhere.map((place) => (
        <li key={`${place.unit} ${place.since}`}>
          <Group gap="xs">
            <Text size="sm" fw={500}>
              {place.unit}
            </Text>
            <Text size="sm">
              from {dates.day(place.since ?? "")}
              {place.until ? ` to ${dates.day(place.until)}` : !placement.ended_on && ", there now"}
            </Text>
          </Group>
        </li>
      ))}
      {stays.map((stay) => (
        <li key={stay.id}>
          <Group gap="xs">
            <Text size="sm" fw={500} td={stay.cancelled_on ? "line-through" : undefined}>
              {stay.bed} in {stay.unit}
            </Text>
            {stay.overflow && <Badge color="orange">Overflow</Badge>}
            <Text size="sm" {...(stay.cancelled_on && { c: "dimmed" })}>
              {stay.arrived_on
                ? `from ${dates.day(stay.arrived_on)}${stay.left_on ? ` to ${dates.day(stay.left_on)}` : ", in it now"}`
                : `booked from ${dates.day(stay.starts_on)}${stay.ends_on ? ` to ${dates.day(stay.ends_on)}` : ""}`}
              {stay.cancelled_on && ` · given up: ${stay.cancelled_reason}`}
            </Text>
            {write && open && !stay.arrived_on && !stay.cancelled_on && (
              <OpenForm to={form.opens("cancel", stay.id)} variant="subtle">
                Cancel
              </OpenForm>
            )}
          </Group>
          {stay.overflow && stay.overflow_why && (
            <Text size="xs" c="dimmed">
              Place made because: {stay.overflow_why}
            </Text>
          )}
          {form.isOpen("cancel", stay.id) && <CancelBooking id={stay.id} bed={stay.bed} />}
        </li>
      ))}
      {leaves.map((leave) => (
        <li key={leave.id}>
          <Text size="sm">
            Leave from {dates.day(leave.from_on)}, back by {dates.day(leave.back_by)}
            {leave.why && ` (${leave.why})`}
            {leave.returned_on ? ` · came back ${dates.day(leave.returned_on)}` : " · not back yet"}
          </Text>
        </li>
      ))}
    </Stack>
  );
}
