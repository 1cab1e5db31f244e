import { Anchor, Badge, Group, List, Paper, Text } from "@mantine/core";
import {
  IconAlertOctagon,
  IconCircleMinus,
  IconCirclePlus,
  IconHelpCircle,
} from "@tabler/icons-react";
import { Link, useLoaderData } from "react-router";
import { OpenForm, useOneForm } from "../../web/one-form.tsx";
import { LinkButton } from "../../web/parts.tsx";
import { paths } from "../../web/paths.ts";
import { useDates, useMay } from "../../web/use-me.ts";
import type { Match } from "../match.ts";
import { NOT_PREGNANT_WEEKS } from "../needs.ts";
import type { Weighs } from "../reasons.ts";
import { briefly } from "../unit.ts";
import { AskFor } from "./ask-for.tsx";
import type { loader } from "./matching.tsx";

const icons: Record<Weighs, { icon: typeof IconHelpCircle; color: string; label: string }> = {
  unsuitable: { icon: IconAlertOctagon, color: "red.8", label: "Speaks against it strongly" },
  for: { icon: IconCirclePlus, color: "teal.8", label: "For" },
  against: { icon: IconCircleMinus, color: "orange.8", label: "Against" },
  "not-known": { icon: IconHelpCircle, color: "gray.6", label: "Not known" },
};

type Shown = Match & {
  of: string;
  rehab: string | null;
  about: string | null;
  /** The stay there that is asked for or lived in already. */
  placementId: string | null;
};

/** One unit, with what speaks for and against it, and the way to ask for a place. */
export function MatchCard({ match }: { match: Shown }) {
  const { unit, beds, reasons } = match;
  const { hasEpisode, consumerId } = useLoaderData<typeof loader>();
  const dates = useDates();
  const form = useOneForm();
  const write = useMay()("record.write");
  const free = beds
    ? beds.freeNow > 0
      ? `${beds.freeNow} free now`
      : beds.nextFree
        ? `Free from ${dates.day(beds.nextFree)}`
        : "Full"
    : "Ask them about beds";
  return (
    <Paper component="article" aria-label={unit.name}>
      <Group justify="space-between" align="flex-start" gap="xs" wrap="wrap">
        <div style={{ flex: "1 1 16rem" }}>
          <Group gap="xs">
            <Anchor component={Link} to={paths.unit(unit.id)} fw={600}>
              {unit.name}
            </Anchor>
            <Badge color={beds && beds.freeNow > 0 ? "teal" : "gray"}>{free}</Badge>
          </Group>
          <Text size="sm" c="dimmed">
            {[
              ...briefly(unit),
              unit.weeks && `usually ${unit.weeks === 1 ? "1 week" : `${unit.weeks} weeks`}`,
              unit.locality,
              match.rehab && `attached to ${match.rehab}`,
              match.of !== unit.name && match.of,
            ]
              .filter(Boolean)
              .join(" · ")}
          </Text>
        </div>
        {match.placementId && (
          <LinkButton
            to={paths.placement(consumerId, match.placementId)}
            variant="default"
            size="compact-sm"
            aria-label={`Asked for already: ${unit.name}`}
          >
            Asked for already
          </LinkButton>
        )}
        {write && hasEpisode && !match.placementId && (
          <OpenForm
            to={form.opens("ask", unit.id)}
            variant={match.suitable ? "light" : "default"}
            aria-label={`Ask for a place in ${unit.name}`}
          >
            Ask for a place
          </OpenForm>
        )}
      </Group>
      <List
        spacing={3}
        size="sm"
        mt="xs"
        pl={0}
        listStyleType="none"
        styles={{ itemWrapper: { alignItems: "flex-start", lineHeight: 1.4 } }}
      >
        {reasons.map(({ weighs, text, old, since }) => {
          const { icon: Icon, color, label } = icons[weighs];
          return (
            <List.Item
              key={text}
              icon={
                <Text span c={color} display="flex" mt={2}>
                  <Icon size={17} aria-label={label} />
                </Text>
              }
            >
              {text}
              {since && (
                <>
                  . Not known since {dates.day(since)}{" "}
                  <Text span size="xs" c="dimmed">
                    assumption: a “no” counts for {NOT_PREGNANT_WEEKS} weeks, a “yes” until six
                    weeks after the day it was due
                  </Text>
                </>
              )}
              {old && (
                <Text span size="xs" c="dimmed">
                  {" "}
                  · old: said {dates.day(old)}, in an earlier episode
                </Text>
              )}
            </List.Item>
          );
        })}
      </List>
      {form.isOpen("ask", unit.id) && <AskFor unit={unit} of={match.of} />}
    </Paper>
  );
}
