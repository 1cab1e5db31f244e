import { NativeSelect, SimpleGrid, Text, Textarea, TextInput } from "@mantine/core";
import { reasonWords } from "../../episodes/episode.ts";
import { addDays, type Day } from "../../kernel/day.ts";
import { useFields } from "../../web/form.tsx";
import { FormButtons } from "../../web/one-form.tsx";
import { endReasons } from "../stay.ts";
import type { Choice } from "./bed-choices.ts";
import { ChildPlaces } from "./child-forms.tsx";
import { BedSelect, DayInput, Step } from "./parts.tsx";

/** The word that is asked for where something speaks against the unit; shown once it was asked, or with its `first` label before. */
export function Fits({
  field,
  first,
}: {
  field: ReturnType<typeof useFields>;
  first?: string | undefined;
}) {
  const { error, defaultValue, name } = field("fits");
  if (!error && !defaultValue && !first) return null;
  return (
    <TextInput
      mt="sm"
      label={error || !first ? "Why it is right all the same" : first}
      {...{ name, defaultValue, error }}
      inputWrapperOrder={["label", "error", "input"]}
    />
  );
}

type Beds = {
  choices: Choice[];
  today: Day;
  /** The children's places that the form begins with. */
  childPlaces: readonly string[];
};

/** A first and a last day, filled in as the unit's usual length suggests. */
export function Book({ choices, today, childPlaces, unitId }: Beds & { unitId: string }) {
  const weeks = choices.find(({ id }) => id === unitId)?.weeks;
  const field = useFields({
    starts_on: today,
    ends_on: weeks ? addDays(today, weeks * 7) : "",
    bed_id: firstFree(choices, unitId, today),
  });
  return (
    <Step step="book">
      <BedSelect
        label="Bed"
        first="Choose a bed"
        choices={choices}
        today={today}
        data-autofocus
        {...field("bed_id")}
      />
      <SimpleGrid cols={{ base: 1, xs: 2 }} mt="sm">
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

export function firstFree(choices: readonly Choice[], unitId: string, today: Day): string {
  const unit = choices.find(({ id }) => id === unitId);
  return unit?.beds.find(({ freeFrom }) => freeFrom !== null && freeFrom <= today)?.id ?? "";
}

export function Admit({
  choices,
  today,
  childPlaces,
  unitId,
  booked,
  until,
}: Beds & { unitId: string; booked: string | null; until: string | null }) {
  const unit = choices.find(({ id }) => id === unitId);
  const usual = unit?.weeks ? addDays(today, unit.weeks * 7) : null;
  const field = useFields({
    bed_id: booked ?? firstFree(choices, unitId, today),
    admitted_on: today,
    expected_to: until ?? usual,
  });
  return (
    <Step step="admit">
      {(unit || booked) && (
        <BedSelect
          label="Bed they came into"
          first="Choose a bed"
          choices={choices}
          today={today}
          {...field("bed_id")}
        />
      )}
      <SimpleGrid cols={{ base: 1, xs: 2 }} mt="sm">
        <DayInput label="Day of admission" max={today} {...field("admitted_on")} />
        <DayInput
          label="Expected to leave on"
          description="Empty if nobody knows"
          {...field("expected_to")}
        />
      </SimpleGrid>
      <ChildPlaces {...{ choices, today, childPlaces }} error={field("child_places").error} />
      <Fits field={field} />
      <FormButtons>Admit</FormButtons>
    </Step>
  );
}

export function Move({
  choices,
  today,
  childPlaces,
  until,
  booked,
  rehab,
  onward,
  back,
}: Beds & {
  until: string | null;
  /** Where else the stay can go on, where no beds are kept here. */
  onward: Choice[];
  /** The detoxes they can go back to. */
  back: string[];
  /** The bed that is booked for them, which they then move into. */
  booked: { bed_id: string; ends_on: string | null } | null;
  rehab: string | null;
}) {
  const beds = rehab ? choices.find(({ name }) => name === rehab) : undefined;
  // One moves today: into a bed that is free, or the one that is booked for them.
  const free = choices
    .map((unit) => ({
      ...unit,
      beds: unit.beds.filter(
        ({ id, freeFrom }) => id === booked?.bed_id || (freeFrom !== null && freeFrom <= today),
      ),
    }))
    .filter((unit) => unit.beds.length > 0);
  const elsewhere = onward.find(({ name }) => name === rehab);
  const unit = beds ?? elsewhere;
  const detox = back.join(" or ");
  const to = choices.length > 0 ? "To another bed of the unit" : null;
  const about = rehab
    ? `A move to ${rehab} goes on as the same stay; its length counts from the first admission.`
    : detox
      ? `${to ? `${to}, or back` : "Back"} to ${detox}. The stay goes on; its length counts from the first admission.`
      : `${to}. The stay goes on.`;
  const field = useFields({
    moved_on: today,
    bed_id: booked?.bed_id ?? (beds ? firstFree(choices, beds.id, today) : (elsewhere?.id ?? "")),
    expected_to: booked ? booked.ends_on : unit?.weeks ? addDays(today, unit.weeks * 7) : until,
  });
  return (
    <Step step="move">
      <Text size="sm" mb="sm">
        {about}
      </Text>
      {free.length + onward.length === 0 && (
        <Text size="sm" mb="sm">
          No bed to move to is free today.
        </Text>
      )}
      <BedSelect
        label={onward.length > 0 ? "Where to" : "To which bed"}
        first={onward.length > 0 ? "Choose where to" : "Choose a bed"}
        choices={free}
        onward={onward}
        today={today}
        {...field("bed_id")}
      />
      <SimpleGrid cols={{ base: 1, xs: 2 }} mt="sm">
        <DayInput label="Day of the move" max={today} {...field("moved_on")} />
        <DayInput
          label="Expected to leave on"
          description="Empty if nobody knows"
          {...field("expected_to")}
        />
      </SimpleGrid>
      <ChildPlaces {...{ choices, today, childPlaces }} error={field("child_places").error} />
      <Fits field={field} first={detox ? `Why, if back to ${detox}` : undefined} />
      <FormButtons>Move</FormButtons>
    </Step>
  );
}

export function Expect({ today, until }: { today: Day; until: string | null }) {
  const field = useFields({ expected_to: until });
  return (
    <Step step="expect">
      <DayInput
        label="Expected to leave on"
        description="Empty if nobody knows"
        min={today}
        maw="16rem"
        {...field("expected_to")}
      />
      <FormButtons>Save</FormButtons>
    </Step>
  );
}

export function GoOnLeave({ today }: { today: Day }) {
  const field = useFields({ from_on: today, back_by: addDays(today, 2) });
  return (
    <Step step="leave">
      <SimpleGrid cols={{ base: 1, xs: 2 }}>
        <DayInput label="Away from" {...field("from_on")} />
        <DayInput label="Back by" min={today} {...field("back_by")} />
      </SimpleGrid>
      <TextInput label="What for" mt="sm" {...field("why")} />
      <FormButtons>Record the leave</FormButtons>
    </Step>
  );
}

export function ComeBack({ id, today }: { id: string; today: Day }) {
  const field = useFields({ returned_on: today });
  return (
    <Step step="back" id={id}>
      <DayInput label="Came back on" max={today} maw="16rem" {...field("returned_on")} />
      <FormButtons>They are back</FormButtons>
    </Step>
  );
}

export function EndStay({ today, unit }: { today: Day; unit: string }) {
  const field = useFields({ ended_on: today });
  return (
    <Step step="end">
      <Text size="sm" mb="sm">
        The end of the stay in {unit}. Every ending asks for overdose advice, naloxone and a contact
        within 48 hours: it goes on the list of those who left.
      </Text>
      <SimpleGrid cols={{ base: 1, xs: 3 }}>
        <DayInput label="Left on" max={today} {...field("ended_on")} />
        <NativeSelect
          label="Was it planned?"
          data={[
            { value: "", label: "Choose" },
            { value: "yes", label: "Planned" },
            { value: "no", label: "Unplanned" },
          ]}
          {...field("end_planned")}
        />
        <NativeSelect
          label="Why"
          data={[
            { value: "", label: "Choose why" },
            ...endReasons.map((value) => ({ value, label: reasonWords(value) })),
          ]}
          {...field("reason")}
        />
      </SimpleGrid>
      <Textarea label="More about it" autosize minRows={2} mt="sm" {...field("note")} />
      <FormButtons>Record the ending</FormButtons>
    </Step>
  );
}

export function CancelBooking({ id, bed }: { id: string; bed: string }) {
  const field = useFields();
  return (
    <Step step="cancel" id={id}>
      <TextInput label={`Why ${bed} is given up`} {...field("reason")} />
      <FormButtons>Cancel the booking</FormButtons>
    </Step>
  );
}

export function Withdraw() {
  const field = useFields();
  return (
    <Step step="withdraw">
      <TextInput
        label="Why the place is no longer asked for"
        description="A booked bed becomes free with it."
        {...field("reason")}
      />
      <FormButtons>Withdraw</FormButtons>
    </Step>
  );
}
