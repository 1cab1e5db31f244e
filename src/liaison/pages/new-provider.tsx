import { Button, Group, Paper, Stack } from "@mantine/core";
import { done, Form, parseForm, refuse, refuseField, useSending } from "../../web/form.tsx";
import { act, page } from "../../web/guard.ts";
import { LinkButton, PageHead } from "../../web/parts.tsx";
import { paths } from "../../web/paths.ts";
import { addProvider, nameIsTaken } from "../provider-store.ts";
import { entryOf, ProviderFields, providerForm } from "./provider-fields.tsx";

export const meta = () => [{ title: "Add to the directory · Throughcare" }];

export const loader = page("directory.write", async () => null);

export const action = act("directory.write", async ({ db, by, form }) => {
  const parsed = parseForm(providerForm, form);
  if (parsed.invalid) return refuse(parsed.invalid);
  if (await nameIsTaken(db, parsed.value.name, null)) {
    return refuseField(form, "name", "There is an entry of that name already");
  }
  const id = await addProvider(db, by, entryOf(parsed.value));
  return done(paths.provider(id), "Added to the directory");
});

export default function NewProvider() {
  const sending = useSending();
  return (
    <Stack maw={760} gap={0}>
      <PageHead
        title="Add to the directory"
        about="A service, meeting, drop-in or group of others: what they do, when and where."
      />
      <Form>
        <Paper mb="md">
          <ProviderFields />
        </Paper>
        <Group>
          <Button type="submit" loading={sending}>
            Add it
          </Button>
          <LinkButton to={paths.directory()} variant="subtle">
            Leave it
          </LinkButton>
        </Group>
      </Form>
    </Stack>
  );
}
