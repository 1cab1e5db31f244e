import { Anchor, Badge, Table } from "@mantine/core";
import { Link } from "react-router";
import type { Day } from "../../kernel/day.ts";
import { Empty } from "../../web/parts.tsx";
import { paths } from "../../web/paths.ts";
import { useDates, useWords } from "../../web/use-me.ts";
import { type GivenConsent, topicLabels, type WhyNot, whyDead } from "../consent.ts";
import type { Standing } from "../consent-store.ts";

const dead: Partial<Record<WhyNot, string>> = {
  revoked: "revoked",
  expired: "expired",
  "not-yet": "not yet in force",
  "of-age": "lapsed on coming of age: ask again",
};

/** What has become of one consent on a day. */
export function consentState(
  consent: GivenConsent,
  standing: Pick<Standing, "person" | "noContact">,
  today: Day,
): string {
  const why = whyDead(consent, standing.person, today);
  if (why) return dead[why] ?? why;
  return standing.noContact ? "silenced by no contact" : "in force";
}

/** Every consent to one support, one row each: what, why, from when to when, and how it stands. */
export function Consents({
  consumerId,
  standing,
  rows,
  today,
}: {
  consumerId: string;
  standing: Standing;
  rows: (GivenConsent & { purpose: string })[];
  today: Day;
}) {
  const dates = useDates();
  const labels = topicLabels(useWords());
  if (rows.length === 0) return <Empty>No consent has been signed.</Empty>;
  return (
    <Table.ScrollContainer minWidth={600}>
      <Table>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>Signed</Table.Th>
            <Table.Th>What may be told</Table.Th>
            <Table.Th>Why</Table.Th>
            <Table.Th>Until</Table.Th>
            <Table.Th>Stands</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {rows.map((consent) => {
            const state = consentState(consent, standing, today);
            return (
              <Table.Tr key={consent.id}>
                <Table.Td>
                  <Anchor
                    component={Link}
                    to={paths.consent(consumerId, consent.id)}
                    inherit
                    underline="always"
                  >
                    {dates.day(consent.signedOn)}
                  </Anchor>
                </Table.Td>
                <Table.Td>{consent.topics.map((topic) => labels[topic]).join(", ")}</Table.Td>
                <Table.Td>{consent.purpose}</Table.Td>
                <Table.Td>
                  {consent.expiresOn ? dates.day(consent.expiresOn) : consent.expiryEvent}
                </Table.Td>
                <Table.Td>
                  <Badge
                    color={state === "in force" ? "teal" : "gray"}
                    c="var(--mantine-color-text)"
                  >
                    {state}
                  </Badge>
                </Table.Td>
              </Table.Tr>
            );
          })}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}
