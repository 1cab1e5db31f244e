import { Anchor, Badge, Table } from "@mantine/core";
import { Link } from "react-router";
import type { Day } from "../../kernel/day.ts";
import { LinkButton, Section } from "../../web/parts.tsx";
import { paths } from "../../web/paths.ts";
import { useDates, useMay, useWords } from "../../web/use-me.ts";
import { topicLabels } from "../consent.ts";
import type { findServiceConsents } from "../consent-store.ts";
import { consentState } from "./consent-list.tsx";

/** The services elsewhere that may be told something, or once might. */
export function ServiceConsents({
  consumerId,
  consents,
  today,
}: {
  consumerId: string;
  consents: Awaited<ReturnType<typeof findServiceConsents>>;
  today: Day;
}) {
  const dates = useDates();
  const labels = topicLabels(useWords());
  const add = useMay()("record.write") && (
    <LinkButton to={paths.newProviderConsent(consumerId)} size="xs" variant="default">
      Record a consent
    </LinkButton>
  );
  return (
    <div style={{ marginTop: "var(--mantine-spacing-lg)" }}>
      <Section title="Services that may be told" actions={add}>
        {consents.length === 0 ? (
          "No consent names a service."
        ) : (
          <Table.ScrollContainer minWidth={480}>
            <Table>
              <Table.Thead>
                <Table.Tr>
                  <Table.Th>Service</Table.Th>
                  <Table.Th>What may be told</Table.Th>
                  <Table.Th>Until</Table.Th>
                  <Table.Th>Stands</Table.Th>
                </Table.Tr>
              </Table.Thead>
              <Table.Tbody>
                {consents.map((consent) => {
                  const state = consentState(
                    consent,
                    { person: consent.person, noContact: false },
                    today,
                  );
                  return (
                    <Table.Tr key={consent.id}>
                      <Table.Td>
                        <Anchor
                          component={Link}
                          to={paths.consent(consumerId, consent.id)}
                          inherit
                          underline="always"
                        >
                          {consent.name}
                        </Anchor>
                      </Table.Td>
                      <Table.Td>{consent.topics.map((topic) => labels[topic]).join(", ")}</Table.Td>
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
        )}
      </Section>
    </div>
  );
}
