import { Anchor, Button, Group, Text } from "@mantine/core";
import { Link, useLoaderData } from "react-router";
import { type Basis, groundLabel } from "../../people/disclosure.ts";
import { Form, useSending } from "../../web/form.tsx";
import { paths } from "../../web/paths.ts";
import { useDates, useMay, useMe } from "../../web/use-me.ts";
import type { loader } from "./placement.tsx";

/** What a service elsewhere has been told for this stay: nothing, or when and on what ground; and the next step. */
export function Told({
  need,
  service,
  of,
}: {
  need: "placement" | "joint-work" | "funding";
  /** Whom: without an id, the directory has it not, and no consent can name it. */
  service: { id: string | null; name: string };
  /** The line of funding. */
  of?: string;
}) {
  const { asked, placement, consumerId } = useLoaderData<typeof loader>();
  const { jurisdiction } = useMe().agency;
  const dates = useDates();
  const sending = useSending();
  const write = useMay()("record.write") && placement.withdrawn_on === null;
  if (service.id === null) {
    return (
      <Text size="sm" c="dimmed">
        {service.name} is not in the{" "}
        <Anchor component={Link} to={paths.directory()} inherit underline="always">
          directory
        </Anchor>
        : a consent can name it once it is. What they were told is recorded under{" "}
        <Anchor component={Link} to={paths.disclosures(consumerId)} inherit underline="always">
          what was disclosed
        </Anchor>
        .
      </Text>
    );
  }
  const last = asked.find(
    (one) => one.need === need && one.provider_id === service.id && (!of || one.funding_id === of),
  );
  const letter = last && (
    <Anchor component={Link} to={paths.letter(consumerId, last.id)} inherit underline="always">
      {last.basis === "self" ? "The slip" : "The letter"}
    </Anchor>
  );
  if (last?.basis && last.sent_on && !last.letter_waits) {
    const on = dates.day(last.sent_on);
    return (
      <Text size="sm">
        {last.basis === "self"
          ? `They took it to ${service.name} themselves on ${on}; nothing was told by us. `
          : `${service.name} was told on ${on}. Ground: ${groundLabel(jurisdiction, last.basis as Basis)}. `}
        {letter}
      </Text>
    );
  }
  if (last?.letter_waits) {
    return (
      <Text size="sm">
        A letter to {service.name} is prepared; nothing has left yet. {letter}
      </Text>
    );
  }
  return (
    <Group gap="xs">
      <Text size="sm" c="var(--mantine-color-orange-text)" fw={500}>
        No record that {service.name} was told anything.
      </Text>
      {write && (
        <Form>
          <input type="hidden" name="step" value="tell" />
          <input type="hidden" name="need" value={need} />
          {of && <input type="hidden" name="id" value={of} />}
          <Button
            type="submit"
            size="compact-sm"
            loading={sending}
            aria-label={`Ask ${service.name}`}
          >
            Ask them
          </Button>
        </Form>
      )}
    </Group>
  );
}
