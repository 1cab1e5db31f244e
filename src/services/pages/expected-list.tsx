import { Button, Group, Table, Text } from "@mantine/core";
import type { Standing } from "../../people/consent-store.ts";
import { Form } from "../../web/form.tsx";
import { LinkButton } from "../../web/parts.tsx";
import { paths } from "../../web/paths.ts";
import { useDates, useWords } from "../../web/use-me.ts";
import type { Telling } from "../invitation.ts";
import type { ExpectedSupport, InvitedHow, PlannedConferenceRow } from "../planned-store.ts";
import { InviteBadge } from "./plan-fields.tsx";

const hows: Record<InvitedHow, string> = {
  "calendar-file": "calendar file",
  letter: "letter or message",
  phone: "by phone",
  "in-person": "in person",
};

const actions: Record<Telling, string> = {
  invitation: "Invite",
  moved: "Tell the new time",
  cancelled: "Tell it is cancelled",
  "nothing-new": "Invitation",
};

type Listed = ExpectedSupport & { telling: Telling | null; standing: Standing | null };

/** Everybody on the list: whether they may be invited, whether they were, and the next step. */
export function ExpectedList({
  planned,
  supports,
}: {
  planned: PlannedConferenceRow;
  supports: readonly Listed[];
}) {
  const words = useWords();
  const { consumerId, id, appointment } = planned;
  if (supports.length === 0) {
    return (
      <Text size="sm" c="dimmed">
        Nobody besides the {words.consumer} yet.
      </Text>
    );
  }
  return (
    <Table.ScrollContainer minWidth={300}>
      <Table>
        <Table.Tbody>
          {supports.map((support) => (
            <Table.Tr key={support.supportId}>
              <Table.Td>
                <Group gap={6}>
                  <Text size="sm" fw={500}>
                    {support.name}
                  </Text>
                  <Text size="sm" c="dimmed">
                    {support.relation}
                  </Text>
                  {support.standing && (
                    <InviteBadge answer={support.standing.invite} day={appointment.day} />
                  )}
                </Group>
                <Told support={support} />
                {support.standing && !support.standing.invite.yes && (
                  <Text size="xs" c="dimmed">
                    {support.standing.invite.reason} {support.standing.invite.arrange}
                  </Text>
                )}
                {support.interpreter && (
                  <Text size="xs" c="dimmed">
                    Needs an interpreter ({support.language})
                  </Text>
                )}
              </Table.Td>
              <Table.Td ta="right" style={{ verticalAlign: "top" }}>
                <Group gap="xs" justify="flex-end">
                  {support.telling && support.standing?.invite.yes && (
                    <LinkButton
                      to={paths.invitation(consumerId, id, support.supportId)}
                      size="xs"
                      variant={support.telling === "nothing-new" ? "default" : "filled"}
                    >
                      {actions[support.telling]}
                    </LinkButton>
                  )}
                  {support.invitedAt === null && appointment.status === "scheduled" && (
                    <Form intent="drop">
                      <input type="hidden" name="support" value={support.supportId} />
                      <Button
                        type="submit"
                        size="xs"
                        variant="subtle"
                        aria-label={`Take off: ${support.name}`}
                      >
                        Take off
                      </Button>
                    </Form>
                  )}
                </Group>
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}

function Told({ support }: { support: Listed }) {
  const dates = useDates();
  const { invitedAt, invitedHow, toldAt, telling, standing } = support;
  if (invitedAt === null) {
    return (
      <Text size="xs" c="dimmed">
        Not invited yet
      </Text>
    );
  }
  const dead = standing !== null && !standing.invite.yes;
  const news = telling === "moved" || telling === "cancelled";
  return (
    <Text size="xs" c="dimmed">
      Invited {dates.instant(invitedAt)}
      {invitedHow && `, ${hows[invitedHow]}`}
      {toldAt && toldAt.getTime() !== invitedAt.getTime() && !news
        ? `; told of the change ${dates.instant(toldAt)}`
        : ""}
      {news && dead && "; the change may not be told to them any more"}
    </Text>
  );
}
