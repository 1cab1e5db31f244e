import { Anchor, Badge, Group, List, Paper, Stack, Text, Title } from "@mantine/core";
import {
  IconAlertOctagon,
  IconCircleMinus,
  IconCirclePlus,
  IconHelpCircle,
} from "@tabler/icons-react";
import { Link, useLoaderData } from "react-router";
import { findProviderChoices } from "../../liaison/provider-store.ts";
import { act, page } from "../../web/guard.ts";
import { OpenForm, useOneForm } from "../../web/one-form.tsx";
import { Empty, LinkButton, PageHead } from "../../web/parts.tsx";
import { paths } from "../../web/paths.ts";
import { useDates, useMay } from "../../web/use-me.ts";
import { type BedChoice, choicesOf } from "../bed.ts";
import { findOccupiedAhead } from "../bed-store.ts";
import { findChildrenAhead } from "../child-store.ts";
import { jointPrompt, type Match, rank } from "../match.ts";
import { findNeeds } from "../match-store.ts";
import { NOT_PREGNANT_WEEKS } from "../needs.ts";
import type { Beds, Weighs } from "../reasons.ts";
import { findGoingOn, findOpenEpisode } from "../store.ts";
import { briefly, type UnitKind, unitKinds } from "../unit.ts";
import { findBeds, findUnits } from "../unit-store.ts";
import { askAction } from "./ask-action.ts";
import { AskFor } from "./ask-for.tsx";

export const meta = () => [{ title: "Find a place · Throughcare" }];

export const loader = page("record.read", async ({ db, consumerId, today, url }) => {
  const units = await findUnits(db);
  const beds = await findBeds(
    db,
    units.map(({ id }) => id),
  );
  const taken = {
    beds: await findOccupiedAhead(db, today),
    childPlaces: await findChildrenAhead(db, today),
  };
  const all = choicesOf(units, beds, taken, today);
  const freeOf = (some: readonly BedChoice[]) => {
    const free = some.map(({ freeFrom }) => freeFrom).filter((day) => day !== null);
    return {
      freeNow: free.filter((day) => day <= today).length,
      nextFree: free.toSorted()[0] ?? null,
    };
  };
  const bedsOf = (id: string): Beds => {
    const own = all.find(({ unit }) => unit.id === id);
    if (!own) return null;
    const { childPlaces } = own;
    return {
      ...freeOf(own.beds.filter((bed) => !bed.overflow)),
      childPlaces: childPlaces.length > 0 ? freeOf(childPlaces) : null,
    };
  };
  const found = await findNeeds(db, consumerId, today);
  const { assessed, childrenAtHome } = found;
  // What is chosen on the page is what is asked for now; it puts first and leaves nothing out.
  const chosen = url.searchParams.get("kind") ?? "";
  const needs = Object.hasOwn(unitKinds, chosen)
    ? { ...found.needs, askedKind: chosen as UnitKind }
    : found.needs;
  const matches = rank(
    units.map((unit) => ({ unit, beds: bedsOf(unit.id) })),
    needs,
  );
  const episode = await findOpenEpisode(db, consumerId);
  const going =
    episode &&
    (await findGoingOn(
      db,
      { id: null, consumer_id: consumerId, episode_id: episode.id, admitted_on: null },
      today,
    ));
  const whose = new Map(units.map((unit) => [unit.id, unit]));
  return {
    consumerId,
    assessed,
    accessAsked: needs.access.length > 0 || needs.accessWords !== null,
    childrenAtHome,
    wantsChildWith: needs.wantsChildWith,
    asked: needs.askedKind,
    joint: jointPrompt(needs),
    providers: await findProviderChoices(db),
    hasEpisode: episode !== null,
    residentialBefore: going?.residential_before ?? false,
    matches: matches.map((match) => {
      const unit = whose.get(match.unit.id);
      return {
        ...match,
        of: unit?.program ?? unit?.provider ?? "",
        rehab: unit?.rehab ?? null,
        about: unit?.about ?? null,
      };
    }),
  };
});

export const action = act("record.write", askAction);

