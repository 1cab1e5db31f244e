import { Badge, Group, Stack, Text } from "@mantine/core";
import { useLoaderData } from "react-router";
import { OpenForm, useOneForm } from "../../web/one-form.tsx";
import { useDates, useMay } from "../../web/use-me.ts";
import { standsFor } from "../child.ts";
import { ChildCame, ChildOff } from "./child-forms.tsx";
import type { loader } from "./placement.tsx";
import { CancelBooking } from "./placement-forms.tsx";

/** Each bed and child's place they were booked into or lay in, and each leave, in the order of time. */
export function BedHistory() {
  const { stays, leaves, open, children, places, placement } = useLoaderData<typeof loader>();
  const dates = useDates();
  const form = useOneForm();
  const write = useMay()("record.write");
  // One unit elsewhere is the stay itself, and said above.
  const elsewhere = places.length > 1 ? places.filter(({ bed_id }) => bed_id === null) : [];
  if (stays.length + leaves.length + elsewhere.length === 0) return null;
  return (
    <Stack gap={8} mt="md" component="ul" p={0} m={0} style={{ listStyle: "none" }}>
      {elsewhere.map((place) => (
        <li key={`${place.unit} ${place.since}`}>
          <Group gap="0.1rem 0.6rem">
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
          <Group gap="0.1rem 0.6rem">
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
          {stay.fits_because && (
            <Text size="xs" c="dimmed">
              Asked before: {stay.asked.join("; ")}. Right all the same: {stay.fits_because}
            </Text>
          )}
          {form.isOpen("cancel", stay.id) && <CancelBooking id={stay.id} bed={stay.bed} />}
        </li>
      ))}
      {children.map((stay) => (
        <ChildLine key={stay.id} stay={stay} />
      ))}
      {leaves.map((leave) => (
        <li key={leave.id}>
          <Text size="sm">
            Leave from {dates.day(leave.from_on)}, back by {dates.day(leave.back_by)}
            {leave.why && ` (${leave.why})`}
            {leave.returned_on
              ? ` · came back ${dates.day(leave.returned_on)}`
              : placement.ended_on
                ? " · the stay ended while they were away"
                : " · not back yet"}
          </Text>
        </li>
      ))}
    </Stack>
  );
}

type Child = ReturnType<typeof useLoaderData<typeof loader>>["children"][number];

/** A child's place: until when it is kept, and what can be done about it. */
function ChildLine({ stay }: { stay: Child }) {
  const { open, today, now } = useLoaderData<typeof loader>();
  const dates = useDates();
  const form = useOneForm();
  const write = useMay()("record.write");
  const stands = open && standsFor(stay);
  const to = (day: string | null) => (day ? ` to ${dates.day(day)}` : "");
  return (
    <li>
      <Group gap="0.1rem 0.6rem">
        <Text size="sm" fw={500} td={stay.cancelled_on ? "line-through" : undefined}>
          {stay.bed} in {stay.unit}
        </Text>
        <Badge color="violet">A child's place</Badge>
        <Text size="sm" {...(stay.cancelled_on && { c: "dimmed" })}>
          {stay.arrived_on
            ? `from ${dates.day(stay.arrived_on)}${stay.left_on ? to(stay.left_on) : ", there now"}`
            : `booked from ${dates.day(stay.starts_on)}${to(stay.ends_on)}`}
          {stay.cancelled_on && ` · given up: ${stay.cancelled_reason}`}
        </Text>
        {write && stands && !stay.arrived_on && now?.unit_id === stay.unit_id && (
          <OpenForm
            to={form.opens("child-came", stay.id)}
            variant="subtle"
            aria-label={`The child came: ${stay.bed}`}
          >
            The child came
          </OpenForm>
        )}
        {write && stands && (
          <OpenForm
            to={form.opens("child-off", stay.id)}
            variant="subtle"
            aria-label={`${stay.arrived_on ? "The child left" : "Give up"}: ${stay.bed}`}
          >
            {stay.arrived_on ? "The child left" : "Give up"}
          </OpenForm>
        )}
      </Group>
      {form.isOpen("child-came", stay.id) && (
        <ChildCame id={stay.id} today={today} from={stay.starts_on} />
      )}
      {form.isOpen("child-off", stay.id) && (
        <ChildOff id={stay.id} place={stay.bed} today={stay.arrived_on ? today : null} />
      )}
    </li>
  );
}
