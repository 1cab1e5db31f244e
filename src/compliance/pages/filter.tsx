import { Anchor, Button, Group, NativeSelect, Paper, TextInput } from "@mantine/core";
import { Form as GetForm, Link, useLoaderData } from "react-router";
import { paths } from "../../web/paths.ts";
import { useWords } from "../../web/use-me.ts";
import { capital } from "../../web/words.ts";
import { writeFilter } from "../claim.ts";
import type { loader } from "./claims.tsx";

/** Narrows the lists by period, program and performer; it stands in the address, so it holds no name. */
export function Filter() {
  const { tab, filter, choices } = useLoaderData<typeof loader>();
  const words = useWords();
  const narrowed = Object.values(filter).some((value) => value !== null);
  return (
    <Paper mb="sm" p="sm" component="section" aria-label="Narrow the list">
      <GetForm method="get" action={paths.claims()}>
        <input type="hidden" name="tab" value={tab} />
        <Group align="flex-end" gap="sm">
          <TextInput
            type="date"
            label="From"
            name="from"
            size="xs"
            defaultValue={filter.from ?? ""}
          />
          <TextInput type="date" label="To" name="to" size="xs" defaultValue={filter.to ?? ""} />
          <NativeSelect
            label={capital(words.program)}
            name="program"
            size="xs"
            defaultValue={filter.program ?? ""}
            data={choicesOf(`All ${words.programs}`, choices.programs)}
          />
          <NativeSelect
            label="Performed by"
            name="performer"
            size="xs"
            defaultValue={filter.performer ?? ""}
            data={choicesOf("Everybody", choices.performers)}
          />
          <Button type="submit" size="xs" variant="light">
            Show
          </Button>
          {narrowed && (
            <Anchor component={Link} to={paths.claims() + writeFilter({ tab })} size="sm" pb={4}>
              Show all
            </Anchor>
          )}
        </Group>
      </GetForm>
    </Paper>
  );
}

function choicesOf(all: string, items: readonly { id: string; name: string }[]) {
  return [{ value: "", label: all }, ...items.map(({ id, name }) => ({ value: id, label: name }))];
}