/** Every unit, ranked with reasons: what fits is first, what does not is at the end and says why. */
export default function Matching() {
  const { matches, assessed, consumerId, hasEpisode, asked, accessAsked } =
    useLoaderData<typeof loader>();
  const dates = useDates();
  const suitable = matches.filter((match) => match.suitable);
  const unsuitable = matches.filter((match) => !match.suitable);
  const first = suitable.filter((match) => match.asked);
  const others = suitable.filter((match) => !match.asked);
  const kinds = (Object.keys(unitKinds) as UnitKind[]).filter((kind) =>
    matches.some(({ unit }) => unit.kind === kind),
  );
  return (
    <>
      <PageHead
        title="Find a place"
        about={
          assessed
            ? `Ranked by the assessment completed ${dates.day(assessed.on)}${assessed.earlier ? ", of an earlier episode" : ""}, and by what the person would like. ${accessAsked ? "" : "Access needs: none are recorded, so ask. "}Nothing is left out.`
            : "No assessment is completed yet, so most is not known. Nothing is left out."
        }
      />
      <Group gap={6} mb="md" component="nav" aria-label="Which kind first">
        <Text size="sm" c="dimmed">
          First:
        </Text>
        {kinds.map((one) => (
          <KindLink
            key={one}
            kind={one}
            current={asked === one}
            count={matches.filter(({ unit }) => unit.kind === one).length}
          />
        ))}
      </Group>
      {!hasEpisode && (
        <Empty action={<LinkButton to={paths.enrolments(consumerId)}>Open an episode</LinkButton>}>
          A place is asked for within an episode, and none is open.
        </Empty>
      )}
      {matches.length === 0 && (
        <Empty action={<LinkButton to={paths.units()}>To the directory</LinkButton>}>
          No unit is in the directory yet.
        </Empty>
      )}
      {asked && (
        <Title order={2} size="h4" mb="sm">
          {unitKinds[asked]}, as is asked for
        </Title>
      )}
      {asked && first.length === 0 && (
        <Text size="sm" mb="sm">
          None that is suitable as it stands.
        </Text>
      )}
      <Stack gap="sm">
        {first.map((match) => (
          <MatchCard key={match.unit.id} match={match} />
        ))}
      </Stack>
      {asked && others.length > 0 && (
        <Title order={2} size="h4" mt="lg" mb="sm">
          Of other kinds
        </Title>
      )}
      <Stack gap="sm">
        {others.map((match) => (
          <MatchCard key={match.unit.id} match={match} />
        ))}
      </Stack>
      {unsuitable.length > 0 && (
        <Stack gap="sm" mt="lg" component="section" aria-label="Not suitable as it stands">
          <Title order={2} size="h4">
            Not suitable as it stands, and why
          </Title>
          {unsuitable.map((match) => (
            <MatchCard key={match.unit.id} match={match} />
          ))}
        </Stack>
      )}
    </>
  );
}

function KindLink({ kind, current, count }: { kind: UnitKind; current: boolean; count: number }) {
  const { consumerId } = useLoaderData<typeof loader>();
  return (
    <LinkButton
      to={`${paths.matching(consumerId)}?kind=${kind}`}
      size="compact-sm"
      variant={current ? "filled" : "default"}
    >
      {unitKinds[kind]} ({count})
    </LinkButton>
  );
}

const icons: Record<Weighs, { icon: typeof IconHelpCircle; color: string; label: string }> = {
  unsuitable: { icon: IconAlertOctagon, color: "red.8", label: "Speaks against it strongly" },
  for: { icon: IconCirclePlus, color: "teal.8", label: "For" },
  against: { icon: IconCircleMinus, color: "orange.8", label: "Against" },
  "not-known": { icon: IconHelpCircle, color: "gray.6", label: "Not known" },
};

type Shown = Match & { of: string; rehab: string | null; about: string | null };

function MatchCard({ match }: { match: Shown }) {
  const { unit, beds, reasons } = match;
  const { hasEpisode } = useLoaderData<typeof loader>();
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
        {write && hasEpisode && (
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
