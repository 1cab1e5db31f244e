import { Button, Group, NativeSelect, SimpleGrid, Textarea, TextInput } from "@mantine/core";
import { useMe } from "../../web/use-me.ts";
import { domains, interventionWords, lineStatuses } from "../plan.ts";
import { fieldNames, type GoalRow, type InterventionRow, type ObjectiveRow } from "../plan-form.ts";

export type Colleague = { id: string; name: string };
export type Errors = Record<string, string>;

const optionsOf = (codes: Record<string, string>) =>
  Object.entries(codes).map(([value, label]) => ({ value, label }));

export function GoalFields({ goal, errors }: { goal: GoalRow; errors: Errors }) {
  const name = (field: "domain" | "text" | "status") => {
    const full = fieldNames.goal(goal.key, field);
    return { name: full, defaultValue: goal[field], error: errors[full] };
  };
  return (
    <>
      <Textarea
        label="What the person wants to reach"
        description="In their own words, if you can"
        autosize
        minRows={1}
        {...name("text")}
      />
      <SimpleGrid cols={{ base: 1, xs: 2 }} mt="sm">
        <NativeSelect label="Domain" data={optionsOf(domains)} {...name("domain")} />
        <NativeSelect label="Status" data={optionsOf(lineStatuses)} {...name("status")} />
      </SimpleGrid>
    </>
  );
}

type LineProps<R> = {
  goal: string;
  line: R;
  errors: Errors;
  name: string;
  /** The first line of its list says what the columns are. */
  first: boolean;
  remove: () => void;
};

function Remove({ name, remove }: { name: string; remove: () => void }) {
  return (
    <Button
      size="sm"
      px="xs"
      variant="subtle"
      color="red"
      aria-label={`Remove: ${name}`}
      onClick={remove}
    >
      Remove
    </Button>
  );
}

export function ObjectiveFields({
  goal,
  line,
  errors,
  name,
  first,
  remove,
}: LineProps<ObjectiveRow>) {
  const field = (of: "text" | "target_on" | "status") => {
    const full = fieldNames.objective(goal, line.key, of);
    return { name: full, defaultValue: line[of], error: errors[full] };
  };
  return (
    <Group gap="xs" align="flex-end">
      <TextInput
        aria-label={name}
        label={first && "Step"}
        style={{ flex: "3 1 16rem" }}
        {...field("text")}
      />
      <TextInput
        type="date"
        aria-label={`${name}: by when`}
        label={first && "By when"}
        style={{ flex: "1 1 9rem" }}
        {...field("target_on")}
      />
      <NativeSelect
        aria-label={`${name}: status`}
        label={first && "Status"}
        data={optionsOf(lineStatuses)}
        style={{ flex: "0 1 7rem" }}
        {...field("status")}
      />
      <Remove {...{ name, remove }} />
    </Group>
  );
}

export function InterventionFields({
  goal,
  line,
  errors,
  name,
  first,
  remove,
  colleagues,
}: LineProps<InterventionRow> & { colleagues: Colleague[] }) {
  const field = (of: "kind" | "text" | "frequency" | "responsible_id") => {
    const full = fieldNames.intervention(goal, line.key, of);
    return { name: full, defaultValue: line[of], error: errors[full] };
  };
  const known = colleagues.some(({ id }) => id === line.responsible_id);
  const who = [
    { value: "", label: "Nobody named" },
    ...colleagues.map(({ id, name: label }) => ({ value: id, label })),
    ...(line.responsible_id && !known
      ? [{ value: line.responsible_id, label: "A former colleague" }]
      : []),
  ];
  return (
    <Group gap="xs" align="flex-end">
      <NativeSelect
        aria-label={`${name}: kind`}
        label={first && "Kind"}
        data={optionsOf(interventionWords(useMe().agency.locale))}
        style={{ flex: "1 1 11rem" }}
        {...field("kind")}
      />
      <TextInput
        aria-label={name}
        label={first && "What"}
        style={{ flex: "3 1 14rem" }}
        {...field("text")}
      />
      <TextInput
        aria-label={`${name}: how often`}
        label={first && "How often"}
        style={{ flex: "1 1 8rem" }}
        {...field("frequency")}
      />
      <NativeSelect
        aria-label={`${name}: who`}
        label={first && "Who"}
        data={who}
        style={{ flex: "1 1 9rem" }}
        {...field("responsible_id")}
      />
      <Remove {...{ name, remove }} />
    </Group>
  );
}
