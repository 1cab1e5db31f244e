import { Anchor, Badge, Group, Paper, SimpleGrid, Text } from "@mantine/core";
import { Link, useLoaderData } from "react-router";
import { page } from "../../web/guard.ts";
import { Empty, LinkButton, PageHead } from "../../web/parts.tsx";
import { paths } from "../../web/paths.ts";
import { useMay, useWords } from "../../web/use-me.ts";
import { briefly, groups, wordsFor } from "../unit.ts";
import { findBeds, findUnits } from "../unit-store.ts";

export const meta = () => [{ title: "Units · Throughcare" }];

export const loader = page("unit.read", async ({ db, url }) => {
  const closed = url.searchParams.has("closed");
  const units = await findUnits(db, { closed });
  const beds = await findBeds(
    db,
    units.map(({ id }) => id),
  );
  return {
    closed,
    units: units.map((unit) => ({
      ...unit,
      beds: beds.filter(
        (bed) => bed.unit_id === unit.id && bed.active && !bed.overflow && !bed.child_place,
      ).length,
    })),
  };
});

/** Where people can stay: our own units, and those of services elsewhere (MC B1 to B4). */
export default function Units() {
  const { units, closed } = useLoaderData<typeof loader>();
  const words = useWords();
  const may = useMay();
  const add = may("unit.manage") && (
    <LinkButton to={paths.newUnit()} size="sm">
      Add a unit
    </LinkButton>
  );
  const ours = units.filter((unit) => unit.program_id);
  const elsewhere = units.filter((unit) => unit.provider_id);
  return (
    <>
      <PageHead
        title={`Directory of ${words.programs} and units`}
        about="Detox, residential rehab, crisis units and second stage, ours and elsewhere: what each is, whom it is made for and whom it cannot take."
        actions={
          <>
            <LinkButton to={paths.units() + (closed ? "" : "?closed")} variant="default" size="sm">
              {closed ? "Without closed ones" : "Closed ones too"}
            </LinkButton>
            {may("bed.read") && (
              <LinkButton to={paths.beds()} variant="default" size="sm">
                Bed board
              </LinkButton>
            )}
            {add}
          </>
        }
      />
      {units.length === 0 && <Empty action={add}>No unit is in the directory yet.</Empty>}
      <UnitList title={`Our ${words.programs}`} units={ours} />
      <UnitList title="Elsewhere" units={elsewhere} />
    </>
  );
}

type Shown = ReturnType<typeof useLoaderData<typeof loader>>["units"];

function UnitList({ title, units }: { title: string; units: Shown }) {
  if (units.length === 0) return null;
  return (
    <section>
      <Text component="h2" fw={600} size="lg" mb="xs" mt="md">
        {title}
      </Text>
      <SimpleGrid cols={{ base: 1, md: 2 }} spacing="sm">
        {units.map((unit) => (
          <Paper key={unit.id} component="article">
            <Group gap="xs" justify="space-between" wrap="nowrap" align="flex-start">
              <Anchor component={Link} to={paths.unit(unit.id)} fw={600}>
                {unit.name}
              </Anchor>
              <Group gap={4} justify="flex-end">
                {!unit.active && <Badge color="gray">Closed</Badge>}
                {unit.beds > 0 && (
                  <Badge color="gray">{unit.beds === 1 ? "1 bed" : `${unit.beds} beds`}</Badge>
                )}
              </Group>
            </Group>
            <Text size="sm">{briefly(unit).join(" · ")}</Text>
            <Text size="sm" c="dimmed">
              {[
                unit.program !== unit.name && unit.program,
                unit.provider !== unit.name && unit.provider,
                unit.locality,
                unit.weeks && `usually ${unit.weeks === 1 ? "1 week" : `${unit.weeks} weeks`}`,
                unit.rehab && `attached to ${unit.rehab}`,
              ]
                .filter(Boolean)
                .join(" · ")}
            </Text>
            {unit.serves.length > 0 && (
              <Text size="xs" c="dimmed">
                Made for:{" "}
                {unit.serves.map((code) => wordsFor(groups, code).toLowerCase()).join(", ")}
              </Text>
            )}
          </Paper>
        ))}
      </SimpleGrid>
    </section>
  );
}
