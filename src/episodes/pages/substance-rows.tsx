import { ActionIcon, Button, Group, NativeSelect, TextInput } from "@mantine/core";
import { IconPlus, IconTrash } from "@tabler/icons-react";
import { useState } from "react";
import { commonSubstances, routes, rowError } from "../assessment.ts";
import classes from "./assessment.module.css";

/** A row as it is typed. */
export type TypedSubstance = {
  substance: string;
  days_used: string;
  route: string;
  amount: string;
  age_first: string;
};

const empty: TypedSubstance = {
  substance: "",
  days_used: "",
  route: "",
  amount: "",
  age_first: "",
};

/** The substances: a line each, the main problem first. */
export function SubstanceRows({
  saved,
  errors,
  onRemove,
}: {
  saved: readonly TypedSubstance[];
  errors: Record<string, string>;
  /** Tells the form that something changed without a key being pressed. */
  onRemove: () => void;
}) {
  const [rows, setRows] = useState(() =>
    [...saved, ...(saved.length === 0 ? [empty, empty] : [])].map((row, key) => ({ ...row, key })),
  );
  const add = () =>
    setRows((before) => [
      ...before,
      { ...empty, key: Math.max(-1, ...before.map((r) => r.key)) + 1 },
    ]);
  const remove = (key: number) => {
    setRows((before) => before.filter((row) => row.key !== key));
    setTimeout(onRemove);
  };
  return (
    <div>
      <datalist id="substances">
        {commonSubstances.map((one) => (
          <option key={one} value={one} />
        ))}
      </datalist>
      {rows.map((row, index) => {
        const which = index === 0 ? "Main substance" : `Substance ${index + 1}`;
        return (
          <fieldset key={row.key} className={classes.substance}>
            <legend className={classes.legend}>{which}</legend>
            <TextInput
              label="Substance"
              name="substance[]"
              defaultValue={row.substance}
              error={errors[rowError("substance", index)]}
              list="substances"
              autoComplete="off"
            />
            <TextInput
              label="Days of 28"
              name="days_used[]"
              error={errors[rowError("days_used", index)]}
              defaultValue={row.days_used}
              inputMode="numeric"
              autoComplete="off"
            />
            <NativeSelect
              label="How"
              name="route[]"
              defaultValue={row.route}
              data={[
                { value: "", label: "Not asked" },
                ...Object.entries(routes).map(([value, label]) => ({ value, label })),
              ]}
            />
            <TextInput
              label="Amount on a day"
              name="amount[]"
              error={errors[rowError("amount", index)]}
              defaultValue={row.amount}
              autoComplete="off"
            />
            <TextInput
              label="Age at first"
              name="age_first[]"
              error={errors[rowError("age_first", index)]}
              defaultValue={row.age_first}
              inputMode="numeric"
              autoComplete="off"
            />
            <ActionIcon
              variant="default"
              size="lg"
              aria-label={`Remove ${which.toLowerCase()}`}
              onClick={() => remove(row.key)}
              style={{ alignSelf: "end" }}
            >
              <IconTrash size={16} />
            </ActionIcon>
          </fieldset>
        );
      })}
      <Group mt="xs">
        <Button
          variant="default"
          size="xs"
          onClick={add}
          leftSection={<IconPlus size={14} aria-hidden />}
        >
          Another substance
        </Button>
      </Group>
    </div>
  );
}
