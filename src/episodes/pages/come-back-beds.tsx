import { Anchor, Button, Group, List, Stack, Text } from "@mantine/core";
import { IconBed } from "@tabler/icons-react";
import { Link } from "react-router";
import type { findFreeBeds } from "../../placements/pages/free-beds.ts";
import { Form, useSending } from "../../web/form.tsx";
import { LinkButton, Section } from "../../web/parts.tsx";
import { paths } from "../../web/paths.ts";
import { useDates } from "../../web/use-me.ts";

/** The free beds that suit best, each one press away; the others are on the page of matching. */
export function FreeBeds({
  beds: { has, free },
  consumerId,
}: {
  beds: Awaited<ReturnType<typeof findFreeBeds>>;
  consumerId: string;
}) {
  const dates = useDates();
  const sending = useSending();
  return (
    <Section
      title="A bed"
      actions={
        <LinkButton to={paths.matching(consumerId)} variant="subtle" size="compact-sm">
          Find a place
        </LinkButton>
      }
    >
      {has && (
        <Text size="sm">
          {has.in ? "They are in" : "Booked:"}{" "}
          <Anchor
            component={Link}
            to={paths.placement(consumerId, has.placementId)}
            inherit
            underline="always"
          >
            {has.bed ? `${has.bed}, ${has.unit}` : has.unit}
          </Anchor>
        </Text>
      )}
      {!has && free.length === 0 && (
        <Text size="sm">
          No bed of ours that suits is free now, or there is something to talk over first.
        </Text>
      )}
      <Stack gap="sm">
        {free.map((one) => (
          <Group
            key={one.bedId}
            component="article"
            aria-label={one.unit}
            justify="space-between"
            align="flex-start"
            gap="xs"
          >
            <div style={{ flex: "1 1 16rem" }}>
              <Text size="sm" fw={600}>
                {one.unit}, {one.bed}
              </Text>
              <Text size="sm">
                {one.since ? `Free since ${dates.day(one.since)}` : "Free now"}
                {one.until && `; it would be booked until ${dates.day(one.until)}`}
              </Text>
              <Text size="sm">{one.what.join(" · ")}</Text>
              <List size="xs" c="dimmed">
                {one.why.length + one.against.length === 0 && (
                  <List.Item>
                    Nothing we know speaks against it; what they need is not assessed yet
                  </List.Item>
                )}
                {one.why.map((reason) => (
                  <List.Item key={reason}>{reason}</List.Item>
                ))}
                {one.against.map((reason) => (
                  <List.Item key={reason}>But: {reason}</List.Item>
                ))}
              </List>
            </div>
            <Form intent="bed">
              <input type="hidden" name="bed" value={one.bedId} />
              <Button
                type="submit"
                variant="light"
                size="sm"
                loading={sending}
                leftSection={<IconBed size={16} aria-hidden />}
                aria-label={`Book it from today: ${one.unit}`}
              >
                Book it from today
              </Button>
            </Form>
          </Group>
        ))}
      </Stack>
    </Section>
  );
}
