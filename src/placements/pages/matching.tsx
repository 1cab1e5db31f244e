import { Group, Stack, Text, Title } from "@mantine/core";
import { useLoaderData } from "react-router";
import { findProviderChoices } from "../../liaison/provider-store.ts";
import { act, page } from "../../web/guard.ts";
import { Empty, LinkButton, PageHead } from "../../web/parts.tsx";
import { paths } from "../../web/paths.ts";
import { useDates } from "../../web/use-me.ts";
import { type BedChoice, choicesOf } from "../bed.ts";
import { findOccupiedAhead } from "../bed-store.ts";
import { findChildrenAhead } from "../child-store.ts";
import { jointPrompt, rank } from "../match.ts";
import { findNeeds } from "../match-store.ts";
import type { Beds } from "../reasons.ts";
import { findGoingOn, findOpenEpisode, findPlacements } from "../store.ts";
import { type UnitKind, unitKinds } from "../unit.ts";
import { findBeds, findUnits } from "../unit-store.ts";
import { askAction } from "./ask-action.ts";
import { MatchCard } from "./match-card.tsx";

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
  const standing = (await findPlacements(db, consumerId)).filter(
    (one) => one.ended_on === null && one.withdrawn_on === null,
  );
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
        placementId: standing.find(({ unit_id }) => unit_id === match.unit.id)?.id ?? null,
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
