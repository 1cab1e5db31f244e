import { Anchor, Badge, Group, Paper, Stack, Text } from "@mantine/core";
import { Link, useLoaderData } from "react-router";
import { reasonWords } from "../../episodes/episode.ts";
import { page } from "../../web/guard.ts";
import { Empty, LinkButton, PageHead } from "../../web/parts.tsx";
import { paths } from "../../web/paths.ts";
import { useDates, useMay } from "../../web/use-me.ts";
import { nightsWords, standingOf, stands, statusWords } from "../stay.ts";
import { findParts, findPlacements } from "../store.ts";
import { unitKinds, wordsFor } from "../unit.ts";

export const meta = () => [{ title: "Placements · Throughcare" }];

export const loader = page("record.read", async ({ db, consumerId, today }) => {
  const parts = await findParts(db, consumerId);
  const placements = await findPlacements(db, consumerId);
  return {
    consumerId,
    placements: placements.map((placement) => {
      const of = <P extends { placement_id: string | null }>(all: P[]) =>
        all.filter(({ placement_id }) => placement_id === placement.id);
      const stays = of(parts.stays);
      const now = stays.find((stay) => stay.arrived_on && !stay.left_on);
      return {
        id: placement.id,
        unit: placement.unit,
        kind: wordsFor(unitKinds, placement.unit_kind),
        bed: now?.bed ?? null,
        through: [...new Set(of(parts.places).map(({ unit }) => unit))],
        requested: placement.requested_on,
        admitted: placement.admitted_on,
        until: placement.expected_to,
        ended: placement.ended_on,
        why: placement.end_reason ? reasonWords(placement.end_reason) : placement.withdrawn_reason,
        toReview: of(parts.uses).filter((use) => !use.reviewed_on).length,
        standing: standingOf(
          placement,
          { stays, leaves: of(parts.leaves), funding: of(parts.funding) },
          today,
        ),
      };
    }),
  };
});

/** Every stay of the person, with its length and where it stands. */
export default function Placements() {
  const { placements, consumerId } = useLoaderData<typeof loader>();
  const write = useMay()("record.write");
  const find = write && (
    <LinkButton to={paths.matching(consumerId)} size="sm">
      Find a place
    </LinkButton>
  );
  return (
    <>
      <PageHead
        title="Placements"
        about="Detox, residential rehab, crisis units and second stage: asked for, booked, lived in, ended."
        actions={placements.length > 0 && find}
      />
      {placements.length === 0 && <Empty action={find}>No place was asked for yet.</Empty>}
      <Stack gap="sm">
        {placements.map((placement) => (
          <PlacementCard key={placement.id} placement={placement} />
        ))}
      </Stack>
    </>
  );
}

type Card = ReturnType<typeof useLoaderData<typeof loader>>["placements"][number];

function PlacementCard({ placement }: { placement: Card }) {
  const { consumerId } = useLoaderData<typeof loader>();
  const dates = useDates();
  const { standing } = placement;
  const status = statusWords[standing.status];
  return (
    <Paper component="article">
      <Group justify="space-between" gap="xs">
        <Group gap="xs">
          <Anchor component={Link} to={paths.placement(consumerId, placement.id)} fw={600}>
            {placement.unit}
          </Anchor>
          <Badge color={status.color}>{status.label}</Badge>
          {standing.late === "leaving" && <Badge color="red">Expected to have left</Badge>}
          {standing.late === "return" && <Badge color="red">Not back from leave</Badge>}
          {placement.toReview > 0 && <Badge color="orange">Return to use to review</Badge>}
        </Group>
        <Text size="sm" fw={500}>
          {standing.day === null
            ? ""
            : stands(standing.status)
              ? `Day ${standing.day}`
              : nightsWords(standing.nights ?? 0)}
        </Text>
      </Group>
      <Text size="sm">
        {[
          placement.kind,
          placement.bed,
          placement.through.length > 1 && `one stay: ${placement.through.join(" → ")}`,
        ]
          .filter(Boolean)
          .join(" · ")}
      </Text>
      <Text size="xs" c="dimmed">
        {[
          `Asked for ${dates.day(placement.requested)}`,
          placement.admitted && `admitted ${dates.day(placement.admitted)}`,
          placement.ended
            ? `ended ${dates.day(placement.ended)}`
            : placement.admitted && placement.until && `until ${dates.day(placement.until)}`,
          placement.why,
        ]
          .filter(Boolean)
          .join(" · ")}
      </Text>
    </Paper>
  );
}
