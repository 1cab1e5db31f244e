import { NativeSelect, SimpleGrid, Text, TextInput } from "@mantine/core";
import { addDays, type Day } from "../../kernel/day.ts";
import { useFields } from "../../web/form.tsx";
import { FormButtons } from "../../web/one-form.tsx";
import type { Choice } from "./bed-choices.ts";
import { ChildPlaces, firstPlaces } from "./child-forms.tsx";
import { BedSelect, DayInput, Step } from "./parts.tsx";
import { Fits, firstFree } from "./placement-forms.tsx";

type Person = {
  id: string;
  name: string;
  unit: string;
  unitId: string;
  childrenWith: number;
  childPlaces: readonly string[];
};

const named = (people: readonly Person[], first: string) => [
  { value: "", label: first },
  ...people.map(({ id, name, unit }) => ({ value: id, label: `${name}: ${unit}` })),
];

/** From the list of those who wait, or from a bed: the other one is chosen here. */
export function BookOnBoard({
  choices,
  people,
  today,
  placementId,
  bedId,
}: {
  choices: Choice[];
  people: Person[];
  today: Day;
  placementId: string;
  bedId: string;
}) {
  const asked = people.find(({ id }) => id === placementId);
  const unit = choices.find((one) =>
    bedId ? one.beds.some(({ id }) => id === bedId) : one.id === asked?.unitId,
  );
  const bed = bedId || firstFree(choices, unit?.id ?? "", today);
  const childPlaces = asked
    ? firstPlaces(choices, asked.unitId, today, asked.childrenWith, asked.childPlaces)
    : [];
  const free = unit?.beds.find(({ id }) => id === bed)?.freeFrom ?? today;
  const from = free < today ? today : free;
  const field = useFields({
    placement_id: placementId || (people.length === 1 ? people[0]?.id : ""),
    bed_id: bed,
    starts_on: from,
    ends_on: unit?.weeks ? addDays(from, unit.weeks * 7) : "",
  });
  return (
    <Step step="book">
      <SimpleGrid cols={{ base: 1, xs: 2 }}>
        <NativeSelect
          label="Who comes"
          data={named(people, "Choose somebody who waits")}
          {...field("placement_id")}
        />
        <BedSelect
          label="Bed"
          first="Choose a bed"
          choices={choices}
          today={today}
          {...field("bed_id")}
        />
        <DayInput label="First day" min={today} {...field("starts_on")} />
        <DayInput
          label="Expected to leave on"
          description="Another person can come that day. Empty if nobody knows."
          {...field("ends_on")}
        />
      </SimpleGrid>
      <ChildPlaces {...{ choices, today, childPlaces }} error={field("child_places").error} />
      <Fits field={field} />
      <FormButtons>Book the bed</FormButtons>
    </Step>
  );
}

/** For somebody who cannot wait: a place beside the unit's beds, counted as overflow. */
export function MakeOverflow({
  units,
  people,
  today,
}: {
  units: readonly { id: string; name: string }[];
  people: Person[];
  today: Day;
}) {
  const field = useFields({ ends_on: addDays(today, 2) });
  return (
    <Step step="overflow">
      <Text size="sm" mb="sm">
        A place made in an emergency, beside the unit's own beds. It is counted as overflow and
        closes when its person leaves.
      </Text>
      <SimpleGrid cols={{ base: 1, xs: 2 }}>
        <NativeSelect
          label="In which unit"
          data={[
            { value: "", label: "Choose a unit" },
            ...units.map(({ id, name }) => ({ value: id, label: name })),
          ]}
          {...field("unit_id")}
        />
        <TextInput label="Why it cannot wait" {...field("why")} />
        <NativeSelect
          label="For whom"
          data={named(people, "Nobody yet")}
          {...field("placement_id")}
        />
        <DayInput label="Until" description="If it is for somebody" {...field("ends_on")} />
      </SimpleGrid>
      <Fits field={field} />
      <FormButtons>Make the place</FormButtons>
    </Step>
  );
}
