import { Group, Radio } from "@mantine/core";
import { z } from "zod";

/** Yes, no, or that nobody asked: an answer that is not given is not a no. */
export const yesNo = z
  .enum(["yes", "no"])
  .optional()
  .transform((said) => (said === undefined ? null : said === "yes"));

/** What an answer is in a form: the value of the saved one. */
export function asYesNo(saved: boolean | null | undefined): string {
  return saved === true ? "yes" : saved === false ? "no" : "";
}

type Field = { name: string; defaultValue: string; error: React.ReactNode };

/** A choice of one, on one line where there is room. */
export function OneOf({
  label,
  description,
  options,
  field,
  required,
}: {
  label: string;
  description?: string | undefined;
  options: readonly (readonly [value: string, label: string])[];
  field: Field;
  required?: boolean;
}) {
  return (
    <Radio.Group
      label={label}
      description={description}
      name={field.name}
      defaultValue={field.defaultValue}
      error={field.error}
      {...(required ? { required, withAsterisk: true } : {})}
    >
      <Group gap="0.3rem 1rem" mt={4}>
        {options.map(([value, words]) => (
          <Radio key={value} value={value} label={words} size="sm" />
        ))}
      </Group>
    </Radio.Group>
  );
}

export function YesNo({
  label,
  description,
  field,
}: {
  label: string;
  description?: string | undefined;
  field: Field;
}) {
  return (
    <OneOf
      label={label}
      description={description}
      field={field}
      options={[
        ["yes", "Yes"],
        ["no", "No"],
        ["", "Not asked"],
      ]}
    />
  );
}
