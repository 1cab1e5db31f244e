import { Anchor, Group, Paper, Stack, Text } from "@mantine/core";
import { IconUserPlus } from "@tabler/icons-react";
import { Link, useLoaderData } from "react-router";
import type { Day } from "../../kernel/day.ts";
import { page } from "../../web/guard.ts";
import { Empty, LinkButton, PageHead } from "../../web/parts.tsx";
import { paths } from "../../web/paths.ts";
import { useWords } from "../../web/use-me.ts";
import { capital } from "../../web/words.ts";
import { topicLabels } from "../consent.ts";
import { consentStanding, findServiceConsents, type Standing } from "../consent-store.ts";
import { supportKinds } from "../support.ts";
import { ServiceConsents } from "./service-consents.tsx";
import { StandingBadge, WhyNot } from "./standing.tsx";

export const meta = () => [{ title: "Supports and consent · Throughcare" }];

export const loader = page("record.read", async ({ db, consumerId, today }) => ({
  consumerId,
  today,
  standings: await consentStanding(db, consumerId, today),
  services: await findServiceConsents(db, consumerId),
}));

export default function Supports() {
  const { consumerId, today, standings, services } = useLoaderData<typeof loader>();
  const words = useWords();
  const ended = (one: Standing) => one.endedOn !== null && one.endedOn <= today;
  const now = standings.filter((one) => !ended(one));
  const before = standings.filter(ended);
  const add = (
    <LinkButton
      to={paths.newSupport(consumerId)}
      leftSection={<IconUserPlus size={16} aria-hidden />}
    >
      Add a {words.support}
    </LinkButton>
  );
  return (
    <>
      <PageHead
        title={capital(words.supports)}
        about="Each has a consent of their own. An invitation already tells that somebody is in treatment, so nobody is invited, checked in or told anything without a live one."
        actions={
          <>
            <LinkButton to={paths.disclosures(consumerId)} variant="default">
              What was disclosed
            </LinkButton>
            {standings.length > 0 && add}
          </>
        }
      />
      {standings.length === 0 && <Empty action={add}>Nobody is named yet.</Empty>}
      <Stack gap="sm">
        {now.map((standing) => (
          <Row key={standing.supportId} {...{ consumerId, standing, today }} />
        ))}
      </Stack>
      {before.length > 0 && (
        <>
          <Text fw={600} mt="lg" mb="xs">
            Before
          </Text>
          <Stack gap="sm">
            {before.map((standing) => (
              <Row key={standing.supportId} {...{ consumerId, standing, today }} />
            ))}
          </Stack>
        </>
      )}
      <ServiceConsents {...{ consumerId, today }} consents={services} />
    </>
  );
}

function Row({
  consumerId,
  standing,
  today,
}: {
  consumerId: string;
  standing: Standing;
  today: Day;
}) {
  const labels = topicLabels(useWords());
  const { supportId, name, relation, kind, organisation, live, noContact, topics } = standing;
  return (
    <Paper
      py="sm"
      style={noContact ? { borderLeft: "4px solid var(--mantine-color-red-8)" } : undefined}
    >
      <Group justify="space-between" align="flex-start" gap="xs">
        <Stack gap={3} style={{ flex: "1 1 16rem", minWidth: 0 }}>
          <Group gap="xs">
            <Anchor
              component={Link}
              to={paths.support(consumerId, supportId)}
              fw={600}
              underline="always"
            >
              {name}
            </Anchor>
            <StandingBadge standing={standing} today={today} />
          </Group>
          <Text size="sm" c="dimmed">
            {relation} · {supportKinds[kind]}
            {organisation && ` · ${organisation}`}
          </Text>
          {live ? (
            <Text size="sm">May be told: {topics.map((topic) => labels[topic]).join(", ")}</Text>
          ) : (
            <WhyNot standing={standing} />
          )}
        </Stack>
        {!noContact && !live && (
          <LinkButton to={paths.newConsent(consumerId, supportId)} variant="default" size="xs">
            Record a consent
          </LinkButton>
        )}
      </Group>
    </Paper>
  );
}
