import { Badge, Group, Text } from "@mantine/core";
import { IconAlertTriangle, IconBan, IconCircleX, IconUserCheck } from "@tabler/icons-react";
import { type Day, daysBetween } from "../../kernel/day.ts";
import { useDates } from "../../web/use-me.ts";
import type { Standing } from "../consent-store.ts";
import { expiryWords } from "./banner.tsx";

const ink = "var(--mantine-color-text)";

/** How a support stands today: whether they may be told anything, until when, or why not. */
export function StandingBadge({ standing, today }: { standing: Standing; today: Day }) {
  const dates = useDates();
  const { noContact, live, until, invite } = standing;
  if (noContact) {
    return (
      <Badge color="red.8" variant="filled" leftSection={<IconBan size={13} aria-hidden />}>
        No contact
      </Badge>
    );
  }
  if (live) {
    const days = until ? daysBetween(today, until) : null;
    const soon = days !== null && days <= 14;
    const Icon = soon ? IconAlertTriangle : IconUserCheck;
    return (
      <Badge color={soon ? "orange" : "teal"} c={ink} leftSection={<Icon size={13} aria-hidden />}>
        Consent
        {soon ? ` ${expiryWords(days)}` : until ? ` until ${dates.day(until)}` : ""}
      </Badge>
    );
  }
  const words = !invite.yes ? shortly[invite.because] : "No consent";
  return (
    <Badge color="gray" c={ink} leftSection={<IconCircleX size={13} aria-hidden />}>
      {words}
    </Badge>
  );
}

const shortly = {
  "no-contact": "No contact",
  ended: "No longer a support",
  none: "No consent",
  revoked: "Consent revoked",
  expired: "Consent expired",
  "not-yet": "Consent not yet in force",
  "of-age": "Ask again: now of age",
  "wrong-kind": "Consent of the wrong kind",
  topic: "Consent for other topics",
} as const;

/** Why they cannot be invited, and what to do about it. */
export function WhyNot({ standing }: { standing: Standing }) {
  const { invite } = standing;
  if (invite.yes) return null;
  return (
    <Group gap={4}>
      <Text size="sm">
        {invite.reason} {invite.arrange}
      </Text>
    </Group>
  );
}
