import {
  NativeSelect,
  type NativeSelectProps,
  TextInput,
  type TextInputProps,
} from "@mantine/core";
import type { ReactNode } from "react";
import { Form } from "../../web/form.tsx";
import { useDates } from "../../web/use-me.ts";
import type { Choice } from "./bed-choices.ts";

/** A form of a page that has several, about one step. */
export function Step({ step, id, children }: { step: string; id?: string; children: ReactNode }) {
  return (
    <Form style={{ maxWidth: "44rem", marginBlock: "0.5rem 1rem" }}>
      <input type="hidden" name="step" value={step} />
      {id && <input type="hidden" name="id" value={id} />}
      {children}
    </Form>
  );
}

/** Every bed to choose from, by unit, each with when it is free. */
export function BedSelect({
  choices,
  today,
  first,
  onward = [],
  ...props
}: {
  choices: readonly Choice[];
  today: string;
  first: string;
  /** Units that are chosen as a whole, since their beds are not kept here. */
  onward?: readonly { id: string; name: string }[];
} & NativeSelectProps) {
  const dates = useDates();
  const free = (day: string | null) => {
    if (day === null) return "taken, nobody knows until when";
    return day <= today ? "free now" : `free from ${dates.day(day)}`;
  };
  return (
    <NativeSelect
      {...props}
      data={[
        { value: "", label: first },
        ...onward.map(({ id, name }) => ({ value: id, label: name })),
        ...choices.map((unit) => ({
          group: unit.name,
          items: unit.beds.map((bed) => ({
            value: bed.id,
            label: `${bed.name} · ${free(bed.freeFrom)}`,
          })),
        })),
      ]}
    />
  );
}

export function DayInput(props: TextInputProps) {
  return (
    <TextInput
      type="date"
      inputWrapperOrder={["label", "input", "description", "error"]}
      {...props}
    />
  );
}
