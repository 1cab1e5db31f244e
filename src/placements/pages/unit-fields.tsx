import {
  Autocomplete,
  Checkbox,
  Fieldset,
  NativeSelect,
  NumberInput,
  Radio,
  SimpleGrid,
  Stack,
  Textarea,
  TextInput,
} from "@mantine/core";
import { useActionData } from "react-router";
import { accessKinds } from "../../episodes/assessment.ts";
import { type Invalid, useFields } from "../../web/form.tsx";
import { useWords } from "../../web/use-me.ts";
import { approaches, groups, notTaken, type Unit, unitKinds } from "../unit.ts";

type Named = { id: string; name: string };
type Saved = Unit & { staffing: string | null; about: string | null };

const pick = (list: Record<string, string>, first: string) => [
  { value: "", label: first },
  ...Object.entries(list).map(([value, label]) => ({ value, label })),
];
const named = (list: readonly Named[], first: string) => [
  { value: "", label: first },
  ...list.map(({ id, name }) => ({ value: id, label: name })),
];

const yesNo = [
  { value: "", label: "Not known" },
  { value: "yes", label: "Yes" },
  { value: "no", label: "No" },
];
const answered = (is: boolean | null | undefined) =>
  is === true ? "yes" : is === false ? "no" : "";

/** What is asked about a unit, new or known. */
export function UnitFields({
  unit,
  programs,
  providers,
  rehabs,
}: {
  unit: Saved | null;
  programs: readonly Named[];
  providers: readonly Named[];
  rehabs: readonly Named[];
}) {
  const words = useWords();
  const answer = useActionData() as Partial<Invalid> | undefined;
  const typed = answer?.typed;
  const whose = unit?.provider_id ? "elsewhere" : "ours";
  const forWhom = unit?.women_only ? "women" : unit?.men_only ? "men" : "everybody";
  const field = useFields({
    name: unit?.name,
    kind: unit?.kind ?? "rehab",
    approach: unit?.approach,
    program_id: unit?.program_id,
    provider_id: unit?.provider_id,
    attached_to: unit?.attached_to,
    for_whom: forWhom,
    whose,
    locality: unit?.locality,
    weeks: unit?.weeks ? String(unit.weeks) : "",
    staffing: unit?.staffing,
    about: unit?.about,
    drug_free: answered(unit?.drug_free),
    languages: unit?.languages,
    interpreters: answered(unit?.interpreters),
    ...Object.fromEntries(
      Object.keys(accessKinds).map((kind) => [
        `access_${kind}`,
        unit?.access_has.includes(kind) ? "yes" : unit?.access_lacks.includes(kind) ? "no" : "",
      ]),
    ),
  });
  const takesChildren = typed ? typed.takes_children === "on" : (unit?.takes_children ?? false);
  const chosen = (name: "serves" | "does_not_take") =>
    (typed ? (typed[`${name}[]`] as string[] | undefined) : unit?.[name]) ?? [];
  return (
    <Stack gap="sm" maw="48rem">
      <SimpleGrid cols={{ base: 1, xs: 2 }}>
        <TextInput label="Name of the unit" {...field("name")} />
        <NativeSelect label="Kind" data={pick(unitKinds, "Choose a kind")} {...field("kind")} />
        <NativeSelect
          label="Approach"
          data={pick(approaches, "None named")}
          {...field("approach")}
        />
        <NativeSelect
          label="A detox attached to"
          data={named(rehabs, "No rehab")}
          {...field("attached_to")}
        />
      </SimpleGrid>
      <Radio.Group label="Whose is it?" {...field("whose")}>
        <Stack gap="xs" mt={4}>
          <Radio value="ours" label={`One of our ${words.programs}`} />
          <Radio value="elsewhere" label="A service elsewhere" />
        </Stack>
      </Radio.Group>
      <SimpleGrid cols={{ base: 1, xs: 2 }}>
        <NativeSelect
          label={`If ours: which ${words.program}`}
          data={named(programs, `Choose a ${words.program}`)}
          {...field("program_id")}
        />
        <NativeSelect
          label="If elsewhere: who runs it"
          data={named(providers, "Choose from the directory")}
          {...field("provider_id")}
        />
        <Autocomplete
          label="Or somebody new to the directory"
          data={providers.map(({ name }) => name)}
          {...field("provider_name")}
        />
      </SimpleGrid>
      <Radio.Group label="For whom" {...field("for_whom")}>
        <Stack gap="xs" mt={4}>
          <Radio value="everybody" label="Everybody" />
          <Radio value="women" label="Women only" />
          <Radio value="men" label="Men only" />
        </Stack>
      </Radio.Group>
      <SimpleGrid cols={{ base: 1, xs: 2 }}>
        <Checkbox
          name="takes_children"
          label="A child can come along"
          defaultChecked={takesChildren}
        />
        <NativeSelect
          label="Drug-free accommodation"
          description="Second stage asks for it"
          data={yesNo}
          {...field("drug_free")}
        />
      </SimpleGrid>
      <SimpleGrid cols={{ base: 1, xs: 2 }}>
        <Checkbox.Group
          label="Made for (particular groups)"
          defaultValue={chosen("serves")}
          error={answer?.errors?.serves}
        >
          <Stack gap={6} mt={4}>
            {Object.entries(groups).map(([value, label]) => (
              <Checkbox key={value} name="serves[]" value={value} label={label} />
            ))}
          </Stack>
        </Checkbox.Group>
        <Checkbox.Group
          label="Cannot care for safely"
          defaultValue={chosen("does_not_take")}
          error={answer?.errors?.does_not_take}
        >
          <Stack gap={6} mt={4}>
            {Object.entries(notTaken).map(([value, label]) => (
              <Checkbox key={value} name="does_not_take[]" value={value} label={label} />
            ))}
          </Stack>
        </Checkbox.Group>
      </SimpleGrid>
      <Fieldset legend="Access and language">
        <SimpleGrid cols={{ base: 1, xs: 2 }} verticalSpacing="xs">
          {Object.entries(accessKinds).map(([kind, label]) => (
            <NativeSelect key={kind} label={label} data={yesNo} {...field(`access_${kind}`)} />
          ))}
          <TextInput
            label="Other languages spoken there"
            placeholder="Polish, Urdu"
            {...field("languages")}
          />
          <NativeSelect label="Brings in an interpreter" data={yesNo} {...field("interpreters")} />
        </SimpleGrid>
      </Fieldset>
      <SimpleGrid cols={{ base: 1, xs: 2 }}>
        <TextInput label="Town or area" {...field("locality")} />
        <NumberInput
          label="Usual length in weeks"
          min={1}
          max={200}
          allowDecimal={false}
          {...field("weeks")}
        />
      </SimpleGrid>
      <TextInput label="Staffing" placeholder="Nurses day and night …" {...field("staffing")} />
      <Textarea label="About it" autosize minRows={3} {...field("about")} />
    </Stack>
  );
}
