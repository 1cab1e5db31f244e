import { Checkbox, NativeSelect, SimpleGrid, Text } from "@mantine/core";
import { useActionData } from "react-router";
import type { Day } from "../../kernel/day.ts";
import { type Invalid, useFields } from "../../web/form.tsx";
import { FormButtons } from "../../web/one-form.tsx";
import { useDates } from "../../web/use-me.ts";
import type { Choice } from "./bed-choices.ts";
import { DayInput, Step } from "./parts.tsx";

/** When a place can be had. */
function useFree(today: string) {
  const dates = useDates();
  return (day: string | null) => {
    if (day === null) return "taken, nobody knows until when";
    return day <= today ? "free now" : `free from ${dates.day(day)}`;
  };
}

/** The children's places that go with a bed: ticked where a child is to come, else out of the way. */
export function ChildPlaces({
  choices,
  today,
  childPlaces,
  error,
}: {
  choices: readonly Choice[];
  today: string;
  childPlaces: readonly string[];
  error: string | undefined;
}) {
  const free = useFree(today);
  const typed = (useActionData() as Partial<Invalid> | undefined)?.typed;
  const ticked = typed ? [typed["child_places[]"] ?? []].flat() : childPlaces;
  const units = choices.filter((unit) => unit.childPlaces.length > 0);
  if (units.length === 0) return null;
  return (
    <details style={{ marginTop: "0.75rem" }} open={ticked.length > 0 || error !== undefined}>
      <summary>
        <Text span size="sm">
          A child comes along
        </Text>
      </summary>
      <Checkbox.Group
        label="A place for the child"
        description="It is kept as long as the parent's bed, and free again when the parent leaves."
        mt="xs"
        size="sm"
        defaultValue={[...ticked]}
        error={error}
        inputWrapperOrder={["label", "description", "error", "input"]}
      >
        {units.map((unit) => (
          <div key={unit.id}>
            {unit.childPlaces.map((place) => (
              <Checkbox
                key={place.id}
                mt={6}
                name="child_places[]"
                value={place.id}
                label={`${place.name} in ${unit.name} · ${childPlaces.includes(place.id) && place.freeFrom !== today ? "theirs" : free(place.freeFrom)}`}
              />
            ))}
          </div>
        ))}
      </Checkbox.Group>
    </details>
  );
}

/** The places a form begins with: those they have, and as many free ones more as children come. */
export function firstPlaces(
  choices: readonly Choice[],
  unitId: string,
  today: Day,
  childrenWith: number,
  have: readonly string[],
): string[] {
  const places = choices.find(({ id }) => id === unitId)?.childPlaces ?? [];
  const theirs = places.filter(({ id }) => have.includes(id));
  const free = places.filter(
    (one) => !theirs.includes(one) && one.freeFrom !== null && one.freeFrom <= today,
  );
  return [...theirs, ...free].slice(0, Math.max(childrenWith, theirs.length)).map(({ id }) => id);
}

/** A place for a child beside a bed that the parent has already. */
export function BringAlong({
  choices,
  today,
  unitId,
  from,
}: {
  choices: readonly Choice[];
  today: Day;
  unitId: string;
  from: string;
}) {
  const free = useFree(today);
  const places = choices.find(({ id }) => id === unitId)?.childPlaces ?? [];
  const [first] = firstPlaces(choices, unitId, today, 1, []);
  const field = useFields({ bed_id: first ?? "", from_on: from });
  return (
    <Step step="child">
      <SimpleGrid cols={{ base: 1, xs: 2 }}>
        <NativeSelect
          label="A place for the child"
          data={[
            { value: "", label: "Choose a place" },
            ...places.map(({ id, name, freeFrom }) => ({
              value: id,
              label: `${name} · ${free(freeFrom)}`,
            })),
          ]}
          {...field("bed_id")}
        />
        <DayInput
          label="From"
          description="Until the parent leaves, or earlier"
          {...field("from_on")}
        />
      </SimpleGrid>
      <FormButtons>Keep the place</FormButtons>
    </Step>
  );
}

export function ChildCame({ id, today, from }: { id: string; today: Day; from: string }) {
  const field = useFields({ came_on: from < today ? from : today });
  return (
    <Step step="child-came" id={id}>
      <DayInput label="The child came on" max={today} maw="16rem" {...field("came_on")} />
      <FormButtons>The child is here</FormButtons>
    </Step>
  );
}

/** Gives a place back: the child left, or, before they came, none comes. */
export function ChildOff({ id, place, today }: { id: string; place: string; today: Day | null }) {
  const field = useFields({ left_on: today });
  return (
    <Step step="child-off" id={id}>
      {today && (
        <DayInput label="The child left on" max={today} maw="16rem" {...field("left_on")} />
      )}
      <FormButtons>{today ? `${place} is free again` : `Give ${place} up`}</FormButtons>
    </Step>
  );
}
