import { NativeSelect, SimpleGrid, TextInput } from "@mantine/core";
import type { useFields } from "../../web/form.tsx";
import { useWords } from "../../web/use-me.ts";
import { capital } from "../../web/words.ts";
import type { Choices } from "./arrival.ts";

export function TakeInFields({
  field,
  choices,
  optional,
}: {
  field: ReturnType<typeof useFields>;
  choices: Choices;
  optional?: boolean;
}) {
  const words = useWords();
  const { programs, colleagues } = choices;
  return (
    <SimpleGrid cols={{ base: 1, sm: 3 }}>
      <NativeSelect
        label={capital(words.program)}
        required={!optional}
        data={[
          { value: "", label: optional ? "Not yet" : "Choose one" },
          ...programs.map(({ id, name }) => ({ value: id, label: name })),
        ]}
        {...field("program_id")}
      />
      <TextInput
        label="First day in it"
        description="Leave it empty while they wait"
        inputWrapperOrder={["label", "input", "description", "error"]}
        type="date"
        {...field("from")}
      />
      <NativeSelect
        label={capital(words.keyworker)}
        data={[
          { value: "", label: "Nobody yet" },
          ...colleagues.map(({ id, name }) => ({ value: id, label: name })),
        ]}
        {...field("keyworker_id")}
      />
    </SimpleGrid>
  );
}
